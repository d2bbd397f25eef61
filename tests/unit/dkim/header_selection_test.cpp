// [RFC6376 5.4.2] bottom-up, and what h= may list. [RFC6376 5.4] [RFC6376 3.5 h=]
#include "dkim/header_selection.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailassay::dkim {
namespace {

constexpr std::uint32_t kNoOwn = message::HeaderIndex::kNone - 1;

/// The values of the selected fields, in order.
std::vector<std::string> select(std::string_view text, std::string_view names,
                                std::uint32_t own = kNoOwn) {
  message::HeaderIndex header;
  header.build(text);
  HeaderSelection selection;
  std::vector<std::string> values;
  for (const std::uint32_t i : selection.select(header, names, own)) {
    values.emplace_back(header.value(header.fields()[i]));
  }
  return values;
}

using Values = std::vector<std::string>;
constexpr std::string_view kHeader =
    "A:1\nB:2\nA:3\nC:4\na:5\nDKIM-Signature:6\nDKIM-Signature:7\n\n";

TEST(HeaderSelection, TakesFieldsFromTheBottomUp) {
  EXPECT_EQ(select(kHeader, "a"), (Values{"5"}));
  EXPECT_EQ(select(kHeader, "a:a"), (Values{"5", "3"}));
  EXPECT_EQ(select(kHeader, "a:b:a:a"), (Values{"5", "2", "3", "1"}));
}

// In the order of h=, not of the message. [RFC6376 3.7]
TEST(HeaderSelection, KeepsTheOrderOfTheList) {
  EXPECT_EQ(select(kHeader, "c:b:a"), (Values{"4", "2", "5"}));
  EXPECT_EQ(select(kHeader, "a:b:c"), (Values{"5", "2", "4"}));
}

// A name without a field left gives nothing: listing it proves that there is no more of it.
// [RFC6376 5.4] [RFC6376 3.5]
TEST(HeaderSelection, NamesWithoutFieldGiveNothing) {
  EXPECT_EQ(select(kHeader, "x"), Values{});
  EXPECT_EQ(select(kHeader, "x:b:x"), (Values{"2"}));
  EXPECT_EQ(select(kHeader, "b:b:b"), (Values{"2"}));
  EXPECT_EQ(select("", "a:b"), Values{});
  EXPECT_EQ(select(kHeader, ""), Values{});
}

// The signature's own field is never selected; others are fields like any. [RFC6376 3.7]
TEST(HeaderSelection, LeavesTheOwnFieldOut) {
  EXPECT_EQ(select(kHeader, "dkim-signature", 4 + 2), (Values{"6"}));
  EXPECT_EQ(select(kHeader, "dkim-signature", 4 + 1), (Values{"7"}));
  EXPECT_EQ(select(kHeader, "dkim-signature:dkim-signature", 5), (Values{"7"}));
  EXPECT_EQ(select(kHeader, "dkim-signature:dkim-signature", 6), (Values{"6"}));
  EXPECT_EQ(select("DKIM-Signature:1\n\n", "dkim-signature", 0), Values{});
}

TEST(HeaderSelection, KeepsNothingBetweenCalls) {
  message::HeaderIndex header;
  header.build(kHeader);
  HeaderSelection selection;
  const auto first = selection.select(header, "a:a:a", kNoOwn);
  EXPECT_EQ(selection.select(header, "a:a:a", kNoOwn), first);
  EXPECT_EQ(first.size(), 3U);
}

}  // namespace
}  // namespace mailassay::dkim
