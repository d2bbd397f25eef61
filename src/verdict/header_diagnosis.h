// Why a header signature does not verify: another key, or changed fields. Used by BatchJudge once
// the mathematics is done; what verifies costs nothing.
#ifndef MAILASSAY_VERDICT_HEADER_DIAGNOSIS_H
#define MAILASSAY_VERDICT_HEADER_DIAGNOSIS_H

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/verifier.h"
#include "diagnosis/header_search.h"
#include "dkim/verification.h"

namespace mailassay {

/// Threads: one at a time.
class HeaderDiagnosis {
 public:
  explicit HeaderDiagnosis(const Limits& limits)
      : limits_(limits), search_(limits), budget_(limits) {}

  /// Begins a message: what may be spent is counted for each.
  void begin_message() { budget_ = diagnosis::SearchBudget(limits_); }

  /// Adds the finding (unless Limits::diagnosis is false) and, where another key made the
  /// signature, the note to verdicts[signature].
  ///
  /// Demands:  `verdicts` is what dkim::conclude() made of all signatures of the message, that one
  ///           of `plan`; `signature` is an index into Dossier::signatures.
  void explain(const Dossier& dossier, std::size_t signature, const dkim::SignaturePlan& plan,
               const std::vector<crypto::Check>& checks, crypto::Verifier& verifier,
               std::span<dkim::SignatureVerdict> verdicts);

 private:
  std::optional<Repair> search_for(const Dossier& dossier, std::size_t signature,
                                   const diagnosis::HeaderSearch::IsSigned& is_signed);

  Limits limits_;
  diagnosis::HeaderSearch search_;
  diagnosis::SearchBudget budget_;
};

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_HEADER_DIAGNOSIS_H
