// Relations of zones: any text loads or is refused with a line of it, any question has an answer,
// and a name that does not exist has nothing below it. [RFC8020 2]
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "dns/evidence.h"
#include "dns/zone.h"

namespace {

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

bool has_kind(const mailassay::dns::Answer& answer, mailassay::dns::AnswerKind kind) {
  return std::any_of(answer.sightings.begin(), answer.sightings.end(),
                     [&](const auto& sighting) { return sighting.kind == kind; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailassay;
  using dns::AnswerKind;
  const std::string_view text = as_text(data, size);
  auto zone = dns::Zone::from_text(text, "z", {});
  if (!zone) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 2;
    demand(zone.error().line >= 1 && zone.error().line <= lines);
    return 0;
  }
  for (const std::string name : {"a.test", "test", ".", "x.a.test", "wild.test"}) {
    const auto here = dns::resolve_aliases(*zone, {name, dns::Type::txt});
    demand(!here.sightings.empty() || !here.unknown.empty());
    if (!has_kind({here.sightings}, AnswerKind::no_such_name) || name == ".") continue;
    std::vector<dns::Sighting> direct;
    zone->append_sightings({name, dns::Type::txt}, direct);
    if (direct.empty()) continue;
    const auto below = dns::resolve_aliases(*zone, {"y." + name, dns::Type::txt});
    demand(has_kind({below.sightings}, AnswerKind::no_such_name));
  }
  return 0;
}
