// RSA verification of eight signatures at once, one in each 64-bit lane of AVX-512 registers.
//
// The processor has to have AVX-512 IFMA, the multiplication of 52-bit limbs. Everything here is
// public, so that nothing needs to take the same time for all numbers.
#ifndef MAILASSAY_CRYPTO_RSA_LANES_H
#define MAILASSAY_CRYPTO_RSA_LANES_H

#include <cstddef>
#include <span>
#include <string_view>

#include "crypto/lane_key.h"
#include "mailassay/dossier.h"

namespace mailassay::crypto {

inline constexpr std::size_t kRsaLanes = 8;

/// What one lane is asked. Nothing is owned.
struct LaneCheck {
  const LaneKey* key = nullptr;
  const dkim::Digest* digest = nullptr;
  std::string_view signature;
  bool* verified = nullptr;  ///< the result goes there
};

/// Whether this processor can do it.
bool has_rsa_lanes() noexcept;

/// RSASSA-PKCS1-v1_5 by encode-and-compare. [RFC8017 8.2.2]
///
/// Demands: has_rsa_lanes(); 1 to kRsaLanes checks, the keys of all with as many limbs.
/// Cost:    the same for one check as for eight.
void verify_in_lanes(std::span<const LaneCheck> checks);

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_RSA_LANES_H
