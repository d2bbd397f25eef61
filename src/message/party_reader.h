// Whom the header names beside its authors.
#ifndef MAILASSAY_MESSAGE_PARTY_READER_H
#define MAILASSAY_MESSAGE_PARTY_READER_H

#include "mailassay/limits.h"
#include "mailassay/parties.h"
#include "message/header_index.h"

namespace mailassay::message {

/// Reads From, Reply-To, To, Cc and Bcc.
///
/// Cost: linear in these fields, of which only as much is read as is kept.
PartyFacts read_parties(const HeaderIndex& header, const Limits& limits);

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_PARTY_READER_H
