// What OpenSSL is given for some messages: canonical octets to hash, and signatures to verify.
//
// All of it is made by the product's own code (header index, signatures, canonicalization,
// selection of keys) and lies in memory, so that nothing but OpenSSL is left to be timed.
#ifndef MAILASSAY_FLOOR_CANONICAL_CHUNK_H
#define MAILASSAY_FLOOR_CANONICAL_CHUNK_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/hasher.h"
#include "crypto/verifier.h"
#include "dkim/canonical_body.h"
#include "dkim/header_hash.h"
#include "dkim/key_cache.h"
#include "mailassay/dns.h"
#include "mailassay/dossier.h"
#include "message/header_index.h"

namespace mailassay::floor {

/// One hash over octets of CanonicalChunk::octets().
struct HashJob {
  crypto::HashAlgorithm algorithm = crypto::HashAlgorithm::sha256;
  std::size_t begin = 0;
  std::size_t size = 0;
  dkim::SignatureFacts* header_of = nullptr;  ///< header hash of this signature; null: of a body
  dkim::Digest digest;                        ///< the result
};

/// Threads: one at a time.
class CanonicalChunk {
 public:
  /// Forgets all messages; parsed keys are kept.
  void clear();

  /// Adds one message: a job for each header hash, and one for each distinct body hash that its
  /// signatures ask for, just as the scan shares them.
  void add(std::string_view message);

  /// Lists the checks of all signatures, grouped by key: one for each candidate key.
  ///
  /// Demands:  the jobs are done.
  /// Lifetime: the checks point into the chunk.
  std::vector<crypto::Check> checks(const dns::View& view);

  std::string_view octets() const noexcept { return octets_; }
  std::vector<HashJob>& jobs() noexcept { return jobs_; }
  std::uint64_t signatures() const noexcept { return signatures_.size(); }

 private:
  /// What tells two body hashes of one canonical form apart.
  struct BodyWish {
    crypto::HashAlgorithm algorithm;
    std::optional<std::uint64_t> body_length;
    friend bool operator==(const BodyWish&, const BodyWish&) = default;
  };

  void add_signatures();
  void add_header_job(const dkim::ParsedSignature& parsed, std::uint32_t field,
                      dkim::SignatureFacts& facts);
  void add_body_jobs(std::size_t first_signature, std::string_view body);
  std::vector<BodyWish> distinct_wishes(std::size_t first_signature, dkim::BodyCanon canon) const;

  Limits limits_;
  message::HeaderIndex header_;
  dkim::HeaderHash header_hash_;
  dkim::BodyCanonicalizer simple_{dkim::BodyCanon::simple};
  dkim::BodyCanonicalizer relaxed_{dkim::BodyCanon::relaxed};
  dkim::KeyCache keys_;
  std::string octets_;
  std::vector<HashJob> jobs_;
  std::deque<dkim::SignatureFacts> signatures_;  ///< a deque: jobs and checks point into it
};

}  // namespace mailassay::floor

#endif  // MAILASSAY_FLOOR_CANONICAL_CHUNK_H
