// d2i_PUBKEY costs 105 us in OpenSSL 3.0, six verifications. So a SubjectPublicKeyInfo is opened
// by our own DER reader and the key is made from its numbers by EVP_PKEY_fromdata, which costs 7.
#include "crypto/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <optional>
#include <utility>

#include "base/bytes.h"
#include "crypto/der.h"
#include "crypto/public_key_native.h"

namespace mailassay::crypto {
namespace {

constexpr std::size_t kEd25519Octets = 32;
/// Into a smaller modulus not even the encoding of a SHA-1 fits. [RFC8017 9.2]
constexpr std::size_t kMinRsaOctets = 46;
constexpr std::string_view kOidRsaEncryption("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", 9);
constexpr std::string_view kOidEd25519("\x2b\x65\x70", 3);

using NumberHandle = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using ParamBuilderHandle = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using ParamsHandle = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;

struct RsaNumbers {
  std::string_view modulus;
  std::string_view exponent;
};

std::optional<RsaNumbers> read_rsa_public_key(std::string_view der) {
  DerReader outer(der);
  const auto sequence = outer.read(DerTag::sequence);
  if (!sequence || !outer.at_end()) return std::nullopt;
  DerReader inner(*sequence);
  const auto modulus = inner.read_positive_integer();
  const auto exponent = inner.read_positive_integer();
  if (!modulus || !exponent || !inner.at_end()) return std::nullopt;
  return RsaNumbers{*modulus, *exponent};
}

struct SubjectPublicKeyInfo {
  std::string_view algorithm;  ///< octets of the OID
  std::string_view key;
};

std::optional<SubjectPublicKeyInfo> read_spki(std::string_view der) {
  DerReader outer(der);
  const auto sequence = outer.read(DerTag::sequence);
  if (!sequence || !outer.at_end()) return std::nullopt;
  DerReader inner(*sequence);
  const auto algorithm = inner.read(DerTag::sequence);
  const auto bits = inner.read(DerTag::bit_string);
  if (!algorithm || !bits || !inner.at_end()) return std::nullopt;
  // The first octet counts unused bits; a key has none.
  if (bits->empty() || bits->front() != '\0') return std::nullopt;
  DerReader identifier(*algorithm);
  const auto oid = identifier.read(DerTag::object_identifier);
  if (!oid) return std::nullopt;
  return SubjectPublicKeyInfo{*oid, bits->substr(1)};
}

KeyHandle make_rsa(const BIGNUM& modulus, const BIGNUM& exponent) {
  const ParamBuilderHandle builder(OSSL_PARAM_BLD_new());
  if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, &modulus) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, &exponent) != 1) {
    return nullptr;
  }
  const ParamsHandle params(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return nullptr;
  }
  return KeyHandle(key);
}

NumberHandle to_number(std::string_view octets) {
  return NumberHandle(
      BN_bin2bn(mailassay::octets(octets), static_cast<int>(octets.size()), nullptr));
}

}  // namespace

PublicKey::PublicKey(dkim::KeyType type, std::uint32_t bits, KeyForm form,
                     std::unique_ptr<Native> native)
    : type_(type), bits_(bits), form_(form), native_(std::move(native)) {}

PublicKey::~PublicKey() = default;

std::shared_ptr<const PublicKey> parse_rsa_key(std::string_view der) {
  KeyForm form = KeyForm::bare;
  std::optional<RsaNumbers> numbers = read_rsa_public_key(der);
  if (!numbers) {
    // [RFC6376 3.6.1] says RSAPublicKey, but its appendix C and nearly all records use
    // SubjectPublicKeyInfo: both are read.
    const auto spki = read_spki(der);
    if (!spki || spki->algorithm != kOidRsaEncryption) return nullptr;
    form = KeyForm::spki;
    numbers = read_rsa_public_key(spki->key);
    if (!numbers) return nullptr;
  }
  if (numbers->modulus.size() < kMinRsaOctets || numbers->modulus.size() > kMaxRsaBits / 8 ||
      numbers->exponent.size() > kMaxRsaBits / 8) {
    return nullptr;
  }
  const NumberHandle modulus = to_number(numbers->modulus);
  const NumberHandle exponent = to_number(numbers->exponent);
  if (!modulus || !exponent) return nullptr;
  // Any odd exponent from 3 on; an even one or 1 is no RSA key.
  if (BN_is_odd(exponent.get()) == 0 || BN_is_one(exponent.get()) == 1 ||
      BN_is_odd(modulus.get()) == 0) {
    return nullptr;
  }
  auto native = std::make_unique<PublicKey::Native>();
  native->key = make_rsa(*modulus, *exponent);
  if (!native->key) return nullptr;
  native->lane_key = make_lane_key(*modulus, *exponent);
  const auto bits = static_cast<std::uint32_t>(BN_num_bits(modulus.get()));
  const std::shared_ptr<PublicKey> made(
      new PublicKey(dkim::KeyType::rsa, bits, form, std::move(native)));
  made->usual_exponent_ = BN_is_word(exponent.get(), RSA_F4) == 1;
  return made;
}

std::shared_ptr<const PublicKey> parse_ed25519_key(std::string_view octets) {
  KeyForm form = KeyForm::bare;
  if (octets.size() != kEd25519Octets) {
    // DEVIATION [RFC8463 4.2]: a wrapped key is read too; the verdict notes it.
    const auto spki = read_spki(octets);
    if (!spki || spki->algorithm != kOidEd25519 || spki->key.size() != kEd25519Octets) {
      return nullptr;
    }
    form = KeyForm::spki;
    octets = spki->key;
  }
  auto native = std::make_unique<PublicKey::Native>();
  native->key.reset(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr,
                                                   mailassay::octets(octets), octets.size()));
  if (!native->key) return nullptr;
  return std::shared_ptr<const PublicKey>(
      new PublicKey(dkim::KeyType::ed25519, 256, form, std::move(native)));
}

}  // namespace mailassay::crypto
