#include "verdict/batch_judge.h"

#include <algorithm>
#include <utility>

#include "dkim/coverage.h"

namespace mailassay {
namespace {

std::optional<std::chrono::sys_seconds> time_of(const Dossier& dossier, const JudgeTime& time) {
  if (time.mode == JudgeTime::Mode::fixed) return time.fixed_time;
  return dossier.received_at;
}

/// Identical domains align strictly; whether others align takes organizational domains.
/// [RFC9989 4.4] There has to be one Author Domain.
std::optional<dkim::Alignment> alignment_of(const Dossier& dossier,
                                            const dkim::SignatureFacts& facts) {
  if (dossier.from_fields != 1 || dossier.from_domains.size() != 1) return std::nullopt;
  if (facts.domain.empty() || dossier.from_domains.front() != facts.domain) return std::nullopt;
  return dkim::Alignment::strict;
}

void add_evidence(std::vector<dns::Question>& evidence, const dns::Question& question) {
  if (std::find(evidence.begin(), evidence.end(), question) == evidence.end()) {
    evidence.push_back(question);
  }
}

}  // namespace

/// Makes the plans for one message.
///
/// Result: false if answers are missing.
bool BatchJudge::plan(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                      Verdict& verdict) {
  bool complete = true;
  verdict.judged_at = time_of(dossier, options_.time);
  verdict.signatures.reserve(dossier.signatures.size());
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
  return complete && chain_plans_.back().is_complete;
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
    diagnosis_.begin_message();
    const std::size_t first_plan = next_plan;
    for (std::size_t s = 0; s < verdict.signatures.size(); ++s, ++next_plan) {
      const dkim::SignatureFacts& facts = dossiers[i].signatures[s];
      dkim::SignatureVerdict concluded =
          dkim::conclude(facts, plans_[next_plan], verdict.judged_at, checks_);
      concluded.question = std::move(verdict.signatures[s].question);
      concluded.aligned = alignment_of(dossiers[i], facts);
      dkim::note_coverage(facts, dossiers[i].received_at, concluded.notes);
      verdict.signatures[s] = std::move(concluded);
    }
    for (std::size_t s = 0; s < verdict.signatures.size(); ++s) {
      diagnosis_.explain(dossiers[i], s, plans_[first_plan + s], checks_, verifier_,
                         verdict.signatures);
    }
    verdict.arc = arc::conclude(dossiers[i].arc, chain_plans_[i], verdict.judged_at, checks_,
                                options_.trusted_sealers);
  }
  return verdicts;
}

std::optional<Verdict> judge(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                             const JudgeOptions& options) {
  auto verdicts = BatchJudge(options).judge(std::span(&dossier, 1), view, needs);
  if (!verdicts) return std::nullopt;
  return std::move(verdicts->front());
}

}  // namespace mailassay
