#include "dns/sighting_order.h"

#include <algorithm>
#include <functional>

namespace mailassay::dns {

namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

int class_of(const Sighting& sighting) {
  switch (sighting.kind) {
    case AnswerKind::records:
      return 0;
    case AnswerKind::no_data:
    case AnswerKind::no_such_name:
      return 1;
    case AnswerKind::temporary_failure:
      return 2;
    case AnswerKind::no_evidence:
      break;
  }
  return 3;
}

/// How far from good a sighting is; smaller is better.
seconds distance(const Sighting& sighting, std::optional<sys_seconds> time) {
  if (time) {
    const seconds gap = gap_to(sighting, *time);
    return gap < seconds(0) ? -gap : gap;
  }
  return sighting.last_seen ? -sighting.last_seen->time_since_epoch() : seconds::min();
}

}  // namespace

seconds gap_to(const Sighting& sighting, sys_seconds time) {
  if (sighting.first_seen && time < *sighting.first_seen) return *sighting.first_seen - time;
  if (sighting.last_seen && time > *sighting.last_seen) return *sighting.last_seen - time;
  return seconds(0);
}

std::vector<const Sighting*> rank(const Answer& answer, std::optional<sys_seconds> time) {
  std::vector<const Sighting*> out;
  out.reserve(answer.sightings.size());
  for (auto it = answer.sightings.rbegin(); it != answer.sightings.rend(); ++it) {
    out.push_back(&*it);
  }
  // Later sources stand first already; a stable sort keeps them so where nothing else decides.
  std::stable_sort(out.begin(), out.end(), [&](const Sighting* a, const Sighting* b) {
    if (class_of(*a) != class_of(*b)) return class_of(*a) < class_of(*b);
    return distance(*a, time) < distance(*b, time);
  });
  return out;
}

}  // namespace mailassay::dns
