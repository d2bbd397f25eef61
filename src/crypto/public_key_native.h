// What a PublicKey holds of OpenSSL. Included by the .cpp files of crypto/, and by the floor
// program that the product is measured against.
#ifndef MAILASSAY_CRYPTO_PUBLIC_KEY_NATIVE_H
#define MAILASSAY_CRYPTO_PUBLIC_KEY_NATIVE_H

#include <optional>

#include "crypto/lane_key.h"
#include "crypto/openssl_handles.h"
#include "crypto/public_key.h"

namespace mailassay::crypto {

struct PublicKey::Native {
  KeyHandle key;
  std::optional<LaneKey> lane_key;  ///< RSA of the usual sizes and exponent
};

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_PUBLIC_KEY_NATIVE_H
