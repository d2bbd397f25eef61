// Names of aggregate reports: the subject and the file name of DMARC and TLS reports say whose
// report on what it is. [RFC9990 3.5.2] [RFC8460 5.1] [RFC8460 5.3]
#ifndef MAILASSAY_KIND_SUMMARY_REPORT_H
#define MAILASSAY_KIND_SUMMARY_REPORT_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mailassay/kind_reports.h"
#include "mailassay/limits.h"

namespace mailassay::kind {

/// receiver "!" policy-domain "!" begin "!" end [ "!" unique-id ] "." extension
struct ReportName {
  std::string submitter;  ///< lower case
  std::string domain;     ///< lower case
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::string unique_id;
  bool is_dmarc = false;  ///< .xml, .xml.gz, and the .zip and .xml.zip of older reports
  bool is_tls = false;    ///< .json, .json.gz
};
std::optional<ReportName> parse_report_name(std::string_view filename);

/// Reads "Report Domain: D Submitter: S Report-ID: I" into `out`; false if it has another form.
bool read_report_subject(std::string_view subject, const Limits& limits, ReportFacts& out);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_SUMMARY_REPORT_H
