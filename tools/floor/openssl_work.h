// The work that no verifier gets round, done by OpenSSL alone and timed alone.
//
// Only what stands between two readings of the thread's CPU clock counts: one init, update and
// final for each hash, and one verification for each check, with algorithms fetched, keys parsed
// and contexts made beforehand.
#ifndef MAILASSAY_FLOOR_OPENSSL_WORK_H
#define MAILASSAY_FLOOR_OPENSSL_WORK_H

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "crypto/verifier.h"
#include "floor/canonical_chunk.h"

namespace mailassay::floor {

/// What was timed so far.
struct WorkDone {
  std::uint64_t hashed_bytes = 0;
  std::uint64_t verifications = 0;
  double hash_seconds = 0;    ///< CPU time
  double verify_seconds = 0;  ///< CPU time
};

/// Threads: one at a time.
class OpensslWork {
 public:
  OpensslWork();
  ~OpensslWork();

  /// Fills HashJob::digest of each.
  void hash(std::string_view octets, std::span<HashJob> jobs);
  /// Fills Check::verified of each.
  void verify(std::span<crypto::Check> checks);

  const WorkDone& done() const noexcept { return done_; }

 private:
  struct Backend;
  std::unique_ptr<Backend> backend_;
  WorkDone done_;
};

}  // namespace mailassay::floor

#endif  // MAILASSAY_FLOOR_OPENSSL_WORK_H
