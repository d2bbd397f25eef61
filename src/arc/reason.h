// The one table of reasons of ARC: word, result, sentence and section of each; and the words of its
// other enumerations.
#ifndef MAILASSAY_ARC_REASON_H
#define MAILASSAY_ARC_REASON_H

#include <span>
#include <string_view>

#include "mailassay/arc.h"

namespace mailassay::arc {

struct ReasonEntry {
  Reason reason;
  Result result;               ///< what this reason leads to; of Reason::none: a chain that passes
  std::string_view word;       ///< as rows have it
  std::string_view sentence;   ///< for a person
  std::string_view reference;  ///< RFC and section
};

/// Every reason, in the order of the enumeration.
std::span<const ReasonEntry> reason_table();

const ReasonEntry& entry_of(Reason reason);

std::string_view word_of(Result result);
std::string_view word_of(ChainStatus status);

/// `undetermined` as RFC 8617 has it: all errors are permanent. [RFC8617 5.2.1]
constexpr Result in_rfc_wording(Result result) noexcept {
  return result == Result::undetermined ? Result::fail : result;
}

}  // namespace mailassay::arc

#endif  // MAILASSAY_ARC_REASON_H
