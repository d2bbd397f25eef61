// An RSA modulus as rsa_lanes.h works with it.
#ifndef MAILASSAY_CRYPTO_LANE_KEY_H
#define MAILASSAY_CRYPTO_LANE_KEY_H

#include <openssl/types.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mailassay::crypto {

inline constexpr unsigned kLimbBits = 52;
/// Limbs of the two sizes of numbers. Two bits and more stay free above the modulus.
inline constexpr std::size_t kShortLimbs = 20;  ///< moduli of 512 to 1024 bits
inline constexpr std::size_t kLongLimbs = 40;   ///< moduli of 1025 to 2048 bits

/// A number in limbs of 52 bits, the lowest first.
using Limbs = std::array<std::uint64_t, kLongLimbs>;

/// Reads a number of at most 260 octets, the highest first. [RFC8017 4.2]
Limbs to_limbs(std::string_view octets) noexcept;

/// What Montgomery multiplication by limbs needs of a modulus N.
struct LaneKey {
  Limbs modulus{};
  Limbs square{};             ///< R * R mod N, where R = 2^(52 * limbs)
  std::uint64_t inverse = 0;  ///< -1 / N mod 2^52
  std::size_t limbs = 0;      ///< kShortLimbs or kLongLimbs
  std::size_t octets = 0;     ///< of the modulus
};

/// Demands: modulus is odd and positive.
/// Result:  empty unless the exponent is 65537 and the modulus has 512 to 2048 bits: others are
///          rare, and left to OpenSSL.
std::optional<LaneKey> make_lane_key(const BIGNUM& modulus, const BIGNUM& exponent);

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_LANE_KEY_H
