// The one table of reasons: word, RFC 8601 result, sentence and section of each. And the words of
// the other DKIM enumerations. No such string is built anywhere else.
#ifndef MAILASSAY_DKIM_REASON_H
#define MAILASSAY_DKIM_REASON_H

#include <span>
#include <string_view>

#include "mailassay/verdict.h"

namespace mailassay::dkim {

struct ReasonEntry {
  Reason reason;
  Status status;               ///< the result that this reason leads to [RFC8601 2.7.1]
  std::string_view word;       ///< as rows have it
  std::string_view sentence;   ///< for a person
  std::string_view reference;  ///< RFC and section
};

/// Every reason, in the order of the enumeration.
std::span<const ReasonEntry> reason_table();

const ReasonEntry& entry_of(Reason reason);

std::string_view word_of(Status status);
std::string_view word_of(Note note);
std::string_view sentence_of(Note note);
std::string_view word_of(Algorithm algorithm);
std::string_view word_of(HeaderCanon canon);
std::string_view word_of(BodyCanon canon);
std::string_view word_of(Match match);
std::string_view word_of(KeyType type);
std::string_view word_of(Alignment alignment);

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_REASON_H
