// [RFC5322 3.3] and its obsolete forms [RFC5322 4.3].
#include "message/date.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::message {
namespace {

std::optional<std::int64_t> seconds(std::optional<std::chrono::sys_seconds> time) {
  return time ? std::optional<std::int64_t>(time->time_since_epoch().count()) : std::nullopt;
}

std::optional<std::int64_t> date(std::string_view text) {
  const test::ExactCopy copy(text);
  return seconds(parse_date(copy.view()));
}

std::optional<std::int64_t> received(std::string_view text) {
  const test::ExactCopy copy(text);
  return seconds(parse_received_date(copy.view()));
}

constexpr std::int64_t kNoon = 1704110400;  // 2024-01-01T12:00:00Z

TEST(Date, ReadsWhatIsWritten) {
  struct {
    std::string_view text;
    std::int64_t seconds;
  } const kCases[] = {
      {"Mon, 1 Jan 2024 12:00:00 +0000", kNoon},
      {"1 Jan 2024 12:00:00 +0000", kNoon},
      {" \r\n\tMon,\r\n 1 Jan 2024 12:00:00 +0000\r\n", kNoon},
      {"Mon, 01 Jan 2024 12:00 +0000", kNoon},
      {"Mon, 1 Jan 2024 14:30:00 +0230", kNoon},
      {"Mon, 1 Jan 2024 04:00:00 -0800 (PST)", kNoon},
      {"Mon (a (nested \\) one)), 1 Jan (x) 2024 12 : 00 : 00 +0000", kNoon},
      {"mon, 1 JAN 2024 12:00:00 gmt", kNoon},
      {"Mon, 1 Jan 2024 12:00:00 UT", kNoon},
      {"Mon, 1 Jan 2024 07:00:00 EST", kNoon},
      {"Mon, 1 Jan 2024 05:00:00 PDT", kNoon},
      {"Mon, 1 Jan 2024 12:00:00 Z", kNoon},
      {"Mon, 1 Jan 2024 12:00:00 -0000", kNoon},
      {"Mon, 1 Jan 2024 12:00:00", kNoon},      // no zone counts as UTC
      {"Mon, 1 Jan 2024 12:00:00 XYZ", kNoon},  // unknown ones too
      {"Mon 1 Jan 2024 12:00:00 +0000", kNoon},
      {"Mon, 1-Jan-2024 12:00:00 +0000", kNoon},
      {"Mon, 1 January 2024 12:00:00 +0000", kNoon},
      {"Mon, 1 Jan 24 12:00:00 +0000", kNoon},
      {"Mon, 1 Jan 124 12:00:00 +0000", kNoon},
      {"Tue, 1 Jan 2024 12:00:00 +0000", kNoon},  // the day of the week is not checked
      {"Thu, 01 Jan 1970 00:00:00 +0000", 0},
      {"1 Jan 70 00:00:00 +0000", 0},
      {"Wed, 31 Dec 1969 23:59:59 +0000", -1},
      {"1 Jan 1970 00:00:00 +0959", -35940},
      {"29 Feb 2024 00:00:00 +0000", 1709164800},
      {"31 Dec 2016 23:59:60 +0000", 1483228800},  // a leap second
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(date(text), expected) << text;
}

// Names of zones beyond those of the RFC, as far as they have one meaning. [RFC5322 4.3]
TEST(Date, NamedZones) {
  struct {
    std::string_view time_and_zone;
    std::int64_t seconds;
  } const kCases[] = {
      {"12:00:00 UTC", kNoon},
      {"13:00:00 CET", kNoon},
      {"14:00:00 CEST", kNoon},
      {"14:00:00 MESZ", kNoon},
      {"14:00:00 EET", kNoon},
      {"15:00:00 EEST", kNoon},
      {"15:00:00 MSK", kNoon},
      {"21:00:00 JST", kNoon},
      {"21:30:00 ACST", kNoon},
      {"08:30:00 NST", kNoon},
      {"09:30:00 NDT", kNoon},
      {"02:00:00 HST", kNoon},
      {"13:00:00 cet", kNoon},
      {"13:00:00 CET (CEST)", kNoon},
      {"13:00:00 +0100 (CEST)", kNoon},  // the number counts
      // With more than one meaning, or none: as if in UTC.
      {"12:00:00 BST", kNoon},
      {"12:00:00 IST", kNoon},
      {"12:00:00 A", kNoon},
      {"12:00:00 CETX", kNoon},
      {"12:00:00 CE", kNoon},
      {"12:00:00 (CET)", kNoon},
  };
  for (const auto& [time_and_zone, expected] : kCases) {
    EXPECT_EQ(date("Mon, 1 Jan 2024 " + std::string(time_and_zone)), expected) << time_and_zone;
  }
}

TEST(Date, RefusesWhatIsNoDate) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       std::initializer_list<std::string_view>{"",
                                               " ",
                                               "Mon",
                                               "Mon,",
                                               "Mon, 1",
                                               "Mon, 1 Jan",
                                               "Mon, 1 Jan 2024",
                                               "Mon, 1 Jan 2024 12",
                                               "Mon, 1 Jan 2024 12:",
                                               "Mon, 1 Jan 2024 12:0",
                                               "Mon, 1 Jan 2024 24:00:00 +0000",
                                               "Mon, 1 Jan 2024 12:60:00 +0000",
                                               "Mon, 1 Jan 2024 12:00:61 +0000",
                                               "Mon, 1 Jan 2024 12:00:0 +0000",
                                               "Mon, 0 Jan 2024 12:00:00 +0000",
                                               "Mon, 32 Jan 2024 12:00:00 +0000",
                                               "Mon, 30 Feb 2024 12:00:00 +0000",
                                               "29 Feb 2023 00:00:00 +0000",
                                               "Mon, 001 Jan 2024 12:00:00 +0000",
                                               "Mon, 1 Jax 2024 12:00:00 +0000",
                                               "Mon, 1 Ja 2024 12:00:00 +0000",
                                               "Mon, 1 1 2024 12:00:00 +0000",
                                               "Mon, 1 Jan 20240 12:00:00 +0000",
                                               "Mon, 1 Jan 4 12:00:00 +0000",
                                               "Mon, 1 Jan 2024 12:00:00 +000",
                                               "Mon, 1 Jan 2024 12:00:00 +00000",
                                               "Mon, 1 Jan 2024 12:00:00 +0060",
                                               "Mon, 1 Jan 2024 12:00:00 +",
                                               "2024-01-01T12:00:00Z",
                                               "Jan 1 2024 12:00:00",
                                               "Mon, 1 Jan 2024 123:00:00 +0000",
                                               "(unclosed Mon, 1 Jan 2024 12:00:00",
                                               "Mon, \0001 Jan 2024 12:00:00 +0000"sv,
                                               "Mon, 99999999999999999999 Jan 2024 12:00:00 +0000",
                                               "Mon, 1 Jan 99999999999999999999 12:00:00 +0000",
                                               "1704110400",
                                               "\xFF",
                                               "(((",
                                               "(\\"}) {
    EXPECT_EQ(date(text), std::nullopt) << text;
  }
}

// What follows the last semicolon. [RFC5321 4.4]
TEST(Date, OfReceivedFields) {
  EXPECT_EQ(received("from a by b; Mon, 1 Jan 2024 12:00:00 +0000"), kNoon);
  EXPECT_EQ(received("from a (x; y) by b;\r\n\tMon, 1 Jan 2024 12:00:00 +0000"), kNoon);
  EXPECT_EQ(received("by b; Mon, 1 Jan 2024 12:00:00 +0000 (a; b)"), kNoon);
  for (const std::string_view text :
       {"", ";", "by b", "by b;", "by b; yesterday", "Mon, 1 Jan 2024 12:00:00 +0000",
        "by b; Mon, 1 Jan 2024 12:00:00 +0000;;", "by b; 31 Dec 1979 23:59:59 +0000",
        "by b; 1 Jan 2100 00:00:00 +0000", "by b; Thu, 01 Jan 1970 00:00:00 +0000"}) {
    EXPECT_EQ(received(text), std::nullopt) << text;
  }
  EXPECT_TRUE(received("by b; 1 Jan 1980 00:00:00 +0000"));
  EXPECT_TRUE(received("by b; 31 Dec 2099 23:59:59 +0000"));
}

}  // namespace
}  // namespace mailassay::message
