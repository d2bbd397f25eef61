// The rows of the table of standings: condition and reasons of each.
#ifndef MAILASSAY_VERDICT_STANDING_ROW_H
#define MAILASSAY_VERDICT_STANDING_ROW_H

#include <cstddef>
#include <span>
#include <vector>

#include "mailassay/standing.h"

namespace mailassay::standing {

struct Row {
  std::size_t number;
  Value value;
  Miss (*miss)(const Evidence&);  ///< Miss::none: the row matches
  std::vector<ReasonWord> (*reasons)(const Evidence&);
};

/// The twelve rows in their order; the last one always matches.
std::span<const Row> rows();

// Conditions, in the order of the table.
Miss miss_malformed(const Evidence& evidence);
Miss miss_dkim(const Evidence& evidence);
Miss miss_changed_after_receipt(const Evidence& evidence);
Miss miss_spf(const Evidence& evidence);
Miss miss_local(const Evidence& evidence);
Miss miss_forwarded(const Evidence& evidence);
Miss miss_attested(const Evidence& evidence);
Miss miss_altered(const Evidence& evidence);
Miss miss_unverifiable(const Evidence& evidence);
Miss miss_disowned(const Evidence& evidence);
Miss miss_unaligned(const Evidence& evidence);
Miss miss_nothing(const Evidence& evidence);

// Reasons, in the order of the table. Demand: the condition of the row holds.
std::vector<ReasonWord> reasons_malformed(const Evidence& evidence);
std::vector<ReasonWord> reasons_dkim(const Evidence& evidence);
std::vector<ReasonWord> reasons_changed_after_receipt(const Evidence& evidence);
std::vector<ReasonWord> reasons_spf(const Evidence& evidence);
std::vector<ReasonWord> reasons_local(const Evidence& evidence);
std::vector<ReasonWord> reasons_forwarded(const Evidence& evidence);
std::vector<ReasonWord> reasons_attested(const Evidence& evidence);
std::vector<ReasonWord> reasons_altered(const Evidence& evidence);
std::vector<ReasonWord> reasons_unverifiable(const Evidence& evidence);
std::vector<ReasonWord> reasons_disowned(const Evidence& evidence);
std::vector<ReasonWord> reasons_unaligned(const Evidence& evidence);
std::vector<ReasonWord> reasons_unauthenticated(const Evidence& evidence);

}  // namespace mailassay::standing

#endif  // MAILASSAY_VERDICT_STANDING_ROW_H
