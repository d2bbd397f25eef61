// The conditions of the table of standings.
//
// Missing answers of DNS never make a standing worse in the sense of `altered` or `disowned`: a row
// with such a word does not match while an answer is missing that could have decided for a row
// above it.
#include <algorithm>

#include "verdict/standing_facts.h"
#include "verdict/standing_row.h"

namespace mailassay::standing {
namespace {

/// True of any signature of the Author Domain.
template <typename Condition>
bool any_aligned(const Evidence& evidence, Condition condition) {
  return std::any_of(evidence.signatures.begin(), evidence.signatures.end(),
                     [&](const Signature& signature) {
                       return signature.aligned == Aligned::yes && condition(signature);
                     });
}

/// True of any signature that is, or might be, of the Author Domain.
template <typename Condition>
bool any_perhaps_aligned(const Evidence& evidence, Condition condition) {
  return std::any_of(evidence.signatures.begin(), evidence.signatures.end(),
                     [&](const Signature& signature) {
                       return signature.aligned != Aligned::no && condition(signature);
                     });
}

bool counts(const Signature& signature) {
  return signature.outcome != SignatureClass::counts_for_none;
}

bool verifies(const Signature& signature) { return signature.outcome == SignatureClass::verifies; }

bool fits_after_encoding(const Signature& signature) {
  return signature.outcome != SignatureClass::verifies && !signature.verifies_after.empty();
}

/// Why a difference of an aligned signature must not be called a change; none: it may.
Miss miss_difference(const Evidence& evidence) {
  if (!any_aligned(evidence, counts)) return Miss::no_aligned_signature;
  if (!any_aligned(evidence, differs)) return Miss::none_differs;
  if (evidence.is_enclosed) return Miss::is_enclosed;
  if (loses_octets(evidence.form.form)) return Miss::form_changes_octets;
  if (any_perhaps_aligned(evidence, fits_after_encoding)) return Miss::fits_after_encoding;
  if (any_perhaps_aligned(evidence, might_verify)) return Miss::another_key_missing;
  return Miss::none;
}

bool is_recorded_pass(const Evidence& evidence, const Signature& signature) {
  return std::any_of(evidence.witnesses.begin(), evidence.witnesses.end(),
                     [&](const Witness& witness) { return names(witness, signature); });
}

/// Row 3 fails to match for nothing but a form that any sender can claim: then the rows below it
/// must not come to a better word either.
bool claim_hides_change(const Evidence& evidence) {
  return evidence.form.is_claim && any_aligned(evidence, [&](const Signature& signature) {
           return differs(signature) && is_recorded_pass(evidence, signature);
         });
}

}  // namespace

// Row 1. No single Author Domain, unreadable header, not a message.
Miss miss_malformed(const Evidence& evidence) {
  return evidence.author == Author::one ? Miss::one_author_domain : Miss::none;
}

// Row 2. P.
Miss miss_dkim(const Evidence& evidence) {
  if (any_aligned(evidence, verifies)) return Miss::none;
  return any_aligned(evidence, counts) ? Miss::none_verifies : Miss::no_aligned_signature;
}

// Row 3. B or H, form raw or known-additions, no undoE, and a witness names this very signature
// (d, s, b) as pass.
Miss miss_changed_after_receipt(const Evidence& evidence) {
  if (const Miss miss = miss_difference(evidence); miss != Miss::none) return miss;
  if (!keeps_octets(evidence.form.form)) return Miss::form_is_escaped;
  const bool is_named = any_aligned(evidence, [&](const Signature& signature) {
    return differs(signature) && is_recorded_pass(evidence, signature);
  });
  return is_named ? Miss::none : Miss::not_recorded_as_pass;
}

// Row 4. SPF pass aligned, record fresh, border sure or inferred.
Miss miss_spf(const Evidence& evidence) {
  if (claim_hides_change(evidence)) return Miss::recorded_but_differs;
  if (evidence.is_enclosed) return Miss::is_enclosed;
  if (evidence.border == Border::none) return Miss::no_border;
  if (evidence.spf.status == SpfStatus::pass && evidence.spf.gap != Gap::none) {
    return Miss::spf_not_fresh;
  }
  if (!spf_passes(evidence)) {
    return spf_is_undecided(evidence) ? Miss::spf_undecided : Miss::spf_not_pass;
  }
  return evidence.spf.aligned == Aligned::yes ? Miss::none : Miss::spf_not_aligned;
}

// Row 5. No DKIM or ARC fields, no border, From is own, and no Received or only own hops; also a
// journal wrapper.
Miss miss_local(const Evidence& evidence) {
  if (claim_hides_change(evidence)) return Miss::recorded_but_differs;
  if (evidence.is_enclosed) return Miss::is_enclosed;
  // Any client can send what looks like a wrapper: over a border it is judged as other mail is.
  if (evidence.is_journal_wrapper && evidence.border == Border::none) return Miss::none;
  if (evidence.has_dkim_field || evidence.has_arc_field) return Miss::has_signatures;
  if (evidence.border != Border::none) return Miss::has_border;
  if (!evidence.from_is_own) return Miss::from_not_own;
  return evidence.hops == Hops::foreign ? Miss::has_foreign_hops : Miss::none;
}

// Row 6. Via.
Miss miss_forwarded(const Evidence& evidence) {
  if (claim_hides_change(evidence)) return Miss::recorded_but_differs;
  if (!evidence.trusted_passes.empty()) return Miss::none;
  if (std::any_of(evidence.arc_sets.begin(), evidence.arc_sets.end(), vouches)) return Miss::none;
  return evidence.trust_gap == Gap::none ? Miss::no_trusted_path : Miss::trusted_path_undecided;
}

// Row 7. undoE; or form headers-only or regenerated and B; or a witness and neither B nor H.
//
// A form that only fields claim is not enough: any sender could write them over a body of his own.
Miss miss_attested(const Evidence& evidence) {
  if (any_aligned(evidence, fits_after_encoding)) return Miss::none;
  const Form form = evidence.form.form;
  // Whoever encloses a message can set any body below a header that is genuine; none, he cannot
  // make it say anything.
  const bool is_regenerated = form == Form::regenerated && !evidence.is_enclosed;
  const bool loses_body = (form == Form::headers_only || is_regenerated) && !evidence.form.is_claim;
  const auto is_b = [](const Signature& signature) {
    return signature.outcome == SignatureClass::body_differs;
  };
  if (loses_body && any_aligned(evidence, is_b)) return Miss::none;
  // Results without a seal are in an enclosed message the word of whoever encloses it.
  const bool is_recorded = std::any_of(
      evidence.witnesses.begin(), evidence.witnesses.end(),
      [&](const Witness& witness) { return witness.is_sealed || !evidence.is_enclosed; });
  if (!is_recorded) return Miss::no_attestation;
  return any_perhaps_aligned(evidence, differs) ? Miss::recorded_but_differs : Miss::none;
}

// Row 8. B or H, form raw, known-additions or escaped.
Miss miss_altered(const Evidence& evidence) {
  if (const Miss miss = miss_difference(evidence); miss != Miss::none) return miss;
  // Rows 4 and 6 might have matched.
  if (spf_lacks_dns(evidence)) return Miss::spf_undecided;
  if (evidence.trust_gap != Gap::none) return Miss::trusted_path_undecided;
  return Miss::none;
}

// Row 9. U; G with a key that is not fresh, or Ed25519; H with form regenerated; SPF that could
// align or the policy undecided or not fresh; no transit trace; excerpt.
Miss miss_unverifiable(const Evidence& evidence) {
  const auto is_open = [&](const Signature& signature) {
    if (!counts(signature)) return false;
    return signature.aligned == Aligned::unknown || might_verify(signature) ||
           may_be_other_key(signature) || (differs(signature) && loses_octets(evidence.form.form));
  };
  const bool is_open_message = any_perhaps_aligned(evidence, is_open) ||
                               spf_is_undecided(evidence) || evidence.dmarc.gap != Gap::none ||
                               evidence.trust_gap != Gap::none || !evidence.has_transit_trace ||
                               evidence.form.form == Form::excerpt || evidence.is_enclosed;
  return is_open_message ? Miss::none : Miss::nothing_unknown;
}

// Row 10. Border sure, DMARC fail, requested policy quarantine or reject by the RFC in force at T.
Miss miss_disowned(const Evidence& evidence) {
  if (!is_sure(evidence.border)) return Miss::border_not_sure;
  const DmarcOpinion opinion = opinion_in_force(evidence.dmarc);
  if (!opinion.fails) return Miss::dmarc_not_fail;
  return opinion.policy == Policy::none ? Miss::policy_is_none : Miss::none;
}

// Row 11. Some DKIM or SPF pass for another domain.
Miss miss_unaligned(const Evidence& evidence) {
  const bool has_pass = std::any_of(
      evidence.signatures.begin(), evidence.signatures.end(), [](const Signature& signature) {
        return verifies(signature) && signature.aligned == Aligned::no;
      });
  return has_pass || spf_passes(evidence) ? Miss::none : Miss::no_other_pass;
}

// Row 12. Otherwise.
Miss miss_nothing(const Evidence& /*evidence*/) { return Miss::none; }

}  // namespace mailassay::standing
