#include <fmt/format.h>

#include <iterator>

#include "arc/reason.h"
#include "report/chain_text.h"
#include "report/summary.h"

namespace mailassay::report {
namespace {

/// The order in which results are shown.
constexpr arc::Result kShown[] = {arc::Result::pass, arc::Result::fail, arc::Result::undetermined};

std::uint64_t count_of(const ScanSummary& summary, arc::Reason reason) {
  return summary.chain_reasons[static_cast<std::size_t>(reason)];
}

arc::Result result_of(const arc::ReasonEntry& entry, const ScanSummary& summary) {
  return summary.arc_rfc_wording ? arc::in_rfc_wording(entry.result) : entry.result;
}

}  // namespace

std::string chain_summary(const ScanSummary& summary) {
  std::uint64_t chains = 0;
  for (const std::uint64_t count : summary.chain_reasons) chains += count;
  std::string text;
  if (chains == 0) return text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "{:<27} {:>10}\n", "ARC chains", grouped(chains));
  for (const arc::Result result : kShown) {
    std::uint64_t of_result = 0;
    for (const arc::ReasonEntry& entry : arc::reason_table()) {
      if (result_of(entry, summary) == result) of_result += count_of(summary, entry.reason);
    }
    if (of_result == 0) continue;
    const double share = 100.0 * static_cast<double>(of_result) / static_cast<double>(chains);
    fmt::format_to(out, "  {:<25} {:>10}  {:>5.1f} %\n", arc::word_of(result), grouped(of_result),
                   share);
    for (const arc::ReasonEntry& entry : arc::reason_table()) {
      const std::uint64_t count = count_of(summary, entry.reason);
      if (result_of(entry, summary) != result || count == 0) continue;
      if (entry.reason == arc::Reason::none) continue;
      fmt::format_to(out, "    {:<25} {:>8}  {}\n", entry.word, grouped(count), entry.sentence);
    }
  }
  return text;
}

}  // namespace mailassay::report
