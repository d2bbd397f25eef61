#include "mailassay/axes.h"

namespace mailassay::standing {

Direction direction_of(const Transit& transit) {
  if (transit.delivered_to_copy_address) return Direction::copy;
  if (transit.border != Border::none) return Direction::inbound;
  // Without a border there has to be more than an own From: no foreign hop, and no signature that
  // shows that it was sent through others.
  if (!transit.is_local || !transit.from_is_own || transit.hops == Hops::foreign) {
    return Direction::unknown;
  }
  switch (transit.recipients) {
    case Recipients::unknown:
      break;
    case Recipients::all_own:
      return Direction::internal;
    case Recipients::some_foreign:
      return Direction::outbound;
  }
  return Direction::unknown;
}

}  // namespace mailassay::standing
