#include "verdict/bulk_sender_word.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace mailassay::bulk_sender {
namespace {

constexpr std::array kFaults = {
    FaultEntry{Fault::spf_missing, "spf-missing", "the domain of MAIL FROM has no SPF record", true,
               true, true, false},
    FaultEntry{Fault::spf_not_pass, "spf-not-pass", "SPF does not pass", true, true, true, false},
    FaultEntry{Fault::dkim_missing, "dkim-missing", "there is no DKIM signature", true, true, true,
               false},
    FaultEntry{Fault::dkim_not_pass, "dkim-not-pass", "no DKIM signature verifies", true, true,
               true, false},
    FaultEntry{Fault::not_aligned, "not-aligned",
               "neither SPF nor DKIM passes for the Author Domain", true, true, true, false},
    FaultEntry{Fault::dmarc_missing, "dmarc-missing", "the Author Domain has no DMARC record", true,
               true, true, false},
    FaultEntry{Fault::one_click_missing, "one-click-missing",
               "List-Unsubscribe or List-Unsubscribe-Post is absent", true, true, false, true},
    FaultEntry{Fault::one_click_repeated, "one-click-repeated",
               "one of the fields of one-click unsubscription stands there more than once", true,
               true, false, true},
    FaultEntry{Fault::one_click_no_https, "one-click-no-https", "List-Unsubscribe has no HTTPS URI",
               true, true, false, true},
    FaultEntry{Fault::one_click_several_uris, "one-click-several-uris",
               "List-Unsubscribe has more than one HTTP or HTTPS URI", true, true, false, true},
    FaultEntry{Fault::one_click_value, "one-click-value",
               "List-Unsubscribe-Post is not List-Unsubscribe=One-Click", true, true, false, true},
    FaultEntry{Fault::one_click_not_signed, "one-click-not-signed",
               "no valid DKIM signature covers both fields of one-click unsubscription", true, true,
               false, true},
};

/// A receiver, and since when it asks for what.
struct Receiver {
  std::string_view name;
  bool FaultEntry::*asks;
  std::chrono::year_month_day since;
  std::chrono::year_month_day one_click_since;
};

constexpr std::chrono::year_month_day day(int year, unsigned month, unsigned day) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
}

/// By their guidelines for senders of 5,000 messages a day and more. Microsoft recommends a way to
/// unsubscribe, and asks for none.
constexpr Receiver kReceivers[] = {
    {"Gmail", &FaultEntry::gmail, day(2024, 2, 1), day(2024, 6, 1)},
    {"Yahoo", &FaultEntry::yahoo, day(2024, 2, 1), day(2024, 6, 1)},
    {"Microsoft", &FaultEntry::microsoft, day(2025, 5, 5), day(2025, 5, 5)},
};

bool asks_at(const Receiver& receiver, const FaultEntry& entry,
             std::optional<std::chrono::sys_seconds> time) {
  if (!(entry.*receiver.asks)) return false;
  const auto& since = entry.is_of_one_click ? receiver.one_click_since : receiver.since;
  return !time || *time >= std::chrono::sys_days(since);
}

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

bool is_asked_at(Fault fault, std::optional<std::chrono::sys_seconds> time) {
  return std::any_of(std::begin(kReceivers), std::end(kReceivers), [&](const Receiver& receiver) {
    return asks_at(receiver, entry_of(fault), time);
  });
}

std::string askers_of(Fault fault, std::optional<std::chrono::sys_seconds> time) {
  std::string names;
  for (const Receiver& receiver : kReceivers) {
    if (!asks_at(receiver, entry_of(fault), time)) continue;
    if (!names.empty()) names.append(", ");
    names.append(receiver.name);
  }
  return names;
}

std::string_view word_of(Unknown unknown) {
  constexpr std::array<std::string_view, kUnknownCount> kWords = {
      "spf-unknown", "dkim-unknown", "alignment-unknown", "dmarc-unknown",
      "one-click-signature-unknown"};
  return kWords[static_cast<std::size_t>(unknown)];
}

}  // namespace mailassay::bulk_sender
