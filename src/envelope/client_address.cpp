#include "envelope/client_address.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/ascii.h"
#include "base/bytes.h"
#include "dns/ip_address.h"
#include "envelope/trace_text.h"

namespace mailassay::envelope {
namespace {

using namespace std::string_view_literals;

/// No text form of an address is longer, prefix, zone index and port included.
constexpr std::size_t kLongestText = 128;

struct Block {
  std::string_view address;
  unsigned prefix;
};

constexpr std::array kPrivate = {
    Block{"\x7F\0\0\0"sv, 8},     // loopback
    Block{"\x0A\0\0\0"sv, 8},     // private use
    Block{"\xAC\x10\0\0"sv, 12},  // private use
    Block{"\xC0\xA8\0\0"sv, 16},  // private use
    Block{"\xA9\xFE\0\0"sv, 16},  // link-local
    Block{"\x64\x40\0\0"sv, 10},  // shared with the provider
    Block{"\0\0\0\0"sv, 8},       // this host
    Block{"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01"sv, 128},
    Block{"\xFE\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv, 10},  // link-local
    Block{"\xFC\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv, 7},     // unique local
};
constexpr Block kLoopback4 = kPrivate[0];
constexpr Block kLoopback6 = kPrivate[7];

bool lies_in(std::string_view address, std::string_view block, unsigned prefix) {
  if (address.size() != block.size() || prefix > 8 * block.size()) return false;
  const std::size_t whole = prefix / 8;
  if (address.substr(0, whole) != block.substr(0, whole)) return false;
  const unsigned rest = prefix % 8;
  if (rest == 0) return true;
  return (octet(address[whole]) ^ octet(block[whole])) >> (8 - rest) == 0;
}

std::string octets_of(std::string_view text) {
  if (const auto address = dns::ipv4_from_text(text)) return {address->begin(), address->end()};
  text = text.substr(0, text.find('%'));
  const auto address = dns::ipv6_from_text(text);
  if (!address) return {};
  const std::string_view octets(address->data(), address->size());
  constexpr std::string_view kMapped = "\0\0\0\0\0\0\0\0\0\0\xFF\xFF"sv;
  return std::string(octets.starts_with(kMapped) ? octets.substr(12) : octets);
}

/// Without a port behind the last colon or, as some write it, the fourth dot.
std::string_view without_port(std::string_view text) {
  const std::size_t dots = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
  const std::size_t colons = static_cast<std::size_t>(std::count(text.begin(), text.end(), ':'));
  if (dots == 3 && colons == 1) return text.substr(0, text.find(':'));
  if (dots == 4 && colons == 0 && !text.ends_with('.')) return text.substr(0, text.rfind('.'));
  return text;
}

}  // namespace

std::string address_from_trace(std::string_view text) {
  text = ascii::trim(text);
  if (text.size() > kLongestText) return {};
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return {};
    const std::string_view behind = text.substr(end + 1);
    if (!behind.empty() && (behind.front() != ':' || behind.size() > 6 ||
                            !std::all_of(behind.begin() + 1, behind.end(), ascii::is_digit))) {
      return {};
    }
    text = text.substr(1, end - 1);
  }
  if (starts_with_ignoring_case(text, "ipv6:")) text.remove_prefix(5);
  std::string octets = octets_of(text);
  return octets.empty() ? octets_of(without_port(text)) : octets;
}

bool contains(const Network& network, std::string_view address) {
  return lies_in(address, network.address, network.prefix);
}

bool is_loopback(std::string_view address) {
  return lies_in(address, kLoopback4.address, kLoopback4.prefix) ||
         lies_in(address, kLoopback6.address, kLoopback6.prefix);
}

bool is_private(std::string_view address) {
  return std::any_of(kPrivate.begin(), kPrivate.end(), [address](const Block& block) {
    return lies_in(address, block.address, block.prefix);
  });
}

}  // namespace mailassay::envelope
