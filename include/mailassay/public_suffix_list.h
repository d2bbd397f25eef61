// The public suffix list: under which names a domain can be registered. RFC 7489 finds
// Organizational Domains by it [RFC7489 3.2]; RFC 9989 does not [RFC9989 4.10].
//
// The format and the algorithm are those of https://publicsuffix.org/list/. Names are compared as
// A-labels, so that a rule in UTF-8 and a domain in either form meet.
#ifndef MAILASSAY_PUBLIC_SUFFIX_LIST_H
#define MAILASSAY_PUBLIC_SUFFIX_LIST_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mailassay/result.h"

namespace mailassay {

/// Why a text is no public suffix list.
struct SuffixListError {
  std::size_t line = 0;  ///< counted from 1; 0: the list as a whole
  std::string what;
};

/// Threads: const functions from any number at once.
class PublicSuffixList {
 public:
  /// Who answers for a suffix.
  enum class Section : std::uint8_t {
    none,             ///< no rule matches: the last label counts as the suffix
    icann,            ///< a registry
    private_domains,  ///< the owner of a domain lets others register below it
  };

  struct Suffix {
    std::string_view name;  ///< points into the domain that was asked for
    Section section = Section::none;
  };

  /// Reads the text of a list; what follows white space in a line is not part of it.
  ///
  /// Errors: a rule that is no name, or not one rule in all.
  static Result<PublicSuffixList, SuffixListError> from_text(std::string_view text);

  /// The longest public suffix of `domain`, both sections taken together; all of `domain` if it
  /// is itself one.
  ///
  /// Demands: a domain of lower-case A-labels without final dot.
  Suffix suffix_of(std::string_view domain) const;

  /// The suffix with one label more, `domain` itself if it has none more. [RFC7489 3.2]
  ///
  /// Demands:  as suffix_of().
  /// Lifetime: the view points into `domain`.
  std::string_view organizational_domain(std::string_view domain) const;

  /// True if a rule says that `domain` is a public suffix.
  bool is_public_suffix(std::string_view domain) const;

  /// What stands behind `// VERSION:`; empty if the list has no such line.
  const std::string& version() const noexcept { return version_; }
  std::size_t rule_count() const noexcept { return rule_count_; }

 private:
  struct Rule {
    Section name = Section::none;      ///< of the name itself
    Section wildcard = Section::none;  ///< of `*.` and the name
    bool is_exception = false;         ///< `!` and the name: no suffix, whatever a wildcard says
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };

  bool add(std::string_view text, Section section);
  const Rule* rule(std::string_view name) const;

  std::unordered_map<std::string, Rule, Hash, std::equal_to<>> rules_;
  std::string version_;
  std::size_t rule_count_ = 0;
};

}  // namespace mailassay

#endif  // MAILASSAY_PUBLIC_SUFFIX_LIST_H
