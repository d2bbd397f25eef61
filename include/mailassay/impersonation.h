// Whether a message pretends to be from somebody whose names are protected: own domains, and brands
// that the user names.
//
// Reasons and never a score: each says which name is resembled and by what. A message can be
// authenticated and still be from a look-alike, since whoever registers a domain can sign for it;
// mail that is authenticated as a protected domain never pretends to be it.
#ifndef MAILASSAY_IMPERSONATION_H
#define MAILASSAY_IMPERSONATION_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/standing.h"

namespace mailassay::impersonation {

/// Somebody whose names are protected. One with display names needs its domains: all mail that
/// shows the names from elsewhere is named.
struct Party {
  bool is_own = false;  ///< the domains of --own-domain are those of one party
  /// Organizational domains, lower case, A-labels. Each protects its subdomains.
  std::vector<std::string> domains;
  /// Names that readers know it by, UTF-8: "PayPal". A domain's own first label counts as a name
  /// only beside words such as "Support" or "GmbH", since labels can be surnames.
  std::vector<std::string> display_names;
};

/// What a message says of its author.
struct Claim {
  std::string_view from_domain;  ///< the Author Domain, lower case, A-labels
  /// Of that; empty: taken to be the last two labels, or three below such as co.uk.
  std::string_view organizational_domain;
  std::string_view display_name;  ///< of the author, decoded, UTF-8; empty if there is none
  std::span<const std::string> reply_to_domains;  ///< lower case, A-labels
  standing::Value standing = standing::Value::unverifiable;
  bool by_own_sender = false;   ///< a configured sender passes for its own domain
  bool from_is_munged = false;  ///< a list put its address into From, and the author's name before
};

/// A closed list; verdict/impersonation_word.h has word and sentence of each.
enum class Word : std::uint8_t {
  own_domain,           ///< From is an own domain, and nothing authenticates it
  brand_domain,         ///< From is a brand's domain, and nothing authenticates it
  homograph,            ///< an internationalised name that looks the same
  confusable,           ///< letters and digits that look the same: 1 and l, rn and m
  hyphen,               ///< hyphens or dots are added or left out
  one_letter,           ///< one letter is added, left out, another, or two are swapped
  other_tld,            ///< the same name below another top-level domain
  domain_as_subdomain,  ///< the whole domain stands before another one
  name_as_subdomain,    ///< its name does, in mail that nothing authenticates
  display_address,      ///< the display name shows an address of the domain
  display_name,         ///< the display name shows the name
  reply_to,             ///< answers go elsewhere
};

inline constexpr std::size_t kWordCount = static_cast<std::size_t>(Word::reply_to) + 1;

struct Reason {
  Word word = Word::own_domain;
  std::string resembles;  ///< the protected domain or name
  std::string found;      ///< what the message has in its place, UTF-8

  friend bool operator==(const Reason&, const Reason&) = default;
};

struct Verdict {
  std::vector<Reason> reasons;  ///< empty: it pretends nothing
  /// There are reasons, and the message is authenticated all the same: the owner of the name that
  /// only resembles sent it.
  bool is_authenticated = false;
};

/// `word:resembles`; of reply_to, `word:found`.
std::string text_of(const Reason& reason);

/// The protected names, prepared for millions of messages.
///
/// Threads: const members from any thread, any number at once.
/// Cost:    of check(): some twenty look-ups in tables, whatever the number of names. It depends
///          on nothing but its argument, so callers may remember it by domain.
class Register {
 public:
  explicit Register(std::span<const Party> parties);
  ~Register();
  Register(Register&&) noexcept;
  Register& operator=(Register&&) noexcept;

  Verdict check(const Claim& claim) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace mailassay::impersonation

#endif  // MAILASSAY_IMPERSONATION_H
