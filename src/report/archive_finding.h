// Archives that damaged their mail: one finding each, instead of one about every message.
#ifndef MAILASSAY_REPORT_ARCHIVE_FINDING_H
#define MAILASSAY_REPORT_ARCHIVE_FINDING_H

#include <string>

#include "mailassay/scan.h"

namespace mailassay::report {

/// The lines for a person; empty if there is no finding.
std::string archive_findings(const ScanSummary& summary);

/// Appends the keys `damaged_archive_count` and `damaged_archives` of a run record.
void append_archive_findings(const ScanSummary& summary, std::string& out);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_ARCHIVE_FINDING_H
