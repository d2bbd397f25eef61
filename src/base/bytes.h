// Octets as numbers and as text. The only place where the two are cast into each other.
#ifndef MAILASSAY_BASE_BYTES_H
#define MAILASSAY_BASE_BYTES_H

#include <cstdint>
#include <cstring>
#include <string_view>

namespace mailassay {

/// The octets of `text` for libraries that want unsigned char.
inline const unsigned char* octets(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// One octet as a number from 0 to 255.
constexpr std::uint8_t octet(char c) noexcept { return static_cast<std::uint8_t>(c); }

inline std::string_view as_text(const unsigned char* data, std::size_t size) noexcept {
  return {reinterpret_cast<const char*>(data), size};
}

/// Whether an octet above 0x7F is in `text`.
inline bool has_8bit(std::string_view text) noexcept {
  std::uint64_t all = 0;
  for (; text.size() >= sizeof all; text.remove_prefix(sizeof all)) {
    std::uint64_t octets = 0;
    std::memcpy(&octets, text.data(), sizeof octets);
    all |= octets;
  }
  for (const char c : text) all |= octet(c);
  return (all & 0x8080808080808080U) != 0;
}

}  // namespace mailassay

#endif  // MAILASSAY_BASE_BYTES_H
