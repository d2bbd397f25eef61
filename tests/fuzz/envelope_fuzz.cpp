// Relations of the envelope: the first octet of the input chooses whom to believe, the rest is a
// header; whatever it says, lists are bounded and what a stranger adds at the foot moves nothing.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "envelope/transit_reader.h"
#include "mailassay/envelope.h"
#include "mailassay/limits.h"
#include "message/header_index.h"

namespace {

using namespace mailassay;
using envelope::TransitFacts;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

TransitFacts read(std::string_view header) {
  message::HeaderIndex index;
  index.build(header);
  return envelope::read_transit(index, Limits());
}

envelope::TrustOptions options_of(std::uint8_t bits) {
  envelope::TrustOptions options;
  if ((bits & 1U) != 0) options.hosts.push_back("beta.test");
  if ((bits & 2U) != 0) envelope::add_receiver(options, "10.0.0.0/8");
  if ((bits & 4U) != 0) options.providers.clear();
  if ((bits & 8U) != 0) options.authserv_ids.push_back("in.beta.test");
  return options;
}

void check_recorded(const envelope::Recorded& recorded) {
  demand(recorded.entries.size() <= envelope::RecordedLimits().entries);
  demand(recorded.authserv_id.size() <= Limits().transit_value_bytes);
  for (const envelope::RecordedEntry& entry : recorded.entries) {
    demand(!entry.method.empty() && !entry.result.empty());
    demand(entry.properties.size() <= envelope::RecordedLimits().properties);
  }
  const auto comparisons = envelope::compare(recorded, {});
  demand(comparisons.size() == recorded.entries.size());
  for (const envelope::Comparison& comparison : comparisons) {
    demand(comparison.agreement != envelope::Agreement::differs);
  }
}

void check_facts(const TransitFacts& facts) {
  demand(facts.hops.size() <= Limits().transit_hops);
  demand(facts.marks.size() <= Limits().transit_marks);
  demand(facts.recorded.size() <= Limits().transit_results);
  for (const envelope::Hop& hop : facts.hops) {
    demand(hop.client_ip.empty() || hop.client_ip.size() == 4 || hop.client_ip.size() == 16);
    demand(hop.helo.size() <= Limits().transit_value_bytes);
  }
  for (const envelope::Recorded& recorded : facts.recorded) check_recorded(recorded);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const envelope::TrustOptions options = options_of(data[0]);
  const std::string_view text = as_text(data, size).substr(1);
  check_recorded(envelope::read_authentication_results(text));
  check_recorded(envelope::read_received_spf(text));
  const TransitFacts facts = read(text);
  check_facts(facts);
  const envelope::Envelope before = envelope::recover(facts, options);
  demand(before.witnesses.size() == facts.recorded.size());
  demand(before.border.hop.has_value() == (before.border.sureness != envelope::Sureness::none));
  if (!before.border.hop) return 0;

  message::HeaderIndex index;
  index.build(text);
  std::string longer(text.substr(0, index.header_size()));
  longer += "\nReceived: from bank.test (bank.test [203.0.113.1]) by in.beta.test (Postfix); d\n";
  const envelope::Envelope after = envelope::recover(read(longer), options);
  demand(after.border.sureness == before.border.sureness);
  demand(after.border.hop == before.border.hop);
  demand(after.client_ip == before.client_ip && after.helo == before.helo);
  demand(after.mail_from == before.mail_from);
  return 0;
}
