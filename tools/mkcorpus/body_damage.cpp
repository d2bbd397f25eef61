#include "mkcorpus/body_damage.h"

#include <array>
#include <string>

#include "mkcorpus/prose.h"

namespace mkcorpus {
namespace {

constexpr std::string_view kListFooter =
    "_______________________________________________\r\n"
    "team mailing list\r\nhttps://lists.inbox.example.net/team\r\n";

void append_footer(Draft& draft, Prng& prng) {
  (void)prng;
  draft.body += kListFooter;
}

/// Changes one letter somewhere; adds a line if there is none.
void change_letter(Draft& draft, Prng& prng) {
  std::string& body = draft.body;
  const std::size_t start = body.empty() ? 0 : prng.below(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    char& c = body[(start + i) % body.size()];
    if (c < 'a' || c > 'z') continue;
    c = c == 'z' ? 'a' : static_cast<char>(c + 1);
    return;
  }
  body += "this line was added\r\n";
}

constexpr std::array kBodyDamages = {
    DamageKind{"body-footer", nullptr, append_footer, "footer-remove", true},
    DamageKind{"text-letter", nullptr, change_letter, ""},
};

}  // namespace

std::span<const DamageKind> body_damages() { return kBodyDamages; }

}  // namespace mkcorpus
