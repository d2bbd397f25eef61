// Our own reasons in the classes that a comparison with recorded results needs.
#ifndef MAILASSAY_ENVELOPE_OWN_CAUSE_H
#define MAILASSAY_ENVELOPE_OWN_CAUSE_H

#include "mailassay/dossier.h"
#include "mailassay/recorded.h"
#include "mailassay/spf.h"

namespace mailassay::envelope {

/// `made_with_another_key`: the verdict has dkim::Note::made_with_another_key, or the algorithm is
/// Ed25519, of which that cannot be told apart from a change of the header.
OwnCause cause_of(dkim::Reason reason, bool made_with_another_key);

OwnCause cause_of(spf::Reason reason);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_OWN_CAUSE_H
