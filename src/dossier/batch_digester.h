// Digests several messages at a time, so that their bodies are hashed side by side.
#ifndef MAILASSAY_DOSSIER_BATCH_DIGESTER_H
#define MAILASSAY_DOSSIER_BATCH_DIGESTER_H

#include <deque>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/sha256_stream.h"
#include "dossier/digester.h"

namespace mailassay {

/// Where one message is, and where its dossier is to go.
struct DigestJob {
  std::string_view message;
  Dossier* dossier = nullptr;
};

/// Threads: one at a time; keep one per thread.
class BatchDigester {
 public:
  explicit BatchDigester(const Limits& limits);

  /// What Digester::digest() gives for each. A fault of ours in one message does not keep the
  /// others from being done: its dossier has the note internal_error alone.
  void digest(std::span<const DigestJob> jobs);

 private:
  /// One message at hand.
  struct Slot {
    explicit Slot(const Limits& limits) : digester(limits) {}
    Digester digester;
    Dossier* dossier = nullptr;  ///< null: none
  };

  bool advance(Slot& slot);
  bool start_next(Slot& slot);

  std::deque<Slot> slots_;  ///< never moved: they hold pointers into themselves
  std::vector<crypto::Sha256Stream*> waiting_;
  std::vector<DigestJob> jobs_left_;  ///< the largest at the end
};

}  // namespace mailassay

#endif  // MAILASSAY_DOSSIER_BATCH_DIGESTER_H
