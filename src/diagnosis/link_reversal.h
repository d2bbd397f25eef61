// Reversal of links that a gateway put its own address before: Safe Links of Microsoft, URL Defense
// of Proofpoint (v1, v2, v3), Link Protection of Barracuda, and that of Cisco. What others replace
// by a token (Mimecast) cannot be found again.
#ifndef MAILASSAY_DIAGNOSIS_LINK_REVERSAL_H
#define MAILASSAY_DIAGNOSIS_LINK_REVERSAL_H

#include <string>
#include <string_view>

#include "diagnosis/candidate_sink.h"
#include "diagnosis/mime_parts.h"

namespace mailassay::diagnosis {

/// The text with each such link as it was; `escape`: an ampersand in it is written as `&amp;`.
std::string decode_links(std::string_view text, bool escape);

/// Decodes the links in all texts that are no attachments.
///
/// Result:   true if `sink` wanted no more.
bool try_link_reversal(std::string_view body, const MimeParts& parts, CandidateSink& sink);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_LINK_REVERSAL_H
