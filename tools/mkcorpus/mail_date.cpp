#include "mkcorpus/mail_date.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <string_view>

namespace mkcorpus {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Calendar {
  std::string_view weekday, month;
  unsigned day;
  int year;
  long hour, minute, second;
};

Calendar calendar_of(std::int64_t seconds) {
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return {kDays[std::chrono::weekday(day).c_encoding()],
          kMonths[static_cast<unsigned>(date.month()) - 1],
          static_cast<unsigned>(date.day()),
          static_cast<int>(date.year()),
          clock.hours().count(),
          clock.minutes().count(),
          clock.seconds().count()};
}

}  // namespace

std::string header_date(std::int64_t seconds, int zone_minutes) {
  const Calendar c = calendar_of(seconds + std::int64_t{zone_minutes} * 60);
  const int zone = std::abs(zone_minutes);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} {}{:02}{:02}", c.weekday, c.day, c.month,
                     c.year, c.hour, c.minute, c.second, zone_minutes < 0 ? '-' : '+', zone / 60,
                     zone % 60);
}

std::string postmark_date(std::int64_t seconds) {
  const Calendar c = calendar_of(seconds);
  return fmt::format("{} {} {:2} {:02}:{:02}:{:02} {}", c.weekday, c.month, c.day, c.hour, c.minute,
                     c.second, c.year);
}

}  // namespace mkcorpus
