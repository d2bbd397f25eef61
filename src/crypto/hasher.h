// SHA-1 and SHA-256 over octets that come in blocks. [RFC6376 3.3] [RFC6234]
//
// The algorithm is fetched once per hasher and the context is kept: an implicit fetch costs 0.3 us
// in OpenSSL 3.0, on every message.
#ifndef MAILASSAY_CRYPTO_HASHER_H
#define MAILASSAY_CRYPTO_HASHER_H

#include <cstdint>
#include <memory>
#include <string_view>

#include "mailassay/dossier.h"

namespace mailassay::crypto {

enum class HashAlgorithm : std::uint8_t { sha1, sha256 };

/// One running hash, used again and again.
///
/// Threads: one at a time.
class Hasher {
 public:
  explicit Hasher(HashAlgorithm algorithm);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  HashAlgorithm algorithm() const noexcept { return algorithm_; }

  /// Begins a new hash; what was fed before is forgotten.
  void begin();
  void update(std::string_view octets);
  /// Takes over what `other` has been fed with, so that both go on from there.
  ///
  /// Demands: the same algorithm.
  void resume(const Hasher& other);
  /// Ends the hash. begin() has to come before the next update().
  dkim::Digest finish();

 private:
  struct Context;
  HashAlgorithm algorithm_;
  std::unique_ptr<Context> context_;
};

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_HASHER_H
