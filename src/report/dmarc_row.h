// The DMARC verdict in a row.
#ifndef MAILASSAY_REPORT_DMARC_ROW_H
#define MAILASSAY_REPORT_DMARC_ROW_H

#include <string>

#include "mailassay/dmarc.h"

namespace mailassay::report {

/// Appends the value of the key `dmarc`; null if there is no verdict.
void append_dmarc(const dmarc::Verdict* verdict, std::string& out);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_DMARC_ROW_H
