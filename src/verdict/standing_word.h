// The one table of the words of standings: as rows have them, and for a person.
#ifndef MAILASSAY_VERDICT_STANDING_WORD_H
#define MAILASSAY_VERDICT_STANDING_WORD_H

#include <span>
#include <string_view>

#include "mailassay/axes.h"
#include "mailassay/form.h"
#include "mailassay/standing.h"

namespace mailassay::standing {

struct WordEntry {
  Word word;
  std::string_view text;      ///< as rows have it
  std::string_view sentence;  ///< for a person; `{}` stands where the parameter goes
  bool has_parameter;
};

/// Every reason word, in the order of the enumeration.
std::span<const WordEntry> word_table();

const WordEntry& entry_of(Word word);

struct ValueEntry {
  Value value;
  std::string_view text;
  std::string_view sentence;
};

/// Every standing, in the order of the enumeration.
std::span<const ValueEntry> value_table();

const ValueEntry& entry_of(Value value);

/// Why a row does not match, for a person.
std::string_view sentence_of(Miss miss);

std::string_view word_of(Integrity integrity);
std::string_view word_of(Basis basis);
std::string_view word_of(Direction direction);
std::string_view word_of(Form form);

}  // namespace mailassay::standing

#endif  // MAILASSAY_VERDICT_STANDING_WORD_H
