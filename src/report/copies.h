// What is said of copies: in a row, in the record of the run and in the summary.
#ifndef MAILASSAY_REPORT_COPIES_H
#define MAILASSAY_REPORT_COPIES_H

#include <optional>
#include <string>
#include <string_view>

#include "mailassay/copies.h"

namespace mailassay::report {

std::string_view word_of(CopyState state);

/// Appends the value of the key `copy`.
void append_copy(const std::optional<CopyMark>& mark, std::string& out);

/// Appends the value of `copies` in the record; null where nobody asked for it.
void append_copies(const std::optional<CopySummary>& copies, std::string& out);

/// Lines of the summary.
std::string copies_summary(const CopySummary& copies);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_COPIES_H
