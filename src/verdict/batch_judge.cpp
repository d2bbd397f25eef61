#include "verdict/batch_judge.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "dkim/coverage.h"
#include "dns/a_labels.h"
#include "verdict/direction_facts.h"
#include "verdict/dmarc_identifiers.h"
#include "verdict/freshness.h"
#include "verdict/own_stream.h"
#include "verdict/recorded_check.h"
#include "verdict/standing_gatherer.h"

namespace mailassay {
namespace {

/// So many questions most verdicts rest on at most: a place for each is made at once.
constexpr std::size_t kCommonQuestions = 12;

std::optional<std::chrono::sys_seconds> received_at(const Verdict& verdict) {
  if (!verdict.envelope.received_at) return std::nullopt;
  return verdict.envelope.received_at->time;
}

std::optional<std::chrono::sys_seconds> time_of(const Verdict& verdict, const JudgeTime& time) {
  if (time.mode == JudgeTime::Mode::fixed) return time.fixed_time;
  return received_at(verdict);
}

/// Of a message with one Author Domain.
std::optional<dkim::Alignment> alignment_of(const dmarc::Verdict& dmarc, std::size_t signature) {
  if (dmarc.author_domain.empty() || signature >= dmarc.identifiers.size()) return std::nullopt;
  switch (dmarc.identifiers[signature].rfc9989) {
    case dmarc::Alignment::strict:
      return dkim::Alignment::strict;
    case dmarc::Alignment::relaxed:
      return dkim::Alignment::relaxed;
    case dmarc::Alignment::none:
    case dmarc::Alignment::unknown:
      break;
  }
  return std::nullopt;
}

void add_evidence(std::vector<dns::Question>& evidence, const dns::Question& question) {
  if (std::find(evidence.begin(), evidence.end(), question) == evidence.end()) {
    evidence.push_back(question);
  }
}

void add_evidence(std::vector<dns::Question>& evidence, std::span<const dns::Question> questions) {
  for (const dns::Question& question : questions) add_evidence(evidence, question);
}

bool has_note(const Dossier& dossier, MessageNote note) {
  return std::find(dossier.notes.begin(), dossier.notes.end(), note) != dossier.notes.end();
}

bool quotes_from(const Dossier& dossier, const Verdict& verdict) {
  if (!has_note(dossier, MessageNote::quoted_from_lines)) return false;
  return std::any_of(verdict.signatures.begin(), verdict.signatures.end(),
                     [](const dkim::SignatureVerdict& signature) {
                       return signature.reason == dkim::Reason::body_hash_mismatch;
                     });
}

FormVerdict form_of_message(const Dossier& dossier, const Verdict& verdict) {
  FormEvidence evidence;
  evidence.body_hash_differs = std::any_of(
      dossier.signatures.begin(), dossier.signatures.end(), [](const dkim::SignatureFacts& facts) {
        return facts.body_match == dkim::Match::mismatch ||
               facts.fault == dkim::Reason::body_length_exceeds;
      });
  evidence.from_quoting = quotes_from(dossier, verdict);
  evidence.store_excerpts = has_note(dossier, MessageNote::not_verifiable_form);
  evidence.is_enclosed = dossier.enclosure.has_value();
  evidence.is_header_only = dossier.enclosure && dossier.enclosure->is_header_only;
  evidence.store_holds_back_parts = has_note(dossier, MessageNote::partial_message);
  evidence.store_regenerates = has_note(dossier, MessageNote::written_anew);
  evidence.store_keeps_headers = has_note(dossier, MessageNote::header_alone);
  evidence.has_signature_fields = !dossier.signatures.empty() || dossier.arc.fields > 0;
  return form_of(dossier.form, evidence);
}

std::vector<std::string> domains_of(const std::vector<std::string>& addresses) {
  std::vector<std::string> domains;
  for (const std::string& address : addresses) {
    const std::size_t at = address.rfind('@');
    if (at == std::string::npos) continue;
    const std::string domain = address.substr(at + 1);
    domains.push_back(ascii::lower(dns::to_a_labels(domain).value_or(domain)));
  }
  return domains;
}

}  // namespace

BatchJudge::BatchJudge(const JudgeOptions& options)
    : options_(options), diagnosis_(options.limits), dmarc_({options.suffix_list, true}) {
  nobody_.is_enclosed = true;
  if (!options_.parties.empty()) register_.emplace(options_.parties);
  if (options_.suffix_list != nullptr && !options_.receivers.organizational_domain) {
    options_.receivers.organizational_domain = [list =
                                                    options_.suffix_list](std::string_view name) {
      return std::string(list->organizational_domain(name));
    };
  }
}

/// Makes the plans for one message.
///
/// Result: false if answers are missing.
bool BatchJudge::plan(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                      Verdict& verdict) {
  bool complete = true;
  verdict.envelope =
      envelope::recover(dossier.transit, dossier.enclosure ? nobody_ : options_.receivers);
  verdict.judged_at = time_of(verdict, options_.time);
  verdict.signatures.reserve(dossier.signatures.size());
  verdict.evidence.reserve(kCommonQuestions);
  for (const dkim::SignatureFacts& facts : dossier.signatures) {
    auto question = dkim::key_question(facts);
    const dns::Answer* answer = question ? view.find(*question) : nullptr;
    if (question && answer == nullptr) {
      needs.add(*question);
      complete = false;
    }
    plans_.push_back(dkim::plan(facts, answer, verdict.judged_at, options_.limits, keys_, checks_));
    if (question) add_evidence(verdict.evidence, *question);
    verdict.signatures.emplace_back().question = std::move(question);
  }
  chain_plans_.push_back(
      arc::plan(dossier.arc, view, needs, verdict.judged_at, options_.limits, keys_, checks_));
  for (const auto* steps : {&chain_plans_.back().message_signatures, &chain_plans_.back().seals}) {
    for (const arc::SignatureStep& step : *steps) {
      if (step.question) add_evidence(verdict.evidence, *step.question);
    }
  }
  complete = chain_plans_.back().is_complete && complete;
  return plan_session(dossier, view, needs, verdict) && complete;
}

/// SPF; and where anything is missing, all that DMARC may ask, so that one round gets it.
bool BatchJudge::plan_session(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                              Verdict& verdict) {
  auto spf = sessions_.check(verdict.envelope, verdict.judged_at, view, needs, options_.limits);
  if (spf) verdict.spf = std::move(*spf);
  if (needs.empty()) return true;
  fill_dmarc_input(dossier, {}, verdict.envelope, spf ? &verdict.spf : nullptr, dmarc_input_);
  dmarc_input_.time = verdict.judged_at;
  // Only its questions are wanted.
  static_cast<void>(dmarc_.evaluate(dmarc_input_, view, needs));
  return spf.has_value();
}

void BatchJudge::conclude_signatures(const Dossier& dossier, std::size_t& next_plan,
                                     Verdict& verdict) {
  diagnosis_.begin_message();
  const std::size_t first_plan = next_plan;
  for (std::size_t s = 0; s < verdict.signatures.size(); ++s, ++next_plan) {
    const dkim::SignatureFacts& facts = dossier.signatures[s];
    dkim::SignatureVerdict concluded =
        dkim::conclude(facts, plans_[next_plan], verdict.judged_at, checks_);
    concluded.question = std::move(verdict.signatures[s].question);
    dkim::note_coverage(facts, received_at(verdict), concluded.notes);
    verdict.signatures[s] = std::move(concluded);
  }
  for (std::size_t s = 0; s < verdict.signatures.size(); ++s) {
    diagnosis_.explain(dossier, s, plans_[first_plan + s], checks_, verifier_, verdict.signatures);
  }
}

/// DMARC, and with it how each d= stands to the Author Domain.
///
/// Result: false if answers are missing.
bool BatchJudge::conclude_domains(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                                  Verdict& verdict) {
  fill_dmarc_input(dossier, verdict.signatures, verdict.envelope, &verdict.spf, dmarc_input_);
  dmarc_input_.time = verdict.judged_at;
  verdict.dmarc = dmarc_.evaluate(dmarc_input_, view, needs);
  if (!verdict.dmarc) return false;
  for (std::size_t s = 0; s < verdict.signatures.size(); ++s) {
    verdict.signatures[s].aligned = alignment_of(*verdict.dmarc, s);
  }
  if (verdict.spf.mail_from) add_evidence(verdict.evidence, verdict.spf.mail_from->evidence);
  if (verdict.spf.helo) add_evidence(verdict.evidence, verdict.spf.helo->evidence);
  add_evidence(verdict.evidence, verdict.dmarc->evidence);
  return true;
}

void BatchJudge::conclude_standing(const Dossier& dossier, const dns::View& view,
                                   Verdict& verdict) const {
  if (verdict.spf.mail_from && verdict.spf.mail_from->status != spf::Status::temperror) {
    verdict.spf.is_fresh =
        are_fresh(verdict.spf.mail_from->evidence, view, receipt_time(verdict, options_));
  }
  verdict.recorded = check_recorded(dossier, verdict);
  verdict.form = form_of_message(dossier, verdict);
  const standing::Evidence evidence = gather_evidence(dossier, verdict, options_, view);
  verdict.standing = standing::decide(evidence);
  verdict.integrity = standing::integrity_of(evidence);
  verdict.basis = standing::basis_of(evidence, verdict.standing);
  verdict.direction = direction_of(dossier, evidence, verdict.standing, options_);
  verdict.impersonation = impersonation_of(dossier, evidence, verdict);
  verdict.bulk_sender = judge_own_stream(dossier, evidence, verdict, options_);
}

impersonation::Verdict BatchJudge::impersonation_of(const Dossier& dossier,
                                                    const standing::Evidence& evidence,
                                                    const Verdict& verdict) const {
  if (!register_ || verdict.dmarc->author_domain.empty()) return {};
  const std::vector<std::string> reply_to = domains_of(dossier.parties.reply_to);
  impersonation::Claim claim;
  claim.from_domain = verdict.dmarc->author_domain;
  // Without a record the walk ends at the domain itself, which says nothing of who registered it.
  if (options_.suffix_list != nullptr) {
    claim.organizational_domain = options_.suffix_list->organizational_domain(claim.from_domain);
  }
  if (!dossier.parties.author_names.empty()) {
    claim.display_name = dossier.parties.author_names.front();
  }
  claim.reply_to_domains = reply_to;
  claim.standing = verdict.standing.value;
  claim.by_own_sender = !evidence.own_senders.empty();
  claim.from_is_munged = dossier.kind.traits.from_munged;
  return register_->check(claim);
}

std::optional<std::vector<Verdict>> BatchJudge::judge(std::span<const Dossier> dossiers,
                                                      const dns::View& view, dns::Needs& needs) {
  checks_.clear();
  plans_.clear();
  chain_plans_.clear();
  std::vector<Verdict> verdicts(dossiers.size());
  bool complete = true;
  for (std::size_t i = 0; i < dossiers.size(); ++i) {
    if (!plan(dossiers[i], view, needs, verdicts[i])) complete = false;
  }
  if (!complete) return std::nullopt;
  verifier_.verify(checks_);
  verifications_ += checks_.size();
  std::size_t next_plan = 0;
  for (std::size_t i = 0; i < dossiers.size(); ++i) {
    Verdict& verdict = verdicts[i];
    conclude_signatures(dossiers[i], next_plan, verdict);
    verdict.arc = arc::conclude(dossiers[i].arc, chain_plans_[i], verdict.judged_at, checks_,
                                options_.trusted_sealers);
    complete = conclude_domains(dossiers[i], view, needs, verdict) && complete;
    if (complete) conclude_standing(dossiers[i], view, verdict);
  }
  if (!complete) return std::nullopt;
  return verdicts;
}

std::optional<Verdict> judge(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                             const JudgeOptions& options) {
  auto verdicts = BatchJudge(options).judge(std::span(&dossier, 1), view, needs);
  if (!verdicts) return std::nullopt;
  return std::move(verdicts->front());
}

}  // namespace mailassay
