// What DKIM and SPF found, as DMARC asks for it. [RFC9989 3.2.1]
#ifndef MAILASSAY_VERDICT_DMARC_IDENTIFIERS_H
#define MAILASSAY_VERDICT_DMARC_IDENTIFIERS_H

#include <vector>

#include "mailassay/verdict.h"

namespace mailassay {

/// One identifier for each signature, in their order, and then that of SPF.
///
/// `signatures` is empty while no signature has been judged: each may pass then.
std::vector<dmarc::Identifier> dmarc_identifiers(
    const Dossier& dossier, const std::vector<dkim::SignatureVerdict>& signatures,
    const envelope::Envelope& envelope, const SpfVerdict* spf);

/// The authors as DMARC wants them.
dmarc::Author dmarc_author(const Dossier& dossier);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_DMARC_IDENTIFIERS_H
