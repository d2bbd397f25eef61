// SHA-256 of up to four texts at once, by the SHA instructions of x86-64. [RFC6234 6.2]
//
// One hash waits most of the time for its own last round; a few side by side fill the gaps.
#ifndef MAILASSAY_CRYPTO_SHA256_LANES_H
#define MAILASSAY_CRYPTO_SHA256_LANES_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace mailassay::crypto {

inline constexpr std::size_t kSha256Lanes = 4;
inline constexpr std::size_t kSha256BlockBytes = 64;

/// H(i) of the standard: eight words, before the padding is added.
using Sha256State = std::array<std::uint32_t, 8>;

/// H(0). [RFC6234 6.1]
inline constexpr Sha256State kSha256Start = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/// Nothing is owned.
struct Sha256Lane {
  Sha256State* state = nullptr;
  const char* octets = nullptr;
};

/// Whether this processor can do it.
bool has_sha256_lanes() noexcept;

/// Adds the next blocks of each lane to its state, and moves its `octets` behind them.
///
/// Demands: has_sha256_lanes(); 1 to kSha256Lanes lanes; `blocks` whole blocks in each.
void compress_in_lanes(std::span<Sha256Lane> lanes, std::size_t blocks) noexcept;

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_SHA256_LANES_H
