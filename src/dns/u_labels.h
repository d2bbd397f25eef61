// Internationalised domain names as people read them. [RFC5890 2.3.2.1]
#ifndef MAILASSAY_DNS_U_LABELS_H
#define MAILASSAY_DNS_U_LABELS_H

#include <string>
#include <string_view>

namespace mailassay::dns {

/// Turns A-labels into U-labels, by UTS #46 without transitional mappings; UTF-8.
///
/// Result: labels that have no U-label form, and names without A-labels, stay as they are.
std::string to_u_labels(std::string_view name);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_U_LABELS_H
