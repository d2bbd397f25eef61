#include "dns/timestamp.h"

#include <charconv>
#include <cstdint>

#include "base/cursor.h"

namespace mailassay::dns {

namespace {

using std::chrono::sys_seconds;

/// The last second of the year 9999: what RFC 3339 can write.
constexpr std::int64_t kLastSecond = 253402300799;

/// Exactly `count` digits as a number; empty otherwise.
std::optional<int> take_number(Cursor& cursor, std::size_t count) {
  const std::string_view digits = cursor.take_up_to(count);
  if (digits.size() != count) return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (!ascii::is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool skip_fraction(Cursor& cursor) {
  return !cursor.take('.') || !cursor.take_while(ascii::is_digit).empty();
}

/// Z or +HH:MM; nothing is taken for UTC, which is what COF demands of all times.
std::optional<std::chrono::minutes> take_offset(Cursor& cursor) {
  if (cursor.at_end() || cursor.take('Z') || cursor.take('z')) return std::chrono::minutes(0);
  const bool behind = cursor.take('-');
  if (!behind && !cursor.take('+')) return std::nullopt;
  const auto hours = take_number(cursor, 2);
  if (!cursor.take(':')) return std::nullopt;
  const auto minutes = take_number(cursor, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset(*hours * 60 + *minutes);
  return behind ? -offset : offset;
}

std::optional<sys_seconds> in_range(sys_seconds time) {
  const auto count = time.time_since_epoch().count();
  if (count < 0 || count > kLastSecond) return std::nullopt;
  return time;
}

std::optional<sys_seconds> date_time(Cursor cursor) {
  const auto year = take_number(cursor, 4);
  if (!year || !cursor.take('-')) return std::nullopt;
  const auto month = take_number(cursor, 2);
  if (!month || !cursor.take('-')) return std::nullopt;
  const auto day = take_number(cursor, 2);
  if (!day || !(cursor.take('T') || cursor.take('t') || cursor.take(' '))) return std::nullopt;
  const auto hour = take_number(cursor, 2);
  if (!hour || !cursor.take(':')) return std::nullopt;
  const auto minute = take_number(cursor, 2);
  if (!minute || !cursor.take(':')) return std::nullopt;
  const auto second = take_number(cursor, 2);
  if (!second || !skip_fraction(cursor)) return std::nullopt;
  const auto offset = take_offset(cursor);
  if (!offset || !cursor.at_end()) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year{*year},
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  // 60 is a leap second. [RFC3339 5.7]
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return in_range(std::chrono::sys_days(date) + std::chrono::hours(*hour) +
                  std::chrono::minutes(*minute) + std::chrono::seconds(*second) - *offset);
}

}  // namespace

std::optional<sys_seconds> timestamp_from_number(double seconds) {
  if (!(seconds >= 0 && seconds <= static_cast<double>(kLastSecond))) return std::nullopt;
  return sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

std::optional<sys_seconds> timestamp_from_text(std::string_view text) {
  Cursor cursor(text);
  const std::string_view digits = cursor.take_while(ascii::is_digit);
  if (digits.empty()) return std::nullopt;
  if (cursor.peek() == '-') return date_time(Cursor(text));
  if (!skip_fraction(cursor) || !cursor.at_end()) return std::nullopt;
  std::int64_t seconds = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (parsed.ec != std::errc{}) return std::nullopt;
  return in_range(sys_seconds(std::chrono::seconds(seconds)));
}

}  // namespace mailassay::dns
