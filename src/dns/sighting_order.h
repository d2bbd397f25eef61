// Which of several sightings counts first at a given time.
//
// 1. records before definite negatives before failures before no evidence: that something was seen
//    outranks that it was not;
// 2. a window that covers the time, or no window at all, before any other; then the nearest;
// 3. then the later source: the one that stands later in the answer.
// Without a time, the one seen last goes first (undated ones before all), then the later source.
#ifndef MAILASSAY_DNS_SIGHTING_ORDER_H
#define MAILASSAY_DNS_SIGHTING_ORDER_H

#include <chrono>
#include <optional>
#include <vector>

#include "mailassay/dns.h"

namespace mailassay::dns {

/// Seconds between the time and the sighting's window: 0 inside it and for undated ones, positive
/// when the sighting is later than the time, negative when it is earlier.
std::chrono::seconds gap_to(const Sighting& sighting, std::chrono::sys_seconds time);

/// All sightings of the answer, best first.
///
/// Lifetime: the pointers point into `answer`.
std::vector<const Sighting*> rank(const Answer& answer,
                                  std::optional<std::chrono::sys_seconds> time);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_SIGHTING_ORDER_H
