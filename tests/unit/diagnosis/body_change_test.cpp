// Where a body differs from the one that was signed: the lines that a person is shown.
#include "diagnosis/body_change.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailassay::diagnosis {
namespace {

using Changes = std::vector<Change>;

struct Case {
  const char* name;
  std::string present;
  std::string signed_body;
  Changes changes;
};

TEST(BodyChange, ShowsTheLinesThatDiffer) {
  const Case cases[] = {
      {"equal", "a\r\nb\r\n", "a\r\nb\r\n", {}},
      {"both empty", "", "", {}},
      {"line ends do not count", "a\nb\n", "a\r\nb\r\n", {}},
      {"a line in another form",
       ">From me\r\nrest\r\n",
       "From me\r\nrest\r\n",
       {{1, ">From me\r\n", "From me\r\n"}}},
      {"a line more",
       "one\r\nadded\r\nthe other\r\n",
       "one\r\nthe other\r\n",
       {{2, "added\r\n", ""}}},
      {"a line less",
       "one\r\nthe other\r\n",
       "one\r\nlost\r\nthe other\r\n",
       {{2, "", "lost\r\n"}}},
      {"a footer", "one\r\n-- \r\nlist\r\n", "one\r\n", {{2, "-- \r\nlist\r\n", ""}}},
      {"all of it", "a\r\n", "", {{1, "a\r\n", ""}}},
      // An empty line is found in many places; the text behind it tells where both go on.
      {"a bare CR before empty lines",
       "first\rsecond\r\n\r\nthird line\r\n\r\nfourth line\r\n",
       "first\r\nsecond\r\n\r\nthird line\r\n\r\nfourth line\r\n",
       {{1, "first\rsecond\r\n", "first\r\nsecond\r\n"}}},
      {"a bare CR for an empty line",
       "first line\r\r\nsecond line\r\n\r\nthird line\r\n",
       "first line\r\n\r\nsecond line\r\n\r\nthird line\r\n",
       {{1, "first line\r\r\n", "first line\r\n\r\n"}}},
      {"short lines are no place to go on",
       "}\r\nnew\r\n}\r\nold text here\r\n",
       "}\r\n\r\n}\r\nold text here\r\n",
       {{2, "new\r\n", "\r\n"}}},
      {"the end of both is one", "a\r\nb\r\nc\r\n", "a\r\nx\r\nc\r\n", {{2, "b\r\n", "x\r\n"}}},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(changes_between(one.present, one.signed_body), one.changes) << one.name;
  }
}

TEST(BodyChange, IsShort) {
  std::string present;
  std::string signed_body;
  for (int i = 0; i < 9; ++i) {
    const std::string same = "the same line " + std::to_string(i) + "\r\n";
    present += ">From a\r\n" + same;
    signed_body += "From a\r\n" + same;
  }
  EXPECT_EQ(changes_between(present, signed_body).size(), kChangesShown);
  const Changes cut = changes_between(std::string(5000, 'x') + "\r\n", "y\r\n");
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_EQ(cut.front().present, std::string(kChangeBytes, 'x'));
}

}  // namespace
}  // namespace mailassay::diagnosis
