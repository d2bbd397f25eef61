#include "report/bulk_sender_text.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "report/json_value.h"
#include "report/printable.h"
#include "report/summary.h"
#include "verdict/bulk_sender_word.h"

namespace mailassay::report {
namespace {

using bulk_sender::Fault;
using bulk_sender::FaultEntry;
using bulk_sender::Unknown;
using Out = std::back_insert_iterator<std::string>;

constexpr std::size_t kShownName = 200;

}  // namespace

void append_bulk_sender(const std::optional<bulk_sender::StreamVerdict>& stream, std::string& out) {
  if (!stream) {
    out.append("null");
    return;
  }
  out.append("{\"domain\":");
  append_json_string(stream->domain, out);
  append_key("faults", out);
  append_array(
      stream->verdict.faults,
      [&](Fault fault) { append_json_string(bulk_sender::entry_of(fault).word, out); }, out);
  append_key("unknown", out);
  append_array(
      stream->verdict.unknown,
      [&](Unknown unknown) { append_json_string(bulk_sender::word_of(unknown), out); }, out);
  out.push_back('}');
}

std::string explain_bulk_sender(const Verdict& verdict) {
  std::string text;
  if (!verdict.bulk_sender) return text;
  const Out out(text);
  const bulk_sender::Verdict& stream = verdict.bulk_sender->verdict;
  std::string_view result = "lacks what bulk senders are asked for";
  if (stream.faults.empty()) result = "nothing is known to be wrong";
  if (stream.faults.empty() && stream.unknown.empty()) result = "has all of it";
  fmt::format_to(out, "Bulk-sender rules, own stream {}: {}\n",
                 printable(verdict.bulk_sender->domain, kShownName), result);
  for (const Fault fault : stream.faults) {
    const FaultEntry& entry = bulk_sender::entry_of(fault);
    fmt::format_to(out, "  {}: {} (asked for by {})\n", entry.word, entry.sentence,
                   bulk_sender::askers_of(fault, verdict.judged_at));
  }
  for (const Unknown unknown : stream.unknown) {
    fmt::format_to(out, "  {}: it could not be told\n", bulk_sender::word_of(unknown));
  }
  return text;
}

void count_bulk_sender(const bulk_sender::StreamVerdict& stream, ScanSummary& summary) {
  ScanSummary::StreamCount& count = summary.own_streams[stream.domain];
  ++count.messages;
  if (!stream.verdict.unknown.empty()) ++count.incomplete;
  if (stream.verdict.unknown.empty() && stream.verdict.faults.empty()) ++count.faultless;
  for (const Fault fault : stream.verdict.faults) ++count.faults[static_cast<std::size_t>(fault)];
}

void merge_bulk_senders(const ScanSummary& part, ScanSummary& whole) {
  for (const auto& [domain, count] : part.own_streams) {
    ScanSummary::StreamCount& total = whole.own_streams[domain];
    total.messages += count.messages;
    total.faultless += count.faultless;
    total.incomplete += count.incomplete;
    for (std::size_t i = 0; i < total.faults.size(); ++i) total.faults[i] += count.faults[i];
  }
}

std::string bulk_sender_summary(const ScanSummary& summary) {
  std::string text;
  if (summary.own_streams.empty()) return text;
  const Out out(text);
  fmt::format_to(out, "\n{:<27} {:>10} {:>10}\n", "Own streams, by bulk rules", "messages",
                 "faultless");
  for (const auto& [domain, count] : summary.own_streams) {
    fmt::format_to(out, "  {:<25} {:>10} {:>10}\n", printable(domain, kShownName),
                   grouped(count.messages), grouped(count.faultless));
    for (const FaultEntry& entry : bulk_sender::fault_table()) {
      const std::uint64_t faults = count.faults[static_cast<std::size_t>(entry.fault)];
      if (faults == 0) continue;
      fmt::format_to(out, "    {:<24} {:>9}  {} ({})\n", entry.word, grouped(faults),
                     entry.sentence, bulk_sender::askers_of(entry.fault, std::nullopt));
    }
    if (count.incomplete == 0) continue;
    fmt::format_to(out, "    {:<24} {:>9}  something that is asked for could not be told\n",
                   "not known", grouped(count.incomplete));
  }
  return text;
}

void append_bulk_sender_counts(const ScanSummary& summary, std::string& out) {
  std::string_view before = "{";
  for (const auto& [domain, count] : summary.own_streams) {
    out.append(before);
    before = ",";
    append_json_string(domain, out);
    out.append(":{\"messages\":");
    append_json_number(count.messages, out);
    append_key("faultless", out);
    append_json_number(count.faultless, out);
    append_key("incomplete", out);
    append_json_number(count.incomplete, out);
    append_key("faults", out);
    std::string_view before_fault = "{";
    for (const FaultEntry& entry : bulk_sender::fault_table()) {
      const std::uint64_t faults = count.faults[static_cast<std::size_t>(entry.fault)];
      if (faults == 0) continue;
      out.append(before_fault);
      before_fault = ",";
      append_json_string(entry.word, out);
      out.push_back(':');
      append_json_number(faults, out);
    }
    out.append(before_fault == "{" ? "{}}" : "}}");
  }
  out.append(before == "{" ? "{}" : "}");
}

}  // namespace mailassay::report
