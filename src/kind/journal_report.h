// Exchange journal reports: a text with the envelope, and the message attached.
//
// Blind recipients stand in no other place than this. The text is lines of "Name: value"; a line
// with another name makes it no envelope.
#ifndef MAILASSAY_KIND_JOURNAL_REPORT_H
#define MAILASSAY_KIND_JOURNAL_REPORT_H

#include <optional>
#include <string_view>

#include "mailassay/kind_reports.h"
#include "mailassay/limits.h"

namespace mailassay::kind {

/// Reads the text of a journal report.
///
/// Result: empty unless it has a sender, a Message-Id and nothing but envelope lines.
std::optional<JournalFacts> read_journal_envelope(std::string_view text, const Limits& limits,
                                                  bool& cut);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_JOURNAL_REPORT_H
