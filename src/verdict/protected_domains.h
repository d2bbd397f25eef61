// The protected domains, in tables that find what resembles one of them.
#ifndef MAILASSAY_VERDICT_PROTECTED_DOMAINS_H
#define MAILASSAY_VERDICT_PROTECTED_DOMAINS_H

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mailassay/impersonation.h"
#include "verdict/skeleton.h"

namespace mailassay::impersonation {

struct ProtectedDomain {
  std::string domain;       ///< lower case, A-labels
  std::string label;        ///< its first label as people read it, UTF-8
  std::string suffix;       ///< what follows that
  std::size_t letters = 0;  ///< code points of `label`
  std::size_t party = 0;
};

/// A domain in its parts. Views of the name that was taken apart.
struct DomainParts {
  std::string_view before;  ///< the labels before the organizational domain; empty: none
  std::string_view label;   ///< the first label of that
  std::string_view suffix;  ///< the rest
};

/// Takes a name apart; an empty `organizational_domain` is guessed.
DomainParts split_domain(std::string_view domain, std::string_view organizational_domain);

/// Threads: const members from any thread.
class ProtectedDomains {
 public:
  explicit ProtectedDomains(std::span<const Party> parties);

  bool empty() const noexcept { return domains_.empty(); }
  const Skeletons& skeletons() const noexcept { return skeletons_; }
  std::span<const ProtectedDomain> domains() const noexcept { return domains_; }

  /// The protected domain that `domain` is, or is below; null if none.
  const ProtectedDomain* owner_of(std::string_view domain) const;

  /// What `domain` resembles, if it is not protected itself. `is_vouched_for`: the message is not
  /// one that nothing authenticates; then a name as subdomain is no sign.
  std::optional<Reason> resemblance(std::string_view domain, std::string_view organizational_domain,
                                    bool is_vouched_for) const;

 private:
  /// Lets tables be asked with views.
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  /// The first domain of each key counts: that is the order of the configuration.
  using Table = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

  void add(const ProtectedDomain& entry);
  const ProtectedDomain* find(const Table& table, std::string_view key) const;
  std::optional<Reason> label_resemblance(const DomainParts& parts, bool is_vouched_for) const;
  const ProtectedDomain* one_letter_from(std::string_view label, std::string_view suffix) const;
  std::optional<Reason> subdomain_resemblance(const DomainParts& parts, bool is_vouched_for) const;

  Skeletons skeletons_;
  std::vector<ProtectedDomain> domains_;
  std::size_t most_labels_ = 0;  ///< of a protected domain
  Table by_domain_;
  Table by_label_;
  Table by_skeleton_;           ///< of labels of any length
  Table by_any_case_skeleton_;  ///< of labels that are long enough
  Table by_plain_;              ///< without hyphens: the label, and label and suffix as one
  /// By the hashes of labels with one letter left out, and whole: two texts one letter apart have
  /// one in common. The bits say quickly that a hash is not there.
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_deletion_;
  std::vector<bool> deletion_bits_;
};

}  // namespace mailassay::impersonation

#endif  // MAILASSAY_VERDICT_PROTECTED_DOMAINS_H
