#include "dmarc/alignment.h"

#include <algorithm>

#include "dmarc/domain_name.h"
#include "dmarc/tree_walk.h"
#include "dns/name.h"

namespace mailassay::dmarc {
namespace {

/// Longer names are not looked at one by one, so that what is said here does not hold for them.
bool has_whole_walk(std::string_view domain) { return count_labels(domain) <= kMostQueries; }

bool is_above_both(const Visit& visit, const Walked& author, std::string_view other) {
  return dns::is_same_or_below(author.domain, visit.domain) &&
         dns::is_same_or_below(other, visit.domain);
}

/// True if the name one label below `visited` is above both as well.
bool go_on_together(std::string_view visited, std::string_view author, std::string_view other) {
  return count_common_labels(author, other) > count_labels(visited);
}

struct Outcomes {
  bool may_be_same = false;
  bool may_differ = false;
};

/// The way to the names that both have: an unknown record there may end the walk.
void walk_own_way(const std::vector<Visit>& walk, const Walked& author, std::string_view other,
                  Outcomes& outcomes) {
  for (const Visit& visit : walk) {
    if (is_above_both(visit, author, other)) continue;
    if (visit.outcome == Visit::Outcome::unknown) outcomes.may_differ = true;
  }
}

/// The names above both, from the longest on, as far as the author's walk came. The first record
/// there makes it the same domain for both; only psd=y at the name where the two meet leads to two.
void walk_common_way(const Walked& author, std::string_view other, Outcomes& outcomes) {
  for (const Visit& visit : author.walk) {
    if (!is_above_both(visit, author, other)) continue;
    const bool together = go_on_together(visit.domain, author.domain, other);
    if (visit.outcome == Visit::Outcome::unknown) {
      outcomes.may_be_same = true;
      outcomes.may_differ = outcomes.may_differ || !together;
    } else if (visit.outcome == Visit::Outcome::record) {
      const bool is_psd = visit.records.front().psd == Record::Psd::y;
      (is_psd && !together ? outcomes.may_differ : outcomes.may_be_same) = true;
      return;
    }
  }
  outcomes.may_differ = true;  // no record: each is its own
}

/// Demands: both walks may come to the names that both have.
Alignment compare_with_unknown(const Walked& author, const Walked& other) {
  Outcomes outcomes;
  walk_own_way(author.walk, author, other.domain, outcomes);
  walk_own_way(other.walk, author, other.domain, outcomes);
  walk_common_way(author, other.domain, outcomes);
  if (!outcomes.may_be_same) return Alignment::none;
  return outcomes.may_differ ? Alignment::unknown : Alignment::relaxed;
}

}  // namespace

Alignment compare(const Walked& author, const Walked& other) {
  if (author.domain == other.domain) return Alignment::strict;  // [RFC9989 4.4]
  const auto of_author = possible_organizations(author.domain, author.walk);
  const auto of_other = possible_organizations(other.domain, other.walk);
  if (of_author.size() == 1 && of_other.size() == 1) {
    return of_author == of_other ? Alignment::relaxed : Alignment::none;
  }
  const bool can_meet = std::find_first_of(of_author.begin(), of_author.end(), of_other.begin(),
                                           of_other.end()) != of_author.end();
  if (!can_meet) return Alignment::none;
  if (!has_whole_walk(author.domain) || !has_whole_walk(other.domain)) return Alignment::unknown;
  return compare_with_unknown(author, other);
}

std::optional<Alignment> compare_without_walk(const Walked& author, std::string_view domain) {
  if (author.domain == domain) return Alignment::strict;
  // An Organizational Domain is a domain itself or above it.
  if (count_common_labels(author.domain, domain) == 0) return Alignment::none;
  if (!has_whole_walk(author.domain) || !has_whole_walk(domain)) return std::nullopt;
  Outcomes outcomes;
  walk_common_way(author, domain, outcomes);
  if (!outcomes.may_be_same) return Alignment::none;
  return std::nullopt;
}

bool may_need_walk(std::string_view author, std::string_view domain) {
  return author != domain &&
         (count_common_labels(author, domain) >= 2 || dns::is_same_or_below(author, domain) ||
          dns::is_same_or_below(domain, author));
}

}  // namespace mailassay::dmarc
