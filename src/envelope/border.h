// Where a message came in from outside. [RFC5321 4.4]
//
// The walk goes from the top hop down, as long as each client is a host of the receiver itself.
// What takes it over a hop is never the client's own word: a HELO or a host name that nobody
// confirmed lets nobody in, for the next hop down would then be a stranger's work. Where the walk
// has to guess (a private address that is not configured, a hop by an unknown host), it goes on,
// but the border it finds is never sure.
#ifndef MAILASSAY_ENVELOPE_BORDER_H
#define MAILASSAY_ENVELOPE_BORDER_H

#include <cstdint>

#include "mailassay/envelope.h"

namespace mailassay::envelope {

struct FoundBorder {
  Border border;
  /// Fields above this index were written by the receiver, if anything was. It is the border hop,
  /// or a hop above it at which the walk had to guess who the client was.
  std::uint32_t receivers_word_until = 0;
};

FoundBorder find_border(const TransitFacts& facts, const TrustOptions& options);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_BORDER_H
