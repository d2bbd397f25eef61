// Receipts and complaints: the parts message/disposition-notification and message/feedback-report.
// [RFC8098 3.1] [RFC5965 3]
#ifndef MAILASSAY_KIND_FEEDBACK_REPORT_H
#define MAILASSAY_KIND_FEEDBACK_REPORT_H

#include <string_view>

#include "mailassay/kind_reports.h"
#include "mailassay/limits.h"

namespace mailassay::kind {

MdnFacts read_disposition_notification(std::string_view text, const Limits& limits, bool& cut);

/// Result: well_formed says whether the fields that have to be there once are. [RFC5965 3.1]
ReportFacts read_feedback_report(std::string_view text, const Limits& limits, bool& cut);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_FEEDBACK_REPORT_H
