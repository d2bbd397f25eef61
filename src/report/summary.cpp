#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <vector>

#include "diagnosis/undo.h"
#include "dkim/reason.h"
#include "report/archive_finding.h"
#include "report/bulk_sender_text.h"
#include "report/chain_text.h"
#include "report/copies.h"
#include "report/printable.h"
#include "report/row.h"
#include "report/verdict_summary.h"

namespace mailassay::report {
namespace {

constexpr std::size_t kBarWidth = 30;
/// The order in which results are shown.
constexpr dkim::Status kShown[] = {dkim::Status::pass,      dkim::Status::fail,
                                   dkim::Status::policy,    dkim::Status::neutral,
                                   dkim::Status::permerror, dkim::Status::temperror};

using Out = std::back_insert_iterator<std::string>;

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::uint64_t count_of(const ScanSummary& summary, dkim::Status status) {
  std::uint64_t count = 0;
  for (const dkim::ReasonEntry& entry : dkim::reason_table()) {
    if (entry.status == status) count += summary.reasons[static_cast<std::size_t>(entry.reason)];
  }
  return count;
}

void write_signatures(const ScanSummary& summary, Out out) {
  fmt::format_to(out, "{:<27} {:>10}\n", "DKIM signatures", grouped(summary.signatures));
  for (const dkim::Status status : kShown) {
    const std::uint64_t count = count_of(summary, status);
    if (count == 0) continue;
    const double share = percent(count, summary.signatures);
    const auto bar = static_cast<std::size_t>(share * kBarWidth / 100.0 + 0.5);
    fmt::format_to(out, "  {:<25} {:>10}  {:>5.1f} %  {}\n", dkim::word_of(status), grouped(count),
                   share, std::string(bar, '#'));
    for (const dkim::ReasonEntry& entry : dkim::reason_table()) {
      const std::uint64_t of_reason = summary.reasons[static_cast<std::size_t>(entry.reason)];
      if (entry.status != status || of_reason == 0 || entry.reason == dkim::Reason::none) continue;
      fmt::format_to(out, "    {:<24} {:>9}  {}\n", entry.word, grouped(of_reason), entry.sentence);
    }
  }
  fmt::format_to(out, "{:<27} {:>10}\n", "Unsigned messages", grouped(summary.unsigned_messages));
}

void write_notes(const ScanSummary& summary, Out out) {
  for (std::size_t i = 0; i < summary.notes.size(); ++i) {
    if (summary.notes[i] == 0) continue;
    fmt::format_to(out, "  {:<25} {:>10}  messages\n", word_of(static_cast<MessageNote>(i)),
                   grouped(summary.notes[i]));
  }
}

/// Why signatures fail, where that could be found out.
void write_findings(const ScanSummary& summary, Out out) {
  std::uint64_t failed = 0;
  for (const std::uint64_t count : summary.findings) failed += count;
  if (failed == 0) return;
  constexpr auto kFound = static_cast<std::size_t>(Finding::State::found);
  fmt::format_to(out, "\n{:<27} {:>10}  of {} that do not verify\n", "Changes found",
                 grouped(summary.findings[kFound]), grouped(failed));
  for (const diagnosis::UndoEntry& entry : diagnosis::undo_table()) {
    const std::uint64_t count = summary.undone[static_cast<std::size_t>(entry.undo)];
    if (count == 0) continue;
    fmt::format_to(out, "    {:<24} {:>9}  {}\n", entry.word, grouped(count), entry.sentence);
  }
  for (std::size_t i = kFound + 1; i < summary.findings.size(); ++i) {
    if (summary.findings[i] == 0) continue;
    fmt::format_to(out, "    {:<24} {:>9}\n", diagnosis::word_of(static_cast<Finding::State>(i)),
                   grouped(summary.findings[i]));
  }
}

void write_domains(const ScanSummary& summary, Out out) {
  if (summary.domains.empty()) return;
  using Entry = const std::pair<const std::string, ScanSummary::DomainCount>*;
  std::vector<Entry> order;
  order.reserve(summary.domains.size());
  for (const auto& entry : summary.domains) order.push_back(&entry);
  const std::size_t shown = std::min(order.size(), kTopDomains);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(),
                    [](Entry a, Entry b) {
                      if (a->second.signatures != b->second.signatures) {
                        return a->second.signatures > b->second.signatures;
                      }
                      return a->first < b->first;
                    });
  const std::string title = fmt::format("Top signing domains ({}{})",
                                        summary.domains_cut ? "over " : "", grouped(order.size()));
  fmt::format_to(out, "\n{:<27} {:>10} {:>10}\n", title, "signatures", "pass");
  for (std::size_t i = 0; i < shown; ++i) {
    const ScanSummary::DomainCount& count = order[i]->second;
    fmt::format_to(out, "  {:<25} {:>10} {:>10}\n", printable(order[i]->first, 60),
                   grouped(count.signatures), grouped(count.passes));
  }
}

void write_dns(const DnsCounts& dns, Out out) {
  fmt::format_to(out, "\nDNS   {} names asked: {} from files, {} live", grouped(dns.questions),
                 grouped(dns.from_files), grouped(dns.live));
  const std::uint64_t answered = dns.from_files + dns.live;
  if (dns.questions > answered) {
    fmt::format_to(out, ", {} not known", grouped(dns.questions - answered));
  }
  if (dns.packets > 0) {
    fmt::format_to(out, " ({} queries, {} timeouts)", grouped(dns.packets), grouped(dns.timeouts));
  }
  fmt::format_to(out, "\n");
}

void write_stages(const ScanSummary& summary, Out out) {
  const auto seconds = [](std::uint64_t nanoseconds) {
    return static_cast<double>(nanoseconds) / 1e9;
  };
  fmt::format_to(out, "Time  read {:.2f} s, digest {:.2f} s, judge {:.2f} s, write {:.2f} s",
                 seconds(summary.stages.read), seconds(summary.stages.digest),
                 seconds(summary.stages.judge), seconds(summary.stages.write));
  fmt::format_to(out, " (added up over threads)\n");
}

void write_problems(const ScanSummary& summary, Out out) {
  if (summary.problem_count == 0) return;
  fmt::format_to(out, "\nNot read: {} problem{}\n", grouped(summary.problem_count),
                 summary.problem_count == 1 ? "" : "s");
  for (std::size_t i = 0; i < summary.problem_reasons.size(); ++i) {
    if (summary.problem_reasons[i] == 0) continue;
    fmt::format_to(out, "    {:<24} {:>9}\n", word_of(static_cast<ProblemReason>(i)),
                   grouped(summary.problem_reasons[i]));
  }
  for (const ScanProblem& problem : summary.problems) {
    fmt::format_to(out, "  {}\n", problem_text(problem));
  }
  if (summary.problem_count > summary.problems.size()) {
    fmt::format_to(out, "  ... and {} more\n",
                   grouped(summary.problem_count - summary.problems.size()));
  }
}

void write_mboxes(const MboxCounts& counts, Out out) {
  std::uint64_t all = 0;
  for (const std::uint64_t count : counts.variants) all += count;
  if (all == 0) return;
  fmt::format_to(out, "\n{:<27} {:>10}\n", "Mboxes by variant", grouped(all));
  for (std::size_t i = 0; i < counts.variants.size(); ++i) {
    if (counts.variants[i] == 0) continue;
    fmt::format_to(out, "  {:<25} {:>10}\n", word_of(static_cast<MboxVariant>(i)),
                   grouped(counts.variants[i]));
  }
  if (counts.lengths_believed + counts.lengths_refuted == 0) return;
  fmt::format_to(out, "  Content-Length: {} believed, {} stale; {} postmarks in bodies\n",
                 grouped(counts.lengths_believed), grouped(counts.lengths_refuted),
                 grouped(counts.postmarks_in_bodies));
}

void write_passed_over(const PassedOver& names, Out out) {
  if (names.hidden + names.folder_links + names.special != 0) {
    fmt::format_to(out,
                   "\nPassed over in folders: {} hidden, {} links to folders, {} special files\n",
                   grouped(names.hidden), grouped(names.folder_links), grouped(names.special));
  }
  if (names.companions != 0) {
    fmt::format_to(out, "Passed over beside mail: {} files of mail programs\n",
                   grouped(names.companions));
  }
  if (names.unfinished != 0) {
    fmt::format_to(out, "Passed over in Maildirs: {} in tmp, not delivered yet\n",
                   grouped(names.unfinished));
  }
  if (names.hidden_members + names.link_members + names.special_members == 0) return;
  fmt::format_to(out, "\nPassed over in containers: {} hidden, {} links, {} special files\n",
                 grouped(names.hidden_members), grouped(names.link_members),
                 grouped(names.special_members));
}

}  // namespace

std::string_view word_of(ProblemReason reason) {
  constexpr std::array<std::string_view, kProblemReasons> kWords = {"unreadable",
                                                                    "no-mail",
                                                                    "own-output",
                                                                    "begins-cut-off",
                                                                    "corrupt",
                                                                    "encrypted",
                                                                    "unsupported",
                                                                    "expands-too-much",
                                                                    "nested-too-deep",
                                                                    "needs-too-much-memory",
                                                                    "no-temporary-file",
                                                                    "bad-record",
                                                                    "changed"};
  return kWords[static_cast<std::size_t>(reason)];
}

std::string_view word_of(MboxVariant variant) {
  constexpr std::array<std::string_view, kMboxVariants> kWords = {
      "mboxo", "mboxrd", "mboxcl", "mboxcl2", "no-quoting-seen", "pipermail"};
  return kWords[static_cast<std::size_t>(variant)];
}

std::string problem_text(const ScanProblem& problem) {
  const std::string path = problem.path == "-" ? "standard input" : printable(problem.path, 200);
  const std::string place = problem.offset ? fmt::format("offset {}: ", *problem.offset) : "";
  const std::string member =
      problem.member.empty() ? "" : fmt::format("{}: ", printable(problem.member, 200));
  return fmt::format("{}: {}{}{}", path, member, place, printable(problem.what, 300));
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3;) {
    i -= 3;
    digits.insert(i, 1, ',');
  }
  return digits;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::string_view kUnits[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return fmt::format("{} bytes", bytes);
  auto size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= 1024.0 && unit + 1 < std::size(kUnits)) {
    size /= 1024.0;
    ++unit;
  }
  return fmt::format("{:.1f} {}", size, kUnits[unit]);
}

void count_finding(const Finding& finding, ScanSummary& summary) {
  ++summary.findings[static_cast<std::size_t>(finding.state)];
  for (const Undo undo : finding.verifies_after) ++summary.undone[static_cast<std::size_t>(undo)];
}

namespace {

void count_signatures(const Dossier& dossier, const Verdict& verdict, ScanSummary& summary) {
  if (dossier.signatures.empty() && was_evaluated(dossier)) ++summary.unsigned_messages;
  for (std::size_t i = 0; i < verdict.signatures.size(); ++i) {
    const dkim::SignatureVerdict& signature = verdict.signatures[i];
    ++summary.signatures;
    ++summary.reasons[static_cast<std::size_t>(signature.reason)];
    if (signature.finding) count_finding(*signature.finding, summary);
    const std::string& domain = dossier.signatures[i].domain;
    if (domain.empty()) continue;
    ScanSummary::DomainCount& count = summary.domains[domain];
    ++count.signatures;
    if (signature.status == dkim::Status::pass) ++count.passes;
  }
  if (dossier.arc.fields > 0) {
    ++summary.chain_reasons[static_cast<std::size_t>(verdict.arc.reason)];
  }
}

void count_internal_errors(const Dossier& dossier, const Verdict& verdict, ScanSummary& summary) {
  for (const dkim::SignatureVerdict& signature : verdict.signatures) {
    if (signature.reason == dkim::Reason::internal_error) ++summary.internal_errors;
  }
  const bool has_chain = dossier.arc.fields > 0;
  if (has_chain && verdict.arc.reason == arc::Reason::internal_error) ++summary.internal_errors;
  for (const MessageNote note : dossier.notes) {
    if (note == MessageNote::internal_error) ++summary.internal_errors;
  }
}

}  // namespace

void count_message(const Dossier& dossier, const Verdict& verdict, std::uint64_t length,
                   ScanSummary& summary, Counted counted) {
  const bool is_stored = counted == Counted::stored || counted == Counted::journal;
  if (is_stored) {
    ++summary.messages;
    summary.message_bytes += length;
  } else {
    ++summary.nested_messages;
  }
  summary.hashed_bytes += dossier.hashed_bytes;
  count_internal_errors(dossier, verdict, summary);
  if (counted == Counted::stored || counted == Counted::journaled) {
    count_signatures(dossier, verdict, summary);
  }
  count_judgement(dossier, verdict, counted, summary);
  for (const MessageNote note : dossier.notes) ++summary.notes[static_cast<std::size_t>(note)];
}

void merge_counts(const ScanSummary& part, ScanSummary& whole) {
  whole.messages += part.messages;
  whole.message_bytes += part.message_bytes;
  whole.nested_messages += part.nested_messages;
  whole.unsigned_messages += part.unsigned_messages;
  whole.signatures += part.signatures;
  whole.hashed_bytes += part.hashed_bytes;
  whole.internal_errors += part.internal_errors;
  for (std::size_t i = 0; i < whole.reasons.size(); ++i) whole.reasons[i] += part.reasons[i];
  for (std::size_t i = 0; i < whole.chain_reasons.size(); ++i) {
    whole.chain_reasons[i] += part.chain_reasons[i];
  }
  merge_judgements(part, whole);
  for (std::size_t i = 0; i < whole.notes.size(); ++i) whole.notes[i] += part.notes[i];
  for (std::size_t i = 0; i < whole.findings.size(); ++i) whole.findings[i] += part.findings[i];
  for (std::size_t i = 0; i < whole.undone.size(); ++i) whole.undone[i] += part.undone[i];
  for (const auto& [domain, count] : part.domains) {
    if (whole.domains.size() >= kMaxCountedDomains && !whole.domains.contains(domain)) {
      whole.domains_cut = true;
      continue;
    }
    ScanSummary::DomainCount& total = whole.domains[domain];
    total.signatures += count.signatures;
    total.passes += count.passes;
  }
}

std::string summary_text(const ScanSummary& summary) {
  std::string text;
  const Out out(text);
  const double rate =
      summary.seconds > 0 ? static_cast<double>(summary.messages) / summary.seconds : 0.0;
  fmt::format_to(out, "{}{} message{}, {} in {:.2f} s ({} messages/s)\n\n",
                 summary.stopped ? "Stopped after " : "", grouped(summary.messages),
                 summary.messages == 1 ? "" : "s", size_text(summary.message_bytes),
                 summary.seconds, grouped(static_cast<std::uint64_t>(rate)));
  text += standing_summary(summary);
  write_signatures(summary, out);
  text += chain_summary(summary);
  text += domain_summary(summary);
  write_notes(summary, out);
  write_findings(summary, out);
  if (summary.copies) text += copies_summary(*summary.copies);
  text += archive_findings(summary);
  text += bulk_sender_summary(summary);
  write_domains(summary, out);
  write_dns(summary.dns, out);
  write_stages(summary, out);
  write_mboxes(summary.mboxes, out);
  write_passed_over(summary.passed_over, out);
  write_problems(summary, out);
  return text;
}

}  // namespace mailassay::report
