// The recovered SMTP session, SPF and recorded results, told to a person.
#ifndef MAILASSAY_REPORT_SESSION_TEXT_H
#define MAILASSAY_REPORT_SESSION_TEXT_H

#include <string>

#include "mailassay/verdict.h"

namespace mailassay::report {

/// Border, client, HELO, MAIL FROM and time of receipt, each with its source, and what differs.
std::string explain_envelope(const Dossier& dossier, const envelope::Envelope& envelope);

std::string explain_spf(const Verdict& verdict);

/// What receivers wrote down, entry by entry, beside our own results; nothing if nobody did.
std::string explain_recorded(const Dossier& dossier, const Verdict& verdict);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_SESSION_TEXT_H
