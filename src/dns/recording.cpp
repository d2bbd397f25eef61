#include "dns/recording.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "base/ascii.h"
#include "dns/cof_row.h"

namespace mailassay::dns {

namespace {

/// Above this many sightings of one question a row is no longer compared with all before it.
constexpr std::size_t kComparedSightings = 64;

void add_once(std::vector<Sighting>& known, Sighting sighting) {
  const std::size_t compared = std::min(known.size(), kComparedSightings);
  const auto from = known.end() - static_cast<std::ptrdiff_t>(compared);
  if (std::find(from, known.end(), sighting) == known.end()) known.push_back(std::move(sighting));
}

}  // namespace

Result<Done, LoadError> Recording::add(std::string_view text, std::string_view file_name) {
  CofReader reader;
  std::size_t line_number = 0;
  bool is_stream = false;
  bool is_complete = false;
  while (!text.empty()) {
    ++line_number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = ascii::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    auto read = reader.read(line);
    if (!read) {
      return Unexpected(LoadError{std::string(file_name), line_number, std::move(read.error())});
    }
    if (auto* row = std::get_if<CofRow>(&*read)) {
      ++counters_.rows;
      add_once(sightings_[std::move(row->question)], std::move(row->sighting));
    } else if (const auto* mark = std::get_if<StreamMark>(&*read)) {
      is_stream = true;
      is_complete = *mark == StreamMark::complete;
    } else {
      ++counters_.skipped_rows;
    }
  }
  if (is_stream && !is_complete) ++counters_.incomplete_files;
  return Done{};
}

void Recording::append_sightings(const Question& question, std::vector<Sighting>& out) const {
  const auto found = sightings_.find(question);
  if (found == sightings_.end()) return;
  out.insert(out.end(), found->second.begin(), found->second.end());
}

}  // namespace mailassay::dns
