// Owners of OpenSSL objects. Included by the .cpp files of crypto/ only.
#ifndef MAILASSAY_CRYPTO_OPENSSL_HANDLES_H
#define MAILASSAY_CRYPTO_OPENSSL_HANDLES_H

#include <openssl/evp.h>

#include <memory>

namespace mailassay::crypto {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const noexcept {
    Free(object);
  }
};

using DigestHandle = std::unique_ptr<EVP_MD, Freer<EVP_MD_free>>;
using DigestContextHandle = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using KeyContextHandle = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_OPENSSL_HANDLES_H
