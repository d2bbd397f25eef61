// The one table of the words of impersonation.
#ifndef MAILASSAY_VERDICT_IMPERSONATION_WORD_H
#define MAILASSAY_VERDICT_IMPERSONATION_WORD_H

#include <span>
#include <string_view>

#include "mailassay/impersonation.h"

namespace mailassay::impersonation {

struct WordEntry {
  Word word;
  std::string_view text;      ///< as rows have it
  std::string_view sentence;  ///< for a person
};

/// Every word, in the order of the enumeration.
std::span<const WordEntry> word_table();

const WordEntry& entry_of(Word word);

}  // namespace mailassay::impersonation

#endif  // MAILASSAY_VERDICT_IMPERSONATION_WORD_H
