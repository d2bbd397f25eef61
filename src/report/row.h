// One NDJSON row per message: keys in a fixed order, null where nothing is known.
// The schema is tools/mailassay/row.schema.json; it changes only by adding.
//
// The ids of the evidence are given in the order in which the output uses it, so they are known
// only when rows are put in order. A row is therefore made with a gap for them.
#ifndef MAILASSAY_REPORT_ROW_H
#define MAILASSAY_REPORT_ROW_H

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mailassay/dossier.h"
#include "mailassay/message.h"
#include "mailassay/verdict.h"
#include "report/redaction.h"

namespace mailassay::report {

/// Version of the row schema and of the rules that the verdicts follow.
inline constexpr unsigned kRowSchema = 1;
inline constexpr unsigned kRules = 1;

struct RowOptions {
  bool evidence = false;                 ///< add canonical hashes and raw key records
  const Redaction* redaction = nullptr;  ///< null: nothing is redacted
  bool dedupe = false;                   ///< the writer fills in `copy`
  bool arc_rfc_wording = false;          ///< ARC `undetermined` is called `fail` [RFC8617 5.2.1]
};

/// Rows of one batch, with the gaps that the writer fills.
struct RowText {
  std::string text;
  struct Gap {
    std::size_t position;                 ///< offset in `text` where the ids belong
    std::vector<dns::Question> evidence;  ///< what the ids stand for
    /// Offset in `text` behind `position` where the value of `copy` belongs, if it is filled in.
    std::optional<std::size_t> copy = std::nullopt;
  };
  std::vector<Gap> gaps;  ///< one for each row
};

/// Adds the row of one message, and takes the evidence out of its verdict.
void append_row(const Origin& origin, const Dossier& dossier, Verdict&& verdict,
                const RowOptions& options, RowText& out);

std::string_view word_of(MessageNote note);

/// False if the header was not looked at: nothing is known of the message then.
bool was_evaluated(const Dossier& dossier);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_ROW_H
