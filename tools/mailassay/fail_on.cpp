#include "fail_on.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "dkim/reason.h"

namespace mailassay::program {
namespace {

constexpr std::array<std::string_view, 8> kNames = {
    "none", "pass", "fail", "policy", "neutral", "temperror", "permerror", "unreadable"};

std::uint64_t count_of(std::string_view name, const ScanSummary& summary) {
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
  return name == "none" ? summary.messages : summary.signatures;
}

std::string_view unit_of(std::string_view name) {
  if (name == "unreadable") return "inputs and messages";
  return name == "none" ? "messages are unsigned" : "signatures";
}

Result<FailOnItem, std::string> parse_item(std::string_view text) {
  FailOnItem item;
  const std::size_t greater = text.find('>');
  item.name = std::string(text.substr(0, greater));
  if (std::find(kNames.begin(), kNames.end(), item.name) == kNames.end()) {
    return Unexpected(fmt::format("--fail-on: '{}' is no result and not 'unreadable'; known are {}",
                                  item.name, fmt::join(kNames, ", ")));
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
