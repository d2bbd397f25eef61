// A public key as a DKIM key record carries it, parsed once and then shared by all threads.
// [RFC6376 3.6.1] [RFC8463 4]
#ifndef MAILASSAY_CRYPTO_PUBLIC_KEY_H
#define MAILASSAY_CRYPTO_PUBLIC_KEY_H

#include <cstdint>
#include <memory>
#include <string_view>

#include "mailassay/verdict.h"

namespace mailassay::crypto {

/// How the octets of p= were wrapped.
enum class KeyForm : std::uint8_t {
  bare,  ///< PKCS#1 RSAPublicKey, or the 32 octets of an Ed25519 key
  spki,  ///< SubjectPublicKeyInfo
};

/// Threads: immutable; any number of threads may read it.
class PublicKey {
 public:
  ~PublicKey();

  dkim::KeyType type() const noexcept { return type_; }
  /// Bits of the RSA modulus (not of its encoding); 256 for Ed25519.
  std::uint32_t bits() const noexcept { return bits_; }
  KeyForm form() const noexcept { return form_; }
  /// False for an RSA key whose public exponent is not 65537. [RFC8017 3.1]
  bool has_usual_exponent() const noexcept { return usual_exponent_; }

  struct Native;  ///< the OpenSSL key; public_key_native.h
  const Native& native() const noexcept { return *native_; }

 private:
  friend std::shared_ptr<const PublicKey> parse_rsa_key(std::string_view der);
  friend std::shared_ptr<const PublicKey> parse_ed25519_key(std::string_view octets);
  PublicKey(dkim::KeyType type, std::uint32_t bits, KeyForm form, std::unique_ptr<Native> native);

  dkim::KeyType type_;
  std::uint32_t bits_;
  KeyForm form_;
  bool usual_exponent_ = true;
  std::unique_ptr<Native> native_;
};

/// Moduli above this are not tried: a verification costs the square of their size. [RFC6376 3.3.3]
/// asks for 2048 and allows larger ones.
inline constexpr std::uint32_t kMaxRsaBits = 16384;

/// Reads DER of a SubjectPublicKeyInfo or of a bare RSAPublicKey.
///
/// Result: null if it is neither, has octets after it, is no RSA key, has an even or too small
///         exponent or modulus, or more than kMaxRsaBits.
std::shared_ptr<const PublicKey> parse_rsa_key(std::string_view der);

/// Reads the 32 octets of an Ed25519 key, or (a departure of some publishers) its
/// SubjectPublicKeyInfo.
///
/// Result: null if it is neither.
std::shared_ptr<const PublicKey> parse_ed25519_key(std::string_view octets);

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_PUBLIC_KEY_H
