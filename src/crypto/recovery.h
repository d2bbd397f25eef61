// What an RSA signature says was signed, whatever the message says now. [RFC8017 8.2.2]
// [RFC8017 9.2]
#ifndef MAILASSAY_CRYPTO_RECOVERY_H
#define MAILASSAY_CRYPTO_RECOVERY_H

#include <optional>
#include <string_view>

#include "crypto/public_key.h"
#include "mailassay/dossier.h"

namespace mailassay::crypto {

struct Recovered {
  /// What comes out begins as EMSA-PKCS1-v1_5 does: no other key makes that come out. False:
  /// another key made the signature, or it is no signature.
  bool by_this_key = false;
  /// The hash, if what stands behind the padding is SHA-1 or SHA-256, octet for octet.
  std::optional<dkim::Digest> digest;
};

/// Applies the public key to `signature` and reads the hash that it was made over.
///
/// Demands:  `key` is an RSA key.
Recovered recover_digest(const PublicKey& key, std::string_view signature);

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_RECOVERY_H
