// Verification of many signatures at once.
//
// Checks come as a span. RSA signatures of the usual sizes are verified eight at a time where the
// processor can (rsa_lanes.h); the rest goes through OpenSSL, grouped by key, with one parsed key
// and one context per key.
#ifndef MAILASSAY_CRYPTO_VERIFIER_H
#define MAILASSAY_CRYPTO_VERIFIER_H

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "crypto/public_key.h"
#include "mailassay/dossier.h"

namespace mailassay::crypto {

/// One question to the verifier: does `signature` sign `digest` under `key`?
///
/// RSA: RSASSA-PKCS1-v1_5 over the digest, encode-and-compare [RFC8017 8.2.2]; the size of the
/// digest names the hash. Ed25519: PureEdDSA over the 32 octets of the digest [RFC8463 3]
/// [RFC8463 5].
struct Check {
  std::shared_ptr<const PublicKey> key;
  const dkim::Digest* digest = nullptr;  ///< not owned
  std::string_view signature;            ///< not owned
  bool verified = false;                 ///< the result
};

/// What RSA signatures are verified by. The results are the same.
enum class RsaBackend : std::uint8_t {
  fastest,  ///< vector lanes where the processor has them and enough checks come together
  openssl,
};

/// Threads: one at a time; keep one per thread.
class Verifier {
 public:
  explicit Verifier(RsaBackend backend = RsaBackend::fastest);
  ~Verifier();
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;

  /// Fills Check::verified of each.
  void verify(std::span<Check> checks);

 private:
  struct Backend;
  std::unique_ptr<Backend> backend_;
};

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_VERIFIER_H
