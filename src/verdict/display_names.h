// Protected names and domains in the display name of an author.
#ifndef MAILASSAY_VERDICT_DISPLAY_NAMES_H
#define MAILASSAY_VERDICT_DISPLAY_NAMES_H

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "mailassay/impersonation.h"
#include "verdict/protected_domains.h"

namespace mailassay::impersonation {

/// Threads: const members from any thread.
/// Lifetime: keeps a reference to the domains.
class DisplayNames {
 public:
  /// Octets of a display name that are looked at.
  static constexpr std::size_t kMostOctets = 256;

  DisplayNames(std::span<const Party> parties, const ProtectedDomains& domains);

  /// What the display name shows, if it is a protected domain, an address below one, or a name.
  std::optional<Reason> shown(std::string_view display_name) const;

 private:
  /// A name in words, each as its skeleton.
  struct Name {
    std::vector<std::string> words;
    std::string resembles;
    /// The label of a domain: it counts only if all other words are such as "Support" or "GmbH".
    bool is_label = false;
  };

  void add(Name name);
  std::vector<std::string> words_of(std::string_view text) const;
  std::optional<Reason> shown_domain(std::string_view text) const;
  std::optional<Reason> shown_name(std::string_view text) const;
  bool matches(const Name& name, std::span<const std::string> words, std::size_t at) const;

  const ProtectedDomains& domains_;
  std::vector<Name> names_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_first_word_;
  std::unordered_set<std::string> role_words_;
};

}  // namespace mailassay::impersonation

#endif  // MAILASSAY_VERDICT_DISPLAY_NAMES_H
