#include "verdict/batch_judge.h"

#include <algorithm>
#include <utility>

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

bool ask(const Dossier& dossier, const dns::View& view, dns::Needs& needs) {
  bool complete = true;
  for (const dkim::SignatureFacts& facts : dossier.signatures) {
    const auto question = dkim::key_question(facts);
    if (question && view.find(*question) == nullptr) {
      needs.add(*question);
      complete = false;
    }
  }
  return complete;
}

std::vector<Verdict> BatchJudge::judge(std::span<const Dossier> dossiers, const dns::View& view) {
  checks_.clear();
  plans_.clear();
  std::vector<Verdict> verdicts(dossiers.size());
  for (std::size_t i = 0; i < dossiers.size(); ++i) {
    Verdict& verdict = verdicts[i];
    verdict.judged_at = time_of(dossiers[i], options_.time);
    verdict.signatures.reserve(dossiers[i].signatures.size());
    for (const dkim::SignatureFacts& facts : dossiers[i].signatures) {
      auto question = dkim::key_question(facts);
      const dns::Answer* answer = question ? view.find(*question) : nullptr;
      plans_.push_back(
          dkim::plan(facts, answer, verdict.judged_at, options_.limits, keys_, checks_));
      if (question) add_evidence(verdict.evidence, *question);
      verdict.signatures.emplace_back().question = std::move(question);
    }
  }
  verifier_.verify(checks_);
  verifications_ += checks_.size();
  std::size_t plan = 0;
  for (std::size_t i = 0; i < dossiers.size(); ++i) {
    Verdict& verdict = verdicts[i];
    for (std::size_t s = 0; s < verdict.signatures.size(); ++s, ++plan) {
      const dkim::SignatureFacts& facts = dossiers[i].signatures[s];
      dkim::SignatureVerdict concluded =
          dkim::conclude(facts, plans_[plan], verdict.judged_at, checks_);
      concluded.question = std::move(verdict.signatures[s].question);
      concluded.aligned = alignment_of(dossiers[i], facts);
      verdict.signatures[s] = std::move(concluded);
    }
  }
  return verdicts;
}

std::optional<Verdict> judge(const Dossier& dossier, const dns::View& view, dns::Needs& needs,
                             const JudgeOptions& options) {
  if (!ask(dossier, view, needs)) return std::nullopt;
  return std::move(BatchJudge(options).judge(std::span(&dossier, 1), view).front());
}

}  // namespace mailassay
