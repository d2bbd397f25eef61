// From the facts of a chain and the answers for its keys to a result: steps 4 to 7 of
// [RFC8617 5.2].
//
// As in dkim/verification.h there are two steps, so that the mathematics of many messages is done
// in one batch in between; what is done to each signature is DKIM's.
#ifndef MAILASSAY_ARC_VALIDATION_H
#define MAILASSAY_ARC_VALIDATION_H

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crypto/verifier.h"
#include "dkim/key_cache.h"
#include "dkim/verification.h"
#include "mailassay/arc.h"
#include "mailassay/dns.h"
#include "mailassay/limits.h"
#include "mailassay/verdict.h"

namespace mailassay::arc {

/// The key of one signature and its checks.
struct SignatureStep {
  std::optional<dns::Question> question;
  dkim::SignaturePlan plan;
};

/// The checks of one chain, between plan() and conclude(); the lists are those of ChainFacts.
struct ChainPlan {
  std::vector<SignatureStep> message_signatures;
  std::vector<SignatureStep> seals;
  bool is_complete = true;  ///< no answer is missing
};

/// Looks for the keys of all signatures of the chain and appends their checks to `checks`. Answers
/// that are missing are added to `needs`, all of them.
///
/// Lifetime: the checks point into `facts`; the plan points into the answers of `view`.
ChainPlan plan(const ChainFacts& facts, const dns::View& view, dns::Needs& needs,
               std::optional<std::chrono::sys_seconds> time, const Limits& limits,
               dkim::KeyCache& keys, std::vector<crypto::Check>& checks);

/// Decides. What is certain to fail decides before what is not known.
///
/// Demands: `checks` have been verified; the plan is complete.
ChainVerdict conclude(const ChainFacts& facts, const ChainPlan& plan,
                      std::optional<std::chrono::sys_seconds> time,
                      const std::vector<crypto::Check>& checks,
                      std::span<const std::string> trusted_sealers);

}  // namespace mailassay::arc

#endif  // MAILASSAY_ARC_VALIDATION_H
