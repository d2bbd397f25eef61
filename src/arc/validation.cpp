#include "arc/validation.h"

#include <algorithm>
#include <utility>

#include "arc/reason.h"
#include "base/ascii.h"

namespace mailassay::arc {
namespace {

enum class Outcome : std::uint8_t { passes, fails, unknown };

/// ARC knows one kind of failure: also what DKIM calls neutral or policy does not verify.
/// DEVIATION [RFC8617 5.2.1]: that a key could not be had is kept apart, because recorded DNS may
/// come to know it; in_rfc_wording() makes a failure of it where that is asked for.
Outcome outcome_of(const dkim::SignatureVerdict& verdict) noexcept {
  if (verdict.status == dkim::Status::pass) return Outcome::passes;
  const bool is_unknown = verdict.status == dkim::Status::temperror ||
                          verdict.reason == dkim::Reason::signature_too_large;
  return is_unknown ? Outcome::unknown : Outcome::fails;
}

/// Of set `i`; one that covers an ARC-Seal is refused whatever it signs.
Outcome message_signature_outcome(const ChainFacts& facts, const ChainVerdict& verdict,
                                  std::size_t i) noexcept {
  if (facts.sets[i].covers_seal) return Outcome::fails;
  return outcome_of(verdict.message_signatures[i]);
}

/// [RFC8617 5.2 step 5]
std::optional<std::uint32_t> oldest_pass(const ChainFacts& facts, const ChainVerdict& verdict) {
  std::size_t i = facts.sets.size();
  while (i > 0) {
    const Outcome outcome = message_signature_outcome(facts, verdict, i - 1);
    if (outcome == Outcome::unknown) return std::nullopt;
    if (outcome == Outcome::fails) break;
    --i;
  }
  if (i == facts.sets.size()) return std::nullopt;
  return i == 0 ? 0 : static_cast<std::uint32_t>(i + 1);
}

/// Steps 4 to 7 of a chain whose structure is right. [RFC8617 5.2]
Reason decide(const ChainFacts& facts, const ChainVerdict& verdict) {
  if (facts.sets.back().covers_seal) return Reason::covers_seal;
  const dkim::SignatureVerdict& newest = verdict.message_signatures.back();
  if (outcome_of(newest) == Outcome::fails) return Reason::message_signature_fails;
  bool seal_unknown = false;
  for (const dkim::SignatureVerdict& seal : verdict.seals) {
    const Outcome outcome = outcome_of(seal);
    if (outcome == Outcome::fails) return Reason::seal_fails;
    seal_unknown = seal_unknown || outcome == Outcome::unknown;
  }
  if (newest.reason == dkim::Reason::signature_too_large) return Reason::field_over_limit;
  if (outcome_of(newest) == Outcome::unknown) return Reason::message_signature_unknown;
  return seal_unknown ? Reason::seal_unknown : Reason::none;
}

bool is_trusted(const std::string& domain, std::span<const std::string> trusted) {
  return std::any_of(trusted.begin(), trusted.end(), [&](const std::string& name) {
    return ascii::equal_ignoring_case(name, domain);
  });
}

/// Only a chain that passes says who its sealers were.
void state_trust(const ChainFacts& facts, std::span<const std::string> trusted,
                 ChainVerdict& verdict) {
  if (trusted.empty()) return;
  verdict.trusted = false;
  if (verdict.result != Result::pass) return;
  std::size_t i = facts.sets.size();
  while (i > 0 && is_trusted(facts.seals[i - 1].domain, trusted)) --i;
  if (i < facts.sets.size()) verdict.trusted_from = static_cast<std::uint32_t>(i + 1);
  verdict.trusted = i == 0;
}

SignatureStep plan_signature(const dkim::SignatureFacts& facts, const dns::View& view,
                             dns::Needs& needs, std::optional<std::chrono::sys_seconds> time,
                             const Limits& limits, dkim::KeyCache& keys,
                             std::vector<crypto::Check>& checks, bool& is_complete) {
  SignatureStep step;
  step.question = dkim::key_question(facts);
  const dns::Answer* answer = step.question ? view.find(*step.question) : nullptr;
  if (step.question && answer == nullptr) {
    needs.add(*step.question);
    is_complete = false;
  }
  step.plan = dkim::plan(facts, answer, time, limits, keys, checks);
  return step;
}

dkim::SignatureVerdict conclude_signature(const dkim::SignatureFacts& facts,
                                          const SignatureStep& step,
                                          std::optional<std::chrono::sys_seconds> time,
                                          const std::vector<crypto::Check>& checks) {
  dkim::SignatureVerdict verdict = dkim::conclude(facts, step.plan, time, checks);
  verdict.question = step.question;
  return verdict;
}

}  // namespace

ChainPlan plan(const ChainFacts& facts, const dns::View& view, dns::Needs& needs,
               std::optional<std::chrono::sys_seconds> time, const Limits& limits,
               dkim::KeyCache& keys, std::vector<crypto::Check>& checks) {
  ChainPlan plan;
  // The algorithm has stopped: nothing is asked. [RFC8617 5.2]
  if (facts.fault != Reason::none) return plan;
  const auto plan_one = [&](const dkim::SignatureFacts& signature) {
    return plan_signature(signature, view, needs, time, limits, keys, checks, plan.is_complete);
  };
  for (const auto& signature : facts.message_signatures) {
    plan.message_signatures.push_back(plan_one(signature));
  }
  for (const auto& seal : facts.seals) plan.seals.push_back(plan_one(seal));
  return plan;
}

ChainVerdict conclude(const ChainFacts& facts, const ChainPlan& plan,
                      std::optional<std::chrono::sys_seconds> time,
                      const std::vector<crypto::Check>& checks,
                      std::span<const std::string> trusted_sealers) {
  ChainVerdict verdict;
  if (facts.fields == 0) return verdict;  // [RFC8617 5.2 step 1]
  verdict.instances = facts.instances;
  for (const dkim::SignatureFacts& seal : facts.seals) {
    if (!seal.domain.empty()) verdict.sealers.push_back(seal.domain);
  }
  verdict.reason = facts.fault;
  if (facts.fault == Reason::none) {
    for (std::size_t i = 0; i < facts.sets.size(); ++i) {
      verdict.message_signatures.push_back(conclude_signature(
          facts.message_signatures[i], plan.message_signatures[i], time, checks));
      verdict.seals.push_back(conclude_signature(facts.seals[i], plan.seals[i], time, checks));
    }
    verdict.reason = decide(facts, verdict);
  }
  verdict.result = entry_of(verdict.reason).result;
  // A chain that fails MUST be treated as if there were none. [RFC8617 5.2]
  if (verdict.result == Result::pass) verdict.oldest_pass = oldest_pass(facts, verdict);
  state_trust(facts, trusted_sealers, verdict);
  return verdict;
}

}  // namespace mailassay::arc
