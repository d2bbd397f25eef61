// What the seals of a chain sign. [RFC8617 5.1.1]
//
// Seal k covers all fields of the sets 1 to k. The running hash over the sets before it is kept and
// gone on with, so that a chain is hashed once and not once for each seal.
#ifndef MAILASSAY_ARC_SEAL_HASH_H
#define MAILASSAY_ARC_SEAL_HASH_H

#include <cstdint>
#include <string>

#include "crypto/hasher.h"
#include "dkim/header_hash.h"
#include "dkim/signature.h"
#include "message/header_index.h"

namespace mailassay::arc {

/// Places of the three fields of one set in the header; kNone where one is absent.
struct SetPlaces {
  std::uint32_t results = message::HeaderIndex::kNone;
  std::uint32_t message_signature = message::HeaderIndex::kNone;
  std::uint32_t seal = message::HeaderIndex::kNone;
};

/// Threads: one at a time; buffers are kept between chains.
class SealHash {
 public:
  void begin();

  /// Adds the next set, in the order of the instances, and hashes what its seal signs.
  ///
  /// Demands: all three are present; `seal` was parsed from the seal of the set.
  /// Result:  SHA-256, which all algorithms of seals use [RFC8301 3.1] [RFC8463 3].
  dkim::Digest add(const message::HeaderIndex& header, const SetPlaces& places,
                   const dkim::ParsedSignature& seal);

  /// Octets hashed since begin().
  std::uint64_t hashed_bytes() const noexcept { return hashed_bytes_; }

 private:
  void append_field(const message::HeaderIndex& header, std::uint32_t index);

  crypto::Hasher chain_{crypto::HashAlgorithm::sha256};
  crypto::Hasher seal_{crypto::HashAlgorithm::sha256};
  std::string input_;
  std::string scratch_;
  std::uint64_t hashed_bytes_ = 0;
};

}  // namespace mailassay::arc

#endif  // MAILASSAY_ARC_SEAL_HASH_H
