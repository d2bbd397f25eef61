// From the header of a message to the facts of its way. [RFC5321 4.4]
#ifndef MAILASSAY_ENVELOPE_TRANSIT_READER_H
#define MAILASSAY_ENVELOPE_TRANSIT_READER_H

#include "mailassay/envelope.h"
#include "mailassay/limits.h"
#include "message/header_index.h"

namespace mailassay::envelope {

/// Reads all trace fields.
///
/// Errors: none; what is cut is said in `notes`.
/// Cost:   linear in the number of fields and in the octets of those that are kept.
TransitFacts read_transit(const message::HeaderIndex& header, const Limits& limits);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_TRANSIT_READER_H
