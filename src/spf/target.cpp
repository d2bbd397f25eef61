#include "spf/target.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"
#include "base/bytes.h"
#include "dns/name.h"
#include "dns/text_escape.h"

namespace mailassay::spf {
namespace {

constexpr std::size_t kMaxName = 253;

void append_octet(char c, std::string& out) {
  if (c == '\\') {
    out.append("\\\\");
  } else if (c < 0x21 || c > 0x7E) {
    dns::append_decimal_escape(out, octet(c));
  } else {
    out.push_back(ascii::to_lower(c));
  }
}

}  // namespace

std::optional<std::string> target_name(std::string_view raw, std::size_t min_labels) {
  if (raw.ends_with('.')) raw.remove_suffix(1);
  while (raw.size() > kMaxName) {
    const std::size_t dot = raw.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    raw.remove_prefix(dot + 1);
  }
  std::string name;
  std::size_t labels = 0;
  while (true) {
    const std::string_view label = raw.substr(0, raw.find('.'));
    if (label.empty() || label.size() > dns::kMaxLabelBytes) return std::nullopt;
    for (const char c : label) append_octet(c, name);
    ++labels;
    if (label.size() == raw.size()) break;
    raw.remove_prefix(label.size() + 1);
    name.push_back('.');
  }
  return labels >= min_labels ? std::optional(std::move(name)) : std::nullopt;
}

std::string dotted_address(std::string_view octets) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : octets) {
    if (!out.empty()) out.push_back('.');
    if (octets.size() == 4) {
      out.append(std::to_string(octet(c)));
    } else {
      out.push_back(kHex[octet(c) >> 4]);
      out.push_back('.');
      out.push_back(kHex[octet(c) & 0xF]);
    }
  }
  return out;
}

std::string reverse_name(std::string_view octets) {
  std::string out;
  if (octets.size() == 4) {
    const std::string reversed(octets.rbegin(), octets.rend());
    return dotted_address(reversed) + ".in-addr.arpa";
  }
  out = ascii::lower(dotted_address(octets));
  std::reverse(out.begin(), out.end());
  return out + ".ip6.arpa";
}

bool is_in_network(std::string_view address, std::string_view network, unsigned bits) {
  if (address.size() != network.size()) return false;
  const std::size_t whole = std::min<std::size_t>(bits / 8, address.size());
  if (address.substr(0, whole) != network.substr(0, whole)) return false;
  const unsigned rest = bits % 8;
  if (rest == 0 || whole == address.size()) return true;
  return (octet(address[whole]) ^ octet(network[whole])) >> (8 - rest) == 0;
}

}  // namespace mailassay::spf
