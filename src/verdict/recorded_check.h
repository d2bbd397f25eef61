// What receivers recorded at the time, set beside our own results. [RFC8601 2.7]
#ifndef MAILASSAY_VERDICT_RECORDED_CHECK_H
#define MAILASSAY_VERDICT_RECORDED_CHECK_H

#include <vector>

#include "mailassay/verdict.h"

namespace mailassay {

/// One for each Authentication-Results and Received-SPF field, from the top down, and then one for
/// each ARC set that has results, by rising instance.
///
/// Demands: `verdict` has its signatures, chain, envelope, SPF and DMARC.
std::vector<RecordedVerdict> check_recorded(const Dossier& dossier, const Verdict& verdict);

/// The results that `verdict` speaks of.
///
/// Lifetime: that of the arguments.
const envelope::Recorded& recorded_of(const Dossier& dossier, const RecordedVerdict& verdict);

/// Whether who wrote them is believed: its authserv-id at its place, or its seal.
bool is_trusted(const Verdict& verdict, const RecordedVerdict& recorded);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_RECORDED_CHECK_H
