#include "verdict/header_diagnosis.h"

#include <algorithm>
#include <memory>

#include "crypto/recovery.h"
#include "diagnosis/finding.h"

namespace mailassay {
namespace {

/// What an Ed25519 verification counts for in the budget, which is of octets that are hashed. It
/// takes longer than that; that much keeps the search within its 500 likeliest changes.
constexpr std::uint64_t kVerificationBytes = std::uint64_t{16} * 1024;

using Keys = std::vector<std::shared_ptr<const crypto::PublicKey>>;

/// The keys that were tried: several may stand at a name, or be recorded.
Keys tried_keys(const dkim::SignaturePlan& plan) {
  Keys keys;
  for (const dkim::KeyCandidate& candidate : plan.candidates) {
    if (candidate.check) keys.push_back(candidate.key->record.key);
  }
  return keys;
}

}  // namespace

std::optional<Repair> HeaderDiagnosis::search_for(
    const Dossier& dossier, std::size_t signature,
    const diagnosis::HeaderSearch::IsSigned& is_signed) {
  if (dossier.header_block.empty()) return std::nullopt;
  return search_.search(dossier.header_block, signature, is_signed, budget_);
}

void HeaderDiagnosis::explain(const Dossier& dossier, std::size_t signature,
                              const dkim::SignaturePlan& plan,
                              const std::vector<crypto::Check>& checks, crypto::Verifier& verifier,
                              std::span<dkim::SignatureVerdict> verdicts) {
  dkim::SignatureVerdict& verdict = verdicts[signature];
  const dkim::SignatureFacts& facts = dossier.signatures[signature];
  std::optional<Repair> repair;
  bool other_key = false;
  if (verdict.signature == dkim::Match::mismatch) {
    if (facts.algorithm == dkim::Algorithm::ed25519_sha256) {
      const dkim::KeyCandidate* candidate = dkim::deciding_candidate(plan, checks);
      // Many changes are none to the canonical form: a verification is worth a look at those that
      // failed.
      std::vector<dkim::Digest> failed = {*facts.header_hash};
      const auto verifies = [&](const dkim::Digest& digest) {
        if (std::find(failed.begin(), failed.end(), digest) != failed.end()) return false;
        failed.push_back(digest);
        budget_.spend(kVerificationBytes);
        crypto::Check check{candidate->key->record.key, &digest, facts.signature, false};
        verifier.verify(std::span(&check, 1));
        return check.verified;
      };
      repair = search_for(dossier, signature, verifies);
    } else {
      std::optional<dkim::Digest> was_signed;
      // Another key made it: that is no change of the message.
      other_key = true;
      for (const auto& key : tried_keys(plan)) {
        const crypto::Recovered recovered = crypto::recover_digest(*key, facts.signature);
        if (recovered.by_this_key) other_key = false;
        if (!was_signed) was_signed = recovered.digest;
      }
      if (was_signed) {
        repair = search_for(dossier, signature,
                            [&](const dkim::Digest& digest) { return digest == *was_signed; });
      }
    }
  }
  if (other_key) verdict.notes.push_back(dkim::Note::made_with_another_key);
  if (!limits_.diagnosis) return;
  bool encoding_signed = false;
  for (std::size_t i = 0; facts.body_repair && i < verdicts.size(); ++i) {
    encoding_signed =
        encoding_signed || diagnosis::fixes_encoding(dossier.signatures[i], verdicts[i].signature);
  }
  verdict.finding = diagnosis::finding_of(facts, verdict.signature, repair ? &*repair : nullptr,
                                          other_key, encoding_signed);
}

}  // namespace mailassay
