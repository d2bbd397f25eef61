#include "base/whole_line_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "support/exact_copy.h"

namespace mailassay {
namespace {

bool found(std::string_view text, std::size_t piece) {
  WholeLineSearch search;
  search.begin("--b b");
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    search.feed(test::ExactCopy(text.substr(0, piece)).view());
  }
  return search.found();
}

TEST(WholeLineSearch, PiecesDoNotMatter) {
  constexpr std::string_view kFound[] = {"--b b\r\n",
                                         "--b b\n",
                                         "a\r\n--b b\r\nc",
                                         "--b b \t\r\n",
                                         "--b bx\n--b b\n",
                                         "--b\n\n--b b\n",
                                         "----b b\n--b b\n",
                                         "--b b"
                                         "\r\r\n--b b\n"};
  constexpr std::string_view kNone[] = {
      "",           "--b b",         "--b b--\r\n", "--b bx\r\n",   "--b  b\r\n",
      " --b b\r\n", "x--b b\r\n",    "--b b x\r\n", "--B b\r\n",    "--b b\r\r\n",
      "--b b\r \n", "--b\r\n b\r\n", "\r\n\r\n",    "--b b\rx\r\n", "--b \r\n"};
  for (std::size_t piece = 1; piece < 20; ++piece) {
    for (const std::string_view text : kFound) EXPECT_TRUE(found(text, piece)) << text;
    for (const std::string_view text : kNone) EXPECT_FALSE(found(text, piece)) << text;
  }
}

TEST(WholeLineSearch, ForgetsTheTextBefore) {
  WholeLineSearch search;
  search.begin("a");
  search.feed("a\n");
  EXPECT_TRUE(search.found());
  search.begin("b");
  EXPECT_FALSE(search.found());
  search.feed("a\nb\n");
  EXPECT_TRUE(search.found());
}

}  // namespace
}  // namespace mailassay
