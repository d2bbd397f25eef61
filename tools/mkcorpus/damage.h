// What happens to mail after it was signed, and what its signatures are then worth.
#ifndef MAILASSAY_MKCORPUS_DAMAGE_H
#define MAILASSAY_MKCORPUS_DAMAGE_H

#include <cstdint>
#include <span>
#include <vector>

#include "mkcorpus/draft.h"
#include "mkcorpus/truth.h"

namespace mkcorpus {

/// Changes the message as `kind` says; most kinds change nothing here.
void do_damage(Kind kind, std::span<const SignatureField> signatures, Draft& draft, Prng& prng);

/// The outcomes, found by canonicalizing and hashing the message again if it was changed, by
/// damage or by forwarders; in the order of `signatures`.
std::vector<SignatureTruth> observed_truth(std::span<const SignatureField> signatures,
                                           const Draft& draft, Kind kind, std::int64_t received_at,
                                           bool was_forwarded = false);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_DAMAGE_H
