#include <algorithm>

#include "mailassay/axes.h"
#include "verdict/standing_facts.h"

namespace mailassay::standing {
namespace {

/// What kinds of evidence a standing rests on.
class Kinds {
 public:
  void add(Basis basis) noexcept { seen_ |= 1U << static_cast<unsigned>(basis); }
  void add_key(bool is_fresh) noexcept { add(is_fresh ? Basis::fresh : Basis::later); }
  std::optional<Basis> one() const noexcept {
    for (const Basis basis : {Basis::fresh, Basis::later, Basis::recorded}) {
      if (seen_ == 1U << static_cast<unsigned>(basis)) return basis;
    }
    return seen_ == 0 ? std::nullopt : std::optional(Basis::mixed);
  }

 private:
  unsigned seen_ = 0;
};

/// The keys of the signatures of which the condition holds.
template <typename Condition>
void add_keys(const Evidence& evidence, Condition condition, Kinds& kinds) {
  for (const Signature& signature : evidence.signatures) {
    if (condition(signature)) kinds.add_key(signature.key_fresh);
  }
}

void add_attestation(const Evidence& evidence, Kinds& kinds) {
  const bool has_difference = std::any_of(
      evidence.signatures.begin(), evidence.signatures.end(), [](const Signature& signature) {
        return signature.aligned != Aligned::no && differs(signature);
      });
  add_keys(
      evidence,
      [&](const Signature& signature) {
        return signature.aligned == Aligned::yes &&
               (!signature.verifies_after.empty() || differs(signature));
      },
      kinds);
  if (!has_difference && !evidence.witnesses.empty()) kinds.add(Basis::recorded);
}

void add_trusted_path(const Evidence& evidence, Kinds& kinds) {
  if (std::any_of(evidence.arc_sets.begin(), evidence.arc_sets.end(), vouches)) {
    kinds.add(Basis::recorded);
  }
  for (const TrustedPass& pass : evidence.trusted_passes) kinds.add_key(pass.key_fresh);
}

/// All that is known of DNS: the lower rows rest on the absence of better news.
void add_all_answers(const Evidence& evidence, Kinds& kinds) {
  add_keys(
      evidence,
      [](const Signature& signature) {
        return signature.outcome != SignatureClass::unknown &&
               signature.outcome != SignatureClass::counts_for_none;
      },
      kinds);
  const bool has_spf = evidence.border != Border::none &&
                       evidence.spf.status != SpfStatus::not_evaluated &&
                       evidence.spf.status != SpfStatus::temperror;
  if (has_spf && evidence.spf.gap == Gap::none) kinds.add(Basis::fresh);
  if (has_spf && evidence.spf.gap == Gap::not_fresh) kinds.add(Basis::later);
  if (evidence.dmarc.gap == Gap::none) kinds.add(Basis::fresh);
  if (evidence.dmarc.gap == Gap::not_fresh) kinds.add(Basis::later);
}

}  // namespace

std::optional<Basis> basis_of(const Evidence& evidence, const Standing& standing) {
  Kinds kinds;
  const auto is_aligned_pass = [](const Signature& signature) {
    return signature.aligned == Aligned::yes && signature.outcome == SignatureClass::verifies;
  };
  const auto is_aligned_difference = [](const Signature& signature) {
    return signature.aligned == Aligned::yes && differs(signature);
  };
  switch (standing.row) {
    case 1:
    case 5:
      break;
    case 2:
      // One that verifies is enough.
      kinds.add_key(std::any_of(evidence.signatures.begin(), evidence.signatures.end(),
                                [&](const Signature& signature) {
                                  return is_aligned_pass(signature) && signature.key_fresh;
                                }));
      break;
    case 3:
      add_keys(evidence, is_aligned_difference, kinds);
      kinds.add(Basis::recorded);
      break;
    case 4:
      kinds.add(Basis::fresh);
      break;
    case 6:
      add_trusted_path(evidence, kinds);
      break;
    case 7:
      add_attestation(evidence, kinds);
      break;
    case 8:
      add_keys(evidence, is_aligned_difference, kinds);
      break;
    default:
      add_all_answers(evidence, kinds);
      break;
  }
  return kinds.one();
}

}  // namespace mailassay::standing
