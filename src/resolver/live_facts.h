// What the network said in this run, one row for each name and type, joined with the files.
#ifndef MAILASSAY_RESOLVER_LIVE_FACTS_H
#define MAILASSAY_RESOLVER_LIVE_FACTS_H

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "dns/cof_row.h"
#include "dns/sightings.h"
#include "mailassay/dns.h"

namespace mailassay::resolver {

/// Threads: none of its own protection; the owner locks.
class LiveFacts final : public dns::SightingSource {
 public:
  /// Lifetime: `files` outlives the object.
  explicit LiveFacts(const dns::SightingSource& files) : files_(files) {}

  /// Takes the rows that a question of `type` brought, but for names of which files or earlier
  /// rows know this type or an alias: what was known first stays.
  void add(dns::Type type, std::vector<dns::CofRow> rows);

  /// What files saw, then what the network said.
  void append_sightings(const dns::Question& question,
                        std::vector<dns::Sighting>& out) const override;

  /// See DnsSource::recording().
  std::string recording(std::span<const dns::Question> in_order, std::uint64_t first_id) const;

 private:
  const dns::SightingSource& files_;
  std::unordered_map<dns::Question, dns::CofRow, dns::QuestionHash> rows_;
};

}  // namespace mailassay::resolver

#endif  // MAILASSAY_RESOLVER_LIVE_FACTS_H
