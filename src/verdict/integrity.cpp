#include <algorithm>
#include <string>
#include <vector>

#include "mailassay/axes.h"
#include "verdict/standing_facts.h"

namespace mailassay::standing {
namespace {

/// DKIM signatures and the newest ARC-Message-Signature, which all sign content.
std::vector<const Signature*> signers_of(const Evidence& evidence) {
  std::vector<const Signature*> signers;
  signers.reserve(evidence.signatures.size() + 1);
  for (const Signature& signature : evidence.signatures) {
    if (signature.outcome != SignatureClass::counts_for_none) signers.push_back(&signature);
  }
  const auto& sealed = evidence.newest_arc_signature;
  if (sealed && sealed->outcome != SignatureClass::counts_for_none) signers.push_back(&*sealed);
  return signers;
}

/// Fills the verdict if there is a signer of which the condition holds.
template <typename Condition>
bool tells(const std::vector<const Signature*>& signers, Integrity value, Condition condition,
           IntegrityVerdict& verdict) {
  for (const Signature* signer : signers) {
    if (!condition(*signer)) continue;
    if (std::find(verdict.by.begin(), verdict.by.end(), signer->domain) == verdict.by.end()) {
      verdict.by.push_back(signer->domain);
    }
  }
  if (!verdict.by.empty()) verdict.value = value;
  return !verdict.by.empty();
}

bool verifies(const Signature& signer) { return signer.outcome == SignatureClass::verifies; }
bool has_good_header(const Signature& signer) {
  return signer.outcome == SignatureClass::body_differs;
}

}  // namespace

IntegrityVerdict integrity_of(const Evidence& evidence) {
  IntegrityVerdict verdict;
  const auto signers = signers_of(evidence);
  if (signers.empty()) {
    verdict.value = Integrity::unsigned_mail;
    return verdict;
  }
  const auto is_whole = [](const Signature& s) { return verifies(s) && !s.is_partial; };
  const auto is_restored = [](const Signature& s) { return !s.verifies_after.empty(); };
  if (tells(signers, Integrity::intact, is_whole, verdict)) return verdict;
  if (tells(signers, Integrity::partial, verifies, verdict)) return verdict;
  if (tells(signers, Integrity::restored, is_restored, verdict)) return verdict;
  // A signature whose key is missing might verify: then nothing was altered since it was made.
  const bool may_say_altered =
      !loses_octets(evidence.form.form) &&
      std::none_of(signers.begin(), signers.end(), [](const Signature* signer) {
        return signer->outcome == SignatureClass::unknown;
      });
  if (may_say_altered && tells(signers, Integrity::altered, differs, verdict)) return verdict;
  tells(signers, Integrity::headers, has_good_header, verdict);
  return verdict;
}

}  // namespace mailassay::standing
