#include "crypto/rsa_lanes.h"

#include <algorithm>
#include <array>
#include <functional>

#include "base/assert.h"
#include "crypto/pkcs1_encoding.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define MAILASSAY_CRYPTO_IFMA 1
#include <immintrin.h>
#endif

namespace mailassay::crypto {

#if defined(MAILASSAY_CRYPTO_IFMA)

namespace {

#define MAILASSAY_IFMA __attribute__((target("avx512f,avx512ifma")))

/// Eight numbers side by side: limb j of lane l is limb[j][l].
struct alignas(64) Lanes {
  std::array<std::array<std::uint64_t, kRsaLanes>, kLongLimbs> limb{};

  MAILASSAY_IFMA __m512i load(std::size_t j) const noexcept {
    return _mm512_load_si512(limb[j].data());
  }
  MAILASSAY_IFMA void store(std::size_t j, __m512i octets) noexcept {
    _mm512_store_si512(limb[j].data(), octets);
  }
  void set_lane(std::size_t lane, const Limbs& number) noexcept {
    for (std::size_t j = 0; j < number.size(); ++j) limb[j][lane] = number[j];
  }
  Limbs lane(std::size_t lane) const noexcept {
    Limbs number{};
    for (std::size_t j = 0; j < number.size(); ++j) number[j] = limb[j][lane];
    return number;
  }
};

/// The moduli of eight keys.
struct Moduli {
  Lanes modulus;
  alignas(64) std::array<std::uint64_t, kRsaLanes> inverse{};
};

/// `sum` with what the limb at `j` adds to it: low halves of this limb's products, high halves of
/// those one below.
MAILASSAY_IFMA inline __m512i add_products(__m512i sum, __m512i a, __m512i q, const Lanes& b,
                                           const Lanes& n, std::size_t j) noexcept {
  sum = _mm512_madd52lo_epu64(sum, a, b.load(j));
  sum = _mm512_madd52lo_epu64(sum, q, n.load(j));
  sum = _mm512_madd52hi_epu64(sum, a, b.load(j - 1));
  return _mm512_madd52hi_epu64(sum, q, n.load(j - 1));
}

/// Eight sums whose limbs may be larger than 52 bits. (A std::array would drop what the compiler
/// knows of the alignment of a vector.)
template <std::size_t limbs>
struct Sums {
  __m512i limb[limbs];
};

/// What is above 52 bits. (GCC 12 takes the form without a mask for the use of a value not set.)
MAILASSAY_IFMA inline __m512i shift_down(__m512i sum) noexcept {
  return _mm512_maskz_srli_epi64(0xFF, sum, kLimbBits);
}

/// Takes what is above 52 bits of each limb into the next.
template <std::size_t limbs>
MAILASSAY_IFMA void carry(const Sums<limbs>& sums, Lanes& out) noexcept {
  const __m512i mask = _mm512_set1_epi64((1LL << kLimbBits) - 1);
  __m512i over = _mm512_setzero_si512();
  for (std::size_t j = 0; j < limbs; ++j) {
    const __m512i sum = _mm512_add_epi64(sums.limb[j], over);
    out.store(j, _mm512_and_si512(sum, mask));
    over = shift_down(sum);
  }
}

/// Montgomery multiplication: out = a * b / R mod N, up to a multiple of N.
///
/// With a and b under 2 N so is `out`, since R is more than 4 N. Each limb of a sum takes four
/// products for each limb of `a`: 160 times 2^52, which 64 bits hold.
template <std::size_t limbs>
MAILASSAY_IFMA void multiply(const Lanes& a, const Lanes& b, const Moduli& moduli,
                             Lanes& out) noexcept {
  const Lanes& n = moduli.modulus;
  const __m512i inverse = _mm512_load_si512(moduli.inverse.data());
  const __m512i zero = _mm512_setzero_si512();
  Sums<limbs> sums;
  for (__m512i& sum : sums.limb) sum = zero;
  for (std::size_t i = 0; i < limbs; ++i) {
    const __m512i factor = a.load(i);
    // What is added of N so that the lowest limb becomes zero.
    __m512i lowest = _mm512_madd52lo_epu64(sums.limb[0], factor, b.load(0));
    const __m512i q = _mm512_madd52lo_epu64(zero, lowest, inverse);
    lowest = _mm512_madd52lo_epu64(lowest, q, n.load(0));
    // All limbs move down by one.
    sums.limb[0] =
        add_products(_mm512_add_epi64(sums.limb[1], shift_down(lowest)), factor, q, b, n, 1);
#pragma GCC unroll 8
    for (std::size_t j = 2; j < limbs; ++j)
      sums.limb[j - 1] = add_products(sums.limb[j], factor, q, b, n, j);
    sums.limb[limbs - 1] = _mm512_madd52hi_epu64(
        _mm512_madd52hi_epu64(zero, factor, b.load(limbs - 1)), q, n.load(limbs - 1));
  }
  carry(sums, out);
}

/// signature^65537 mod N, up to one N too much.
template <std::size_t limbs>
MAILASSAY_IFMA Lanes apply_public_keys(const Lanes& signatures, const Lanes& squares,
                                       const Moduli& moduli) noexcept {
  Lanes power;
  Lanes other;
  multiply<limbs>(signatures, squares, moduli, power);
  for (int i = 0; i < 16; i += 2) {
    multiply<limbs>(power, power, moduli, other);
    multiply<limbs>(other, other, moduli, power);
  }
  // By the signature itself, which takes the factor R away.
  multiply<limbs>(power, signatures, moduli, other);
  return other;
}

bool is_less(const Limbs& a, const Limbs& b) noexcept {
  return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

/// Demands: b <= a.
Limbs subtract(const Limbs& a, const Limbs& b) noexcept {
  Limbs out{};
  std::uint64_t borrow = 0;
  for (std::size_t j = 0; j < out.size(); ++j) {
    const std::uint64_t difference = a[j] - b[j] - borrow;
    borrow = difference >> 63U;
    out[j] = difference & ((std::uint64_t{1} << kLimbBits) - 1);
  }
  return out;
}

template <std::size_t limbs>
void verify(std::span<const LaneCheck> checks) {
  Moduli moduli;
  Lanes squares;
  Lanes signatures;
  for (std::size_t lane = 0; lane < kRsaLanes; ++lane) {
    // Lanes that are left over do what the last one does.
    const LaneCheck& check = checks[std::min(lane, checks.size() - 1)];
    moduli.modulus.set_lane(lane, check.key->modulus);
    moduli.inverse[lane] = check.key->inverse;
    squares.set_lane(lane, check.key->square);
    if (*check.verified) signatures.set_lane(lane, to_limbs(check.signature));
  }
  const Lanes powers = apply_public_keys<limbs>(signatures, squares, moduli);
  for (std::size_t lane = 0; lane < checks.size(); ++lane) {
    const LaneCheck& check = checks[lane];
    if (!*check.verified) continue;
    Limbs power = powers.lane(lane);
    if (!is_less(power, check.key->modulus)) power = subtract(power, check.key->modulus);
    const std::string encoded = encode_pkcs1(*check.digest, check.key->octets);
    *check.verified = !encoded.empty() && power == to_limbs(encoded);
  }
}

/// A signature has the length of the modulus and is less. [RFC8017 8.2.2]
bool is_representative(const LaneCheck& check) noexcept {
  return check.signature.size() == check.key->octets &&
         is_less(to_limbs(check.signature), check.key->modulus);
}

}  // namespace

bool has_rsa_lanes() noexcept {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512ifma") != 0;
}

void verify_in_lanes(std::span<const LaneCheck> checks) {
  MAILASSAY_ASSERT(!checks.empty() && checks.size() <= kRsaLanes);
  for (const LaneCheck& check : checks) *check.verified = is_representative(check);
  if (checks.front().key->limbs == kShortLimbs) {
    verify<kShortLimbs>(checks);
  } else {
    verify<kLongLimbs>(checks);
  }
}

#else

bool has_rsa_lanes() noexcept { return false; }

void verify_in_lanes(std::span<const LaneCheck>) { MAILASSAY_ASSERT(false); }

#endif

}  // namespace mailassay::crypto
