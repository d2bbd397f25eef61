#include "resolver/live_facts.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace mailassay::resolver {

namespace {

using dns::Question;
using dns::Type;

/// Notes in order what is looked up, and so which rows an answer rests on.
class Tracer final : public dns::SightingSource {
 public:
  explicit Tracer(const dns::SightingSource& source) : source_(source) {}
  void append_sightings(const Question& question, std::vector<dns::Sighting>& out) const override {
    looked_up_.push_back(question);
    source_.append_sightings(question, out);
  }
  const std::vector<Question>& looked_up() const { return looked_up_; }

 private:
  const dns::SightingSource& source_;
  mutable std::vector<Question> looked_up_;
};

bool knows(const dns::SightingSource& source, const Question& question) {
  std::vector<dns::Sighting> found;
  source.append_sightings(question, found);
  return !found.empty();
}

/// An alias; that there is none, which somebody may have asked for, says nothing of other types.
bool knows_alias(const dns::SightingSource& source, const std::string& name) {
  std::vector<dns::Sighting> found;
  source.append_sightings({name, Type::cname}, found);
  return std::any_of(found.begin(), found.end(), [](const dns::Sighting& sighting) {
    return sighting.kind == dns::AnswerKind::records;
  });
}

}  // namespace

void LiveFacts::add(Type type, std::vector<dns::CofRow> rows) {
  for (dns::CofRow& row : rows) {
    const std::string& name = row.question.name;
    if (knows(*this, {name, type}) || knows_alias(*this, name)) continue;
    rows_.emplace(row.question, std::move(row));
  }
}

void LiveFacts::append_sightings(const Question& question, std::vector<dns::Sighting>& out) const {
  files_.append_sightings(question, out);
  const auto found = rows_.find(question);
  if (found != rows_.end()) out.push_back(found->second.sighting);
}

std::string LiveFacts::recording(std::span<const Question> in_order, std::uint64_t first_id) const {
  std::string out;
  std::unordered_set<Question, dns::QuestionHash> written;
  for (std::size_t i = 0; i < in_order.size(); ++i) {
    const Tracer tracer(*this);
    (void)dns::resolve_aliases(tracer, in_order[i]);
    for (const Question& used : tracer.looked_up()) {
      const auto found = rows_.find(used);
      if (found == rows_.end() || !written.insert(used).second) continue;
      dns::CofRow row = found->second;
      row.id = first_id + i;
      dns::append_cof_row(row, out);
    }
  }
  std::vector<const dns::CofRow*> rest;
  for (const auto& [question, row] : rows_) {
    if (!written.contains(question)) rest.push_back(&row);
  }
  std::sort(rest.begin(), rest.end(),
            [](const auto* a, const auto* b) { return a->question < b->question; });
  for (const dns::CofRow* row : rest) dns::append_cof_row(*row, out);
  return out;
}

}  // namespace mailassay::resolver
