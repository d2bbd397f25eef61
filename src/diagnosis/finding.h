// What the searches of body and header tell together about one signature, and about a message.
#ifndef MAILASSAY_DIAGNOSIS_FINDING_H
#define MAILASSAY_DIAGNOSIS_FINDING_H

#include <cstddef>
#include <optional>
#include <span>

#include "mailassay/dossier.h"
#include "mailassay/finding.h"
#include "mailassay/verdict.h"

namespace mailassay::diagnosis {

/// Says why a signature fails.
///
/// Demands:  `header` is the repair of the header fields, null if none was looked for;
///           `other_key`: the signature was made with another key, which is no change of the
///           message; `encoding_signed`: a signature whose header fits, and that was made over
///           another form of the body too, covers Content-Transfer-Encoding.
/// Result:   empty if there is nothing to explain: neither hash differs, or it was not compared.
std::optional<Finding> finding_of(const dkim::SignatureFacts& facts,
                                  std::optional<dkim::Match> signature, const Repair* header,
                                  bool other_key = false, bool encoding_signed = false);

/// Whether the signature covers Content-Transfer-Encoding and was made over another form of the
/// body: then that form had the encoding that the field says.
bool fixes_encoding(const dkim::SignatureFacts& facts, std::optional<dkim::Match> signature);

/// The signature whose finding stands for the message in a row: the first aligned one with a
/// reversal, else the first with one, else the first that has a finding at all.
///
/// Result:   index into `signatures`; empty if none has a finding.
std::optional<std::size_t> leading_finding(std::span<const dkim::SignatureVerdict> signatures);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_FINDING_H
