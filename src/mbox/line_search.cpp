// Two anchors: 32 places at once are compared with the LF and, five octets on, with the blank of
// "\nFrom ". Mail has few lines whose fifth octet is a blank, so that what is between is seldom
// looked at. Other processors use memmem(), which is less than half as fast.
#include "mbox/line_search.h"

#include <cstring>

#include "base/assert.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define MAILASSAY_MBOX_AVX2 1
#include <immintrin.h>
#endif

namespace mailassay::mbox {
namespace {

constexpr std::string_view kNeedle = "\nFrom ";

std::size_t find_by_library(std::string_view text, std::size_t from) {
  const std::string_view rest = text.substr(from);
  if (rest.size() < kNeedle.size()) return std::string_view::npos;  // memmem wants no null
  const void* found = ::memmem(rest.data(), rest.size(), kNeedle.data(), kNeedle.size());
  if (found == nullptr) return std::string_view::npos;
  return from + static_cast<std::size_t>(static_cast<const char*>(found) - rest.data());
}

#if defined(MAILASSAY_MBOX_AVX2)

constexpr std::size_t kLane = 32;
constexpr std::size_t kLastOctet = kNeedle.size() - 1;

// Pointer arithmetic stands here because the lanes want it; each load is behind a check of what is
// left of the text.
__attribute__((target("avx2"))) std::size_t find_by_avx2(std::string_view text, std::size_t from) {
  const __m256i first = _mm256_set1_epi8(kNeedle.front());
  const __m256i last = _mm256_set1_epi8(kNeedle.back());
  std::size_t at = from;
  for (; text.size() - at >= kLane + kLastOctet; at += kLane) {
    const char* const lane = text.data() + at;
    const __m256i heads = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(lane));
    const __m256i tails = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(lane + kLastOctet));
    const __m256i both =
        _mm256_and_si256(_mm256_cmpeq_epi8(heads, first), _mm256_cmpeq_epi8(tails, last));
    unsigned mask = static_cast<unsigned>(_mm256_movemask_epi8(both));
    for (; mask != 0; mask &= mask - 1) {
      const std::size_t place = static_cast<std::size_t>(__builtin_ctz(mask));
      if (std::memcmp(lane + place, kNeedle.data(), kNeedle.size()) == 0) return at + place;
    }
  }
  return find_by_library(text, at);
}

#endif

}  // namespace

std::size_t find_from_line(std::string_view text, std::size_t from) {
  MAILASSAY_ASSERT(from <= text.size());
#if defined(MAILASSAY_MBOX_AVX2)
  if (__builtin_cpu_supports("avx2")) return find_by_avx2(text, from);
#endif
  return find_by_library(text, from);
}

}  // namespace mailassay::mbox
