// Relations of packets: what is read fits its type, names are canonical, and every fact survives
// being recorded.
#include <cstddef>
#include <cstdint>
#include <variant>

#include "base/bytes.h"
#include "dns/cof_row.h"
#include "dns/name.h"
#include "dns/packet.h"
#include "dns/rdata.h"
#include "dns/reply.h"
#include "dns/sightings.h"

namespace {

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailassay;
  const auto packet = dns::parse_packet(as_text(data, size));
  if (!packet) return 0;
  for (const dns::PacketRecord& record : packet->answers) {
    const auto name = dns::normalise_name(record.name);
    demand(name && *name == record.name);
    const auto type = dns::type_from_number(record.type);
    if (type && record.record_class == dns::kClassIn) {
      const auto canonical = dns::canonical_rdata(*type, record.rdata);
      demand(canonical && *canonical == record.rdata);
    }
  }
  if (packet->questions.empty()) return 0;
  const auto type = dns::type_from_number(packet->questions[0].type);
  if (!type) return 0;
  const auto facts = dns::facts_of(*packet, {packet->questions[0].name, *type});
  if (!facts) return 0;
  demand(!facts->empty() && facts->size() <= dns::kMaxAliasDepth + 2);
  demand(facts->front().question.name == packet->questions[0].name);
  dns::CofReader reader;
  for (const dns::Fact& fact : *facts) {
    dns::CofRow row;
    row.question = fact.question;
    row.sighting.kind = fact.kind;
    row.sighting.rdata = fact.rdata;
    row.sighting.source = dns::kLiveSource;
    row.sighting.first_seen = std::chrono::sys_seconds(std::chrono::seconds(size));
    row.sighting.last_seen = row.sighting.first_seen;
    std::string line;
    dns::append_cof_row(row, line);
    const auto read = reader.read(std::string_view(line).substr(0, line.size() - 1));
    demand(read.has_value());
    const auto* again = std::get_if<dns::CofRow>(&*read);
    demand(again != nullptr && again->question == row.question && again->sighting == row.sighting);
  }
  return 0;
}
