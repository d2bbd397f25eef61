#include "crypto/lane_key.h"

#include <openssl/bn.h>

#include <memory>
#include <vector>

#include "base/assert.h"
#include "base/bytes.h"
#include "crypto/openssl_handles.h"

namespace mailassay::crypto {
namespace {

using NumberHandle = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using NumberContextHandle = std::unique_ptr<BN_CTX, Freer<BN_CTX_free>>;

constexpr std::uint64_t kLimbMask = (std::uint64_t{1} << kLimbBits) - 1;
constexpr BN_ULONG kExponent = 65537;
constexpr int kMinBits = 512;
constexpr int kShortBits = 1024;
constexpr int kLongBits = 2048;
static_assert(kShortLimbs * kLimbBits >= kShortBits + 2);
static_assert(kLongLimbs * kLimbBits >= kLongBits + 2);

Limbs limbs_of(const BIGNUM& number) {
  std::vector<unsigned char> octets(static_cast<std::size_t>(BN_num_bytes(&number)));
  BN_bn2bin(&number, octets.data());
  return to_limbs(as_text(octets.data(), octets.size()));
}

/// -1 / n mod 2^52 of an odd n, by Newton's iteration: each step doubles the bits that are right.
std::uint64_t negative_inverse(std::uint64_t n) noexcept {
  std::uint64_t inverse = n;  // right in 3 bits
  for (int step = 0; step < 5; ++step) inverse *= 2 - n * inverse;
  return (0 - inverse) & kLimbMask;
}

/// 2^(2 * 52 * limbs) mod modulus; null if memory runs out.
NumberHandle montgomery_square(const BIGNUM& modulus, std::size_t limbs) {
  NumberHandle number(BN_new());
  const NumberContextHandle context(BN_CTX_new());
  const int bits = static_cast<int>(2 * kLimbBits * limbs);
  if (!number || !context || BN_set_bit(number.get(), bits) != 1 ||
      BN_nnmod(number.get(), number.get(), &modulus, context.get()) != 1) {
    return nullptr;
  }
  return number;
}

}  // namespace

Limbs to_limbs(std::string_view octets) noexcept {
  MAILASSAY_ASSERT(octets.size() * 8 <= kLongLimbs * kLimbBits);
  Limbs limbs{};
  std::size_t limb = 0;
  std::uint64_t kept = 0;
  unsigned bits = 0;
  for (std::size_t i = octets.size(); i > 0; --i) {
    kept |= static_cast<std::uint64_t>(octet(octets[i - 1])) << bits;
    bits += 8;
    if (bits >= kLimbBits) {
      limbs[limb++] = kept & kLimbMask;
      kept >>= kLimbBits;
      bits -= kLimbBits;
    }
  }
  if (limb < limbs.size()) limbs[limb] = kept;
  return limbs;
}

std::optional<LaneKey> make_lane_key(const BIGNUM& modulus, const BIGNUM& exponent) {
  const int bits = BN_num_bits(&modulus);
  if (BN_is_word(&exponent, kExponent) != 1 || bits < kMinBits || bits > kLongBits) {
    return std::nullopt;
  }
  LaneKey key;
  key.limbs = bits <= kShortBits ? kShortLimbs : kLongLimbs;
  key.octets = static_cast<std::size_t>(BN_num_bytes(&modulus));
  const NumberHandle square = montgomery_square(modulus, key.limbs);
  if (!square) return std::nullopt;
  key.modulus = limbs_of(modulus);
  key.square = limbs_of(*square);
  key.inverse = negative_inverse(key.modulus[0]);
  return key;
}

}  // namespace mailassay::crypto
