// The DMARC verdict on a message, told to a person.
#ifndef MAILASSAY_REPORT_DMARC_TEXT_H
#define MAILASSAY_REPORT_DMARC_TEXT_H

#include <string>

#include "mailassay/dmarc.h"

namespace mailassay::report {

/// Walk, record, policy and alignment, and what RFC 7489 says otherwise.
std::string explain_dmarc(const dmarc::Verdict& verdict);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_DMARC_TEXT_H
