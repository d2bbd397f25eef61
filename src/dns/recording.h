// Recorded DNS: dated sightings read from passive-DNS Common Output Format, one JSON object a line.
// [draft-dulaunoy-dnsop-passive-dns-cof-13]
//
// What COF cannot say, a row with empty rdata and `rcode` says: NXDOMAIN, NOERROR (no data),
// SERVFAIL or TIMEOUT; `"reason":"dns-deadline"` beside TIMEOUT keeps apart that our own time was
// up. Absence is no evidence and is never turned into NXDOMAIN.
//
// Lenient: rrname in any case, rrtype as name or number, rdata as string or array, times as
// integer, decimal, string of either or RFC 3339 text, zone_time_* where time_* is absent, the
// lines of DNSDB's streaming format ({"cond":..}, {"obj":{..}}), unknown fields.
// Strict: a line that cannot be understood refuses the whole file, named by file and line.
#ifndef MAILASSAY_DNS_RECORDING_H
#define MAILASSAY_DNS_RECORDING_H

#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/load_error.h"
#include "dns/sightings.h"
#include "mailassay/dns.h"
#include "mailassay/result.h"

namespace mailassay::dns {

/// Threads: const functions from any number at once, while nothing is added.
class Recording final : public SightingSource {
 public:
  /// What was read so far.
  struct Counters {
    std::size_t rows = 0;              ///< rows taken
    std::size_t skipped_rows = 0;      ///< rows of types that mailassay does not ask for
    std::size_t incomplete_files = 0;  ///< DNSDB streams that do not say that they are complete
  };

  /// Adds the rows of one file, behind those already there. A row seen before is not added again.
  ///
  /// Errors: the first broken line; the recording is then not to be used.
  Result<Done, LoadError> add(std::string_view text, std::string_view file_name);

  void append_sightings(const Question& question, std::vector<Sighting>& out) const override;

  Counters counters() const noexcept { return counters_; }
  std::size_t question_count() const noexcept { return sightings_.size(); }

 private:
  std::unordered_map<Question, std::vector<Sighting>, QuestionHash> sightings_;
  Counters counters_;
};

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_RECORDING_H
