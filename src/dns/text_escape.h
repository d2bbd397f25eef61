// The backslash escapes of master files. [RFC1035 5.1]
#ifndef MAILASSAY_DNS_TEXT_ESCAPE_H
#define MAILASSAY_DNS_TEXT_ESCAPE_H

#include <cstdint>
#include <string>

#include "base/cursor.h"

namespace mailassay::dns {

/// Reads what follows a backslash: three decimal digits, or any other octet for itself.
///
/// Errors: false at the end of the text, for fewer than three digits and above 255.
inline bool take_escape(Cursor& cursor, char& value) {
  if (cursor.at_end()) return false;
  if (!ascii::is_digit(cursor.peek())) {
    value = cursor.take_up_to(1).front();
    return true;
  }
  const std::string_view digits = cursor.take_up_to(3);
  if (digits.size() != 3) return false;
  unsigned number = 0;
  for (const char digit : digits) {
    if (!ascii::is_digit(digit)) return false;
    number = number * 10 + static_cast<unsigned>(digit - '0');
  }
  if (number > 255) return false;
  value = static_cast<char>(static_cast<unsigned char>(number));
  return true;
}

inline void append_decimal_escape(std::string& out, std::uint8_t value) {
  out.push_back('\\');
  out.push_back(static_cast<char>('0' + value / 100));
  out.push_back(static_cast<char>('0' + value / 10 % 10));
  out.push_back(static_cast<char>('0' + value % 10));
}

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_TEXT_ESCAPE_H
