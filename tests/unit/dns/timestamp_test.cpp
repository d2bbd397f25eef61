#include "dns/timestamp.h"

#include <gtest/gtest.h>

#include "support/exact_copy.h"

namespace mailassay::dns {
namespace {

TEST(Timestamp, IsReadInTheFormsOfRecordings) {
  struct Case {
    std::string_view text;
    std::int64_t seconds;
  };
  for (const Case& c : std::vector<Case>{{"0", 0},
                                         {"1700000000", 1700000000},
                                         {"1700000000.987", 1700000000},
                                         {"2023-11-14T22:13:20Z", 1700000000},
                                         {"2023-11-14 22:13:20", 1700000000},
                                         {"2023-11-14T22:13:20.5z", 1700000000},
                                         {"2023-11-15T00:13:20+02:00", 1700000000},
                                         {"2023-11-14T17:43:20-04:30", 1700000000}}) {
    const test::ExactCopy input(c.text);
    const auto time = timestamp_from_text(input.view());
    ASSERT_TRUE(time) << c.text;
    EXPECT_EQ(time->time_since_epoch().count(), c.seconds) << c.text;
  }
}

TEST(Timestamp, IsRefusedOtherwise) {
  for (const std::string_view text :
       {"", "-1", "x", "1e9", "1700000000.", "17 ", "99999999999999999999", "253402300800",
        "2023-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2023-11-14T24:00:00Z",
        "2023-11-14T22:13:61Z", "2023-11-14", "2023-11-14T22:13Z", "2023-11-14T22:13:20+2:00",
        "2023-11-14T22:13:20Zx", "1969-12-31T23:59:59Z"}) {
    const test::ExactCopy input(text);
    EXPECT_FALSE(timestamp_from_text(input.view())) << text;
  }
  EXPECT_FALSE(timestamp_from_number(-0.5));
  EXPECT_FALSE(timestamp_from_number(1e18));
}

}  // namespace
}  // namespace mailassay::dns
