// Where reversals put the bodies that they make.
#ifndef MAILASSAY_DIAGNOSIS_CANDIDATE_SINK_H
#define MAILASSAY_DIAGNOSIS_CANDIDATE_SINK_H

#include <string>

#include "mailassay/finding.h"

namespace mailassay::diagnosis {

/// Whether a reversal is worth to be combined with another one: true where the body shows clearly
/// that the change was made, and the reversal alone may not be enough.
enum class Combine : bool { no, yes };

/// Whether reversals are tried that the body gives no sign of. See Limits::diagnosis_guess_bytes.
enum class Guess : bool { no, yes };

class CandidateSink {
 public:
  virtual ~CandidateSink() = default;
  /// Takes the body as it is after `undo`.
  ///
  /// Result: true if nothing more is wanted: it is the body that was signed, or a limit is reached.
  virtual bool take(Undo undo, std::string body, Combine combine) = 0;
};

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_CANDIDATE_SINK_H
