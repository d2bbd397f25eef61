// From the verdicts on the parts of a message to the facts that its standing is decided by.
#ifndef MAILASSAY_VERDICT_STANDING_GATHERER_H
#define MAILASSAY_VERDICT_STANDING_GATHERER_H

#include "mailassay/verdict.h"
#include "verdict/signature_evidence.h"

namespace mailassay {

/// Gathers the facts for one message.
///
/// Demands: `verdict` has its signatures, chain, envelope, SPF, DMARC, recorded results and form.
/// Lifetime: the view is asked during the call alone.
standing::Evidence gather_evidence(const Dossier& dossier, const Verdict& verdict,
                                   const JudgeOptions& options, const dns::View& view);

standing::ReceiptTime receipt_time(const Verdict& verdict, const JudgeOptions& options);

/// Which hosts the hops name: those of own domains and configured receivers, or others.
standing::Hops hops_of(const Dossier& dossier, const JudgeOptions& options);

/// True if `domain` is one of `domains` or below one.
bool is_within(std::string_view domain, const std::vector<std::string>& domains);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_STANDING_GATHERER_H
