// Standings, kinds, SPF, DMARC and recorded results in the counts of a scan.
#ifndef MAILASSAY_REPORT_VERDICT_SUMMARY_H
#define MAILASSAY_REPORT_VERDICT_SUMMARY_H

#include <string>

#include "mailassay/scan.h"
#include "mailassay/verdict.h"
#include "report/summary.h"

namespace mailassay::report {

/// Adds what is concluded about one message as a whole.
void count_judgement(const Dossier& dossier, const Verdict& verdict, Counted counted,
                     ScanSummary& summary);

/// Adds the counts of `part` to `whole`.
void merge_judgements(const ScanSummary& part, ScanSummary& whole);

/// The lines on standings and kinds.
std::string standing_summary(const ScanSummary& summary);

/// The lines on SPF, DMARC and recorded results.
std::string domain_summary(const ScanSummary& summary);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_VERDICT_SUMMARY_H
