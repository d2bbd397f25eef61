#include <fmt/format.h>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "report/printable.h"
#include "report/standing_text.h"
#include "verdict/standing_row.h"
#include "verdict/standing_word.h"

namespace mailassay::report {
namespace {

using Out = std::back_insert_iterator<std::string>;
constexpr std::size_t kShownName = 200;

/// The sentence with the parameter, which may be octets of the message, in its place.
std::string sentence_of(const standing::ReasonWord& reason) {
  std::string sentence(standing::entry_of(reason.word).sentence);
  if (const std::size_t place = sentence.find("{}"); place != std::string::npos) {
    sentence.replace(place, 2, printable(reason.parameter, kShownName));
  }
  return sentence;
}

void write_reason(const standing::ReasonWord& reason, Out out) {
  fmt::format_to(out, "  {}: {}\n", printable(standing::text_of(reason), kShownName),
                 sentence_of(reason));
}

void write_rows_before(const standing::Standing& standing, Out out) {
  if (standing.row < 2) return;
  fmt::format_to(out, "  rows of the table that do not match:\n");
  for (const standing::Row& row : standing::rows()) {
    if (row.number >= standing.row) return;
    fmt::format_to(out, "    {:>2} {:<16} {}\n", row.number, standing::entry_of(row.value).text,
                   standing::sentence_of(standing.misses[row.number - 1]));
  }
}

}  // namespace

std::string explain_standing(const standing::Standing& standing) {
  std::string text;
  const Out out(text);
  const standing::ValueEntry& value = standing::entry_of(standing.value);
  fmt::format_to(out, "\nStanding: {}, {} (row {} of {})\n", value.text, value.sentence,
                 standing.row, standing::kRowCount);
  for (const standing::ReasonWord& reason : standing.reasons) write_reason(reason, out);
  write_rows_before(standing, out);
  return text;
}

std::string explain_axes(const standing::IntegrityVerdict& integrity,
                         std::optional<standing::Basis> basis, FormVerdict form,
                         standing::Direction direction) {
  std::string text;
  const Out out(text);
  fmt::format_to(out, "  integrity  {}", standing::word_of(integrity.value));
  std::string_view before = " by ";
  for (const std::string& domain : integrity.by) {
    fmt::format_to(out, "{}{}", before, printable(domain, kShownName));
    before = ", ";
  }
  fmt::format_to(out, "\n  basis      {}\n", basis ? standing::word_of(*basis) : "none is needed");
  fmt::format_to(out, "  form       {}{}\n", standing::word_of(form.form),
                 form.is_claim ? ", by fields that any sender can write" : "");
  fmt::format_to(out, "  direction  {}\n", standing::word_of(direction));
  return text;
}

}  // namespace mailassay::report
