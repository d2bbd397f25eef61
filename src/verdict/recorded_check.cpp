#include "verdict/recorded_check.h"

#include "verdict/own_results.h"

namespace mailassay {

const envelope::Recorded& recorded_of(const Dossier& dossier, const RecordedVerdict& verdict) {
  return verdict.instance == 0 ? dossier.transit.recorded[verdict.index] : verdict.sealed;
}

bool is_trusted(const Verdict& verdict, const RecordedVerdict& recorded) {
  if (recorded.instance == 0) return recorded.witness.trusted;
  const auto& from = verdict.arc.trusted_from;  // empty unless the chain passes
  return from && recorded.instance >= *from;
}

std::vector<RecordedVerdict> check_recorded(const Dossier& dossier, const Verdict& verdict) {
  std::vector<RecordedVerdict> all;
  if (dossier.transit.recorded.empty() && dossier.arc.sets.empty()) return all;
  const envelope::OwnResults own = own_results(dossier, verdict);
  for (std::size_t i = 0; i < dossier.transit.recorded.size(); ++i) {
    RecordedVerdict& one = all.emplace_back();
    one.index = i;
    one.witness = verdict.envelope.witnesses[i];
    one.comparisons = envelope::compare(dossier.transit.recorded[i], own);
  }
  for (std::size_t i = 0; i < dossier.arc.sets.size(); ++i) {
    const arc::SetFacts& set = dossier.arc.sets[i];
    if (!set.has_results) continue;
    RecordedVerdict& one = all.emplace_back();
    one.instance = set.instance;
    one.index = i;
    one.sealed = envelope::read_authentication_results(set.authentication_results);
    one.sealed.field = envelope::RecordedField::arc_authentication_results;
    one.comparisons = envelope::compare(one.sealed, own);
  }
  return all;
}

}  // namespace mailassay
