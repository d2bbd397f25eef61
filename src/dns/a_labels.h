// Internationalised domain names as DNS has them. [RFC8616 4] [RFC8616 5]
#ifndef MAILASSAY_DNS_A_LABELS_H
#define MAILASSAY_DNS_A_LABELS_H

#include <optional>
#include <string>
#include <string_view>

namespace mailassay::dns {

/// Turns U-labels into A-labels, by UTS #46 without transitional mappings.
///
/// Result: empty if a label has no A-label form.
std::optional<std::string> to_a_labels(std::string_view name);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_A_LABELS_H
