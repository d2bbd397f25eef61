#include "crypto/hasher.h"

#include <openssl/evp.h>

#include <new>

#include "crypto/openssl_handles.h"

namespace mailassay::crypto {

struct Hasher::Context {
  DigestHandle digest;
  DigestContextHandle context;
};

Hasher::Hasher(HashAlgorithm algorithm)
    : algorithm_(algorithm), context_(std::make_unique<Context>()) {
  context_->digest.reset(
      EVP_MD_fetch(nullptr, algorithm == HashAlgorithm::sha1 ? "SHA1" : "SHA256", nullptr));
  context_->context.reset(EVP_MD_CTX_new());
  // Both algorithms are in OpenSSL's default provider: their absence is an exhausted memory.
  if (!context_->digest || !context_->context) throw std::bad_alloc();
  begin();
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::begin() {
  if (EVP_DigestInit_ex2(context_->context.get(), context_->digest.get(), nullptr) != 1) {
    throw std::bad_alloc();
  }
}

void Hasher::update(std::string_view octets) {
  if (EVP_DigestUpdate(context_->context.get(), octets.data(), octets.size()) != 1) {
    throw std::bad_alloc();
  }
}

void Hasher::resume(const Hasher& other) {
  if (EVP_MD_CTX_copy_ex(context_->context.get(), other.context_->context.get()) != 1) {
    throw std::bad_alloc();
  }
}

dkim::Digest Hasher::finish() {
  dkim::Digest digest;
  unsigned size = 0;
  if (EVP_DigestFinal_ex(context_->context.get(), digest.octets.data(), &size) != 1) {
    throw std::bad_alloc();
  }
  digest.size = static_cast<std::uint8_t>(size);
  return digest;
}

}  // namespace mailassay::crypto
