#include "verdict/freshness.h"

#include <algorithm>

#include "dns/sighting_order.h"

namespace mailassay {

bool are_fresh(std::span<const dns::Question> questions, const dns::View& view,
               const standing::ReceiptTime& time) {
  if (!time.received) return false;
  return std::all_of(questions.begin(), questions.end(), [&](const dns::Question& question) {
    const dns::Answer* answer = view.find(question);
    if (answer == nullptr || answer->sightings.empty()) return false;
    const dns::Sighting& counts = answer->sightings.size() == 1
                                      ? answer->sightings.front()
                                      : *dns::rank(*answer, time.received).front();
    return standing::is_fresh(counts.first_seen, counts.last_seen, time);
  });
}

}  // namespace mailassay
