// What a correct verifier must say of each message.
#ifndef MAILASSAY_MKCORPUS_TRUTH_H
#define MAILASSAY_MKCORPUS_TRUTH_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/arc_forwarding.h"
#include "mkcorpus/damage_kind.h"
#include "mkcorpus/scene_truth.h"
#include "mkcorpus/signature_field.h"

namespace mkcorpus {

/// What was done to a message, or what is the matter with its (first) signature.
enum class Kind : std::uint8_t {
  none,                ///< all signatures pass
  unsigned_message,    ///< no signature
  body_altered,        ///< the body was changed after signing
  body_appended,       ///< text was added below what l= signs: the signatures pass
  header_altered,      ///< a signed field was changed after signing
  key_missing,         ///< there is no record at the key's name
  key_revoked,         ///< the record has an empty p=
  expired,             ///< x= is before the time of receipt
  algorithm_obsolete,  ///< rsa-sha1 [RFC8301 3.1]
  damaged,             ///< as MessageTruth::damage says
};

std::string_view kind_word(Kind kind);

enum class Match : std::uint8_t { match, mismatch };

/// The outcome of one signature, in the words of the NDJSON rows of mailassay.
struct SignatureTruth {
  std::string domain;            ///< d=, lower case
  std::string selector;          ///< s=
  std::string_view algorithm;    ///< a=
  std::string canonicalization;  ///< c=, both halves
  std::string_view result;       ///< RFC 8601 word
  std::string_view reason;       ///< empty: null
  Match body_hash = Match::match;
  std::optional<Match> signature;  ///< empty if there is no key
};

struct MessageTruth {
  std::uint64_t index = 0;
  std::string message_id;
  Kind kind = Kind::none;
  const DamageKind* damage = nullptr;
  std::vector<SignatureTruth> signatures;  ///< as the fields stand, from the top
  std::optional<ChainTruth> chain;         ///< empty: the corpus has no chains at all
  std::optional<SceneTruth> scene;         ///< empty: the corpus has no envelopes
};

/// Where a message lies in the mbox: its octets without postmark and separator line.
struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// The outcome of `field`, given what its message still agrees with.
SignatureTruth signature_truth(const SignatureField& field, Match body_hash, Match signature,
                               std::int64_t received_at);

/// One NDJSON row with its line end.
std::string truth_row(const MessageTruth& truth, Extent extent);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_TRUTH_H
