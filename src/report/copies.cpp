#include "report/copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/json_value.h"
#include "report/summary.h"

namespace mailassay::report {
namespace {

/// Groups that the summary names; the record of the run has more of them.
constexpr std::size_t kShownGroups = 5;

constexpr std::array<std::string_view, kCopyStates> kWords = {"same", "differs", "unproven",
                                                              "identity-limit"};
constexpr std::array<std::string_view, kCopyStates> kSentences = {
    "as the signatures show that they have in common", "what a signature covers is not what it was",
    "no signature in common covers all of them", "not looked for: --memory admits no more"};

void append_row_number(std::optional<std::uint64_t> row, std::string& out) {
  if (row) {
    append_json_number(*row, out);
  } else {
    out.append("null");
  }
}

void append_number(std::string_view key, std::uint64_t number, std::string& out) {
  append_key(key, out);
  append_json_number(number, out);
}

void append_group(const CopyGroup& group, std::string& out) {
  out.append("{\"first\":");
  append_json_number(group.first, out);
  append_number("preferred", group.preferred, out);
  append_number("differing_count", group.differing_count, out);
  append_key("differing", out);
  append_array(
      group.differing, [&](std::uint64_t row) { append_json_number(row, out); }, out);
  out.push_back('}');
}

}  // namespace

std::string_view word_of(CopyState state) { return kWords[static_cast<std::size_t>(state)]; }

void append_copy(const std::optional<CopyMark>& mark, std::string& out) {
  if (!mark) {
    out.append("null");
    return;
  }
  out.append("{\"state\":");
  append_json_string(word_of(mark->state), out);
  append_key("of", out);
  append_row_number(mark->of, out);
  append_key("compared_with", out);
  append_row_number(mark->compared_with, out);
  append_key("replaces", out);
  append_bool(mark->replaces, out);
  out.push_back('}');
}

void append_copies(const std::optional<CopySummary>& copies, std::string& out) {
  if (!copies) {
    out.append("null");
    return;
  }
  out.append("{\"identities\":");
  append_json_number(copies->identities, out);
  append_number("limit", copies->limit, out);
  append_number("without_identity", copies->without_identity, out);
  append_key("states", out);
  for (std::size_t i = 0; i < kCopyStates; ++i) {
    out.append(i == 0 ? "{" : ",");
    append_json_string(kWords[i], out);
    out.push_back(':');
    append_json_number(copies->states[i], out);
  }
  out.push_back('}');
  append_number("replacing", copies->replacing, out);
  append_number("group_count", copies->group_count, out);
  append_key("groups", out);
  append_array(
      copies->groups, [&](const CopyGroup& group) { append_group(group, out); }, out);
  out.push_back('}');
}

std::string copies_summary(const CopySummary& copies) {
  std::string text;
  const std::back_insert_iterator<std::string> out(text);
  std::uint64_t all = 0;
  for (const CopyState state : {CopyState::same, CopyState::differs, CopyState::unproven}) {
    all += copies.states[static_cast<std::size_t>(state)];
  }
  fmt::format_to(out, "\n{:<27} {:>10}  of {} messages by Message-ID\n", "Copies", grouped(all),
                 grouped(copies.identities));
  for (std::size_t i = 0; i < kCopyStates; ++i) {
    if (copies.states[i] == 0) continue;
    fmt::format_to(out, "    {:<24} {:>9}  {}\n", kWords[i], grouped(copies.states[i]),
                   kSentences[i]);
  }
  const std::size_t shown = std::min(copies.groups.size(), kShownGroups);
  for (std::size_t i = 0; i < shown; ++i) {
    const CopyGroup& group = copies.groups[i];
    fmt::format_to(out, "      row {} has {} that differ{}; keep row {}\n", group.first,
                   grouped(group.differing_count), group.differing_count == 1 ? "s" : "",
                   group.preferred);
  }
  if (copies.group_count > shown) {
    fmt::format_to(out, "      and {} more; the record of the run lists up to 1,000\n",
                   grouped(copies.group_count - shown));
  }
  return text;
}

}  // namespace mailassay::report
