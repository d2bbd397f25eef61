// Which messages are of an own stream, and what bulk senders are asked for that they lack.
//
// Of an own stream is what own systems, or services that send for them, sent to others, as a
// receiver got it. A copy that was kept before it was sent says nothing: signing comes later.
// Whoever forges the own domain sends no own stream: that is what `impersonates` is for.
#ifndef MAILASSAY_VERDICT_OWN_STREAM_H
#define MAILASSAY_VERDICT_OWN_STREAM_H

#include <optional>

#include "mailassay/bulk_sender.h"
#include "mailassay/verdict.h"

namespace mailassay {

/// Judges a message by the rules in force at Verdict::judged_at.
///
/// Demands: `verdict` has its DMARC, standing and time; `evidence` is what the standing rests on.
/// Result:  empty: it is of no own stream, or older than the first rule.
std::optional<bulk_sender::StreamVerdict> judge_own_stream(const Dossier& dossier,
                                                           const standing::Evidence& evidence,
                                                           const Verdict& verdict,
                                                           const JudgeOptions& options);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_OWN_STREAM_H
