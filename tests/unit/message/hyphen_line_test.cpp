#include "message/hyphen_line.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "support/exact_copy.h"

namespace mailassay::message {
namespace {

/// Line by line.
std::size_t by_lines(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    if (text.substr(from).starts_with("--")) return from;
    const std::size_t found = text.find('\n', from);
    if (found == std::string_view::npos) break;
    from = found + 1;
  }
  return text.size();
}

TEST(HyphenLine, Table) {
  struct Case {
    const char* text;
    std::size_t from;
    std::size_t found;
  };
  constexpr Case kCases[] = {
      {"--", 0, 0},      {"a--\n--b", 0, 4}, {"-\n-\n- -\n", 0, 8}, {"x\n--", 0, 2},
      {"x\n-", 0, 3},    {"", 0, 0},         {"--x\n--y", 4, 4},    {"x\n--", 2, 2},
      {"x\r\n--", 0, 3}, {"x\r--", 0, 4},    {"\n--", 0, 1},        {"--x\n", 4, 4},
  };
  for (const Case& one : kCases) {
    const test::ExactCopy copy(one.text);
    EXPECT_EQ(find_hyphen_line(copy.view(), one.from), one.found) << one.text;
  }
}

TEST(HyphenLine, AgreesWithALineByLineSearch) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string text(random() % 100, 'x');
    for (char& c : text) c = "\n--x\r---\n"[random() % 9];
    const test::ExactCopy copy(text);
    for (std::size_t from = 0;;) {
      const std::size_t found = find_hyphen_line(copy.view(), from);
      ASSERT_EQ(found, by_lines(text, from)) << text << " " << from;
      from = text.find('\n', found);
      if (found == text.size() || from == std::string::npos) break;
      ++from;
    }
  }
}

}  // namespace
}  // namespace mailassay::message
