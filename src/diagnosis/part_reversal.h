// Reversals of parts and wrappers that lists put around a body. What is undone is content.
#ifndef MAILASSAY_DIAGNOSIS_PART_REVERSAL_H
#define MAILASSAY_DIAGNOSIS_PART_REVERSAL_H

#include <cstddef>
#include <string_view>
#include <vector>

#include "diagnosis/candidate_sink.h"
#include "diagnosis/mime_parts.h"

namespace mailassay::diagnosis {

/// Takes the last part of the outermost multipart away, or the multipart around its first part.
///
/// Result:   true if `sink` wanted no more.
bool try_part_reversals(std::string_view body, const MimeParts& parts, CandidateSink& sink);

/// Offsets, ascending, at which a footer may begin: a line behind an empty one, or a drawn rule.
struct FooterCuts {
  std::vector<std::size_t> offsets;
  bool cut = false;  ///< there are more than `limit`; the last ones were taken
};
FooterCuts footer_cuts(std::string_view body, std::size_t limit);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_PART_REVERSAL_H
