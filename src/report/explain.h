// One verdict told to a person, step by step, with the evidence.
#ifndef MAILASSAY_REPORT_EXPLAIN_H
#define MAILASSAY_REPORT_EXPLAIN_H

#include <string>

#include "mailassay/dossier.h"
#include "mailassay/message.h"
#include "mailassay/verdict.h"

namespace mailassay::report {

std::string explain_text(const Origin& origin, const Dossier& dossier, const Verdict& verdict);

/// What a key record says and what is wrong with it. `text` is the TXT record.
std::string explain_key_record(const std::string& text);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_EXPLAIN_H
