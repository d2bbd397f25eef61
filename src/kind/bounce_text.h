// Bounces that only people were meant to read, by the shapes of the mail servers that wrote them.
//
// QSBMF is qmail's form, which it documents; the others are known by their first sentences.
#ifndef MAILASSAY_KIND_BOUNCE_TEXT_H
#define MAILASSAY_KIND_BOUNCE_TEXT_H

#include <optional>
#include <string_view>

#include "mailassay/kind_reports.h"
#include "mailassay/limits.h"

namespace mailassay::kind {

/// Reads a text that begins as those of a known mail server do.
///
/// Result: DsnFacts::returned counts from the first octet of `text`; empty if no shape fits.
std::optional<DsnFacts> read_bounce_text(std::string_view text, const Limits& limits, bool& cut);

/// Reads the recipients of a text from a mail server that is not known.
DsnFacts read_unknown_bounce(std::string_view text, const Limits& limits, bool& cut);

/// Whether the text begins as those of qmail do.
bool is_qsbmf(std::string_view text) noexcept;

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_BOUNCE_TEXT_H
