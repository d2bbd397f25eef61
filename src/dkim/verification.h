// From the facts of a signature and the answer for its key to a result. [RFC6376 6.1]
//
// Two steps, so that the mathematics of many messages can be done in one batch in between:
// plan() states the checks, the caller has a crypto::Verifier do them, conclude() decides.
#ifndef MAILASSAY_DKIM_VERIFICATION_H
#define MAILASSAY_DKIM_VERIFICATION_H

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/verifier.h"
#include "dkim/key_cache.h"
#include "mailassay/dns.h"
#include "mailassay/verdict.h"

namespace mailassay::dkim {

/// RSA keys below this MUST NOT be considered valid. [RFC8301 3.2]
inline constexpr std::uint32_t kMinRsaBits = 1024;
/// RFC 8301 is of January 2018.
inline constexpr std::chrono::sys_seconds kRfc8301 =
    std::chrono::sys_days(std::chrono::year(2018) / std::chrono::January / 1);

/// Where the key of a signature has to be looked for; empty if none is needed, because the field
/// was refused. [RFC6376 3.6.2.1]
std::optional<dns::Question> key_question(const SignatureFacts& facts);

/// One key that may be the right one: several may be recorded, or stand at one name.
struct KeyCandidate {
  const dns::Sighting* sighting = nullptr;
  std::shared_ptr<const CachedKeyRecord> key;
  Reason fault = Reason::none;       ///< why the key cannot be used for the signature
  std::optional<std::size_t> check;  ///< index into the checks of the batch
};

/// The checks of one signature, between plan() and conclude().
struct SignaturePlan {
  std::vector<KeyCandidate> candidates;     ///< in the order in which they are tried
  const dns::Sighting* negative = nullptr;  ///< the best sighting, if none holds records
  bool records_without_key = false;         ///< TXT records are there, but none is a key
  std::vector<Note> notes;
};

/// Selects the candidates for the key and appends their checks to `checks`.
///
/// Demands:  `answer` is the answer to key_question(facts); null if that is empty.
/// Lifetime: the checks point into `facts`; the plan points into `answer`.
SignaturePlan plan(const SignatureFacts& facts, const dns::Answer* answer,
                   std::optional<std::chrono::sys_seconds> time, const Limits& limits,
                   KeyCache& keys, std::vector<crypto::Check>& checks);

/// The candidate that decides: the first that verifies, else the first of those that got farthest;
/// null if there is none.
///
/// Demands:  `checks` have been verified.
/// Lifetime: points into `plan`.
const KeyCandidate* deciding_candidate(const SignaturePlan& plan,
                                       const std::vector<crypto::Check>& checks) noexcept;

/// Decides. The reason given is the first in this order: the field [RFC6376 6.1.1], expiry, the
/// key [RFC6376 6.1.2], strength [RFC8301 3], body hash, signature [RFC6376 6.1.3].
///
/// Demands: `checks` have been verified.
SignatureVerdict conclude(const SignatureFacts& facts, const SignaturePlan& plan,
                          std::optional<std::chrono::sys_seconds> time,
                          const std::vector<crypto::Check>& checks);

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_VERIFICATION_H
