// The body hashes that the signatures of one message ask for. [RFC6376 3.7] [RFC6376 3.5 bh=]
// [RFC6376 3.5 l=]
//
// The body is read once, in pieces of any size. Equal wishes (canonicalization, hash, l=) of
// several signatures are hashed once; each canonicalization runs once.
#ifndef MAILASSAY_DKIM_BODY_HASH_H
#define MAILASSAY_DKIM_BODY_HASH_H

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_sink.h"
#include "base/whole_line_search.h"
#include "crypto/hasher.h"
#include "crypto/sha256_stream.h"
#include "dkim/canonical_body.h"
#include "mailassay/dossier.h"

namespace mailassay::dkim {

/// Threads: one at a time; buffers and hash contexts are kept between messages.
class BodyHash {
 public:
  BodyHash();

  /// Begins a message. Signatures with a fault ask for nothing. The second list is of the
  /// signatures of another protocol over the same body.
  void begin(std::span<const SignatureFacts> signatures,
             std::span<const SignatureFacts> others = {});

  /// False if no signature asks for anything: feeding may be left out.
  bool wanted() const noexcept { return lanes_[0].active || lanes_[1].active; }

  /// Looks for such a line in what each l= leaves unsigned, a line of which only the beginning is
  /// signed included; after begin(), any number of times.
  /// Where white space is relaxed, it is so in `line` too.
  void watch_for(std::string_view line);

  void feed(std::string_view body);

  /// Feeds the first octets of `body`, as many as are canonicalized at once. Most of the SHA-256
  /// over them may wait, to be done together with that of other messages.
  ///
  /// Demands:  nothing waits any more of what was fed before.
  /// Lifetime: what waits is ours, until the next octets are fed.
  /// Result:   octets that were taken.
  std::size_t feed_some(std::string_view body);

  /// Adds the hashes that wait.
  void append_waiting(std::vector<crypto::Sha256Stream*>& streams);

  /// Ends the body and fills body_hash, body_match, canonical_body_length and
  /// mime_part_beyond_length; a signature whose
  /// l= is larger than the body gets the fault body_length_exceeds [RFC6376 3.5].
  ///
  /// Demands: the same signatures that begin() was given.
  /// Result:  octets that were given to hash functions.
  std::uint64_t finish(std::span<SignatureFacts> signatures, std::span<SignatureFacts> others = {});

 private:
  /// One hash over the first `limit` octets of one canonical form.
  struct Job {
    crypto::HashAlgorithm algorithm;
    std::optional<std::uint64_t> limit;  ///< l=
    std::uint64_t remaining;
    std::size_t hasher;  ///< index into the pool of its algorithm
    Digest digest;
    std::vector<WholeLineSearch> beyond;  ///< begun with the line that `limit` falls into
  };
  /// One canonical form and the hashes over it.
  struct Lane final : ByteSink {
    Lane(BodyCanon canon, BodyHash& parent) : owner(&parent), canonicalizer(canon) {}
    void write(std::string_view octets) override;
    BodyHash* owner;
    BodyCanonicalizer canonicalizer;
    std::vector<Job> jobs;
    void search_beyond(Job& job, std::string_view octets, std::size_t covered);
    void begin_searches();
    std::uint64_t length = 0;
    bool active = false;
    std::vector<WholeLineSearch> open_line;  ///< have seen the line that what was written ends in
  };

  BodyHash(const BodyHash&) = delete;
  BodyHash& operator=(const BodyHash&) = delete;

  /// Hashers of each pool that the jobs have taken.
  struct Used {
    std::size_t sha1 = 0;
    std::size_t sha256 = 0;
  };
  void add_job(const SignatureFacts& facts);
  void fill(SignatureFacts& facts);
  Lane& lane_of(const SignatureFacts& facts) noexcept;
  static Job* find_job(Lane& lane, const SignatureFacts& facts);
  void update(const Job& job, std::string_view octets);
  Digest digest_of(const Job& job);

  std::array<Lane, 2> lanes_;
  std::vector<crypto::Hasher> sha1_;
  std::vector<crypto::Sha256Stream> sha256_;
  Used used_;
  std::uint64_t hashed_bytes_ = 0;
  std::vector<std::string> lines_sought_;  ///< what is looked for behind l=
};

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_BODY_HASH_H
