#include "mkcorpus/standing_truth.h"

#include <algorithm>

namespace mkcorpus {
namespace {

bool passes(const SignatureTruth& signature) { return signature.result == "pass"; }

bool is_unresolved(const SignatureTruth& signature) { return signature.result == "temperror"; }

bool has_mismatch(const SignatureTruth& signature) {
  return signature.signature == Match::mismatch;
}

/// RSA shows that another header was signed; Ed25519 cannot, and a replaced key looks the same.
bool is_other_header(const SignatureTruth& signature) {
  return has_mismatch(signature) && signature.algorithm != "ed25519-sha256";
}

bool is_other_body(const SignatureTruth& signature) {
  return signature.body_hash == Match::mismatch && signature.signature == Match::match;
}

/// The signatures that the table is about, and the rest.
struct Sorted {
  std::vector<SignatureTruth> aligned, others;
};

Sorted sorted(std::span<const SignatureTruth> signatures, const Sender& author) {
  Sorted out;
  for (const SignatureTruth& one : signatures) {
    (is_aligned(one.domain, author) ? out.aligned : out.others).push_back(one);
  }
  return out;
}

template <typename Test>
bool any(const std::vector<SignatureTruth>& signatures, Test test) {
  return std::any_of(signatures.begin(), signatures.end(), test);
}

/// The policy that was asked for when the mail came in: that of RFC 7489.
std::string policy_word(const Sender& author) {
  if (author.old_policy.domain.empty()) return "no-dmarc";
  return "policy-" + std::string(author.old_policy.policy);
}

void set(SceneTruth& truth, std::string_view standing, std::vector<std::string> reasons) {
  truth.standing = standing;
  truth.reasons = std::move(reasons);
}

/// Row 12: nobody vouches for the message.
void state_nobody(SceneTruth& truth, std::span<const SignatureTruth> signatures,
                  const std::string& policy) {
  set(truth, "unauthenticated", {policy});
  if (signatures.empty()) truth.reasons.emplace_back("unsigned");
  if (!truth.spf) return;
  if (truth.spf->result == "fail") truth.reasons.emplace_back("spf-fail");
  if (truth.spf->result == "softfail") truth.reasons.emplace_back("spf-softfail");
}

/// Rows 10 to 12.
void state_failure(SceneTruth& truth, std::span<const SignatureTruth> signatures,
                   const Sender& author) {
  const std::string policy = policy_word(author);
  const bool asks = policy == "policy-reject" || policy == "policy-quarantine";
  if (asks && truth.envelope.border == "sure") return set(truth, "disowned", {policy});
  std::vector<std::string> others;
  for (const SignatureTruth& one : signatures) {
    if (passes(one)) others.push_back("dkim-unaligned:" + one.domain);
  }
  if (truth.spf && truth.spf->result == "pass") {
    others.push_back("spf-unaligned:" + truth.spf->domain);
  }
  if (others.empty()) return state_nobody(truth, signatures, policy);
  others.push_back(policy);
  set(truth, "unaligned", std::move(others));
}

}  // namespace

bool is_aligned(std::string_view domain, const Sender& author) {
  if (domain == author.domain) return true;
  // Without a record every domain is an organization of its own. [RFC9989 4.10.2]
  if (author.strict || author.policy.domain.empty()) return false;
  return domain == author.organization || domain.ends_with("." + author.organization);
}

DmarcTruth dmarc_truth(const SceneTruth& truth, std::span<const SignatureTruth> signatures,
                       const Sender& author) {
  DmarcTruth out;
  out.policy = author.policy;
  out.old_policy = author.old_policy;
  out.organization = author.organization;
  const Sorted by = sorted(signatures, author);
  if (any(by.aligned, passes)) out.aligned.emplace_back("dkim");
  if (truth.spf && truth.spf->result == "pass" && is_aligned(truth.spf->domain, author)) {
    out.aligned.emplace_back("spf");
  }
  const bool open = !truth.spf || any(by.aligned, is_unresolved);
  const std::string_view decided = !out.aligned.empty() ? "pass" : open ? "temperror" : "fail";
  out.result = author.policy.domain.empty() ? "none" : decided;
  out.old_result = author.old_policy.domain.empty() ? "none" : decided;
  if (out.result == "none") out.aligned.clear();
  return out;
}

IntegrityTruth integrity_truth(std::span<const SignatureTruth> signatures,
                               std::string_view sealer) {
  const auto those = [&](auto test) {
    std::vector<std::string> by;
    for (const SignatureTruth& one : signatures) {
      if (test(one)) by.push_back(one.domain);
    }
    return by;
  };
  std::vector<std::string> by = those(passes);
  if (!sealer.empty()) by.emplace_back(sealer);
  if (!by.empty()) return {"intact", by};
  // A key that was absent or revoked makes no signature.
  const auto counts = [](const SignatureTruth& one) { return one.result != "permerror"; };
  if (those(counts).empty()) return {"unsigned", {}};
  if (!those(is_unresolved).empty()) return {"unknown", {}};
  by = those([](const SignatureTruth& one) { return is_other_body(one) || is_other_header(one); });
  if (by.empty()) return {"unknown", {}};
  return {"altered", by};
}

void state_standing(SceneTruth& truth, std::span<const SignatureTruth> signatures,
                    const Sender& author) {
  const Sorted by = sorted(signatures, author);
  const std::string note = truth.envelope.border == "inferred" ? "border-inferred" : "";
  if (any(by.aligned, passes)) return set(truth, "authenticated", {"dkim-aligned"});
  if (truth.spf && truth.spf->result == "pass" && is_aligned(truth.spf->domain, author)) {
    set(truth, "authenticated", {"spf-aligned"});
    if (!note.empty()) truth.reasons.push_back(note);
    return;
  }
  if (any(by.aligned, is_other_body)) return set(truth, "altered", {"body-altered"});
  if (any(by.aligned, is_other_header)) return set(truth, "altered", {"header-altered"});
  if (any(by.aligned, is_unresolved)) return set(truth, "unverifiable", {"key-gone"});
  if (any(by.aligned, has_mismatch)) return set(truth, "unverifiable", {"key-replaced-or-forged"});
  state_failure(truth, signatures, author);
}

}  // namespace mkcorpus
