#include "values.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "support/exact_copy.h"

namespace mailassay::program {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST(ParseSize, reads_octets_and_powers_of_1024) {
  struct Case {
    std::string_view text;
    std::optional<std::uint64_t> size;
  };
  constexpr std::uint64_t kTera = std::uint64_t{1} << 40U;
  const Case cases[] = {
      {"1", 1},
      {"65536", 65536},
      {"64K", 65536},
      {"64k", 65536},
      {"64KB", 65536},
      {"64KiB", 65536},
      {"512M", std::uint64_t{512} << 20U},
      {"2G", std::uint64_t{2} << 30U},
      {"16777215T", 16777215 * kTera},
      {"16777216T", std::nullopt},
      {"18446744073709551615", 18446744073709551615U},
      {"18446744073709551616", std::nullopt},
      {"0", std::nullopt},
      {"0M", std::nullopt},
      {"", std::nullopt},
      {"M", std::nullopt},
      {"-1", std::nullopt},
      {"+1", std::nullopt},
      {" 1", std::nullopt},
      {"1 ", std::nullopt},
      {"1 M", std::nullopt},
      {"1.5M", std::nullopt},
      {"1P", std::nullopt},
      {"1Mi", std::nullopt},
      {"1MiBB", std::nullopt},
      {"1MB/s", std::nullopt},
      {"0x10", std::nullopt},
  };
  for (const Case& c : cases) {
    const test::ExactCopy text(c.text);
    EXPECT_EQ(parse_size(text.view()), c.size) << c.text;
  }
}

TEST(ParseTime, reads_seconds_dates_and_utc) {
  struct Case {
    std::string_view text;
    std::int64_t since_1970;
  };
  constexpr Case cases[] = {
      {"0", 0},
      {"1714557600", 1714557600},
      {"2024-05-01", 1714521600},
      {"2024-05-01T10:00:00Z", 1714557600},
      {"2024-02-29T23:59:59Z", 1709251199},
      {"1970-01-01", 0},
      {"253402300799", 253402300799},
      {"9999-12-31T23:59:59Z", 253402300799},
  };
  for (const Case& c : cases) {
    const test::ExactCopy text(c.text);
    EXPECT_EQ(parse_time(text.view()), sys_seconds(seconds(c.since_1970))) << c.text;
  }
}

TEST(ParseTime, refuses_what_is_no_time) {
  constexpr std::string_view cases[] = {
      "",
      "now",
      "-1",
      "253402300800",
      "99999999999999999999",
      "2024-5-1",
      "2024-13-01",
      "2024-00-01",
      "2024-02-30",
      "2023-02-29",
      "2024-05-01T10:00:00",
      "2024-05-01T24:00:00Z",
      "2024-05-01T10:60:00Z",
      "2024-05-01T10:00:60Z",
      "2024-05-01T10:00:00+02:00",
      "2024-05-01 10:00:00Z",
      "2024-05-01Z",
      "2024-05-01T",
      "24-05-01",
      "2024/05/01",
      "2024-05-01T10:00Z",
  };
  for (const std::string_view text : cases) {
    const test::ExactCopy copy(text);
    EXPECT_EQ(parse_time(copy.view()), std::nullopt) << text;
  }
}

TEST(ParseExpansion, reads_a_factor_and_a_size) {
  struct Case {
    std::string_view text;
    bool good;
    std::uint64_t ratio;
    std::uint64_t bytes;
  };
  constexpr std::uint64_t kDefault = UnpackLimits().expansion_ratio;
  const Case cases[] = {
      {"1x", true, 1, 0},
      {"200x", true, 200, 0},
      {"64K", true, kDefault, 65536},
      {"7x,64K", true, 7, 65536},
      {"", false, 0, 0},
      {"x", false, 0, 0},
      {"0x", false, 0, 0},
      {"-1x", false, 0, 0},
      {"1.5x", false, 0, 0},
      {"1x,", false, 0, 0},
      {"64K,7x", false, 0, 0},
      {"1x,2x", false, 0, 0},
      {"99999999999999999999x", false, 0, 0},
  };
  for (const Case& a_case : cases) {
    const test::ExactCopy copy(a_case.text);
    UnpackLimits limits;
    ASSERT_EQ(parse_expansion(copy.view(), limits), a_case.good) << a_case.text;
    if (!a_case.good) continue;
    EXPECT_EQ(limits.expansion_ratio, a_case.ratio) << a_case.text;
    EXPECT_EQ(limits.expansion_bytes, a_case.bytes) << a_case.text;
  }
}

}  // namespace
}  // namespace mailassay::program
