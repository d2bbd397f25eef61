// Our own results in the words in which recorded ones are compared with them.
#ifndef MAILASSAY_VERDICT_OWN_RESULTS_H
#define MAILASSAY_VERDICT_OWN_RESULTS_H

#include "mailassay/verdict.h"

namespace mailassay {

/// Demands: `verdict` has its signatures, chain, envelope, SPF and DMARC.
envelope::OwnResults own_results(const Dossier& dossier, const Verdict& verdict);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_OWN_RESULTS_H
