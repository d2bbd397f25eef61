#include "dkim/quoted_printable.h"

#include <cstddef>

#include "base/ascii.h"

namespace mailassay::dkim {
namespace {

/// The value of a hexadecimal digit, or -1.
int hex_value(char c) noexcept {
  if (ascii::is_digit(c)) return c - '0';
  const char lower = ascii::to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::string decode_dkim_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (ascii::is_fws_octet(text[i])) continue;
    if (text[i] == '=' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

}  // namespace mailassay::dkim
