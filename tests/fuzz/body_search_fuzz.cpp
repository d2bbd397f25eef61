// A search in any body ends within its limits, and says nothing that contradicts itself: a reversal
// or a limit, changes only with a reversal, and changes that change something. The body that was
// signed is the first half of the input, or the input without the quoting of From lines, so that
// there is something to find.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "diagnosis/body_change.h"
#include "support/body_damage_case.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

std::string unquoted(std::string_view body) {
  std::string out(body);
  for (std::size_t at = out.find("\n>From "); at != std::string::npos;
       at = out.find("\n>From ", at))
    out.erase(at + 1, 1);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = as_text(data, size);
  const std::size_t middle = input.find("\n\n");
  const std::string_view header =
      middle == std::string_view::npos ? "" : input.substr(0, middle + 1);
  const std::string_view body = middle == std::string_view::npos ? input : input.substr(middle + 2);
  Limits limits;
  limits.diagnosis_parts = 8;
  for (const auto canon : {dkim::BodyCanon::simple, dkim::BodyCanon::relaxed}) {
    for (const std::string& signed_body :
         {std::string(body.substr(0, body.size() / 2)), unquoted(body), std::string("else")}) {
      const auto facts = test::differing(signed_body, canon);
      if (test::reference_body_hash(body, canon) == facts.declared_body_hash) continue;
      std::string found;
      const Repair repair = test::search_body(header, body, facts, limits, &found);
      // What is undone is checked by another canonicalization.
      demand(repair.undone.empty() ||
             test::reference_body_hash(found, canon) == facts.declared_body_hash);
      demand(repair.undone.empty() || !repair.cut);
      demand(!repair.undone.empty() || repair.changes.empty());
      demand(repair.changes.size() <= diagnosis::kChangesShown);
      for (const Change& change : repair.changes) {
        demand(change.present.size() <= diagnosis::kChangeBytes);
        demand(change.signed_text.size() <= diagnosis::kChangeBytes);
        demand(change.present != change.signed_text);
      }
      demand(repair.undone.size() <= 2);
    }
  }
  return 0;
}
