// Judges many dossiers at once; the engine keeps one per thread. Each signature gets a result of
// its own, which the row gives together with its d=. [RFC6376 3.9] [RFC8463 6]
#ifndef MAILASSAY_VERDICT_BATCH_JUDGE_H
#define MAILASSAY_VERDICT_BATCH_JUDGE_H

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "arc/validation.h"
#include "crypto/verifier.h"
#include "dkim/key_cache.h"
#include "dkim/verification.h"
#include "mailassay/verdict.h"

namespace mailassay {

/// Threads: one at a time.
class BatchJudge {
 public:
  explicit BatchJudge(const JudgeOptions& options) : options_(options) {}

  /// Reaches a verdict for each dossier, in order.
  ///
  /// Result: empty if answers are missing for any of them; `needs` then has at least one question
  ///         more, and all that can be asked now.
  std::optional<std::vector<Verdict>> judge(std::span<const Dossier> dossiers,
                                            const dns::View& view, dns::Needs& needs);

  /// Signature checks done so far.
  std::uint64_t verifications() const noexcept { return verifications_; }

 private:
  bool plan(const Dossier& dossier, const dns::View& view, dns::Needs& needs, Verdict& verdict);

  JudgeOptions options_;
  crypto::Verifier verifier_;
  dkim::KeyCache keys_;
  std::vector<crypto::Check> checks_;
  std::vector<dkim::SignaturePlan> plans_;
  std::vector<arc::ChainPlan> chain_plans_;  ///< one for each dossier
  std::uint64_t verifications_ = 0;
};

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_BATCH_JUDGE_H
