// Standing, the axes beside it, and the kind of a message in a row.
#ifndef MAILASSAY_REPORT_STANDING_ROW_H
#define MAILASSAY_REPORT_STANDING_ROW_H

#include <string>

#include "mailassay/verdict.h"
#include "report/redaction.h"

namespace mailassay::report {

/// Appends the keys from `standing` to `impersonates`, each with the comma before it.
void append_standing(const Dossier& dossier, const Verdict& verdict, std::string& out);

/// Appends the value of the key `impersonates`.
void append_impersonation(const impersonation::Verdict& verdict, std::string& out);

/// Appends the value of the key `reports`: what a bounce, receipt, journal or report tells.
void append_reports(const kind::KindFacts& facts, const Redaction* redaction, std::string& out);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_STANDING_ROW_H
