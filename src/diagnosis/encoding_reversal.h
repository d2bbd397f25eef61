// Reversals of another transfer encoding: servers that cannot pass on 8bit text encode it, and
// others decode what they get. [RFC2045 6]
#ifndef MAILASSAY_DIAGNOSIS_ENCODING_REVERSAL_H
#define MAILASSAY_DIAGNOSIS_ENCODING_REVERSAL_H

#include <string_view>

#include "diagnosis/candidate_sink.h"
#include "diagnosis/mime_parts.h"

namespace mailassay::diagnosis {

/// Decodes and encodes texts, and puts the Content-Transfer-Encoding of parts back. That of a
/// message stands in its header and is not looked at.
///
/// Result:   true if `sink` wanted no more.
bool try_encoding_reversals(std::string_view body, const MimeParts& parts, CandidateSink& sink);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_ENCODING_REVERSAL_H
