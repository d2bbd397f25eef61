#include "floor/openssl_work.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <time.h>

#include <new>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "crypto/openssl_handles.h"
#include "crypto/public_key_native.h"

namespace mailassay::floor {
namespace {

using crypto::DigestContextHandle;
using crypto::DigestHandle;
using crypto::KeyContextHandle;

constexpr std::size_t kSha1Octets = 20;

double thread_cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// The contexts of one key; one of them is used, as a rule.
struct Contexts {
  std::shared_ptr<const crypto::PublicKey> key;
  KeyContextHandle rsa_sha1;
  KeyContextHandle rsa_sha256;
  DigestContextHandle ed25519;
};

/// A check with everything looked up that it needs.
struct Prepared {
  crypto::Check* check;
  EVP_PKEY_CTX* rsa;
  EVP_MD_CTX* ed25519;
};

}  // namespace

struct OpensslWork::Backend {
  KeyContextHandle make_rsa(const crypto::PublicKey& key, const EVP_MD* digest) const {
    KeyContextHandle context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.native().key.get(), nullptr));
    if (!context || EVP_PKEY_verify_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context.get(), digest) != 1) {
      throw std::bad_alloc();
    }
    return context;
  }

  Prepared prepare(crypto::Check& check) {
    Contexts& of_key = contexts[check.key.get()];
    of_key.key = check.key;
    if (check.key->type() == dkim::KeyType::ed25519) {
      if (!of_key.ed25519) of_key.ed25519.reset(EVP_MD_CTX_new());
      return {&check, nullptr, of_key.ed25519.get()};
    }
    const bool is_sha1 = check.digest->size == kSha1Octets;
    KeyContextHandle& context = is_sha1 ? of_key.rsa_sha1 : of_key.rsa_sha256;
    if (!context) context = make_rsa(*check.key, is_sha1 ? sha1.get() : sha256.get());
    return {&check, context.get(), nullptr};
  }

  DigestHandle sha1{EVP_MD_fetch(nullptr, "SHA1", nullptr)};
  DigestHandle sha256{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  DigestContextHandle sha1_context{EVP_MD_CTX_new()};
  DigestContextHandle sha256_context{EVP_MD_CTX_new()};
  std::unordered_map<const crypto::PublicKey*, Contexts> contexts;
  std::vector<Prepared> prepared;
};

OpensslWork::OpensslWork() : backend_(std::make_unique<Backend>()) {}
OpensslWork::~OpensslWork() = default;

void OpensslWork::hash(std::string_view octets, std::span<HashJob> jobs) {
  for (const HashJob& job : jobs) done_.hashed_bytes += job.size;
  const double begin = thread_cpu_seconds();
  for (HashJob& job : jobs) {
    const bool is_sha1 = job.algorithm == crypto::HashAlgorithm::sha1;
    EVP_MD_CTX* const context =
        is_sha1 ? backend_->sha1_context.get() : backend_->sha256_context.get();
    unsigned size = 0;
    EVP_DigestInit_ex2(context, is_sha1 ? backend_->sha1.get() : backend_->sha256.get(), nullptr);
    EVP_DigestUpdate(context, octets.data() + job.begin, job.size);
    EVP_DigestFinal_ex(context, job.digest.octets.data(), &size);
    job.digest.size = static_cast<std::uint8_t>(size);
  }
  done_.hash_seconds += thread_cpu_seconds() - begin;
}

void OpensslWork::verify(std::span<crypto::Check> checks) {
  backend_->prepared.clear();
  for (crypto::Check& check : checks) backend_->prepared.push_back(backend_->prepare(check));
  const double begin = thread_cpu_seconds();
  for (const Prepared& prepared : backend_->prepared) {
    crypto::Check& check = *prepared.check;
    if (prepared.rsa != nullptr) {
      check.verified =
          EVP_PKEY_verify(prepared.rsa, octets(check.signature), check.signature.size(),
                          check.digest->octets.data(), check.digest->size) == 1;
    } else {
      check.verified =
          EVP_DigestVerifyInit(prepared.ed25519, nullptr, nullptr, nullptr,
                               check.key->native().key.get()) == 1 &&
          EVP_DigestVerify(prepared.ed25519, octets(check.signature), check.signature.size(),
                           check.digest->octets.data(), check.digest->size) == 1;
    }
  }
  done_.verify_seconds += thread_cpu_seconds() - begin;
  done_.verifications += checks.size();
  ERR_clear_error();
}

}  // namespace mailassay::floor
