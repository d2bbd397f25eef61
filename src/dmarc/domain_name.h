// Names that DMARC compares: lower-case A-labels without final dot. [RFC9989 4.4] [RFC9989 5.3.1]
#ifndef MAILASSAY_DMARC_DOMAIN_NAME_H
#define MAILASSAY_DMARC_DOMAIN_NAME_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailassay::dmarc {

/// Brings a name from a message into the form that all else here wants.
///
/// Result: empty for what is no domain name: address literals and addresses, labels of other octets
///         than letters, digits, hyphens and underscores, U-labels without an A-label.
std::optional<std::string> domain_name(std::string_view raw);

std::size_t count_labels(std::string_view name);

/// The rightmost `count` labels.
///
/// Demands: `name` has as many.
std::string_view last_labels(std::string_view name, std::size_t count);

/// How many labels on the right are the same.
std::size_t count_common_labels(std::string_view a, std::string_view b);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_DOMAIN_NAME_H
