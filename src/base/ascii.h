// ASCII and nothing else: protocol text does not depend on a locale.
#ifndef MAILASSAY_BASE_ASCII_H
#define MAILASSAY_BASE_ASCII_H

#include <cstddef>
#include <string>
#include <string_view>

namespace mailassay::ascii {

constexpr char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
/// WSP = SP / HTAB. [RFC5234 B.1]
constexpr bool is_wsp(char c) noexcept { return c == ' ' || c == '\t'; }
constexpr bool is_fws_octet(char c) noexcept { return is_wsp(c) || c == '\r' || c == '\n'; }
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_alnum(char c) noexcept { return is_alpha(c) || is_digit(c); }

constexpr bool is_ascii(std::string_view text) noexcept {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  }
  return true;
}

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = to_lower(c);
  return out;
}

/// Removes SP, HTAB, CR and LF at both ends.
constexpr std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && is_fws_octet(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_fws_octet(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace mailassay::ascii

#endif  // MAILASSAY_BASE_ASCII_H
