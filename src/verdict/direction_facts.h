// What of a message tells which way it went.
#ifndef MAILASSAY_VERDICT_DIRECTION_FACTS_H
#define MAILASSAY_VERDICT_DIRECTION_FACTS_H

#include "mailassay/verdict.h"

namespace mailassay {

standing::Direction direction_of(const Dossier& dossier, const standing::Evidence& evidence,
                                 const standing::Standing& standing, const JudgeOptions& options);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_DIRECTION_FACTS_H
