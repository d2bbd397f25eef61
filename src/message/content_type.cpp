#include "message/content_type.h"

#include <array>
#include <cstddef>
#include <optional>
#include <utility>

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

/// White space and comments, which may stand between any two tokens. [RFC2045 5.1]
void skip_cfws(Cursor& cursor) {
  std::size_t depth = 0;
  while (!cursor.at_end()) {
    if (cursor.take('(')) {
      ++depth;
    } else if (depth == 0) {
      if (!ascii::is_fws_octet(cursor.peek())) return;
      cursor.skip_fws();
    } else if (cursor.take(')')) {
      --depth;
    } else {
      cursor.take('\\');
      cursor.take_up_to(1);
    }
  }
}

/// A value that is not quoted; some writers leave out quotes that are needed.
std::string take_bare(Cursor& cursor) {
  return std::string(
      cursor.take_while([](char c) { return c != ';' && c != '(' && !ascii::is_fws_octet(c); }));
}

/// What stands before the next parameter.
void skip_to_parameter(Cursor& cursor) {
  while (!cursor.at_end() && !cursor.take(';')) {
    if (cursor.take('"')) {
      take_quoted(cursor);
    } else if (cursor.peek() == '(') {
      skip_cfws(cursor);
    } else {
      cursor.take_up_to(1);
    }
  }
  skip_cfws(cursor);
}

std::optional<unsigned> hex_digit(char c) {
  if (ascii::is_digit(c)) return static_cast<unsigned>(c - '0');
  const char lower = ascii::to_lower(c);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a') + 10U;
  return std::nullopt;
}

/// Decodes `%` and two hexadecimal digits. [RFC2231 4]
std::string decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
    if (low) {
      out += static_cast<char>(*high * 16U + *low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// One parameter whose value is given whole, in sections, or with its character set.
class Value {
 public:
  /// `suffix`: what stands behind the name: "", "*", "*0", "*0*", ... [RFC2231 3] [RFC2231 4]
  void add(std::string_view suffix, std::string text) {
    if (suffix.empty()) {
      if (!plain_) plain_ = std::move(text);
      return;
    }
    const bool extended = suffix.ends_with('*');
    const std::string_view number = suffix.substr(1, suffix.size() - 1 - (extended ? 1 : 0));
    const bool whole = suffix == "*";
    // Sections come in their order as a rule; others are left out, as are those with more digits.
    if (!whole && number != std::to_string(sections_)) return;
    if (whole && sections_ > 0) return;
    if (extended && sections_ == 0) {
      // Character set and language stand before the first section.
      const std::size_t first = text.find('\'');
      const std::size_t second = first == std::string::npos ? first : text.find('\'', first + 1);
      if (second != std::string::npos) text.erase(0, second + 1);
    }
    joined_ += extended ? decode_percent(text) : text;
    ++sections_;
  }

  std::string take() { return plain_ ? std::move(*plain_) : std::move(joined_); }

 private:
  std::optional<std::string> plain_;
  std::string joined_;
  std::size_t sections_ = 0;
};

/// What stands behind `wanted` in the name of a parameter; empty if it is another one.
std::optional<std::string_view> suffix_of(std::string_view name, std::string_view wanted) {
  if (!ascii::equal_ignoring_case(name.substr(0, wanted.size()), wanted)) return std::nullopt;
  const std::string_view suffix = name.substr(wanted.size());
  if (!suffix.empty() && suffix.front() != '*') return std::nullopt;
  return suffix;
}

/// type "/" subtype, lower case.
std::string take_type(Cursor& cursor) {
  skip_cfws(cursor);
  std::string type(cursor.take_while(is_token_octet));
  skip_cfws(cursor);
  if (!type.empty() && cursor.take('/')) {
    skip_cfws(cursor);
    type.append("/").append(cursor.take_while(is_token_octet));
  }
  return ascii::lower(type);
}

}  // namespace

ContentType parse_content_type(std::string_view value) {
  ContentType out;
  Cursor cursor(value);
  out.type = take_type(cursor);
  Value boundary;
  Value format;
  while (!cursor.at_end()) {
    skip_to_parameter(cursor);
    const std::string_view name = cursor.take_while(is_token_octet);
    skip_cfws(cursor);
    if (!cursor.take('=')) continue;
    skip_cfws(cursor);
    std::string text = cursor.take('"') ? take_quoted(cursor) : take_bare(cursor);
    if (const auto suffix = suffix_of(name, "boundary")) {
      boundary.add(*suffix, std::move(text));
    } else if (const auto flow = suffix_of(name, "format")) {
      format.add(*flow, std::move(text));
    }
  }
  out.boundary = boundary.take();
  out.flowed = ascii::equal_ignoring_case(format.take(), "flowed");
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
