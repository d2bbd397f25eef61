// Messages in a message keep to their limits and places, and are the same digested alone or not.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "dossier/nested_digester.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

void check(const NestedMessage& one, std::string_view stored, const Limits& limits) {
  demand(one.dossier.enclosure.has_value());
  demand(one.offset <= stored.size() && one.length <= stored.size() - one.offset);
  demand(!one.section.empty() && one.parent_levels < one.section.size());
  for (const std::uint32_t number : one.section) demand(number > 0);
  if (one.is_encoded) return;
  const std::string_view text = stored.substr(one.offset, one.length);
  const Dossier alone = Digester(limits).digest(text);
  demand(one.dossier.subject == alone.subject && one.dossier.message_id == alone.message_id);
  demand(one.dossier.body_bytes == alone.body_bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text(data, size);
  Limits small;
  small.nested_depth = 2;
  small.nested_messages = 3;
  small.nested_decoded_bytes = 64;
  small.kind_message_bytes = 300;
  for (const Limits& limits : {Limits(), small}) {
    BatchDigester digester(limits);
    Dossier stored;
    const DigestJob job{text, &stored};
    digester.digest({&job, 1});
    const std::vector<NestedMessage> nested =
        NestedDigester(limits, true).digest({&job, 1}, digester);
    demand(nested.size() <= limits.nested_messages);
    demand(nested.empty() || stored.kind.may_hold_messages);
    for (std::size_t i = 0; i < nested.size(); ++i) {
      check(nested[i], text, limits);
      demand(i == 0 || nested[i - 1].section < nested[i].section);
    }
  }
  return 0;
}
