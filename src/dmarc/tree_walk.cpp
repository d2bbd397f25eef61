#include "dmarc/tree_walk.h"

#include <algorithm>

#include "dmarc/domain_name.h"
#include "dmarc/record.h"
#include "dns/name.h"

namespace mailassay::dmarc {
namespace {

/// _dmarc.NAME; empty if that is longer than a name can be.
std::string record_name(std::string_view domain) {
  std::string name = "_dmarc.";
  name += domain;
  return dns::name_to_wire(name) ? name : std::string();
}

void add(std::vector<std::string>& names, std::string_view name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
}

/// The name one label longer than `visited`, towards `domain`; `domain` itself if it is that.
std::string_view one_below(std::string_view visited, std::string_view domain) {
  if (visited.size() == domain.size()) return domain;
  return last_labels(domain, count_labels(visited) + 1);
}

/// With a record one label below it, it does not matter whether a top-level domain has no record or
/// one with psd=y: the name below is the Organizational Domain. [RFC9989 5.2]
void assume_top_level(std::vector<Visit>& walk) {
  Visit& last = walk.back();
  if (last.outcome != Visit::Outcome::unknown || count_labels(last.domain) != 1) return;
  if (walk.size() < 2 || walk[walk.size() - 2].outcome != Visit::Outcome::record) return;
  last.outcome = Visit::Outcome::no_record;
  last.is_assumed = true;
}

}  // namespace

std::vector<std::string_view> walk_names(std::string_view domain) {
  std::vector<std::string_view> names{domain};
  // [RFC9989 4.10] steps 3, 4 and 7: from 8 labels on straight to 7, then one by one
  for (std::size_t left = std::min(count_labels(domain), kMostQueries) - 1; left > 0; --left) {
    names.push_back(last_labels(domain, left));
  }
  return names;
}

std::optional<Visit> visit(std::string_view domain, Answers& answers) {
  Visit visit;
  visit.domain = domain;
  const std::string name = record_name(domain);
  if (name.empty()) return visit;  // no such name can be in DNS
  const dns::Sighting* const answer = answers.find(name, dns::Type::txt);
  if (answer == nullptr) return std::nullopt;
  visit.answer = answer->kind;
  if (is_unknown(*answer)) {
    visit.outcome = Visit::Outcome::unknown;
    visit.reason = reason_of(*answer);
    return visit;
  }
  for (const std::string& rdata : answer->rdata) {
    const auto text = dns::txt_text(rdata);  // [RFC9989 4.5] the strings are joined
    if (!text) continue;
    auto record = parse_record(*text);
    if (record) {
      visit.records.push_back(std::move(*record));
    } else if (const NearMiss miss = near_miss(*text); miss != NearMiss::none) {
      visit.near_misses.push_back(miss);
    }
  }
  if (visit.records.size() == 1) visit.outcome = Visit::Outcome::record;
  // [RFC9989 4.10] steps 2 and 6: several are all discarded, and the walk goes on
  if (visit.records.size() > 1) visit.outcome = Visit::Outcome::several_records;
  return visit;
}

void prefetch_walk(std::string_view domain, Answers& answers) {
  for (const std::string_view name : walk_names(domain)) {
    const std::string asked = record_name(name);
    if (!asked.empty()) answers.prefetch(asked, dns::Type::txt);
  }
}

bool ends_walk(const Visit& visit) {
  return visit.outcome == Visit::Outcome::record && visit.records.front().psd != Record::Psd::u;
}

std::optional<std::vector<Visit>> walk(std::string_view domain, Answers& answers,
                                       const Options& options) {
  std::vector<Visit> visits;
  for (const std::string_view name : walk_names(domain)) {
    auto seen = visit(name, answers);
    if (!seen) {
      prefetch_walk(domain, answers);
      return std::nullopt;
    }
    visits.push_back(std::move(*seen));
    if (ends_walk(visits.back())) break;  // [RFC9989 4.10] steps 2 and 6
  }
  if (options.trust_top_level) assume_top_level(visits);
  return visits;
}

std::vector<std::string> possible_organizations(std::string_view domain,
                                                const std::vector<Visit>& walk) {
  std::vector<std::string> decided;
  // Without any record it is the name that the walk began at. [RFC9989 4.10.2]
  std::vector<std::string> open{std::string(domain)};
  for (const Visit& visit : walk) {
    switch (visit.outcome) {
      case Visit::Outcome::no_record:
      case Visit::Outcome::several_records:
        break;
      case Visit::Outcome::unknown:  // none, or a record with any psd
        add(decided, visit.domain);
        add(decided, one_below(visit.domain, domain));
        add(open, visit.domain);
        break;
      case Visit::Outcome::record:
        // [RFC9989 4.10.2] step 3: the fewest labels, so that a later one takes the place
        open = {visit.domain};
        // Step 2; a Public Suffix Domain that the walk began at is its own.
        if (visit.records.front().psd == Record::Psd::y) {
          open = {std::string(one_below(visit.domain, domain))};
        }
        break;
    }
  }
  for (const std::string& name : open) add(decided, name);
  return decided;
}

std::string only_organization(std::string_view domain, const std::vector<Visit>& walk) {
  auto names = possible_organizations(domain, walk);
  return names.size() == 1 ? std::move(names.front()) : std::string();
}

}  // namespace mailassay::dmarc
