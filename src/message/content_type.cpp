#include "message/content_type.h"

#include <array>
#include <cstddef>

#include "base/ascii.h"
#include "base/cursor.h"

namespace mailassay::message {
namespace {

bool is_token_octet(char c) {
  return c > ' ' && c < 0x7F &&
         std::string_view("()<>@,;:\\\"[]?=").find(c) == std::string_view::npos;
}

std::string take_quoted(Cursor& cursor) {
  std::string text;
  while (!cursor.at_end()) {
    if (cursor.take('"')) break;
    cursor.take('\\');
    for (const char c : cursor.take_up_to(1)) {
      if (c != '\r' && c != '\n') text += c;
    }
  }
  return text;
}

/// A value that is not quoted; some writers leave out quotes that are needed.
std::string take_bare(Cursor& cursor) {
  return std::string(cursor.take_while([](char c) { return c != ';' && !ascii::is_fws_octet(c); }));
}

}  // namespace

ContentType parse_content_type(std::string_view value) {
  ContentType out;
  Cursor cursor(value);
  cursor.skip_fws();
  out.type = ascii::lower(cursor.take_while([](char c) { return is_token_octet(c) || c == '/'; }));
  while (!cursor.at_end()) {
    cursor.take_while([](char c) { return c != ';'; });
    cursor.take(';');
    cursor.skip_fws();
    const std::string_view name = cursor.take_while(is_token_octet);
    cursor.skip_fws();
    if (!cursor.take('=')) continue;
    cursor.skip_fws();
    std::string text = cursor.take('"') ? take_quoted(cursor) : take_bare(cursor);
    if (ascii::equal_ignoring_case(name, "boundary") && out.boundary.empty()) {
      out.boundary = std::move(text);
    } else if (ascii::equal_ignoring_case(name, "format")) {
      out.flowed = ascii::equal_ignoring_case(text, "flowed");
    }
  }
  return out;
}

std::string_view word_of(TransferEncoding encoding) {
  constexpr std::array<std::string_view, 4> kWords = {"8bit", "quoted-printable", "base64", ""};
  return kWords[static_cast<std::size_t>(encoding)];
}

TransferEncoding parse_transfer_encoding(std::string_view value) {
  const std::string word = ascii::lower(ascii::trim(value));
  if (word == "quoted-printable") return TransferEncoding::quoted_printable;
  if (word == "base64") return TransferEncoding::base64;
  const bool is_identity = word.empty() || word == "7bit" || word == "8bit" || word == "binary";
  return is_identity ? TransferEncoding::identity : TransferEncoding::unknown;
}

}  // namespace mailassay::message
