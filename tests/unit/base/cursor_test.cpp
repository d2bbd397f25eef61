#include "base/cursor.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay {
namespace {

TEST(Cursor, TakesNothingAtTheEnd) {
  const test::ExactCopy copy("");
  Cursor cursor(copy.view());
  EXPECT_TRUE(cursor.at_end());
  EXPECT_EQ(cursor.peek(), '\0');
  EXPECT_FALSE(cursor.take('\0'));
  EXPECT_FALSE(cursor.take("a"));
  EXPECT_TRUE(cursor.take(""));
  EXPECT_EQ(cursor.take_up_to(5), "");
  EXPECT_EQ(cursor.take_while([](char) { return true; }), "");
  EXPECT_EQ(cursor.position(), 0U);
}

TEST(Cursor, DoesNotMoveWhenTheExpectedIsNotThere) {
  const test::ExactCopy copy("abc");
  Cursor cursor(copy.view());
  EXPECT_FALSE(cursor.take('b'));
  EXPECT_FALSE(cursor.take("abcd"));
  EXPECT_FALSE(cursor.take("abd"));
  EXPECT_EQ(cursor.take_while([](char c) { return c == 'z'; }), "");
  EXPECT_EQ(cursor.position(), 0U);
  EXPECT_TRUE(cursor.take("ab"));
  EXPECT_EQ(cursor.rest(), "c");
}

TEST(Cursor, TakesNoMoreThanIsThere) {
  const test::ExactCopy copy("abc");
  Cursor cursor(copy.view());
  EXPECT_EQ(cursor.take_up_to(2), "ab");
  EXPECT_EQ(cursor.take_up_to(static_cast<std::size_t>(-1)), "c");
  EXPECT_TRUE(cursor.at_end());
}

TEST(Cursor, TellsNulFromTheEnd) {
  const test::ExactCopy copy(std::string_view("\0a", 2));
  Cursor cursor(copy.view());
  EXPECT_FALSE(cursor.at_end());
  EXPECT_EQ(cursor.peek(), '\0');
  EXPECT_TRUE(cursor.take('\0'));
  EXPECT_TRUE(cursor.take('a'));
}

TEST(Cursor, SkipsFoldingWhiteSpaceOnly) {
  const test::ExactCopy copy(" \t\r\n\va");
  Cursor cursor(copy.view());
  cursor.skip_fws();
  EXPECT_EQ(cursor.rest(), "\va");
}

}  // namespace
}  // namespace mailassay
