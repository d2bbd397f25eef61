#include "verdict/freshness.h"

#include <algorithm>

#include "dns/sighting_order.h"

namespace mailassay {

bool Freshness::covers(std::optional<std::chrono::sys_seconds> first_seen,
                       std::optional<std::chrono::sys_seconds> last_seen) const noexcept {
  if (!received_at_) return false;
  if (first_seen && *first_seen > *received_at_ + span_) return false;
  return !last_seen || *last_seen >= *received_at_ - span_;
}

bool Freshness::covers_all(std::span<const dns::Question> questions, const dns::View& view) const {
  if (!received_at_) return false;
  return std::all_of(questions.begin(), questions.end(), [&](const dns::Question& question) {
    const dns::Answer* answer = view.find(question);
    if (answer == nullptr || answer->sightings.empty()) return false;
    const dns::Sighting& counts = answer->sightings.size() == 1
                                      ? answer->sightings.front()
                                      : *dns::rank(*answer, received_at_).front();
    return covers(counts.first_seen, counts.last_seen);
  });
}

}  // namespace mailassay
