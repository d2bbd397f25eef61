#include "dkim/domain_name.h"

#include <algorithm>

#include "base/ascii.h"
#include "dns/a_labels.h"

namespace mailassay::dkim {
namespace {

constexpr std::size_t kMaxLabel = 63;  // [RFC1035 2.3.4]
constexpr std::size_t kMaxName = 253;  // 255 octets on the wire [RFC1035 2.3.4]

bool is_label_octet(char c) noexcept {
  return ascii::is_alnum(c) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool is_domain_name(std::string_view name, std::size_t min_labels) {
  std::size_t labels = 0;
  std::size_t start = 0;
  if (name.size() > kMaxName) return false;
  while (start <= name.size()) {
    const std::size_t end = std::min(name.find('.', start), name.size());
    const std::string_view label = name.substr(start, end - start);
    if (label.empty() || label.size() > kMaxLabel) return false;
    if (!std::all_of(label.begin(), label.end(), is_label_octet)) return false;
    ++labels;
    start = end + 1;
  }
  return labels >= min_labels;
}

bool is_same_or_subdomain(std::string_view name, std::string_view domain) {
  if (name.size() < domain.size()) return false;
  const std::size_t prefix = name.size() - domain.size();
  if (!ascii::equal_ignoring_case(name.substr(prefix), domain)) return false;
  return prefix == 0 || name[prefix - 1] == '.';
}

std::optional<std::string> key_name(std::string_view selector, std::string_view domain) {
  std::string name;
  name.reserve(selector.size() + domain.size() + 12);
  name.append(selector).append("._domainkey.").append(domain);
  if (ascii::is_ascii(name)) {
    for (char& c : name) c = ascii::to_lower(c);
  } else {
    // "_domainkey" itself is no IDNA label: convert the two sides of it apart.
    const auto selector_ascii = ascii::is_ascii(selector) ? std::optional(ascii::lower(selector))
                                                          : dns::to_a_labels(selector);
    const auto domain_ascii =
        ascii::is_ascii(domain) ? std::optional(ascii::lower(domain)) : dns::to_a_labels(domain);
    if (!selector_ascii || !domain_ascii) return std::nullopt;
    name = *selector_ascii + "._domainkey." + *domain_ascii;
  }
  if (name.size() > kMaxName) return std::nullopt;
  return name;
}

}  // namespace mailassay::dkim
