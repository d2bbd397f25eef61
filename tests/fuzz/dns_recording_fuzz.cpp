// Relations of recordings: what is read, written and read again is the same, and the whole file is
// accepted exactly if each of its lines is.
#include <cstddef>
#include <cstdint>
#include <variant>

#include "base/ascii.h"
#include "base/bytes.h"
#include "dns/cof_row.h"
#include "dns/recording.h"

namespace {

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailassay;
  const std::string_view text = as_text(data, size);
  dns::Recording recording;
  const bool accepted = recording.add(text, "f").has_value();

  dns::CofReader reader;
  bool all_lines = true;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = ascii::trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty()) continue;
    const auto read = reader.read(line);
    all_lines = all_lines && read.has_value();
    if (!read) continue;
    const auto* row = std::get_if<dns::CofRow>(&*read);
    if (row == nullptr) continue;
    const dns::CofRow first = *row;
    std::string written;
    dns::append_cof_row(first, written);
    const auto again = reader.read(std::string_view(written).substr(0, written.size() - 1));
    demand(again.has_value());
    row = std::get_if<dns::CofRow>(&*again);
    demand(row != nullptr && row->question == first.question && row->sighting == first.sighting);
    if (!accepted) continue;
    std::vector<dns::Sighting> seen;
    recording.append_sightings(first.question, seen);
    demand(!seen.empty());
  }
  demand(accepted == all_lines);
  return 0;
}
