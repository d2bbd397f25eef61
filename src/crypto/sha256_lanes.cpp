#include "crypto/sha256_lanes.h"

#include "base/assert.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define MAILASSAY_CRYPTO_SHA 1
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace mailassay::crypto {

#if defined(MAILASSAY_CRYPTO_SHA)

namespace {

#define MAILASSAY_SHA __attribute__((target("sha,sse4.1")))

/// The constants of the rounds. [RFC6234 5.1]
alignas(16) constexpr std::array<std::uint32_t, 64> kRounds = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// Rounds whose words one register holds.
constexpr unsigned kRoundsAtOnce = 4;
constexpr unsigned kSteps = kRounds.size() / kRoundsAtOnce;

MAILASSAY_SHA inline __m128i load(const void* octets) noexcept {
  return _mm_loadu_si128(static_cast<const __m128i*>(octets));
}

MAILASSAY_SHA inline void store(void* octets, __m128i value) noexcept {
  _mm_storeu_si128(static_cast<__m128i*>(octets), value);
}

/// One lane in registers, in the order that the instructions want. (A std::array would drop what
/// the compiler knows of the alignment of a vector.)
struct Running {
  __m128i abef;
  __m128i cdgh;
  __m128i words[4];  // NOLINT(modernize-avoid-c-arrays)
  const char* octets;

  MAILASSAY_SHA void begin(const Sha256Lane& lane) noexcept {
    const __m128i badc = _mm_shuffle_epi32(load(lane.state->data()), 0xB1);
    const __m128i hgfe = _mm_shuffle_epi32(load(lane.state->data() + 4), 0x1B);
    abef = _mm_alignr_epi8(badc, hgfe, 8);
    cdgh = _mm_blend_epi16(hgfe, badc, 0xF0);
    octets = lane.octets;
  }

  MAILASSAY_SHA void end(Sha256Lane& lane) const noexcept {
    const __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
    const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    store(lane.state->data(), _mm_blend_epi16(feba, dchg, 0xF0));
    store(lane.state->data() + 4, _mm_alignr_epi8(dchg, feba, 8));
    lane.octets = octets;
  }

  /// The next four words of the message schedule. [RFC6234 6.2]
  MAILASSAY_SHA __m128i schedule(unsigned step) noexcept {
    __m128i& next = words[step % 4];
    if (step < 4) {
      const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
      next = _mm_shuffle_epi8(load(octets + std::size_t{16} * step), big_endian);
      return next;
    }
    const __m128i last = words[(step + 3) % 4];
    __m128i sum = _mm_sha256msg1_epu32(next, words[(step + 1) % 4]);
    sum = _mm_add_epi32(sum, _mm_alignr_epi8(last, words[(step + 2) % 4], 4));
    next = _mm_sha256msg2_epu32(sum, last);
    return next;
  }

  MAILASSAY_SHA void rounds(unsigned step) noexcept {
    const __m128i input =
        _mm_add_epi32(schedule(step), load(kRounds.data() + std::size_t{kRoundsAtOnce} * step));
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, input);
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(input, 0x0E));
  }
};

template <std::size_t kLanes>
MAILASSAY_SHA void compress(std::span<Sha256Lane> lanes, std::size_t blocks) noexcept {
  Running running[kLanes];  // NOLINT(modernize-avoid-c-arrays)
  for (std::size_t i = 0; i < kLanes; ++i) running[i].begin(lanes[i]);
  for (; blocks > 0; --blocks) {
    __m128i before[kLanes][2];  // NOLINT(modernize-avoid-c-arrays)
    for (std::size_t i = 0; i < kLanes; ++i) {
      before[i][0] = running[i].abef;
      before[i][1] = running[i].cdgh;
    }
#pragma GCC unroll 16
    for (unsigned step = 0; step < kSteps; ++step) {
#pragma GCC unroll 4
      for (std::size_t i = 0; i < kLanes; ++i) running[i].rounds(step);
    }
    for (std::size_t i = 0; i < kLanes; ++i) {
      running[i].abef = _mm_add_epi32(running[i].abef, before[i][0]);
      running[i].cdgh = _mm_add_epi32(running[i].cdgh, before[i][1]);
      running[i].octets += kSha256BlockBytes;
    }
  }
  for (std::size_t i = 0; i < kLanes; ++i) running[i].end(lanes[i]);
}

}  // namespace

bool has_sha256_lanes() noexcept {
  static const bool has = [] {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    constexpr unsigned kExtendedFeatures = 7;
    constexpr unsigned kSha = 1U << 29U;
    return __get_cpuid_count(kExtendedFeatures, 0, &a, &b, &c, &d) != 0 && (b & kSha) != 0 &&
           __builtin_cpu_supports("sse4.1") != 0;
  }();
  return has;
}

void compress_in_lanes(std::span<Sha256Lane> lanes, std::size_t blocks) noexcept {
  MAILASSAY_ASSERT(!lanes.empty() && lanes.size() <= kSha256Lanes);
  switch (lanes.size()) {
    case 1:
      return compress<1>(lanes, blocks);
    case 2:
      return compress<2>(lanes, blocks);
    case 3:
      return compress<3>(lanes, blocks);
    default:
      return compress<4>(lanes, blocks);
  }
}

#else

bool has_sha256_lanes() noexcept { return false; }

void compress_in_lanes(std::span<Sha256Lane>, std::size_t) noexcept { MAILASSAY_ASSERT(false); }

#endif

}  // namespace mailassay::crypto
