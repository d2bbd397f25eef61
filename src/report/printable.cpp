#include "report/printable.h"

#include "base/bytes.h"
#include "message/encoded_word.h"

namespace mailassay::report {
namespace {

void append_hex(char c, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out.append("\\x");
  out.push_back(kHex[octet(c) >> 4U]);
  out.push_back(kHex[octet(c) & 15U]);
}

/// Octets of the UTF-8 character at the front that may be shown, 0 if none.
std::size_t showable(std::string_view text) {
  const std::uint8_t lead = octet(text[0]);
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
  for (std::size_t size = 2; size <= 4 && size <= text.size(); ++size) {
    if (!message::is_valid_utf8(text.substr(0, size))) continue;
    // C1 controls (U+0080 to U+009F) and the marks that turn the writing direction are not shown.
    const bool is_c1 = lead == 0xC2 && octet(text[1]) < 0xA0;
    const bool is_direction =
        lead == 0xE2 && size == 3 &&
        ((octet(text[1]) == 0x80 && octet(text[2]) >= 0xAA && octet(text[2]) <= 0xAE) ||
         (octet(text[1]) == 0x81 && octet(text[2]) >= 0xA6 && octet(text[2]) <= 0xA9));
    return is_c1 || is_direction ? 0 : size;
  }
  return 0;
}

}  // namespace

std::string printable(std::string_view text, std::size_t limit) {
  std::string out;
  while (!text.empty()) {
    if (out.size() >= limit) {
      out.append("...");
      break;
    }
    const std::size_t size = showable(text);
    if (size == 0) {
      append_hex(text.front(), out);
      text.remove_prefix(1);
    } else {
      out.append(text.substr(0, size));
      text.remove_prefix(size);
    }
  }
  return out;
}

}  // namespace mailassay::report
