// Reversals of what company gateways put above a text: a banner, or a tag such as [EXTERNAL], in
// the plain text, in the HTML, or in both.
#ifndef MAILASSAY_DIAGNOSIS_BANNER_REVERSAL_H
#define MAILASSAY_DIAGNOSIS_BANNER_REVERSAL_H

#include <string_view>

#include "diagnosis/candidate_sink.h"
#include "diagnosis/mime_parts.h"

namespace mailassay::diagnosis {

/// Looks at the first text/plain and the first text/html part that are no attachments.
///
/// Result:   true if `sink` wanted no more.
bool try_banner_reversals(std::string_view body, const MimeParts& parts, Guess guess,
                          CandidateSink& sink);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_BANNER_REVERSAL_H
