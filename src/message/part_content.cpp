#include "message/part_content.h"

#include <utility>

#include "base/ascii.h"
#include "base/base64.h"
#include "message/quoted_printable.h"

namespace mailassay::message {
namespace {

bool is_base64_octet(char c) { return ascii::is_alnum(c) || c == '+' || c == '/'; }

std::string decode_base64_begin(std::string_view octets, std::size_t most) {
  // Whole groups only: a group that is not complete stands for less than an octet.
  const std::size_t wanted = (most / 3 + 1) * 4;
  std::string digits;
  for (const char c : octets) {
    if (c == '=' || digits.size() == wanted) break;
    if (is_base64_octet(c)) digits += c;
  }
  if (digits.size() % 4 == 1) digits.pop_back();
  return decode_base64(digits).value_or(std::string());
}

}  // namespace

PartContent decode_content(std::string_view octets, TransferEncoding encoding, std::size_t most) {
  PartContent out;
  switch (encoding) {
    case TransferEncoding::base64:
      out.text = decode_base64_begin(octets, most);
      break;
    case TransferEncoding::quoted_printable:
      // An encoded octet takes three at most.
      out.text = decode_quoted_printable(octets.substr(0, most * 3 + 3));
      break;
    case TransferEncoding::identity:
    case TransferEncoding::unknown:
      out.text = octets.substr(0, most);
      out.cut = octets.size() > most;
      return out;
  }
  if (out.text.size() > most) {
    out.text.resize(most);
    out.cut = true;
  }
  return out;
}

}  // namespace mailassay::message
