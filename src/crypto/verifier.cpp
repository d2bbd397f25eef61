#include "crypto/verifier.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <functional>
#include <new>
#include <unordered_map>

#include "base/bytes.h"
#include "crypto/public_key_native.h"
#include "crypto/rsa_lanes.h"

namespace mailassay::crypto {
namespace {

/// Contexts kept at most; above it all are dropped and made again as needed.
constexpr std::size_t kMaxContexts = 4096;

constexpr std::size_t kSha1Octets = 20;

/// From so many checks on eight lanes cost less than OpenSSL, which takes them one by one.
constexpr std::ptrdiff_t kLeastLanes = 2;

const LaneKey* lane_key_of(const Check& check) noexcept {
  const std::optional<LaneKey>& key = check.key->native().lane_key;
  return key ? &*key : nullptr;
}

}  // namespace

struct Verifier::Backend {
  /// A key, kept alive for as long as its contexts, and one context for each use of it.
  struct Contexts {
    std::shared_ptr<const PublicKey> key;
    KeyContextHandle rsa_sha1;
    KeyContextHandle rsa_sha256;
    DigestContextHandle ed25519;
  };

  Backend()
      : sha1(EVP_MD_fetch(nullptr, "SHA1", nullptr)),
        sha256(EVP_MD_fetch(nullptr, "SHA256", nullptr)) {
    if (!sha1 || !sha256) throw std::bad_alloc();
  }

  Contexts& contexts_of(const std::shared_ptr<const PublicKey>& key);
  EVP_PKEY_CTX* rsa_context(const std::shared_ptr<const PublicKey>& key,
                            const dkim::Digest& digest);
  bool verify_rsa(const Check& check);
  bool verify_ed25519(const Check& check);
  void verify_by_openssl(Check& check);
  void verify_in_lanes_of(std::span<Check> checks, std::size_t limbs);

  DigestHandle sha1;
  DigestHandle sha256;
  std::unordered_map<const PublicKey*, Contexts> contexts;
  bool has_lanes = false;
  std::vector<std::size_t> order;  ///< of the checks that are still to be done
};

Verifier::Backend::Contexts& Verifier::Backend::contexts_of(
    const std::shared_ptr<const PublicKey>& key) {
  if (contexts.size() >= kMaxContexts && !contexts.contains(key.get())) contexts.clear();
  Contexts& of_key = contexts[key.get()];
  if (!of_key.key) of_key.key = key;
  return of_key;
}

EVP_PKEY_CTX* Verifier::Backend::rsa_context(const std::shared_ptr<const PublicKey>& key,
                                             const dkim::Digest& digest) {
  const bool is_sha1 = digest.size == kSha1Octets;
  Contexts& of_key = contexts_of(key);
  KeyContextHandle& context = is_sha1 ? of_key.rsa_sha1 : of_key.rsa_sha256;
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

bool Verifier::Backend::verify_ed25519(const Check& check) {
  // A digest context keeps the key of its first initialisation (OpenSSL 3.0), so each key has its
  // own. The message that PureEdDSA signs is the SHA-256 of the header data. [RFC8463 3]
  DigestContextHandle& context = contexts_of(check.key).ed25519;
  if (!context) context.reset(EVP_MD_CTX_new());
  return context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                              check.key->native().key.get()) == 1 &&
         EVP_DigestVerify(context.get(), octets(check.signature), check.signature.size(),
                          check.digest->octets.data(), check.digest->size) == 1;
}

void Verifier::Backend::verify_by_openssl(Check& check) {
  check.verified =
      check.key->type() == dkim::KeyType::rsa ? verify_rsa(check) : verify_ed25519(check);
}

/// Does those of `order` whose keys have so many limbs, as long as lanes can be filled, and takes
/// them out of `order`.
void Verifier::Backend::verify_in_lanes_of(std::span<Check> checks, std::size_t limbs) {
  const auto has_limbs = [&](std::size_t i) {
    const LaneKey* key = lane_key_of(checks[i]);
    return key != nullptr && key->limbs == limbs;
  };
  const auto others = std::partition(order.begin(), order.end(), has_limbs);
  auto next = order.begin();
  while (others - next >= kLeastLanes) {
    std::array<LaneCheck, kRsaLanes> lanes;
    const auto count = std::min<std::ptrdiff_t>(others - next, kRsaLanes);
    for (std::ptrdiff_t lane = 0; lane < count; ++lane, ++next) {
      Check& check = checks[*next];
      lanes[static_cast<std::size_t>(lane)] = {lane_key_of(check), check.digest, check.signature,
                                               &check.verified};
    }
    verify_in_lanes(std::span(lanes).first(static_cast<std::size_t>(count)));
  }
  order.erase(order.begin(), next);
}

Verifier::Verifier(RsaBackend backend) : backend_(std::make_unique<Backend>()) {
  backend_->has_lanes = backend == RsaBackend::fastest && has_rsa_lanes();
}
Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

void Verifier::verify(std::span<Check> checks) {
  std::vector<std::size_t>& order = backend_->order;
  order.resize(checks.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  if (backend_->has_lanes) {
    backend_->verify_in_lanes_of(checks, kShortLimbs);
    backend_->verify_in_lanes_of(checks, kLongLimbs);
  }
  // Same key side by side, so that its numbers stay in the cache. The order of work does not show
  // in the results.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::less<>{}(checks[a].key.get(), checks[b].key.get());
  });
  for (const std::size_t i : order) backend_->verify_by_openssl(checks[i]);
  // Each mismatch leaves entries in OpenSSL's queue of the thread; nobody reads them.
  ERR_clear_error();
}

}  // namespace mailassay::crypto
