// SHA-256 over octets that come in pieces, which may wait to be hashed together with others.
// [RFC6376 3.3] [RFC6234]
#ifndef MAILASSAY_CRYPTO_SHA256_STREAM_H
#define MAILASSAY_CRYPTO_SHA256_STREAM_H

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "crypto/hasher.h"
#include "crypto/sha256_lanes.h"
#include "mailassay/dossier.h"

namespace mailassay::crypto {

enum class Sha256Backend : std::uint8_t { fastest, openssl };

/// One running hash, used again and again. Without SHA instructions it is OpenSSL's, and nothing
/// waits.
///
/// Threads: one at a time.
class Sha256Stream {
 public:
  explicit Sha256Stream(Sha256Backend backend = Sha256Backend::fastest);

  /// Begins a new hash; what was fed before is forgotten.
  void begin();

  /// Takes the next octets; most of them may wait. Those that waited before are hashed.
  ///
  /// Lifetime: `octets` until nothing waits any more.
  void feed(std::string_view octets);

  /// True if whole blocks wait.
  bool waits() const noexcept { return waiting_blocks_ > 0; }

  /// Hashes what waits, alone.
  void hash_waiting();

  /// Ends the hash. begin() has to come before the next feed().
  dkim::Digest finish();

 private:
  friend void hash_together(std::span<Sha256Stream* const> streams);

  void compress(const char* octets, std::size_t blocks) noexcept;

  std::optional<Hasher> openssl_;
  Sha256State state_ = kSha256Start;
  std::uint64_t length_ = 0;                    ///< octets that were fed
  std::array<char, kSha256BlockBytes> rest_{};  ///< the begin of a block that is not whole
  std::size_t held_ = 0;                        ///< octets in rest_, which come after what waits
  const char* waiting_ = nullptr;
  std::size_t waiting_blocks_ = 0;
};

/// Hashes what waits of a few of them side by side, until one of these has nothing left.
///
/// Demands: at least one stream; each of them waits.
void hash_together(std::span<Sha256Stream* const> streams);

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_SHA256_STREAM_H
