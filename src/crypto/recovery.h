// What an RSA signature says was signed, whatever the message says now. [RFC8017 8.2.2]
// [RFC8017 9.2]
#ifndef MAILASSAY_CRYPTO_RECOVERY_H
#define MAILASSAY_CRYPTO_RECOVERY_H

#include <optional>
#include <string_view>

#include "crypto/public_key.h"
#include "mailassay/dossier.h"

namespace mailassay::crypto {

/// Applies the public key to `signature` and reads the hash that it was made over.
///
/// Demands:  `key` is an RSA key.
/// Result:   the hash, SHA-1 or SHA-256; empty if what comes out has not the form of
///           EMSA-PKCS1-v1_5 with such a hash, octet for octet: then another key made the
///           signature, or it is no signature.
std::optional<dkim::Digest> recover_digest(const PublicKey& key, std::string_view signature);

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_RECOVERY_H
