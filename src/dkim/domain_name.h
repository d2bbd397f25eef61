// Domain names and selectors as d=, s= and i= carry them, and the name of a key in DNS.
// [RFC6376 3.5] [RFC6376 3.6.2.1] [RFC8616 5]
#ifndef MAILASSAY_DKIM_DOMAIN_NAME_H
#define MAILASSAY_DKIM_DOMAIN_NAME_H

#include <optional>
#include <string>
#include <string_view>

namespace mailassay::dkim {

/// True if `name` consists of labels of 1 to 63 letters, digits, hyphens and underscores (the
/// latter occur in practice) or UTF-8 octets, joined by dots, `min_labels` or more of them.
bool is_domain_name(std::string_view name, std::size_t min_labels);

/// True if `name` is `domain` or a subdomain of it, at label borders, without regard to case.
bool is_same_or_subdomain(std::string_view name, std::string_view domain);

/// `SELECTOR._domainkey.DOMAIN`, lower case, U-labels as A-labels. [RFC6376 3.6.2.1] [RFC8616 5]
///
/// Result: empty if it would be over 253 octets or a label has no A-label form.
std::optional<std::string> key_name(std::string_view selector, std::string_view domain);

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_DOMAIN_NAME_H
