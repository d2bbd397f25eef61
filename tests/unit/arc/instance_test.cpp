// Instances of ARC header fields. [RFC8617 3.9] [RFC8617 4.1.1] [RFC8617 4.2.1]
#include "arc/instance.h"

#include <gtest/gtest.h>

#include "support/exact_copy.h"

namespace mailassay::arc {
namespace {

struct Position {
  std::string_view text;
  std::optional<std::uint32_t> instance;
};

TEST(ArcInstance, Positions) {
  constexpr auto kNone = std::nullopt;
  const Position table[] = {
      {"1", 1},
      {"9", 9},
      {"10", 10},
      {"50", 50},
      {"51", 51},
      {"99", 99},
      {"", kNone},
      {"0", kNone},
      {"00", kNone},
      {"01", kNone},
      {"+1", kNone},
      {"-1", kNone},
      {" 1", kNone},
      {"1 ", kNone},
      {"1x", kNone},
      {"x", kNone},
      {"100", kNone},
      {"1.", kNone},
      {"4294967297", kNone},
  };
  for (const Position& row : table) {
    EXPECT_EQ(parse_instance(test::ExactCopy(row.text).view()), row.instance) << row.text;
  }
}

struct Prefix {
  std::string_view value;
  std::uint32_t instance;  ///< 0: refused
  std::string_view payload;
};

TEST(ArcInstance, PrefixOfResults) {
  const Prefix table[] = {
      {" i=1; mx.example; spf=pass", 1, " mx.example; spf=pass"},
      {"i=2;", 2, ""},
      {"\r\n\ti = 3 ;x", 3, "x"},
      {" (first (nested \\) one)) i=4 (and here);x", 4, "x"},
      {" i=()5(x)(y);;", 5, ";"},
      {" i=51;x", 51, "x"},
      {"", 0, ""},
      {" ", 0, ""},
      {" mx.example; i=1; spf=pass", 0, ""},
      {" i=1 mx.example; spf=pass", 0, ""},
      {" I=1; x", 0, ""},
      {" i=; x", 0, ""},
      {" i=0; x", 0, ""},
      {" i=01; x", 0, ""},
      {" i=100; x", 0, ""},
      {" i=yes; x", 0, ""},
      {" i:1; x", 0, ""},
      {" ii=1; x", 0, ""},
      {" i=1", 0, ""},
      {" (i=1; x", 0, ""},
      {" i=1 (; x", 0, ""},
      {" i=1 (\\", 0, ""},
      {" i=1, x", 0, ""},
  };
  for (const Prefix& row : table) {
    const test::ExactCopy copy(row.value);
    const auto prefix = parse_results_prefix(copy.view());
    ASSERT_EQ(prefix.has_value(), row.instance != 0) << row.value;
    if (!prefix) continue;
    EXPECT_EQ(prefix->instance, row.instance) << row.value;
    EXPECT_EQ(copy.view().substr(prefix->payload_begin), row.payload) << row.value;
  }
}

}  // namespace
}  // namespace mailassay::arc
