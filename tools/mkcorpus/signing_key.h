// Private keys and signing with them, by OpenSSL.
#ifndef MAILASSAY_MKCORPUS_SIGNING_KEY_H
#define MAILASSAY_MKCORPUS_SIGNING_KEY_H

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mkcorpus {

enum class KeyKind : std::uint8_t { rsa_2048, rsa_1024, ed25519 };
enum class Hash : std::uint8_t { sha1, sha256 };

/// The hash of `text`, as octets. Errors: std::runtime_error if OpenSSL refuses.
std::string hash_octets(Hash hash, std::string_view text);

/// One private key. Threads: signing with one key from several threads is allowed.
class SigningKey {
 public:
  /// Errors: std::runtime_error if OpenSSL cannot read the key.
  static SigningKey from_rsa_der(KeyKind kind, std::string_view der);
  static SigningKey from_ed25519_seed(std::string_view seed);

  KeyKind kind() const { return kind_; }

  /// The public key as DER SubjectPublicKeyInfo; for Ed25519 the 32 octets. [RFC8463 4.2]
  std::string public_octets() const;
  /// The public key as DER RSAPublicKey [RFC6376 3.6.1]; for Ed25519 the 32 octets.
  std::string bare_public_octets() const;

  /// Signs a hash: PKCS#1 v1.5 [RFC6376 3.3], or PureEdDSA over its octets [RFC8463 3].
  std::string sign(Hash hash, std::string_view digest) const;

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const;
  };
  SigningKey(KeyKind kind, EVP_PKEY* key) : kind_(kind), key_(key) {}

  KeyKind kind_;
  std::unique_ptr<EVP_PKEY, Free> key_;
};

/// All test keys of the program, by kind.
struct KeyPool {
  std::vector<SigningKey> rsa_2048;
  std::vector<SigningKey> rsa_1024;
  std::vector<SigningKey> ed25519;

  static KeyPool load();
  const std::vector<SigningKey>& of(KeyKind kind) const;
};

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_SIGNING_KEY_H
