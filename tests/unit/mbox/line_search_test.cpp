// The search for "\nFrom " at every place of a text, so also at the borders of the lanes.
#include "mbox/line_search.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::mbox {
namespace {

TEST(LineSearch, FindsTheNeedleAtEachPlaceOfEachLength) {
  for (std::size_t size = 6; size < 140; ++size) {
    for (std::size_t at = 0; at + 6 <= size; ++at) {
      std::string text(size, 'x');
      text.replace(at, 6, "\nFrom ");
      const test::ExactCopy copy(text);
      ASSERT_EQ(find_from_line(copy.view(), 0), at) << size;
      ASSERT_EQ(find_from_line(copy.view(), at), at) << size;
      ASSERT_EQ(find_from_line(copy.view(), at + 1), std::string_view::npos) << size;
    }
  }
}

TEST(LineSearch, PassesOverNearMisses) {
  for (const std::string_view miss :
       {"\nFrom", "\nfrom ", "\nFrim ", "\rFrom ", "xFrom ", "\nFrom:", "\n From ", "\n>From "}) {
    for (std::size_t before = 0; before < 70; ++before) {
      const test::ExactCopy copy(std::string(before, '\n') + std::string(miss));
      EXPECT_EQ(find_from_line(copy.view(), 0), std::string_view::npos) << miss << before;
    }
  }
}

TEST(LineSearch, FindsTheFirstOfMany) {
  const std::string text = "\nFrom\nFrom \nFrom \nFrom " + std::string(64, 'x') + "\nFrom ";
  const test::ExactCopy copy(text);
  EXPECT_EQ(find_from_line(copy.view(), 0), 5U);
  EXPECT_EQ(find_from_line(copy.view(), 6), 11U);
  EXPECT_EQ(find_from_line(copy.view(), 12), 17U);
  EXPECT_EQ(find_from_line(copy.view(), 18), text.size() - 6);
}

TEST(LineSearch, AdmitsNoOctets) {
  EXPECT_EQ(find_from_line({}, 0), std::string_view::npos);
  EXPECT_EQ(find_from_line("\nFrom ", 6), std::string_view::npos);
}

}  // namespace
}  // namespace mailassay::mbox
