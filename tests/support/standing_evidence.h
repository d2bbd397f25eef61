// Evidence for standings, small steps at a time.
#ifndef MAILASSAY_TESTS_SUPPORT_STANDING_EVIDENCE_H
#define MAILASSAY_TESTS_SUPPORT_STANDING_EVIDENCE_H

#include <string>
#include <vector>

#include "mailassay/standing.h"

namespace mailassay::test {

/// An aligned signature of example.com.
inline standing::Signature aligned_signature(standing::SignatureClass outcome) {
  standing::Signature signature;
  signature.outcome = outcome;
  signature.aligned = standing::Aligned::yes;
  signature.key_fresh = true;
  signature.domain = "example.com";
  signature.selector = "s1";
  signature.value_prefix = "AbCdEfGh";
  if (outcome == standing::SignatureClass::unknown) {
    signature.key_fresh = false;
    signature.gap = standing::Gap::no_evidence;
  }
  return signature;
}

/// The same of another domain.
inline standing::Signature other_signature(standing::SignatureClass outcome) {
  standing::Signature signature = aligned_signature(outcome);
  signature.aligned = standing::Aligned::no;
  signature.domain = "esp.example";
  return signature;
}

/// Mail about which everything is known, and nothing good: From a stranger with p=reject, over a
/// sure border, SPF fails, unsigned. Row 10.
inline standing::Evidence spoofed_mail() {
  standing::Evidence evidence;
  evidence.border = standing::Border::receiver;
  evidence.spf.status = standing::SpfStatus::fail;
  evidence.spf.gap = standing::Gap::none;
  evidence.spf.aligned = standing::Aligned::yes;
  evidence.spf.domain = "example.com";
  evidence.dmarc.gap = standing::Gap::none;
  evidence.dmarc.rules = standing::DmarcRules::rfc9989;
  evidence.dmarc.rfc9989 = {true, true, standing::Policy::reject, false};
  evidence.dmarc.rfc7489 = evidence.dmarc.rfc9989;
  return evidence;
}

inline void add_signature(standing::Evidence& evidence, standing::Signature signature) {
  evidence.has_dkim_field = true;
  evidence.signatures.push_back(std::move(signature));
}

/// The policy that both editions of DMARC find.
inline void set_policy(standing::Evidence& evidence, standing::Policy policy,
                       bool is_testing = false) {
  evidence.dmarc.rfc7489.policy = evidence.dmarc.rfc9989.policy = policy;
  evidence.dmarc.rfc7489.is_testing = evidence.dmarc.rfc9989.is_testing = is_testing;
}

/// A set of a trusted sealer that vouches.
inline standing::ArcSet trusted_set() { return {"list.example", true, true, true, false, false}; }

/// A trusted receiver's record of a pass of aligned_signature().
inline standing::Witness witness_of_pass(bool is_sealed = false) {
  return {is_sealed, true, "example.com", "s1", "AbCdEfGhIjKl"};
}

/// The reasons as rows have them, with blanks between.
inline std::string reasons_of(const standing::Standing& standing) {
  std::string text;
  for (const standing::ReasonWord& reason : standing.reasons) {
    if (!text.empty()) text += ' ';
    text += standing::text_of(reason);
  }
  return text;
}

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_STANDING_EVIDENCE_H
