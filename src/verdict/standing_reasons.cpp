// The reason words of each row of the table of standings.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "verdict/standing_facts.h"
#include "verdict/standing_row.h"

namespace mailassay::standing {
namespace {

/// Reason words in the order in which they were added, each once.
class Reasons {
 public:
  Reasons& add(Word word, std::string_view parameter = {}) {
    ReasonWord reason{word, std::string(parameter)};
    if (std::find(list_.begin(), list_.end(), reason) == list_.end()) {
      list_.push_back(std::move(reason));
    }
    return *this;
  }
  Reasons& add_if(bool condition, Word word) { return condition ? add(word) : *this; }
  Reasons& add_each(Word word, const std::vector<std::string>& parameters) {
    for (const std::string& parameter : parameters) add(word, parameter);
    return *this;
  }
  bool empty() const noexcept { return list_.empty(); }
  std::vector<ReasonWord> take() { return std::move(list_); }

 private:
  std::vector<ReasonWord> list_;
};

int qualifiers_of(const Signature& signature) {
  return int{signature.is_partial} + int{signature.is_weak} + int{signature.is_sha1} +
         int{signature.is_test_key};
}

void add_notes(const Evidence& evidence, Reasons& reasons) {
  reasons.add_if(evidence.border == Border::inferred, Word::border_inferred)
      .add_if(evidence.claims_list, Word::claims_list);
}

void add_policy(const Evidence& evidence, Reasons& reasons) {
  const DmarcOpinion opinion = opinion_in_force(evidence.dmarc);
  if (!opinion.has_record) {
    reasons.add(Word::no_dmarc);
  } else if (opinion.policy == Policy::none) {
    reasons.add(opinion.is_testing ? Word::policy_test : Word::policy_none);
  } else {
    reasons.add(opinion.policy == Policy::reject ? Word::policy_reject : Word::policy_quarantine);
  }
}

void add_forged(const Evidence& evidence, Reasons& reasons) {
  reasons.add_if(std::any_of(evidence.signatures.begin(), evidence.signatures.end(),
                             [](const Signature& signature) {
                               return signature.aligned == Aligned::yes && is_forged(signature);
                             }),
                 Word::forged_signature);
}

/// Those that pass for another domain.
void add_unaligned(const Evidence& evidence, Word by_dkim, Word by_spf, Reasons& reasons) {
  for (const Signature& signature : evidence.signatures) {
    if (signature.outcome == SignatureClass::verifies && signature.aligned == Aligned::no) {
      reasons.add(by_dkim, signature.domain);
    }
  }
  if (spf_passes(evidence)) reasons.add(by_spf, evidence.spf.domain);
}

void add_gap(Gap gap, Word gone, Reasons& reasons) {
  switch (gap) {
    case Gap::none:
      return;
    case Gap::gone:
      reasons.add(gone);
      return;
    case Gap::temporary:
      reasons.add(Word::dns_temperror);
      return;
    case Gap::not_fresh:
      reasons.add(Word::dns_not_fresh);
      return;
    case Gap::no_client_ip:
      reasons.add(Word::no_client_ip);
      return;
    case Gap::no_evidence:
    case Gap::no_domain:
      reasons.add(Word::no_evidence);
      return;
  }
}

void add_open_signatures(const Evidence& evidence, Reasons& reasons) {
  for (const Signature& signature : evidence.signatures) {
    if (signature.aligned == Aligned::no) continue;
    if (signature.outcome == SignatureClass::unknown) {
      add_gap(signature.gap == Gap::none ? Gap::no_evidence : signature.gap, Word::key_gone,
              reasons);
    }
    reasons.add_if(may_be_other_key(signature), Word::key_replaced_or_forged);
    if (!differs(signature)) continue;
    reasons.add_if(evidence.form.form == Form::regenerated, Word::form_regenerated)
        .add_if(evidence.form.form == Form::headers_only, Word::form_headers_only);
  }
}

void add_open_spf(const Evidence& evidence, Reasons& reasons) {
  if (!spf_is_undecided(evidence)) return;
  if (evidence.border == Border::none) {
    // Without any trace of transit that goes without saying.
    reasons.add_if(evidence.has_transit_trace, Word::no_client_ip);
    return;
  }
  const bool is_failure = evidence.spf.status == SpfStatus::temperror;
  if (evidence.spf.gap != Gap::none) {
    add_gap(evidence.spf.gap, Word::dns_not_fresh, reasons);
  } else {
    reasons.add(is_failure ? Word::dns_temperror : Word::no_evidence);
  }
}

}  // namespace

std::vector<ReasonWord> reasons_malformed(const Evidence& evidence) {
  Reasons reasons;
  reasons.add_if(evidence.author == Author::no_from, Word::no_from)
      .add_if(evidence.author == Author::many_domains, Word::many_from_domains)
      .add_if(evidence.author == Author::bad_from, Word::bad_from)
      .add_if(evidence.author == Author::not_a_message, Word::not_a_message);
  return reasons.take();
}

// Of several signatures that verify, the one of which least has to be said.
std::vector<ReasonWord> reasons_dkim(const Evidence& evidence) {
  const Signature* best = nullptr;
  for (const Signature& signature : evidence.signatures) {
    if (signature.aligned != Aligned::yes || signature.outcome != SignatureClass::verifies)
      continue;
    if (best == nullptr || qualifiers_of(signature) < qualifiers_of(*best)) best = &signature;
  }
  Reasons reasons;
  reasons.add(Word::dkim_aligned);
  if (best == nullptr) return reasons.take();
  reasons.add_if(best->is_partial, Word::dkim_partial)
      .add_if(best->is_weak, Word::weak_key)
      .add_if(best->is_sha1, Word::sha1_era)
      .add_if(best->is_test_key, Word::test_key);
  return reasons.take();
}

std::vector<ReasonWord> reasons_changed_after_receipt(const Evidence& evidence) {
  Reasons reasons;
  reasons.add(Word::changed_after_receipt);
  for (const Signature& signature : evidence.signatures) {
    if (signature.aligned == Aligned::yes && differs(signature)) {
      reasons.add_each(Word::added, signature.added);
    }
  }
  return reasons.take();
}

std::vector<ReasonWord> reasons_spf(const Evidence& evidence) {
  Reasons reasons;
  reasons.add(Word::spf_aligned).add_if(evidence.border == Border::inferred, Word::border_inferred);
  return reasons.take();
}

std::vector<ReasonWord> reasons_local(const Evidence& evidence) {
  Reasons reasons;
  const LocalMarks& local = evidence.local;
  reasons.add_if(evidence.is_journal_wrapper, Word::journal)
      .add_if(local.draft, Word::draft)
      .add_if(local.crm_log, Word::crm_log)
      .add_if(local.submitted, Word::submitted);
  if (reasons.empty()) {
    reasons.add(evidence.hops == Hops::none ? Word::sent_copy : Word::internal_hops);
  }
  return reasons.take();
}

std::vector<ReasonWord> reasons_forwarded(const Evidence& evidence) {
  Reasons reasons;
  const auto set = std::find_if(evidence.arc_sets.begin(), evidence.arc_sets.end(), vouches);
  if (set != evidence.arc_sets.end()) reasons.add(Word::arc_trusted, set->sealer);
  for (const TrustedPass& pass : evidence.trusted_passes) {
    reasons.add(pass.is_list ? Word::list_trusted : Word::forwarder_trusted, pass.domain);
  }
  return reasons.take();
}

std::vector<ReasonWord> reasons_attested(const Evidence& evidence) {
  Reasons reasons;
  bool has_b = false;
  bool has_difference = false;
  for (const Signature& signature : evidence.signatures) {
    has_difference = has_difference || (signature.aligned != Aligned::no && differs(signature));
    if (signature.aligned != Aligned::yes) continue;
    reasons.add_each(Word::verifies_after, signature.verifies_after);
    has_b = has_b || signature.outcome == SignatureClass::body_differs;
  }
  reasons.add_if(has_b && loses_octets(evidence.form.form) && !evidence.form.is_claim,
                 Word::headers_proven);
  if (has_difference) return reasons.take();
  for (const Witness& witness : evidence.witnesses) {
    if (evidence.is_enclosed && !witness.is_sealed) continue;
    reasons.add(witness.is_sealed ? Word::recorded_sealed : Word::recorded_text);
  }
  return reasons.take();
}

std::vector<ReasonWord> reasons_altered(const Evidence& evidence) {
  Reasons reasons;
  for (const Signature& signature : evidence.signatures) {
    if (signature.aligned != Aligned::yes || !differs(signature)) continue;
    reasons.add(signature.outcome == SignatureClass::body_differs ? Word::body_altered
                                                                  : Word::header_altered);
  }
  for (const Signature& signature : evidence.signatures) {
    if (signature.aligned == Aligned::yes && differs(signature)) {
      reasons.add_each(Word::added, signature.added);
    }
  }
  reasons.add_if(evidence.claims_list, Word::claims_list);
  return reasons.take();
}

std::vector<ReasonWord> reasons_unverifiable(const Evidence& evidence) {
  Reasons reasons;
  reasons.add_if(evidence.is_enclosed, Word::form_enclosed)
      .add_if(evidence.form.form == Form::excerpt, Word::form_excerpt)
      .add_if(!evidence.has_transit_trace, Word::no_transit_evidence);
  add_open_signatures(evidence, reasons);
  add_open_spf(evidence, reasons);
  add_gap(evidence.dmarc.gap, Word::dns_not_fresh, reasons);
  add_gap(evidence.trust_gap, Word::key_gone, reasons);
  // What is left is a signature of which it is not known whose it is.
  if (reasons.empty()) reasons.add(Word::no_evidence);
  return reasons.take();
}

std::vector<ReasonWord> reasons_disowned(const Evidence& evidence) {
  Reasons reasons;
  const bool rejects = opinion_in_force(evidence.dmarc).policy == Policy::reject;
  reasons.add(rejects ? Word::policy_reject : Word::policy_quarantine);
  reasons.add_each(Word::own_sender, evidence.own_senders);
  add_forged(evidence, reasons);
  add_unaligned(evidence, Word::unaligned, Word::unaligned, reasons);
  reasons.add_if(evidence.claims_list, Word::claims_list);
  return reasons.take();
}

std::vector<ReasonWord> reasons_unaligned(const Evidence& evidence) {
  Reasons reasons;
  add_unaligned(evidence, Word::dkim_unaligned, Word::spf_unaligned, reasons);
  add_forged(evidence, reasons);
  add_policy(evidence, reasons);
  add_notes(evidence, reasons);
  return reasons.take();
}

std::vector<ReasonWord> reasons_unauthenticated(const Evidence& evidence) {
  Reasons reasons;
  bool is_signed = false;
  bool has_broken = false;
  for (const Signature& signature : evidence.signatures) {
    if (signature.outcome == SignatureClass::counts_for_none) continue;
    is_signed = true;
    has_broken = has_broken || signature.aligned == Aligned::no;
  }
  const bool has_client = evidence.border != Border::none && evidence.spf.gap == Gap::none;
  reasons.add_if(!is_signed, Word::unsigned_mail)
      .add_if(has_client && evidence.spf.status == SpfStatus::fail, Word::spf_fail)
      .add_if(has_client && evidence.spf.status == SpfStatus::softfail, Word::spf_softfail)
      .add_if(has_broken, Word::broken_unaligned);
  add_forged(evidence, reasons);
  add_policy(evidence, reasons);
  add_notes(evidence, reasons);
  return reasons.take();
}

}  // namespace mailassay::standing
