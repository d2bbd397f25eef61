#include "message/date.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ascii.h"
#include "base/cursor.h"

namespace mailassay::message {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

struct NamedZone {
  std::string_view name;
  std::chrono::minutes offset;
};
constexpr NamedZone zone(std::string_view name, int hours, int minutes = 0) {
  return {name, std::chrono::hours(hours) + std::chrono::minutes(minutes)};
}
/// obs-zone, and then names outside of the RFC whose meaning is known. [RFC5322 4.3] Those with
/// several meanings (BST, IST, AMT, ...) count as unknown, as do military letters: -0000. MSK was
/// four hours ahead from 2011 to 2014, which is not told apart.
constexpr std::array kZones = {
    zone("ut", 0),        zone("gmt", 0),      zone("edt", -4),      zone("est", -5),
    zone("cdt", -5),      zone("cst", -6),     zone("mdt", -6),      zone("mst", -7),
    zone("pdt", -7),      zone("pst", -8),     zone("utc", 0),       zone("wet", 0),
    zone("west", 1),      zone("cet", 1),      zone("cest", 2),      zone("met", 1),
    zone("mest", 2),      zone("mesz", 2),     zone("mez", 1),       zone("eet", 2),
    zone("eest", 3),      zone("msk", 3),      zone("msd", 4),       zone("sast", 2),
    zone("jst", 9),       zone("kst", 9),      zone("hkt", 8),       zone("sgt", 8),
    zone("awst", 8),      zone("acst", 9, 30), zone("acdt", 10, 30), zone("aest", 10),
    zone("aedt", 11),     zone("nzst", 12),    zone("nzdt", 13),     zone("nst", -3, -30),
    zone("ndt", -2, -30), zone("akst", -9),    zone("akdt", -8),     zone("hst", -10),
};

/// Comments may nest [RFC5322 3.2.2]; an unclosed one runs to the end.
void skip_comment(Cursor& cursor) {
  std::size_t depth = 0;
  while (!cursor.at_end()) {
    const char c = cursor.take_up_to(1)[0];
    if (c == '\\') {
      cursor.take_up_to(1);
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return;
    }
  }
}

void skip_cfws(Cursor& cursor) {
  for (;;) {
    cursor.skip_fws();
    if (cursor.peek() != '(' || cursor.at_end()) return;
    skip_comment(cursor);
  }
}

/// A number of `min` to `max` digits.
std::optional<int> take_number(Cursor& cursor, std::size_t min, std::size_t max) {
  const std::string_view digits = cursor.take_while(ascii::is_digit);
  if (digits.size() < min || digits.size() > max) return std::nullopt;
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

std::optional<unsigned> take_month(Cursor& cursor) {
  const std::string_view word = cursor.take_while(ascii::is_alpha);
  if (word.size() < 3) return std::nullopt;
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (ascii::equal_ignoring_case(word.substr(0, 3), kMonths[i])) return i + 1;
  }
  return std::nullopt;
}

/// Years of two and three digits are obsolete forms. [RFC5322 4.3]
std::optional<int> take_year(Cursor& cursor) {
  const std::size_t before = cursor.position();
  const auto year = take_number(cursor, 2, 4);
  if (!year) return std::nullopt;
  const std::size_t digits = cursor.position() - before;
  if (digits == 2) return *year < 50 ? *year + 2000 : *year + 1900;
  if (digits == 3) return *year + 1900;
  return year;
}

std::optional<std::chrono::seconds> take_time_of_day(Cursor& cursor) {
  const auto hour = take_number(cursor, 1, 2);
  skip_cfws(cursor);
  if (!hour || *hour > 23 || !cursor.take(':')) return std::nullopt;
  skip_cfws(cursor);
  const auto minute = take_number(cursor, 2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  skip_cfws(cursor);
  if (cursor.take(':')) {
    skip_cfws(cursor);
    const auto read = take_number(cursor, 2, 2);
    if (!read || *read > 60) return std::nullopt;
    second = *read;
  }
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(second);
}

/// What has to be taken from local time to get UTC.
std::optional<std::chrono::minutes> take_zone(Cursor& cursor) {
  const char sign = cursor.peek();
  if (sign == '+' || sign == '-') {
    cursor.take(sign);
    const auto digits = take_number(cursor, 4, 4);
    if (!digits || *digits % 100 > 59) return std::nullopt;
    const std::chrono::minutes offset(*digits / 100 * 60 + *digits % 100);
    return sign == '+' ? offset : -offset;
  }
  const std::string_view word = cursor.take_while(ascii::is_alpha);
  for (const NamedZone& known : kZones) {
    if (ascii::equal_ignoring_case(word, known.name)) return known.offset;
  }
  return std::chrono::minutes(0);
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_date(std::string_view text) {
  Cursor cursor(text);
  skip_cfws(cursor);
  if (ascii::is_alpha(cursor.peek())) {  // day-of-week, with or without its comma
    cursor.take_while(ascii::is_alpha);
    skip_cfws(cursor);
    cursor.take(',');
    skip_cfws(cursor);
  }
  const auto day = take_number(cursor, 1, 2);
  skip_cfws(cursor);
  cursor.take('-');
  const auto month = day ? take_month(cursor) : std::nullopt;
  if (!month) return std::nullopt;
  skip_cfws(cursor);
  cursor.take('-');
  const auto year = take_year(cursor);
  skip_cfws(cursor);
  const auto time = year ? take_time_of_day(cursor) : std::nullopt;
  if (!time) return std::nullopt;
  skip_cfws(cursor);
  const auto zone = take_zone(cursor);
  if (!zone) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::sys_days(date)) + *time - *zone;
}

std::optional<std::chrono::sys_seconds> parse_received_date(std::string_view value) {
  const std::size_t semicolon = value.rfind(';');
  if (semicolon == std::string_view::npos) return std::nullopt;
  auto date = parse_date(value.substr(semicolon + 1));
  if (!date) {
    // The last semicolon may stand in a comment behind the date.
    const std::size_t before = value.substr(0, semicolon).rfind(';');
    if (before == std::string_view::npos) return std::nullopt;
    date = parse_date(value.substr(before + 1));
  }
  using namespace std::chrono;
  constexpr sys_days kEarliest = year(1980) / January / 1;
  constexpr sys_days kLatest = year(2100) / January / 1;
  if (!date || *date < kEarliest || *date >= kLatest) return std::nullopt;
  return date;
}

}  // namespace mailassay::message
