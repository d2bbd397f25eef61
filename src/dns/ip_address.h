// IPv4 and IPv6 addresses as text and as octets in network order. [RFC4291 2.2] [RFC5952 4]
#ifndef MAILASSAY_DNS_IP_ADDRESS_H
#define MAILASSAY_DNS_IP_ADDRESS_H

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailassay::dns {

using Ipv4 = std::array<char, 4>;
using Ipv6 = std::array<char, 16>;

/// Four decimal numbers; no leading zeros, no short forms.
std::optional<Ipv4> ipv4_from_text(std::string_view text);

/// All forms of [RFC4291 2.2], with `::` and a trailing IPv4 address; no zone index.
std::optional<Ipv6> ipv6_from_text(std::string_view text);

/// The text of 4 or 16 octets, IPv6 as [RFC5952 4] has it; empty for any other size.
std::string ip_to_text(std::string_view octets);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_IP_ADDRESS_H
