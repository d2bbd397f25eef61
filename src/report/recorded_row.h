// What receivers recorded, beside our own results, in a row.
#ifndef MAILASSAY_REPORT_RECORDED_ROW_H
#define MAILASSAY_REPORT_RECORDED_ROW_H

#include <string>

#include "mailassay/verdict.h"

namespace mailassay::report {

/// Appends the value of the key `recorded`.
void append_recorded(const Dossier& dossier, const Verdict& verdict, std::string& out);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_RECORDED_ROW_H
