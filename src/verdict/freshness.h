// Whether DNS evidence is of the time at which a message was received.
#ifndef MAILASSAY_VERDICT_FRESHNESS_H
#define MAILASSAY_VERDICT_FRESHNESS_H

#include <chrono>
#include <optional>
#include <span>

#include "mailassay/dns.h"

namespace mailassay {

/// Evidence is fresh if it was seen within the span around the time of receipt, or if its window
/// covers that time, or if it has no date, as the records of a zone file. Without a time of receipt
/// nothing is fresh.
class Freshness {
 public:
  Freshness(std::optional<std::chrono::sys_seconds> received_at, std::chrono::seconds span)
      : received_at_(received_at), span_(span) {}

  bool covers(std::optional<std::chrono::sys_seconds> first_seen,
              std::optional<std::chrono::sys_seconds> last_seen) const noexcept;

  /// Whether the sightings that count are fresh, of each of the questions.
  bool covers_all(std::span<const dns::Question> questions, const dns::View& view) const;

 private:
  std::optional<std::chrono::sys_seconds> received_at_;
  std::chrono::seconds span_;
};

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_FRESHNESS_H
