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

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  std::uint32_t group = 0;
  unsigned characters = 0;  // of the group at hand, padding not counted
  unsigned padding = 0;
  bool any = false;
  for (const char c : text) {
    const std::uint8_t value = kTable[octet(c)];
    if (value < 64) {
      if (padding != 0) return std::nullopt;
      group = group << 6U | value;
      any = true;
      if (++characters == 4) {
        out.push_back(static_cast<char>(group >> 16U & 0xFFU));
        out.push_back(static_cast<char>(group >> 8U & 0xFFU));
        out.push_back(static_cast<char>(group & 0xFFU));
        group = 0;
        characters = 0;
      }
    } else if (value == kPad) {
      ++padding;
    } else if (value == kInvalid) {
      return std::nullopt;
    }
  }
  if (!any) return std::nullopt;
  if (characters == 0) return padding == 0 ? std::optional(std::move(out)) : std::nullopt;
  if (characters == 1 || characters + padding != 4) return std::nullopt;
  if (characters == 2) {
    out.push_back(static_cast<char>(group >> 4U & 0xFFU));
  } else {
    out.push_back(static_cast<char>(group >> 10U & 0xFFU));
    out.push_back(static_cast<char>(group >> 2U & 0xFFU));
  }
  return out;
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
