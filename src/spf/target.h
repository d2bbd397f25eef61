// Names that records and macros make up, as DNS is asked for them.
#ifndef MAILASSAY_SPF_TARGET_H
#define MAILASSAY_SPF_TARGET_H

#include <optional>
#include <string>
#include <string_view>

namespace mailassay::spf {

/// The name in the spelling of dns::Question; every octet but the dot stands for itself. A name of
/// more than 253 octets loses labels on the left until it fits. [RFC7208 7.3]
///
/// Result: empty if a label is empty or has more than 63 octets, or there are under `min_labels`.
std::optional<std::string> target_name(std::string_view raw, std::size_t min_labels);

/// PTR name of 4 or 16 octets: under in-addr.arpa or ip6.arpa. [RFC1035 3.5] [RFC3596 2.5]
std::string reverse_name(std::string_view octets);

/// The octets as dotted parts: decimal octets, or nibbles for IPv6. [RFC7208 7.3]
std::string dotted_address(std::string_view octets);

/// True if the first `bits` of both are the same and they are of the same family.
bool is_in_network(std::string_view address, std::string_view network, unsigned bits);

}  // namespace mailassay::spf

#endif  // MAILASSAY_SPF_TARGET_H
