#include "mkcorpus/signing_key.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <stdexcept>

#include "base/bytes.h"
#include "mkcorpus/test_keys.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::size_t kEd25519Keys = 8;

struct FreeContext {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

void demand(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("OpenSSL: ") + what + " failed");
}

const EVP_MD* digest_of(Hash hash) { return hash == Hash::sha1 ? EVP_sha1() : EVP_sha256(); }

std::string sign_rsa(EVP_PKEY* key, Hash hash, std::string_view digest) {
  const std::unique_ptr<EVP_PKEY_CTX, FreeContext> context(EVP_PKEY_CTX_new(key, nullptr));
  demand(context && EVP_PKEY_sign_init(context.get()) == 1 &&
             EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
             EVP_PKEY_CTX_set_signature_md(context.get(), digest_of(hash)) == 1,
         "preparing an RSA signature");
  std::array<unsigned char, 512> out{};
  std::size_t size = out.size();
  demand(EVP_PKEY_sign(context.get(), out.data(), &size, mailassay::octets(digest),
                       digest.size()) == 1,
         "signing with RSA");
  return std::string(mailassay::as_text(out.data(), size));
}

std::string sign_ed25519(EVP_PKEY* key, std::string_view digest) {
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  std::array<unsigned char, 64> out{};
  std::size_t size = out.size();
  demand(context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
             EVP_DigestSign(context.get(), out.data(), &size, mailassay::octets(digest),
                            digest.size()) == 1,
         "signing with Ed25519");
  return std::string(mailassay::as_text(out.data(), size));
}

std::string ed25519_octets(const EVP_PKEY* key) {
  std::array<unsigned char, 32> out{};
  std::size_t size = out.size();
  demand(EVP_PKEY_get_raw_public_key(key, out.data(), &size) == 1, "reading an Ed25519 key");
  return std::string(mailassay::as_text(out.data(), size));
}

/// The DER that an i2d function writes.
template <typename Encode>
std::string der_of(const EVP_PKEY* key, Encode encode) {
  unsigned char* der = nullptr;
  const int size = encode(key, &der);
  demand(size > 0, "encoding a public key");
  std::string out(mailassay::as_text(der, static_cast<std::size_t>(size)));
  OPENSSL_free(der);
  return out;
}

std::vector<SigningKey> load_rsa(KeyKind kind, std::span<const std::string_view> keys) {
  std::vector<SigningKey> out;
  for (const std::string_view key : keys) {
    out.push_back(SigningKey::from_rsa_der(kind, base64_decoded(key)));
  }
  return out;
}

}  // namespace

std::string hash_octets(Hash hash, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  demand(EVP_Digest(text.data(), text.size(), out.data(), &size, digest_of(hash), nullptr) == 1,
         "hashing");
  return std::string(mailassay::as_text(out.data(), size));
}

void SigningKey::Free::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

SigningKey SigningKey::from_rsa_der(KeyKind kind, std::string_view der) {
  const unsigned char* position = mailassay::octets(der);
  EVP_PKEY* key = d2i_PrivateKey(EVP_PKEY_RSA, nullptr, &position, static_cast<long>(der.size()));
  demand(key != nullptr, "reading an RSA test key");
  return {kind, key};
}

SigningKey SigningKey::from_ed25519_seed(std::string_view seed) {
  EVP_PKEY* key =
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, mailassay::octets(seed), seed.size());
  demand(key != nullptr, "making an Ed25519 test key");
  return {KeyKind::ed25519, key};
}

std::string SigningKey::public_octets() const {
  if (kind_ == KeyKind::ed25519) return ed25519_octets(key_.get());
  return der_of(key_.get(), i2d_PUBKEY);
}

std::string SigningKey::bare_public_octets() const {
  if (kind_ == KeyKind::ed25519) return ed25519_octets(key_.get());
  return der_of(key_.get(), i2d_PublicKey);
}

std::string SigningKey::sign(Hash hash, std::string_view digest) const {
  if (kind_ == KeyKind::ed25519) return sign_ed25519(key_.get(), digest);
  return sign_rsa(key_.get(), hash, digest);
}

KeyPool KeyPool::load() {
  KeyPool pool;
  pool.rsa_2048 = load_rsa(KeyKind::rsa_2048, rsa_2048_test_keys());
  pool.rsa_1024 = load_rsa(KeyKind::rsa_1024, rsa_1024_test_keys());
  for (std::size_t i = 0; i < kEd25519Keys; ++i) {
    const std::string seed(32, static_cast<char>('A' + i));
    pool.ed25519.push_back(SigningKey::from_ed25519_seed(seed));
  }
  return pool;
}

const std::vector<SigningKey>& KeyPool::of(KeyKind kind) const {
  switch (kind) {
    case KeyKind::rsa_2048:
      return rsa_2048;
    case KeyKind::rsa_1024:
      return rsa_1024;
    case KeyKind::ed25519:
      break;
  }
  return ed25519;
}

}  // namespace mkcorpus
