// DMARC, integrity and standing of mail that came in by a border hop, from what is known of it.
//
// The order of decision is that of the published table of standings: the first row that matches.
#ifndef MAILASSAY_MKCORPUS_STANDING_TRUTH_H
#define MAILASSAY_MKCORPUS_STANDING_TRUTH_H

#include <span>

#include "mkcorpus/scene_truth.h"
#include "mkcorpus/truth.h"

namespace mkcorpus {

/// Whether the domain is aligned with the author's. [RFC9989 4.4]
bool is_aligned(std::string_view domain, const Sender& author);

/// By the signatures and the SPF result of `truth`. [RFC9989 5.3.5] [RFC9989 5.3.6]
DmarcTruth dmarc_truth(const SceneTruth& truth, std::span<const SignatureTruth> signatures,
                       const Sender& author);

/// `sealer` is who sealed last, in a chain that passes; empty: nobody.
IntegrityTruth integrity_truth(std::span<const SignatureTruth> signatures, std::string_view sealer);

/// Sets standing and reasons. Demands: the chain of trust has no part in it, and the border is sure
/// or inferred.
void state_standing(SceneTruth& truth, std::span<const SignatureTruth> signatures,
                    const Sender& author);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_STANDING_TRUTH_H
