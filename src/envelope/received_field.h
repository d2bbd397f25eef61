// One Received field, as the servers write it. [RFC5321 4.4]
//
// The clauses of the RFC (from, by, via, with, id, for) are read wherever they stand; what is told
// in comments is known for Postfix, Sendmail, Exim, qmail, Microsoft, Gmail, Yahoo, CommuniGate,
// PowerMTA, Courier, MDaemon, Domino, Ecelerity, XMail, amavis, fetchmail and their like.
//
// The client has a say in such a field: its HELO, its host name, its certificate. So what the
// server writes later outdoes what stands before it, and a field with two by clauses is unreadable:
// a HELO may hold one.
#ifndef MAILASSAY_ENVELOPE_RECEIVED_FIELD_H
#define MAILASSAY_ENVELOPE_RECEIVED_FIELD_H

#include <string_view>

#include "mailassay/envelope.h"
#include "mailassay/limits.h"

namespace mailassay::envelope {

struct ReceivedField {
  Hop hop;  ///< position is 0
  bool field_cut = false;
  bool value_cut = false;
};

/// Reads the value of a Received field.
ReceivedField read_received(std::string_view value, const Limits& limits);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_RECEIVED_FIELD_H
