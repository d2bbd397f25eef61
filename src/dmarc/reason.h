// The one table of DMARC reasons: word, sentence and section of each; and the words of results.
#ifndef MAILASSAY_DMARC_REASON_H
#define MAILASSAY_DMARC_REASON_H

#include <span>
#include <string_view>

#include "mailassay/dmarc.h"

namespace mailassay::dmarc {

struct ReasonEntry {
  Reason reason;
  std::string_view word;
  std::string_view sentence;   ///< for a person
  std::string_view reference;  ///< RFC and section
};

/// Every reason, in the order of the enumeration.
std::span<const ReasonEntry> reason_table();

const ReasonEntry& entry_of(Reason reason);

/// The word of [RFC9989 9.1], as in Authentication-Results.
std::string_view word_of(Status status);

/// The word of the tag's value. [RFC9989 4.7]
std::string_view word_of(Policy policy);

/// "p", "sp", "np" or "assumed".
std::string_view word_of(PolicyTag tag);

/// "strict", "relaxed", "none" or "unknown".
std::string_view word_of(Alignment alignment);

/// "exists", "does-not-exist", "unknown" or "not-asked".
std::string_view word_of(Existence existence);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_REASON_H
