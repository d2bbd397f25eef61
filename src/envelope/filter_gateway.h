// Mail filters that companies rent and put in front of their own servers.
#ifndef MAILASSAY_ENVELOPE_FILTER_GATEWAY_H
#define MAILASSAY_ENVELOPE_FILTER_GATEWAY_H

#include "mailassay/envelope.h"

namespace mailassay::envelope {

/// Whether the client of a hop is a host of such a filter, by its looked-up name, or else by HELO.
/// The sender may rent it or the receiver: which, the hop does not tell.
bool is_filter_gateway(const Hop& hop);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_FILTER_GATEWAY_H
