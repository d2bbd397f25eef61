// Where dated sightings come from, and how they are joined through aliases.
//
// A source says what was seen at exactly one name and type. A name that was seen as an alias is
// followed here, in one place for recordings, zones and live answers alike. [RFC1034 3.6.2]
//
// The window of a joined sighting is the time in which both the alias and its target were seen.
// Where the two never overlap, it is the single moment at which the later one began: nothing shows
// that they ever stood together, and such a sighting covers next to no time.
#ifndef MAILASSAY_DNS_SIGHTINGS_H
#define MAILASSAY_DNS_SIGHTINGS_H

#include <cstddef>
#include <vector>

#include "mailassay/dns.h"

namespace mailassay::dns {

/// Steps along one chain of aliases; a longer chain counts as a loop.
inline constexpr std::size_t kMaxAliasDepth = 8;
/// Aliases followed for one question, all branches of recorded history together.
inline constexpr std::size_t kMaxAliasSteps = 64;

class SightingSource {
 public:
  virtual ~SightingSource() = default;

  /// Appends what this source saw at this very name and type; nothing if it knows nothing.
  ///
  /// Threads: any number at once.
  virtual void append_sightings(const Question& question, std::vector<Sighting>& out) const = 0;
};

/// What following the aliases of one question yields.
struct Resolution {
  std::vector<Sighting> sightings;
  /// Ends of chains of which no source knows anything: the question itself or alias targets.
  std::vector<Question> unknown;
};

/// Collects the sightings of a question, its own first, then those behind its aliases.
///
/// A chain that loops or is too long yields a temporary failure (servfail), which is what a
/// resolver would answer. [RFC1034 3.6.2]
Resolution resolve_aliases(const SightingSource& source, const Question& question);

/// Puts RDATA into the order that Sighting demands.
void sort_rdata(std::vector<std::string>& rdata);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_SIGHTINGS_H
