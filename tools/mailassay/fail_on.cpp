#include "fail_on.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "dkim/reason.h"
#include "verdict/standing_word.h"

namespace mailassay::program {
namespace {

constexpr std::array<std::string_view, 8> kNames = {
    "none", "pass", "fail", "policy", "neutral", "temperror", "permerror", "unreadable"};

/// Null if `name` is no standing.
const standing::ValueEntry* standing_of(std::string_view name) {
  const auto table = standing::value_table();
  const auto entry = std::find_if(table.begin(), table.end(),
                                  [&](const auto& known) { return known.text == name; });
  return entry == table.end() ? nullptr : &*entry;
}

std::string known_names() {
  std::string names = fmt::format("{}", fmt::join(kNames, ", "));
  for (const standing::ValueEntry& entry : standing::value_table()) {
    names.append(", ").append(entry.text);
  }
  return names;
}

std::uint64_t count_of(std::string_view name, const ScanSummary& summary) {
  if (const auto* standing = standing_of(name)) {
    return summary.standings[static_cast<std::size_t>(standing->value)];
  }
  if (name == "unreadable") return summary.problem_count;
  if (name == "none") return summary.unsigned_messages;
  std::uint64_t count = 0;
  for (const dkim::ReasonEntry& entry : dkim::reason_table()) {
    if (dkim::word_of(entry.status) == name) {
      count += summary.reasons[static_cast<std::size_t>(entry.reason)];
    }
  }
  return count;
}

std::uint64_t whole_of(std::string_view name, const ScanSummary& summary) {
  if (name == "unreadable") return summary.problem_count + summary.messages;
  return name == "none" || standing_of(name) != nullptr ? summary.messages : summary.signatures;
}

std::string_view unit_of(std::string_view name) {
  if (name == "unreadable") return "inputs and messages";
  if (standing_of(name) != nullptr) return "messages";
  return name == "none" ? "messages are unsigned" : "signatures";
}

Result<FailOnItem, std::string> parse_item(std::string_view text) {
  FailOnItem item;
  const std::size_t greater = text.find('>');
  item.name = std::string(text.substr(0, greater));
  const bool is_known = std::find(kNames.begin(), kNames.end(), item.name) != kNames.end() ||
                        standing_of(item.name) != nullptr;
  if (!is_known) {
    return Unexpected(
        fmt::format("--fail-on: '{}' is no result, no standing and not 'unreadable'; known are {}",
                    item.name, known_names()));
  }
  if (greater == std::string_view::npos) return item;
  std::string_view number = text.substr(greater + 1);
  if (number.ends_with('%')) {
    item.is_percent = true;
    number.remove_suffix(1);
  }
  const char* const end = number.data() + number.size();
  const auto [stopped, error] = std::from_chars(number.data(), end, item.threshold);
  if (number.empty() || error != std::errc() || stopped != end || !(item.threshold >= 0) ||
      item.threshold > 1e15) {
    return Unexpected(fmt::format("--fail-on: '{}' needs a number behind '>'", text));
  }
  return item;
}

}  // namespace

Result<std::vector<FailOnItem>, std::string> parse_fail_on(std::string_view list) {
  std::vector<FailOnItem> items;
  std::size_t start = 0;
  while (start <= list.size()) {
    const std::size_t end = std::min(list.find(',', start), list.size());
    auto item = parse_item(list.substr(start, end - start));
    if (!item) return Unexpected(item.error());
    items.push_back(std::move(*item));
    start = end + 1;
  }
  return items;
}

std::string find_failure(const std::vector<FailOnItem>& items, const ScanSummary& summary) {
  for (const FailOnItem& item : items) {
    const std::uint64_t count = count_of(item.name, summary);
    const std::uint64_t whole = whole_of(item.name, summary);
    const double value =
        item.is_percent
            ? (whole == 0 ? 0.0 : 100.0 * static_cast<double>(count) / static_cast<double>(whole))
            : static_cast<double>(count);
    if (value > item.threshold) {
      return fmt::format("--fail-on {}>{}{}: {} of {} {}", item.name, item.threshold,
                         item.is_percent ? "%" : "", count, whole, unit_of(item.name));
    }
  }
  return {};
}

}  // namespace mailassay::program
