#include "base/ascii.h"

#include <gtest/gtest.h>

#include "support/exact_copy.h"

namespace mailassay::ascii {
namespace {

TEST(Ascii, LowersAsciiLettersAndNothingElse) {
  int changed = 0;
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    const bool is_upper = i >= 0x41 && i <= 0x5A;
    EXPECT_EQ(to_lower(c), is_upper ? static_cast<char>(i + 32) : c) << i;
    changed += to_lower(c) != c ? 1 : 0;
  }
  EXPECT_EQ(changed, 26);
}

// [RFC5234 B.1] WSP is SP and HTAB; not VT, FF, NBSP or the line ends.
TEST(Ascii, KnowsWhiteSpace) {
  for (int i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    EXPECT_EQ(is_wsp(c), i == 0x20 || i == 0x09) << i;
    EXPECT_EQ(is_fws_octet(c), i == 0x20 || i == 0x09 || i == 0x0D || i == 0x0A) << i;
  }
}

TEST(Ascii, ComparesWithoutCase) {
  EXPECT_TRUE(equal_ignoring_case("FrOm", "fRoM"));
  EXPECT_TRUE(equal_ignoring_case("", ""));
  EXPECT_FALSE(equal_ignoring_case("from", "from "));
  EXPECT_FALSE(equal_ignoring_case("from", "fro"));
  EXPECT_FALSE(equal_ignoring_case("@", "`"));
  EXPECT_FALSE(equal_ignoring_case("[", "{"));
  EXPECT_FALSE(equal_ignoring_case("\xC4", "\xE4"));
}

TEST(Ascii, TrimsBothEndsOnly) {
  struct {
    std::string_view text, trimmed;
  } const kCases[] = {{"", ""},
                      {" \t\r\n", ""},
                      {" a ", "a"},
                      {"a b", "a b"},
                      {"\r\n a\r\n", "a"},
                      {"\va\f", "\va\f"},
                      {"\xA0"
                       "a",
                       "\xA0"
                       "a"}};
  for (const auto& [text, trimmed] : kCases) {
    const test::ExactCopy copy(text);
    EXPECT_EQ(trim(copy.view()), trimmed);
  }
}

}  // namespace
}  // namespace mailassay::ascii
