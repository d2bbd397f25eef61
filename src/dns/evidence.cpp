#include "dns/evidence.h"

#include <utility>

#include "base/cursor.h"

namespace mailassay::dns {

Result<Done, LoadError> Evidence::add_file(std::string_view text, std::string_view file_name,
                                           std::optional<std::chrono::sys_seconds> zone_time) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Cursor cursor(text);
  cursor.skip_fws();
  if (cursor.at_end() || cursor.peek() == '{') {
    auto recording = std::make_unique<Recording>();
    if (auto added = recording->add(text, file_name); !added) return added;
    recordings_.push_back(recording.get());
    sources_.push_back(std::move(recording));
    return Done{};
  }
  auto zone = Zone::from_text(text, file_name, zone_time);
  if (!zone) return Unexpected(std::move(zone.error()));
  sources_.push_back(std::make_unique<Zone>(std::move(*zone)));
  return Done{};
}

void Evidence::append_sightings(const Question& question, std::vector<Sighting>& out) const {
  for (const auto& source : sources_) source->append_sightings(question, out);
}

Answer Evidence::answer(const Question& question) const {
  Resolution resolution = resolve_aliases(*this, question);
  if (resolution.sightings.empty()) return no_evidence_answer();
  return Answer{std::move(resolution.sightings)};
}

Recording::Counters Evidence::recording_counters() const noexcept {
  Recording::Counters sum;
  for (const Recording* recording : recordings_) {
    sum.rows += recording->counters().rows;
    sum.skipped_rows += recording->counters().skipped_rows;
    sum.incomplete_files += recording->counters().incomplete_files;
  }
  return sum;
}

Answer no_evidence_answer() {
  Answer answer;
  answer.sightings.resize(1);
  return answer;
}

const Answer* EvidenceView::find(const Question& question) const {
  const auto known = answers_.find(question);
  if (known != answers_.end()) return &known->second;
  return &answers_.emplace(question, evidence_.answer(question)).first->second;
}

}  // namespace mailassay::dns
