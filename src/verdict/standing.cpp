#include "mailassay/standing.h"

#include <array>

#include "verdict/standing_row.h"
#include "verdict/standing_word.h"

namespace mailassay::standing {
namespace {

// First match decides. What each condition asks stands in standing_conditions.cpp.
constexpr std::array<Row, kRowCount> kRows = {{
    {1, Value::malformed, miss_malformed, reasons_malformed},
    {2, Value::authenticated, miss_dkim, reasons_dkim},
    {3, Value::altered, miss_changed_after_receipt, reasons_changed_after_receipt},
    {4, Value::authenticated, miss_spf, reasons_spf},
    {5, Value::local, miss_local, reasons_local},
    {6, Value::forwarded, miss_forwarded, reasons_forwarded},
    {7, Value::attested, miss_attested, reasons_attested},
    {8, Value::altered, miss_altered, reasons_altered},
    {9, Value::unverifiable, miss_unverifiable, reasons_unverifiable},
    {10, Value::disowned, miss_disowned, reasons_disowned},
    {11, Value::unaligned, miss_unaligned, reasons_unaligned},
    {12, Value::unauthenticated, miss_nothing, reasons_unauthenticated},
}};

}  // namespace

std::span<const Row> rows() { return kRows; }

Standing decide(const Evidence& evidence) {
  Standing standing;
  for (const Row& row : kRows) {
    const Miss miss = row.miss(evidence);
    standing.misses[row.number - 1] = miss;
    if (miss != Miss::none) continue;
    standing.value = row.value;
    standing.row = row.number;
    standing.reasons = row.reasons(evidence);
    break;
  }
  return standing;
}

std::string text_of(const ReasonWord& reason) {
  std::string text(entry_of(reason.word).text);
  if (entry_of(reason.word).has_parameter) text.append(1, ':').append(reason.parameter);
  return text;
}

}  // namespace mailassay::standing
