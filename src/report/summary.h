// What a scan saw, for a person at a terminal.
#ifndef MAILASSAY_REPORT_SUMMARY_H
#define MAILASSAY_REPORT_SUMMARY_H

#include <cstdint>
#include <string>
#include <string_view>

#include "mailassay/scan.h"

namespace mailassay::report {

/// Signing domains listed one by one.
inline constexpr std::size_t kTopDomains = 10;
/// Signing domains counted one by one in a run; further ones are added up.
inline constexpr std::size_t kMaxCountedDomains = 100000;

/// Where a message stands in the counts. A journal report counts as a message, and the message that
/// it is about stands for it in whatever is said of authentication.
enum class Counted : std::uint8_t {
  stored,     ///< as a message
  journal,    ///< as a message and by its kind
  journaled,  ///< by its authentication, and as a nested message
  nested,     ///< as a nested message, by its standing
};

/// Adds one judged message to the counts.
void count_message(const Dossier& dossier, const Verdict& verdict, std::uint64_t length,
                   ScanSummary& summary, Counted counted = Counted::stored);

/// Adds the counts of `part`, which come from count_message(), to `whole`.
void merge_counts(const ScanSummary& part, ScanSummary& whole);

/// The summary as lines of text.
std::string summary_text(const ScanSummary& summary);

/// The word of a reason in summary and run record.
std::string_view word_of(ProblemReason reason);

std::string_view word_of(MboxVariant variant);

/// "inbox.mbox: offset 4096: cannot read: Input/output error", safe to print.
std::string problem_text(const ScanProblem& problem);

/// 1234567 -> "1,234,567"
std::string grouped(std::uint64_t number);

/// "3.2 MiB"
std::string size_text(std::uint64_t bytes);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_SUMMARY_H
