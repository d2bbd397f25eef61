#include "report/verdict_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "dmarc/reason.h"
#include "report/bulk_sender_text.h"
#include "report/row.h"
#include "report/summary.h"
#include "spf/reason.h"
#include "verdict/standing_word.h"

namespace mailassay::report {
namespace {

using Out = std::back_insert_iterator<std::string>;

bool had_internal_error(const Dossier& dossier) {
  return std::find(dossier.notes.begin(), dossier.notes.end(), MessageNote::internal_error) !=
         dossier.notes.end();
}

template <typename Counts>
void add(const Counts& part, Counts& whole) {
  for (std::size_t i = 0; i < whole.size(); ++i) whole[i] += part[i];
}

/// One line: "SPF  pass 12, fail 3".
template <typename Result, typename Counts>
void write_results(std::string_view title, const Counts& counts, std::string_view rest, Out out) {
  fmt::format_to(out, "{:<6}", title);
  bool first = true;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    fmt::format_to(out, "{}{} {}", first ? "" : ", ", word_of(static_cast<Result>(i)),
                   grouped(counts[i]));
    first = false;
  }
  fmt::format_to(out, "{}{}\n", first || rest.empty() ? "" : ", ", rest);
}

std::string nested_summary(const ScanSummary& summary) {
  std::string text = fmt::format("Messages inside others: {}", grouped(summary.nested_messages));
  std::uint64_t counted = 0;
  for (const standing::ValueEntry& entry : standing::value_table()) {
    const std::uint64_t count = summary.nested_standings[static_cast<std::size_t>(entry.value)];
    if (count == 0) continue;
    text += fmt::format("{}{} {}", counted == 0 ? ": " : ", ", entry.text, grouped(count));
    counted += count;
  }
  const std::uint64_t rest = summary.nested_messages - counted;
  if (rest > 0)
    text += fmt::format("{}{} above, in place of journal reports", counted == 0 ? ": " : ", ",
                        grouped(rest));
  text.push_back('\n');
  return text;
}

}  // namespace

void count_judgement(const Dossier& dossier, const Verdict& verdict, Counted counted,
                     ScanSummary& summary) {
  if (had_internal_error(dossier)) return;
  const auto standing = static_cast<std::size_t>(verdict.standing.value);
  if (counted == Counted::nested) ++summary.nested_standings[standing];
  if (counted == Counted::stored || counted == Counted::journaled) ++summary.standings[standing];
  if (!was_evaluated(dossier)) return;
  if (counted == Counted::stored || counted == Counted::journal) {
    ++summary.kinds[static_cast<std::size_t>(dossier.kind.kind)];
  }
  if (counted == Counted::journal || counted == Counted::nested) return;
  if (verdict.dmarc)
    ++summary.dmarc_results[static_cast<std::size_t>(verdict.dmarc->rfc9989.status)];
  if (verdict.spf.mail_from) {
    ++summary.spf_results[static_cast<std::size_t>(verdict.spf.mail_from->status)];
  } else {
    ++summary.spf_absent;
  }
  if (verdict.bulk_sender) count_bulk_sender(*verdict.bulk_sender, summary);
  for (const RecordedVerdict& recorded : verdict.recorded) {
    for (const envelope::Comparison& comparison : recorded.comparisons) {
      ++summary.agreements[static_cast<std::size_t>(comparison.agreement)];
    }
  }
}

void merge_judgements(const ScanSummary& part, ScanSummary& whole) {
  add(part.standings, whole.standings);
  add(part.nested_standings, whole.nested_standings);
  add(part.kinds, whole.kinds);
  add(part.spf_results, whole.spf_results);
  add(part.dmarc_results, whole.dmarc_results);
  add(part.agreements, whole.agreements);
  whole.spf_absent += part.spf_absent;
  merge_bulk_senders(part, whole);
}

std::string standing_summary(const ScanSummary& summary) {
  std::string text = fmt::format("{:<27} {:>10}\n", "Standing", "messages");
  const Out out(text);
  for (const standing::ValueEntry& entry : standing::value_table()) {
    const std::uint64_t count = summary.standings[static_cast<std::size_t>(entry.value)];
    if (count == 0) continue;
    fmt::format_to(out, "  {:<25} {:>10}  {}\n", entry.text, grouped(count), entry.sentence);
  }
  std::string kinds;
  for (std::size_t i = 0; i < summary.kinds.size(); ++i) {
    if (summary.kinds[i] == 0) continue;
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ",
                         kind::word_of(static_cast<kind::Kind>(i)), grouped(summary.kinds[i]));
  }
  if (!kinds.empty()) fmt::format_to(out, "Kind  {}\n", kinds);
  if (summary.nested_messages > 0) text += nested_summary(summary);
  text.push_back('\n');
  return text;
}

std::string domain_summary(const ScanSummary& summary) {
  std::string text = "\n";
  const Out out(text);
  const std::string absent = summary.spf_absent == 0
                                 ? ""
                                 : fmt::format("not evaluated {} (client or MAIL FROM not known)",
                                               grouped(summary.spf_absent));
  write_results<spf::Status>("SPF", summary.spf_results, absent, out);
  write_results<dmarc::Status>("DMARC", summary.dmarc_results, "", out);
  const auto [agree, differ, other] = summary.agreements;
  if (agree + differ + other > 0) {
    fmt::format_to(out, "Recorded results: {} agree with ours, {} differ, {} not comparable\n",
                   grouped(agree), grouped(differ), grouped(other));
  }
  return text;
}

}  // namespace mailassay::report
