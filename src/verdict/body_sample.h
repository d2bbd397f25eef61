// What one message says of the archive that it lies in.
#ifndef MAILASSAY_VERDICT_BODY_SAMPLE_H
#define MAILASSAY_VERDICT_BODY_SAMPLE_H

#include <optional>
#include <string>

#include "mailassay/verdict.h"

namespace mailassay {

/// As ArchiveForm::add() takes it.
struct BodySample {
  std::string organization;
  bool body_fits = false;

  friend bool operator==(const BodySample&, const BodySample&) = default;
};

/// Reads the sample of one judged message.
///
/// Demands: `verdict` has its signatures. `suffix_list` may be null: then the last two labels of a
///          name are the organization, which can only hide that signers are unrelated.
/// Result:  empty: no body hash was compared; or the message says nothing of its store, since a
///          list passed it on or what somebody added on the way was found.
std::optional<BodySample> body_sample(const Dossier& dossier, const Verdict& verdict,
                                      const PublicSuffixList* suffix_list);

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_BODY_SAMPLE_H
