// What one thread does to a batch: digest it, judge it, make its rows.
#ifndef MAILASSAY_ENGINE_WORKER_H
#define MAILASSAY_ENGINE_WORKER_H

#include <optional>
#include <vector>

#include "crypto/hasher.h"
#include "dossier/batch_digester.h"
#include "dossier/nested_digester.h"
#include "engine/batch.h"
#include "report/row.h"
#include "verdict/batch_judge.h"

namespace mailassay::engine {

/// Threads: one at a time; keep one per thread.
class Worker {
 public:
  /// Lifetime: suffix list and redaction, which may be null, are used.
  Worker(const ScanOptions& options, const PublicSuffixList* suffix_list,
         const report::Redaction* redaction);

  /// Fills Batch::dossiers, adds the messages that lie in others behind those, and lets go of the
  /// octets. A fault of ours in one message does not keep the others from being done: it becomes
  /// the note internal_error.
  void digest(Batch& batch);

  /// Fills Batch::rows and Batch::counts, and lets go of the dossiers.
  ///
  /// Result: false if `view` lacks answers; they are in Batch::needs, and nothing else is done.
  bool judge(Batch& batch, const dns::View& view);

  const StageTimes& times() const noexcept { return times_; }
  std::uint64_t verifications() const noexcept { return judge_.verifications(); }

 private:
  std::optional<std::vector<Verdict>> judge_guarded(Batch& batch, const dns::View& view);

  void add_nested(Batch& batch);

  BatchDigester digester_;
  std::optional<NestedDigester> nested_digester_;  ///< if those are wanted
  std::optional<crypto::Hasher> hasher_;           ///< of the raw messages, if it is asked for
  std::optional<crypto::Hasher> copy_hasher_;      ///< for what tells copies, likewise
  BatchJudge judge_;
  const PublicSuffixList* suffix_list_;
  report::RowOptions row_options_;
  bool rows_wanted_;
  StageTimes times_;
  std::vector<DigestJob> jobs_;  ///< of the batch at hand
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_WORKER_H
