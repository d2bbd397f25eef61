// What DKIM and SPF found, as DMARC asks for it. [RFC9989 3.2.1]
#ifndef MAILASSAY_VERDICT_DMARC_IDENTIFIERS_H
#define MAILASSAY_VERDICT_DMARC_IDENTIFIERS_H

#include <vector>

#include "mailassay/verdict.h"

namespace mailassay {

/// Fills `input`, which may be used again and again: the authors, one identifier for each signature
/// in their order, and then that of SPF.
///
/// `signatures` is empty while no signature has been judged: each may pass then. `spf` is null
/// while that is not known.
void fill_dmarc_input(const Dossier& dossier, const std::vector<dkim::SignatureVerdict>& signatures,
                      const envelope::Envelope& envelope, const SpfVerdict* spf,
                      dmarc::Input& input);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_DMARC_IDENTIFIERS_H
