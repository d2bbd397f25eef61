// What was run, on what, and where every octet went: the record beside an output file.
#ifndef MAILASSAY_REPORT_RUN_RECORD_H
#define MAILASSAY_REPORT_RUN_RECORD_H

#include <chrono>
#include <string>

#include "mailassay/scan.h"

namespace mailassay::report {

/// What the record says that neither the options nor the summary know.
struct RunFacts {
  std::chrono::sys_seconds started;
  std::chrono::sys_seconds ended;
  std::string build;  ///< compiler and build type
};

/// One JSON object, with a final LF; what nothing fills yet is null.
std::string run_record_text(const ScanOptions& options, const ScanSummary& summary,
                            const RunFacts& facts);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_RUN_RECORD_H
