// The one table of reversals: word, sentence, and whether content is removed.
#ifndef MAILASSAY_DIAGNOSIS_UNDO_H
#define MAILASSAY_DIAGNOSIS_UNDO_H

#include <span>
#include <string_view>

#include "mailassay/finding.h"

namespace mailassay::diagnosis {

struct UndoEntry {
  Undo undo;
  /// As a rule; of another transfer encoding, unless the text is known to be the same.
  bool removes_content;
  std::string_view word;      ///< as rows have it
  std::string_view sentence;  ///< what happened to the message, for a person
};

/// Every reversal, in the order of the enumeration.
std::span<const UndoEntry> undo_table();

const UndoEntry& entry_of(Undo undo);

std::string_view word_of(Finding::Part part);
/// The word that a row has instead of a finding; empty for State::found.
std::string_view word_of(Finding::State state);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_UNDO_H
