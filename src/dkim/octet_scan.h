// Bit masks of the octets that canonicalization has to look at, 64 octets at a time.
//
// A byte loop canonicalizes 1.8 GB/s, no faster than SHA-256 hashes; with masks only line ends,
// tabs and runs of blanks are looked at one by one.
#ifndef MAILASSAY_DKIM_OCTET_SCAN_H
#define MAILASSAY_DKIM_OCTET_SCAN_H

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mailassay::dkim {

inline constexpr std::size_t kScanWidth = 64;

/// Bit i stands for octet i of the block.
struct ScanMasks {
  std::uint64_t line_feed = 0;
  std::uint64_t space = 0;
  std::uint64_t low = 0;  ///< the space and all below it: white space, line ends, controls
};

/// True for the octets of ScanMasks::low.
constexpr bool is_low(char c) noexcept { return static_cast<unsigned char>(c) <= 0x20; }

#if defined(__SSE2__)

inline ScanMasks scan_octets(const char* block) noexcept {
  ScanMasks masks;
  for (std::size_t part = 0; part < kScanWidth / 16; ++part) {
    const __m128i octets = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + part * 16));
    const auto mask_of = [&](__m128i chosen) {
      return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(chosen))} << (part * 16U);
    };
    const __m128i space = _mm_set1_epi8(' ');
    masks.line_feed |= mask_of(_mm_cmpeq_epi8(octets, _mm_set1_epi8('\n')));
    masks.space |= mask_of(_mm_cmpeq_epi8(octets, space));
    masks.low |= mask_of(_mm_cmpeq_epi8(octets, _mm_min_epu8(octets, space)));
  }
  return masks;
}

#else

inline ScanMasks scan_octets(const char* block) noexcept {
  ScanMasks masks;
  for (std::size_t i = 0; i < kScanWidth; ++i) {
    masks.line_feed |= std::uint64_t{block[i] == '\n'} << i;
    masks.space |= std::uint64_t{block[i] == ' '} << i;
    masks.low |= std::uint64_t{is_low(block[i])} << i;
  }
  return masks;
}

#endif

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_OCTET_SCAN_H
