// All DNS data that was given in files, together: recordings and zones in the order given.
#ifndef MAILASSAY_DNS_EVIDENCE_H
#define MAILASSAY_DNS_EVIDENCE_H

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/load_error.h"
#include "dns/recording.h"
#include "dns/sightings.h"
#include "dns/zone.h"
#include "mailassay/dns.h"
#include "mailassay/result.h"

namespace mailassay::dns {

/// Threads: const functions from any number at once, while nothing is added.
class Evidence final : public SightingSource {
 public:
  /// Adds a file of either form; a first octet `{` (after white space) makes it a recording.
  /// `zone_time` dates zone files, which have no date of their own.
  ///
  /// Errors: the first broken line; the evidence is then not to be used.
  Result<Done, LoadError> add_file(std::string_view text, std::string_view file_name,
                                   std::optional<std::chrono::sys_seconds> zone_time = {});

  void append_sightings(const Question& question, std::vector<Sighting>& out) const override;

  /// The answer with aliases followed; one no_evidence sighting if nothing is known.
  Answer answer(const Question& question) const;

  bool empty() const noexcept { return sources_.empty(); }
  Recording::Counters recording_counters() const noexcept;

 private:
  std::vector<std::unique_ptr<SightingSource>> sources_;
  std::vector<const Recording*> recordings_;
};

/// The answer that stands for "nobody knows".
Answer no_evidence_answer();

/// Evidence as a View: never null, each answer made when it is first asked for.
///
/// Lifetime: the evidence outlives the view.
/// Threads:  one. The engine has a view of its own for many (resolver/dns_source.h).
class EvidenceView final : public View {
 public:
  explicit EvidenceView(const Evidence& evidence) : evidence_(evidence) {}
  explicit EvidenceView(Evidence&&) = delete;
  const Answer* find(const Question& question) const override;

 private:
  const Evidence& evidence_;
  mutable std::unordered_map<Question, Answer, QuestionHash> answers_;
};

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_EVIDENCE_H
