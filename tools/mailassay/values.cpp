#include "values.h"

#include <charconv>
#include <limits>

namespace mailassay::program {
namespace {

/// Takes exactly `digits` digits from the front.
std::optional<int> take_digits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int number = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

/// "10:00:00Z" behind the date, or nothing.
std::optional<std::chrono::seconds> parse_clock(std::string_view text) {
  if (text.empty()) return std::chrono::seconds(0);
  if (!take(text, 'T')) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
  const auto second = take_digits(text, 2);
  if (!second || *second > 59 || text != "Z") return std::nullopt;
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

}  // namespace

std::optional<std::chrono::seconds> parse_span(std::string_view text) {
  constexpr std::chrono::seconds kMost = std::chrono::days(36525);
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  const std::string_view unit(stopped, static_cast<std::size_t>(end - stopped));
  std::int64_t factor = 0;
  if (unit == "d") factor = 86400;
  if (unit == "h") factor = 3600;
  if (unit == "m") factor = 60;
  if (unit == "s") factor = 1;
  if (error != std::errc() || factor == 0 || number < 0 || number > kMost.count() / factor) {
    return std::nullopt;
  }
  return std::chrono::seconds(number * factor);
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || number == 0) return std::nullopt;
  const std::string_view unit(stopped, static_cast<std::size_t>(end - stopped));
  unsigned shift = 0;
  if (!unit.empty()) {
    constexpr std::string_view kUnits = "KMGT";
    const char letter =
        unit[0] >= 'a' && unit[0] <= 'z' ? static_cast<char>(unit[0] - 32) : unit[0];
    const std::size_t place = kUnits.find(letter);
    const std::string_view rest = unit.substr(1);
    if (place == std::string_view::npos || !(rest.empty() || rest == "iB" || rest == "B")) {
      return std::nullopt;
    }
    shift = 10U * static_cast<unsigned>(place + 1);
  }
  if (number > std::numeric_limits<std::uint64_t>::max() >> shift) return std::nullopt;
  return number << shift;
}

bool parse_expansion(std::string_view text, UnpackLimits& limits) {
  const std::size_t comma = text.find(',');
  const std::string_view first = text.substr(0, comma);
  if (first.ends_with('x')) {
    const char* const end = first.data() + first.size() - 1;
    std::uint64_t ratio = 0;
    const auto [stopped, error] = std::from_chars(first.data(), end, ratio);
    if (error != std::errc() || stopped != end || ratio == 0) return false;
    limits.expansion_ratio = ratio;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
  const auto size = parse_size(text);
  if (size) limits.expansion_bytes = *size;
  return size.has_value();
}

std::optional<std::chrono::sys_seconds> parse_time(std::string_view text) {
  std::int64_t seconds = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, seconds);
  if (error == std::errc() && stopped == end && seconds >= 0) {
    constexpr std::int64_t kYear10000 = 253402300800;
    if (seconds >= kYear10000) return std::nullopt;
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
  }
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  const auto clock = parse_clock(text);
  if (!date.ok() || !clock) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::sys_days(date)) + *clock;
}

}  // namespace mailassay::program
