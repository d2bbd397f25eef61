#include "crypto/verifier.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <new>
#include <unordered_map>

#include "base/bytes.h"
#include "crypto/public_key_native.h"

namespace mailassay::crypto {
namespace {

/// Contexts kept at most; above it all are dropped and made again as needed.
constexpr std::size_t kMaxContexts = 4096;

constexpr std::size_t kSha1Octets = 20;

}  // namespace

struct Verifier::Backend {
  /// A key, kept alive for as long as its contexts, and one context for each hash used with it.
  struct RsaContexts {
    std::shared_ptr<const PublicKey> key;
    KeyContextHandle sha1;
    KeyContextHandle sha256;
  };

  Backend()
      : sha1(EVP_MD_fetch(nullptr, "SHA1", nullptr)),
        sha256(EVP_MD_fetch(nullptr, "SHA256", nullptr)),
        ed25519_context(EVP_MD_CTX_new()) {
    if (!sha1 || !sha256 || !ed25519_context) throw std::bad_alloc();
  }

  EVP_PKEY_CTX* rsa_context(const std::shared_ptr<const PublicKey>& key,
                            const dkim::Digest& digest);
  bool verify_rsa(const Check& check);
  bool verify_ed25519(const Check& check) const;

  DigestHandle sha1;
  DigestHandle sha256;
  DigestContextHandle ed25519_context;
  std::unordered_map<const PublicKey*, RsaContexts> contexts;
  std::vector<std::size_t> order;
};

EVP_PKEY_CTX* Verifier::Backend::rsa_context(const std::shared_ptr<const PublicKey>& key,
                                             const dkim::Digest& digest) {
  if (contexts.size() >= kMaxContexts && !contexts.contains(key.get())) contexts.clear();
  RsaContexts& of_key = contexts[key.get()];
  if (!of_key.key) of_key.key = key;
  const bool is_sha1 = digest.size == kSha1Octets;
  KeyContextHandle& context = is_sha1 ? of_key.sha1 : of_key.sha256;
  if (!context) {
    KeyContextHandle made(EVP_PKEY_CTX_new_from_pkey(nullptr, key->native().key.get(), nullptr));
    if (!made || EVP_PKEY_verify_init(made.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(made.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(made.get(), is_sha1 ? sha1.get() : sha256.get()) != 1) {
      return nullptr;
    }
    context = std::move(made);
  }
  return context.get();
}

bool Verifier::Backend::verify_rsa(const Check& check) {
  EVP_PKEY_CTX* context = rsa_context(check.key, *check.digest);
  // OpenSSL refuses a signature that is shorter or longer than the modulus. [RFC8017 8.2.2]
  return context != nullptr &&
         EVP_PKEY_verify(context, octets(check.signature), check.signature.size(),
                         check.digest->octets.data(), check.digest->size) == 1;
}

bool Verifier::Backend::verify_ed25519(const Check& check) const {
  // The message that PureEdDSA signs is the SHA-256 of the header data. [RFC8463 3]
  return EVP_DigestVerifyInit(ed25519_context.get(), nullptr, nullptr, nullptr,
                              check.key->native().key.get()) == 1 &&
         EVP_DigestVerify(ed25519_context.get(), octets(check.signature), check.signature.size(),
                          check.digest->octets.data(), check.digest->size) == 1;
}

Verifier::Verifier() : backend_(std::make_unique<Backend>()) {}
Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

void Verifier::verify(std::span<Check> checks) {
  // Same key side by side, so that its numbers stay in the cache. The order of work does not show
  // in the results.
  std::vector<std::size_t>& order = backend_->order;
  order.resize(checks.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::less<>{}(checks[a].key.get(), checks[b].key.get());
  });
  for (const std::size_t i : order) {
    Check& check = checks[i];
    check.verified = check.key->type() == dkim::KeyType::rsa ? backend_->verify_rsa(check)
                                                             : backend_->verify_ed25519(check);
  }
  // Each mismatch leaves entries in OpenSSL's queue of the thread; nobody reads them.
  ERR_clear_error();
}

}  // namespace mailassay::crypto
