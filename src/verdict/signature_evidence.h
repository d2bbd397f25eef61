// What a DKIM signature is worth as evidence for a standing, from its facts and its verdict.
#ifndef MAILASSAY_VERDICT_SIGNATURE_EVIDENCE_H
#define MAILASSAY_VERDICT_SIGNATURE_EVIDENCE_H

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/finding.h"
#include "mailassay/standing_evidence.h"
#include "mailassay/verdict.h"

namespace mailassay::standing {

/// The time of receipt, and how far from it evidence of DNS still counts as of that time.
struct ReceiptTime {
  std::optional<std::chrono::sys_seconds> received;  ///< empty: nothing is fresh
  std::chrono::seconds window = std::chrono::days(7);
};

/// Whether something that was seen from `first` to `last` was seen at the time of receipt. With
/// neither it has no date, as a zone file has none, and holds for any time.
bool is_fresh(std::optional<std::chrono::sys_seconds> first,
              std::optional<std::chrono::sys_seconds> last, const ReceiptTime& time) noexcept;

/// Sorts a signature into its class and collects what has to be said of it.
///
/// Demands: `verdict` is of `facts`, judged at `time.received`.
Signature signature_evidence(const dkim::SignatureFacts& facts,
                             const dkim::SignatureVerdict& verdict, Aligned aligned,
                             const ReceiptTime& time);

/// What stands in a message, or was changed, when undoing `undo` helps: "footer" for
/// footer-remove. Empty for a reversal that removes no content.
std::string_view added_by(Undo undo) noexcept;

}  // namespace mailassay::standing

#endif  // MAILASSAY_VERDICT_SIGNATURE_EVIDENCE_H
