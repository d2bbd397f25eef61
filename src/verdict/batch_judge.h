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
#include "dmarc/memo.h"
#include "mailassay/verdict.h"
#include "verdict/header_diagnosis.h"
#include "verdict/session_check.h"

namespace mailassay {

/// Threads: one at a time. Lifetime: the public suffix list of the options is used.
class BatchJudge {
 public:
  explicit BatchJudge(const JudgeOptions& options);

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
  bool plan_session(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                    Verdict& verdict);
  void conclude_signatures(const Dossier& dossier, std::size_t& next_plan, Verdict& verdict);
  bool conclude_domains(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                        Verdict& verdict);
  void conclude_standing(const Dossier& dossier, const dns::View& view, Verdict& verdict) const;
  impersonation::Verdict impersonation_of(const Dossier& dossier,
                                          const standing::Evidence& evidence,
                                          const Verdict& verdict) const;

  JudgeOptions options_;
  envelope::TrustOptions nobody_;  ///< for messages that lie in others
  crypto::Verifier verifier_;
  dkim::KeyCache keys_;
  HeaderDiagnosis diagnosis_;
  SessionCheck sessions_;
  dmarc::Memo dmarc_;
  dmarc::Input dmarc_input_;                         ///< of the message at hand
  std::optional<impersonation::Register> register_;  ///< empty: no name is protected
  std::vector<crypto::Check> checks_;
  std::vector<dkim::SignaturePlan> plans_;
  std::vector<arc::ChainPlan> chain_plans_;  ///< one for each dossier
  std::uint64_t verifications_ = 0;
};

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_BATCH_JUDGE_H
