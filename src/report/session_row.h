// The recovered SMTP session and its SPF result in a row.
#ifndef MAILASSAY_REPORT_SESSION_ROW_H
#define MAILASSAY_REPORT_SESSION_ROW_H

#include <string>

#include "mailassay/verdict.h"
#include "report/redaction.h"

namespace mailassay::report {

/// Appends the value of the key `spf`.
void append_spf(const Verdict& verdict, const Redaction* redaction, std::string& out);

/// Appends the value of the key `envelope`.
void append_envelope(const Dossier& dossier, const envelope::Envelope& envelope,
                     const Redaction* redaction, std::string& out);

std::string_view word_of(SpfVerdict::Absence absence);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_SESSION_ROW_H
