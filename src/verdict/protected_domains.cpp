#include "verdict/protected_domains.h"

#include <algorithm>

#include "base/ascii.h"
#include "dns/u_labels.h"
#include "verdict/letter_distance.h"

namespace mailassay::impersonation {
namespace {

/// Names below are too short for a resemblance: DHL and DPL are two names.
constexpr std::size_t kShortestName = 3;
/// One letter, and hyphens, are looked at from so many letters on.
constexpr std::size_t kShortestNear = 5;
/// The same under another suffix, where unrelated names are much more likely.
constexpr std::size_t kShortestNearElsewhere = 8;

/// More octets no domain name has; what is longer is not looked at. [RFC1035 2.3.4]
constexpr std::size_t kMostDomainOctets = 253;

/// A top-level domain cannot be somebody's name here: all mail would be below it.
bool can_be_protected(std::string_view domain) noexcept {
  const std::size_t dot = domain.find('.');
  return domain.size() <= kMostDomainOctets && dot != 0 && dot < domain.size() - 1;
}

std::size_t count_labels(std::string_view domain) noexcept {
  return 1 + static_cast<std::size_t>(std::count(domain.begin(), domain.end(), '.'));
}

/// What registries sell below a country: co.uk, com.au. Longer ones are somebody's platform.
bool is_plain_suffix(std::string_view suffix) noexcept {
  const std::size_t dot = suffix.find('.');
  if (dot == std::string_view::npos) return true;
  const std::string_view rest = suffix.substr(dot + 1);
  return dot <= 3 && rest.size() == 2;
}

/// Places for hashes; 500 names of ten letters fill one of twelve.
constexpr std::size_t kDeletionBits = std::size_t{1} << 16U;

constexpr std::size_t bit_of(std::uint64_t hash) noexcept {
  return static_cast<std::size_t>(hash >> 48U);
}

std::string without_hyphens_and_dots(std::string_view text) {
  std::string out(text);
  std::erase_if(out, [](char c) { return c == '-' || c == '.'; });
  return out;
}

}  // namespace

DomainParts split_domain(std::string_view domain, std::string_view organizational_domain) {
  std::string_view organization = organizational_domain;
  if (organization.empty() || !domain.ends_with(organization)) {
    std::size_t dot = domain.rfind('.');
    if (dot != std::string_view::npos && dot != 0) dot = domain.rfind('.', dot - 1);
    organization = dot == std::string_view::npos ? domain : domain.substr(dot + 1);
    // example.co.uk: co.uk is nobody's.
    if (dot != std::string_view::npos && dot != 0 && is_plain_suffix(organization) &&
        count_labels(organization) == 2 && organization.find('.') <= 3 &&
        organization.size() - organization.find('.') == 3) {
      dot = domain.rfind('.', dot - 1);
      organization = dot == std::string_view::npos ? domain : domain.substr(dot + 1);
    }
  }
  DomainParts parts;
  parts.before = domain.substr(0, domain.size() - organization.size());
  if (parts.before.ends_with('.')) parts.before.remove_suffix(1);
  const std::size_t dot = std::min(organization.find('.'), organization.size());
  parts.label = organization.substr(0, dot);
  parts.suffix = organization.substr(std::min(dot + 1, organization.size()));
  return parts;
}

ProtectedDomains::ProtectedDomains(std::span<const Party> parties) : deletion_bits_(kDeletionBits) {
  for (std::size_t party = 0; party < parties.size(); ++party) {
    for (const std::string& domain : parties[party].domains) {
      if (!can_be_protected(domain) || by_domain_.contains(domain)) continue;
      ProtectedDomain entry;
      entry.domain = domain;
      const std::size_t dot = std::min(domain.find('.'), domain.size());
      entry.label = dns::to_u_labels(std::string_view(domain).substr(0, dot));
      entry.suffix = domain.substr(std::min(dot + 1, domain.size()));
      entry.letters = letters_of(entry.label).size();
      entry.party = party;
      add(entry);
    }
  }
}

void ProtectedDomains::add(const ProtectedDomain& entry) {
  const auto index = static_cast<std::uint32_t>(domains_.size());
  domains_.push_back(entry);
  most_labels_ = std::max(most_labels_, count_labels(entry.domain));
  by_domain_.try_emplace(entry.domain, index);
  if (entry.letters < kShortestName) return;
  by_label_.try_emplace(entry.label, index);
  by_skeleton_.try_emplace(skeletons_.of(entry.label), index);
  if (entry.letters < kShortestNear) return;
  by_any_case_skeleton_.try_emplace(skeletons_.of_any_case(entry.label), index);
  by_plain_.try_emplace(without_hyphens_and_dots(entry.label), index);
  by_plain_.try_emplace(without_hyphens_and_dots(entry.label + entry.suffix), index);
  for_each_deletion(letters_of(entry.label), [&](std::uint64_t hash) {
    by_deletion_[hash].push_back(index);
    deletion_bits_[bit_of(hash)] = true;
  });
}

const ProtectedDomain* ProtectedDomains::find(const Table& table, std::string_view key) const {
  const auto found = table.find(key);
  return found == table.end() ? nullptr : &domains_[found->second];
}

const ProtectedDomain* ProtectedDomains::owner_of(std::string_view domain) const {
  if (domain.size() > kMostDomainOctets) return nullptr;
  while (!domain.empty()) {
    if (const ProtectedDomain* owner = find(by_domain_, domain)) return owner;
    const std::size_t dot = domain.find('.');
    if (dot == std::string_view::npos) break;
    domain.remove_prefix(dot + 1);
  }
  return nullptr;
}

std::optional<Reason> ProtectedDomains::resemblance(std::string_view domain,
                                                    std::string_view organizational_domain,
                                                    bool is_vouched_for) const {
  if (domain.empty() || domain.size() > kMostDomainOctets) return std::nullopt;
  if (owner_of(domain) != nullptr) return std::nullopt;
  const DomainParts parts = split_domain(domain, organizational_domain);
  auto reason = label_resemblance(parts, is_vouched_for);
  if (!reason) reason = subdomain_resemblance(parts, is_vouched_for);
  if (reason) reason->found = dns::to_u_labels(domain);
  return reason;
}

// From the strongest resemblance to the weakest: a name can be near to several protected ones.
std::optional<Reason> ProtectedDomains::label_resemblance(const DomainParts& parts,
                                                          bool is_vouched_for) const {
  const std::string label = dns::to_u_labels(parts.label);
  if (const ProtectedDomain* same = find(by_label_, label)) {
    // Below a platform it is a customer's name there, as in example.onmicrosoft.com.
    if (is_plain_suffix(parts.suffix)) return Reason{Word::other_tld, same->domain, {}};
    if (is_vouched_for) return std::nullopt;
    return Reason{Word::name_as_subdomain, same->domain, {}};
  }
  const ProtectedDomain* alike = find(by_skeleton_, skeletons_.of(label));
  if (alike == nullptr) {
    alike = find(by_any_case_skeleton_, skeletons_.of_any_case(label));
  }
  if (alike != nullptr) {
    // A label that had to be decoded is an internationalised one.
    return Reason{label == parts.label ? Word::confusable : Word::homograph, alike->domain, {}};
  }
  if (const ProtectedDomain* near = find(by_plain_, without_hyphens_and_dots(label))) {
    const bool is_here = near->suffix == parts.suffix;
    const bool is_long = near->letters >= kShortestNearElsewhere;
    // "examplecom.net" holds the suffix, so it means the domain whatever follows.
    const bool holds_suffix =
        without_hyphens_and_dots(near->label) != without_hyphens_and_dots(label);
    if (is_here || is_long || holds_suffix) return Reason{Word::hyphen, near->domain, {}};
  }
  if (const ProtectedDomain* near = one_letter_from(label, parts.suffix)) {
    return Reason{Word::one_letter, near->domain, {}};
  }
  return std::nullopt;
}

const ProtectedDomain* ProtectedDomains::one_letter_from(std::string_view label,
                                                         std::string_view suffix) const {
  if (label.size() < kShortestNear) return nullptr;
  const std::u32string letters = letters_of(label);
  if (letters.size() < kShortestNear) return nullptr;
  std::uint32_t best = static_cast<std::uint32_t>(domains_.size());
  for_each_deletion(letters, [&](std::uint64_t hash) {
    if (!deletion_bits_[bit_of(hash)]) return;
    const auto found = by_deletion_.find(hash);
    if (found == by_deletion_.end()) return;
    for (const std::uint32_t index : found->second) {
      const ProtectedDomain& entry = domains_[index];
      const std::size_t shorter = std::min(letters.size(), entry.letters);
      const std::size_t least = entry.suffix == suffix ? kShortestNear : kShortestNearElsewhere;
      if (index < best && shorter >= least &&
          is_one_letter_apart(letters, letters_of(entry.label))) {
        best = index;
      }
    }
  });
  return best == domains_.size() ? nullptr : &domains_[best];
}

std::optional<Reason> ProtectedDomains::subdomain_resemblance(const DomainParts& parts,
                                                              bool is_vouched_for) const {
  const ProtectedDomain* name = nullptr;
  for (std::size_t start = 0; start < parts.before.size();) {
    std::size_t end = start;
    for (std::size_t labels = 1; labels <= most_labels_ && end < parts.before.size(); ++labels) {
      end = std::min(parts.before.find('.', end + (labels == 1 ? 0 : 1)), parts.before.size());
      const std::string_view run = parts.before.substr(start, end - start);
      const ProtectedDomain* whole = labels > 1 ? find(by_domain_, run) : nullptr;
      if (whole != nullptr) return Reason{Word::domain_as_subdomain, whole->domain, {}};
      if (labels == 1 && name == nullptr && run.size() >= kShortestNear) {
        name = find(by_label_, run);
      }
    }
    start = std::min(parts.before.find('.', start), parts.before.size()) + 1;
  }
  if (name == nullptr || is_vouched_for) return std::nullopt;
  return Reason{Word::name_as_subdomain, name->domain, {}};
}

}  // namespace mailassay::impersonation
