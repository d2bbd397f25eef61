#include "verdict/standing_facts.h"

#include <algorithm>
#include <string_view>

namespace mailassay::standing {
namespace {

/// header.b has at least so many characters, so that it tells signatures apart. [RFC6008 4]
constexpr std::size_t kTellingPrefix = 8;

/// Compared with regard to case. [RFC6008 4]
bool same_value(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = std::min(a.size(), b.size());
  return size >= kTellingPrefix && a.substr(0, size) == b.substr(0, size);
}

}  // namespace

bool spf_passes(const Evidence& evidence) noexcept {
  return evidence.border != Border::none && evidence.spf.gap == Gap::none &&
         evidence.spf.status == SpfStatus::pass;
}

bool spf_lacks_dns(const Evidence& evidence) noexcept {
  return evidence.border != Border::none && spf_is_undecided(evidence);
}

bool spf_is_undecided(const Evidence& evidence) noexcept {
  const Spf& spf = evidence.spf;
  if (spf.aligned == Aligned::no) return false;
  if (evidence.border == Border::none || spf.gap != Gap::none) return true;
  if (spf.status == SpfStatus::not_evaluated || spf.status == SpfStatus::temperror) return true;
  return spf.status == SpfStatus::pass && spf.aligned == Aligned::unknown;
}

bool might_verify(const Signature& signature) noexcept {
  if (signature.aligned == Aligned::no) return false;
  if (signature.outcome == SignatureClass::unknown) return true;
  return signature.aligned == Aligned::unknown &&
         (signature.outcome == SignatureClass::verifies || !signature.verifies_after.empty());
}

bool names(const Witness& witness, const Signature& signature) noexcept {
  return !witness.domain.empty() && witness.domain == signature.domain &&
         !witness.selector.empty() && witness.selector == signature.selector &&
         same_value(witness.value_prefix, signature.value_prefix);
}

bool vouches(const ArcSet& set) noexcept {
  return set.trusted_to_newest && set.has_external_ip && set.has_aligned_pass && !set.is_sender &&
         !set.is_final_receiver;
}

DmarcOpinion opinion_in_force(const Dmarc& dmarc) noexcept {
  if (dmarc.rules == DmarcRules::rfc7489) return dmarc.rfc7489;
  if (dmarc.rules == DmarcRules::rfc9989) return dmarc.rfc9989;
  DmarcOpinion milder;
  milder.fails = dmarc.rfc7489.fails && dmarc.rfc9989.fails;
  milder.has_record = dmarc.rfc7489.has_record && dmarc.rfc9989.has_record;
  milder.policy = std::min(dmarc.rfc7489.policy, dmarc.rfc9989.policy);
  milder.is_testing = dmarc.rfc7489.is_testing || dmarc.rfc9989.is_testing;
  return milder;
}

}  // namespace mailassay::standing
