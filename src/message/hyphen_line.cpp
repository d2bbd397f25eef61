// Two anchors: 16 places at once are compared with the LF and, one octet on, with the hyphen. Text
// has few lines that begin with one, and base64 none. SSE2 is what every x86-64 has.
#include "message/hyphen_line.h"

#include "base/assert.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mailassay::message {
namespace {

constexpr std::string_view kNeedle = "\n--";

/// The offset of the LF in front of such a line, or npos.
std::size_t find_line_end(std::string_view text, std::size_t from) {
  std::size_t at = from;
#if defined(__SSE2__)
  constexpr std::size_t kLane = 16;
  const __m128i line_end = _mm_set1_epi8('\n');
  const __m128i hyphen = _mm_set1_epi8('-');
  // Pointer arithmetic stands here because the lanes want it; each load is behind a check of what
  // is left of the text.
  for (; text.size() - at >= kLane + kNeedle.size(); at += kLane) {
    const char* const lane = text.data() + at;
    const __m128i heads = _mm_loadu_si128(reinterpret_cast<const __m128i*>(lane));
    const __m128i nexts = _mm_loadu_si128(reinterpret_cast<const __m128i*>(lane + 1));
    const __m128i both =
        _mm_and_si128(_mm_cmpeq_epi8(heads, line_end), _mm_cmpeq_epi8(nexts, hyphen));
    unsigned mask = static_cast<unsigned>(_mm_movemask_epi8(both));
    for (; mask != 0; mask &= mask - 1) {
      const std::size_t place = at + static_cast<std::size_t>(__builtin_ctz(mask));
      if (text[place + 2] == '-') return place;
    }
  }
#endif
  return text.find(kNeedle, at);
}

}  // namespace

std::size_t find_hyphen_line(std::string_view text, std::size_t from) {
  MAILASSAY_ASSERT(from <= text.size());
  if (text.substr(from).starts_with("--")) return from;
  const std::size_t found = find_line_end(text, from);
  return found == std::string_view::npos ? text.size() : found + 1;
}

}  // namespace mailassay::message
