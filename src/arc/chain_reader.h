// From the header of a message to the facts of its chain: steps 1 to 3 of [RFC8617 5.2], and the
// hashes that steps 4 to 6 need.
#ifndef MAILASSAY_ARC_CHAIN_READER_H
#define MAILASSAY_ARC_CHAIN_READER_H

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "arc/instance.h"
#include "arc/seal_hash.h"
#include "dkim/header_hash.h"
#include "dkim/signature.h"
#include "dkim/tag_list.h"
#include "mailassay/dossier.h"
#include "mailassay/limits.h"
#include "message/header_index.h"

namespace mailassay::arc {

/// Threads: one at a time; buffers are kept between messages.
class ChainReader {
 public:
  /// Reads all ARC header fields.
  ///
  /// Result: body hashes are left to dkim::BodyHash, which takes `message_signatures` of facts
  ///         that have no fault.
  /// Cost:   linear in the ARC header fields, whatever the number of sets; next to nothing for a
  ///         message without one.
  ChainFacts read(const message::HeaderIndex& header, const Limits& limits);

  /// Octets that the last read() gave to hash functions.
  std::uint64_t hashed_bytes() const noexcept { return hashed_bytes_; }

 private:
  using Place = std::uint32_t SetPlaces::*;
  struct FoundSet {
    SetPlaces places;
    bool is_duplicate = false;
  };
  /// Whether there are fields that belong to no set.
  struct Strays {
    bool bad_syntax = false;
    bool bad_instance = false;
    bool over_limit = false;
  };
  /// A signature of the set and what the reader still needs of it.
  struct Parsed {
    dkim::ParsedSignature message_signature;
    dkim::ParsedSignature seal;
  };

  void collect(std::string_view name, Place place);
  std::uint32_t instance_of(std::uint32_t index, Place place);
  void add_set(std::uint32_t instance, const FoundSet& found, ChainFacts& facts);
  void read_results(std::string_view value, SetFacts& set) const;
  dkim::ParsedSignature read_message_signature(std::string_view value, SetFacts& set) const;
  dkim::ParsedSignature read_seal(std::string_view value, SetFacts& set) const;
  Reason find_fault(const ChainFacts& facts) const;
  void hash_chain(ChainFacts& facts);

  const message::HeaderIndex* header_ = nullptr;
  Limits limits_;
  std::array<FoundSet, kMaxInstance> found_;
  std::vector<SetPlaces> places_;  ///< of the sets of the facts, in their order
  std::vector<Parsed> parsed_;     ///< the same
  Strays strays_;
  std::uint32_t fields_ = 0;
  std::uint32_t highest_ = 0;
  std::uint64_t hashed_bytes_ = 0;
  dkim::HeaderHash header_hash_;
  SealHash seal_hash_;
};

}  // namespace mailassay::arc

#endif  // MAILASSAY_ARC_CHAIN_READER_H
