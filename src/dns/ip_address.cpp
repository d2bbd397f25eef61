#include "dns/ip_address.h"

#include <algorithm>
#include <cstddef>

#include "base/bytes.h"
#include "base/cursor.h"

namespace mailassay::dns {

namespace {

constexpr std::size_t kGroups = 8;

bool is_hex(char c) {
  c = ascii::to_lower(c);
  return ascii::is_digit(c) || (c >= 'a' && c <= 'f');
}

unsigned hex_value(char c) {
  c = ascii::to_lower(c);
  return ascii::is_digit(c) ? static_cast<unsigned>(c - '0') : static_cast<unsigned>(c - 'a') + 10;
}

/// Groups of one side of `::`, as octets; false if it is malformed.
bool read_groups(std::string_view text, bool may_end_in_ipv4, std::string& out) {
  if (text.empty()) return true;
  Cursor cursor(text);
  while (true) {
    if (may_end_in_ipv4 && cursor.rest().find(':') == std::string_view::npos) {
      if (const auto tail = ipv4_from_text(cursor.rest())) {
        out.append(tail->begin(), tail->end());
        return true;
      }
    }
    const std::string_view digits = cursor.take_while(is_hex);
    if (digits.empty() || digits.size() > 4) return false;
    unsigned value = 0;
    for (const char c : digits) value = value * 16 + hex_value(c);
    out.push_back(static_cast<char>(value >> 8));
    out.push_back(static_cast<char>(value & 0xFF));
    if (cursor.at_end()) return true;
    if (!cursor.take(':') || cursor.at_end()) return false;
  }
}

unsigned group_at(std::string_view octets, std::size_t index) {
  return octet(octets[2 * index]) * 256U + octet(octets[2 * index + 1]);
}

std::string hex_group(unsigned value) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (int shift = 12; shift >= 0; shift -= 4) {
    const unsigned digit = value >> shift & 0xFU;
    if (digit != 0 || !out.empty() || shift == 0) out.push_back(kHex[digit]);
  }
  return out;
}

}  // namespace

std::optional<Ipv4> ipv4_from_text(std::string_view text) {
  Ipv4 out{};
  Cursor cursor(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i > 0 && !cursor.take('.')) return std::nullopt;
    const std::string_view digits = cursor.take_while(ascii::is_digit);
    if (digits.empty() || digits.size() > 3) return std::nullopt;
    if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
    unsigned value = 0;
    for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > 255) return std::nullopt;
    out[i] = static_cast<char>(value);
  }
  if (!cursor.at_end()) return std::nullopt;
  return out;
}

std::optional<Ipv6> ipv6_from_text(std::string_view text) {
  const std::size_t gap = text.find("::");
  std::string front;
  std::string back;
  if (gap == std::string_view::npos) {
    if (!read_groups(text, true, front) || front.size() != 2 * kGroups) return std::nullopt;
  } else {
    if (!read_groups(text.substr(0, gap), false, front)) return std::nullopt;
    if (!read_groups(text.substr(gap + 2), true, back)) return std::nullopt;
    // `::` stands for at least one group.
    if (front.size() + back.size() > 2 * (kGroups - 1)) return std::nullopt;
    front.append(2 * kGroups - front.size() - back.size(), '\0');
    front.append(back);
  }
  Ipv6 out{};
  std::copy(front.begin(), front.end(), out.begin());
  return out;
}

std::string ip_to_text(std::string_view octets) {
  std::string out;
  if (octets.size() == 4) {
    for (std::size_t i = 0; i < 4; ++i) {
      if (i > 0) out.push_back('.');
      out += std::to_string(octet(octets[i]));
    }
    return out;
  }
  if (octets.size() != 16) return out;
  // The first longest run of two or more zero groups becomes `::`. [RFC5952 4.2]
  std::size_t best = kGroups;
  std::size_t best_length = 1;
  for (std::size_t i = 0; i < kGroups;) {
    std::size_t end = i;
    while (end < kGroups && group_at(octets, end) == 0) ++end;
    if (end - i > best_length) {
      best = i;
      best_length = end - i;
    }
    i = end + 1;
  }
  for (std::size_t i = 0; i < kGroups; ++i) {
    if (i == best) {
      out += "::";
      i += best_length - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out.push_back(':');
    out += hex_group(group_at(octets, i));
  }
  return out;
}

}  // namespace mailassay::dns
