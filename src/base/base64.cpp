#include "base/base64.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ascii.h"
#include "base/bytes.h"

namespace mailassay {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kInvalid = 255;
constexpr std::uint8_t kSpace = 254;
constexpr std::uint8_t kPad = 253;
constexpr unsigned kMaxPadding = 2;  // [RFC6376 2.10 base64string]

constexpr std::array<std::uint8_t, 256> make_table() {
  std::array<std::uint8_t, 256> table{};
  for (auto& entry : table) entry = kInvalid;
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    table[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  for (const char c : {' ', '\t', '\r', '\n'}) table[static_cast<std::uint8_t>(c)] = kSpace;
  table[static_cast<std::uint8_t>('=')] = kPad;
  return table;
}

constexpr std::array<std::uint8_t, 256> kTable = make_table();

void put_group(std::uint32_t group, char* out) noexcept {
  out[0] = static_cast<char>(group >> 16U & 0xFFU);
  out[1] = static_cast<char>(group >> 8U & 0xFFU);
  out[2] = static_cast<char>(group & 0xFFU);
}

/// Decodes groups of four characters without white space, from the front, as far as they go, to
/// three octets each.
///
/// Result: groups that were decoded.
std::size_t decode_groups(std::string_view text, char* out) noexcept {
  std::size_t groups = 0;
  for (; text.size() - 4 * groups >= 4; ++groups) {
    const std::uint32_t a = kTable[octet(text[4 * groups])];
    const std::uint32_t b = kTable[octet(text[4 * groups + 1])];
    const std::uint32_t c = kTable[octet(text[4 * groups + 2])];
    const std::uint32_t d = kTable[octet(text[4 * groups + 3])];
    if ((a | b | c | d) >= 64) break;
    put_group(a << 18U | b << 12U | c << 6U | d, out + 3 * groups);
  }
  return groups;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string decoded(text.size() / 4 * 3 + 3, '\0');
  char* const out = decoded.data();
  std::size_t size = 0;  // of what has been decoded
  std::uint32_t group = 0;
  unsigned characters = 0;  // of the group at hand, padding not counted
  unsigned padding = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (characters == 0 && padding == 0) {
      const std::size_t groups = decode_groups(text.substr(at), out + size);
      at += 4 * groups;
      size += 3 * groups;
      if (at == text.size()) break;
    }
    const std::uint8_t value = kTable[octet(text[at++])];
    if (value < 64) {
      if (padding != 0) return std::nullopt;
      group = group << 6U | value;
      if (++characters == 4) {
        put_group(group, out + size);
        size += 3;
        group = 0;
        characters = 0;
      }
    } else if (value == kPad) {
      ++padding;
    } else if (value == kInvalid) {
      return std::nullopt;
    }
  }
  // The grammar ends with up to two "=" and asks for none: what is missing or too many of them
  // says nothing about the octets. [RFC6376 2.10] One character alone is less than an octet.
  if (padding > kMaxPadding || characters == 1) return std::nullopt;
  if (characters > 0) {
    put_group(group << (6U * (4 - characters)), out + size);
    size += characters - 1;
  }
  if (size == 0) return std::nullopt;
  decoded.resize(size);
  return decoded;
}

std::string encode_base64(std::string_view octets) {
  std::string out;
  out.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    const std::string_view part = octets.substr(i, 3);
    std::uint32_t group = std::uint32_t{octet(part[0])} << 16U;
    if (part.size() > 1) group |= std::uint32_t{octet(part[1])} << 8U;
    if (part.size() > 2) group |= octet(part[2]);
    out.push_back(kAlphabet[group >> 18U & 63U]);
    out.push_back(kAlphabet[group >> 12U & 63U]);
    out.push_back(part.size() > 1 ? kAlphabet[group >> 6U & 63U] : '=');
    out.push_back(part.size() > 2 ? kAlphabet[group & 63U] : '=');
  }
  return out;
}

}  // namespace mailassay
