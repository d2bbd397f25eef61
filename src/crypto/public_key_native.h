// What a PublicKey holds of OpenSSL. Included by the .cpp files of crypto/ only.
#ifndef MAILASSAY_CRYPTO_PUBLIC_KEY_NATIVE_H
#define MAILASSAY_CRYPTO_PUBLIC_KEY_NATIVE_H

#include "crypto/openssl_handles.h"
#include "crypto/public_key.h"

namespace mailassay::crypto {

struct PublicKey::Native {
  KeyHandle key;
};

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_PUBLIC_KEY_NATIVE_H
