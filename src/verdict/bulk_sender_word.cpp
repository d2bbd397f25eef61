#include "verdict/bulk_sender_word.h"

#include <array>

namespace mailassay::bulk_sender {
namespace {

constexpr std::array kFaults = {
    FaultEntry{Fault::spf_missing, "spf-missing", "the domain of MAIL FROM has no SPF record", true,
               true, true},
    FaultEntry{Fault::spf_not_pass, "spf-not-pass", "SPF does not pass", true, true, true},
    FaultEntry{Fault::dkim_missing, "dkim-missing", "there is no DKIM signature", true, true, true},
    FaultEntry{Fault::dkim_not_pass, "dkim-not-pass", "no DKIM signature verifies", true, true,
               true},
    FaultEntry{Fault::not_aligned, "not-aligned",
               "neither SPF nor DKIM passes for the Author Domain", true, true, true},
    FaultEntry{Fault::dmarc_missing, "dmarc-missing", "the Author Domain has no DMARC record", true,
               true, true},
    FaultEntry{Fault::one_click_missing, "one-click-missing",
               "List-Unsubscribe or List-Unsubscribe-Post is absent", true, true, false},
    FaultEntry{Fault::one_click_repeated, "one-click-repeated",
               "one of the fields of one-click unsubscription stands there more than once", true,
               true, false},
    FaultEntry{Fault::one_click_no_https, "one-click-no-https", "List-Unsubscribe has no HTTPS URI",
               true, true, false},
    FaultEntry{Fault::one_click_several_uris, "one-click-several-uris",
               "List-Unsubscribe has more than one HTTP or HTTPS URI", true, true, false},
    FaultEntry{Fault::one_click_value, "one-click-value",
               "List-Unsubscribe-Post is not List-Unsubscribe=One-Click", true, true, false},
    FaultEntry{Fault::one_click_not_signed, "one-click-not-signed",
               "no valid DKIM signature covers both fields of one-click unsubscription", true, true,
               false},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kFaults.size(); ++i) {
    if (static_cast<std::size_t>(kFaults[i].fault) != i) return false;
  }
  return kFaults.size() == kFaultCount;
}
static_assert(in_order(), "the table follows the enumeration");

}  // namespace

std::span<const FaultEntry> fault_table() { return kFaults; }

const FaultEntry& entry_of(Fault fault) { return kFaults[static_cast<std::size_t>(fault)]; }

std::string_view word_of(Unknown unknown) {
  constexpr std::array<std::string_view, kUnknownCount> kWords = {
      "spf-unknown", "dkim-unknown", "alignment-unknown", "dmarc-unknown",
      "one-click-signature-unknown"};
  return kWords[static_cast<std::size_t>(unknown)];
}

}  // namespace mailassay::bulk_sender
