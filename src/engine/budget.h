// Who may hold how much memory: octets of blocks on their way to digest, and everything else that
// waits (dossiers, rows). The source asks before it reads; nobody ever blocks.
#ifndef MAILASSAY_ENGINE_BUDGET_H
#define MAILASSAY_ENGINE_BUDGET_H

#include <cstdint>
#include <mutex>

namespace mailassay::engine {

/// Threads: any.
class Budget {
 public:
  Budget(std::uint64_t block_bytes, std::uint64_t other_bytes)
      : block_limit_(block_bytes), other_limit_(other_bytes) {}

  void charge_block(std::uint64_t bytes) {
    const std::scoped_lock lock(mutex_);
    blocks_ += bytes;
    ++batches_;
  }
  void release_block(std::uint64_t bytes) {
    const std::scoped_lock lock(mutex_);
    blocks_ -= bytes;
  }
  void charge_other(std::uint64_t bytes) {
    const std::scoped_lock lock(mutex_);
    other_ += bytes;
  }
  /// What was charged for a batch has become something of another size.
  void recharge_other(std::uint64_t before, std::uint64_t now) {
    const std::scoped_lock lock(mutex_);
    other_ = other_ - before + now;
  }
  /// A batch has left the pipeline.
  void release_batch(std::uint64_t other_bytes) {
    const std::scoped_lock lock(mutex_);
    other_ -= other_bytes;
    --batches_;
  }

  /// True if the source may read one more batch and nobody else has been told so; the one who is
  /// told calls done_reading() after it. One batch is always admitted, however large it is.
  bool may_read() {
    const std::scoped_lock lock(mutex_);
    const bool room = batches_ == 0 || (blocks_ < block_limit_ && other_ < other_limit_);
    if (reading_ || ended_ || !room) return false;
    reading_ = true;
    return true;
  }
  void done_reading() {
    const std::scoped_lock lock(mutex_);
    reading_ = false;
  }
  /// Nothing is left to read.
  void end() {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
  }

 private:
  std::mutex mutex_;
  const std::uint64_t block_limit_;
  const std::uint64_t other_limit_;
  std::uint64_t blocks_ = 0;   // guarded by mutex_
  std::uint64_t other_ = 0;    // guarded by mutex_
  std::uint64_t batches_ = 0;  // guarded by mutex_
  bool reading_ = false;       // guarded by mutex_
  bool ended_ = false;         // guarded by mutex_
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_BUDGET_H
