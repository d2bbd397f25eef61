// The one table of SPF reasons: word, sentence and section of each; and the words of results.
#ifndef MAILASSAY_SPF_REASON_H
#define MAILASSAY_SPF_REASON_H

#include <span>
#include <string_view>

#include "mailassay/spf.h"

namespace mailassay::spf {

struct ReasonEntry {
  Reason reason;
  std::string_view word;
  std::string_view sentence;   ///< for a person
  std::string_view reference;  ///< RFC and section
};

/// Every reason, in the order of the enumeration.
std::span<const ReasonEntry> reason_table();

const ReasonEntry& entry_of(Reason reason);

/// The word of [RFC8601 2.7.2].
std::string_view word_of(Status status);

}  // namespace mailassay::spf

#endif  // MAILASSAY_SPF_REASON_H
