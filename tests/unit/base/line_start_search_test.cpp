#include "base/line_start_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "support/exact_copy.h"

namespace mailassay {
namespace {

bool found(std::string_view text, std::size_t piece, bool at_line_start = true) {
  LineStartSearch search;
  search.begin(">From ", at_line_start);
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    search.feed(test::ExactCopy(text.substr(0, piece)).view());
  }
  return search.found();
}

TEST(LineStartSearch, PiecesDoNotMatter) {
  for (std::size_t piece = 1; piece < 20; ++piece) {
    EXPECT_TRUE(found(">From here", piece)) << piece;
    EXPECT_TRUE(found("a text\n>From ", piece)) << piece;
    EXPECT_TRUE(found("a\n>Fro\n>From b", piece)) << piece;
    EXPECT_TRUE(found("rest\n>From b", piece, false)) << piece;
    EXPECT_FALSE(found("", piece)) << piece;
    EXPECT_FALSE(found("a >From here\n>>From there\n>from\n>From", piece)) << piece;
    EXPECT_FALSE(found(">From here", piece, false)) << piece;
  }
}

TEST(LineStartSearch, ForgetsTheTextBefore) {
  LineStartSearch search;
  search.begin("a");
  search.feed("a");
  EXPECT_TRUE(search.found());
  search.begin("b");
  EXPECT_FALSE(search.found());
  search.feed("a\nb");
  EXPECT_TRUE(search.found());
}

}  // namespace
}  // namespace mailassay
