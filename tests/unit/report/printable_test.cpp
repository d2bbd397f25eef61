// What a message says must not drive a terminal.
#include "report/printable.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::report {
namespace {

using namespace std::string_view_literals;

std::string show(std::string_view text, std::size_t limit = 100) {
  const test::ExactCopy copy(text);
  return printable(copy.view(), limit);
}

TEST(Printable, ShowsText) {
  for (const std::string_view text :
       {"", "plain ~", "caf\xC3\xA9", "\xE6\x97\xA5", "\xF0\x9F\x98\x80", "\xC2\xA0", "\\x41"}) {
    EXPECT_EQ(show(text), text);
  }
}

TEST(Printable, HidesWhatDrivesATerminal) {
  struct {
    std::string_view text, shown;
  } const kCases[] = {{"\x1B[2J", "\\x1b[2J"},
                      {"a\r\nb", "a\\x0d\\x0ab"},
                      {"\0"sv, "\\x00"},
                      {"\x7F", "\\x7f"},
                      {"\t", "\\x09"},
                      {"\x07", "\\x07"},
                      {"\xC2\x9B", "\\xc2\\x9b"},
                      {"\xC2\x80", "\\xc2\\x80"},
                      {"\xFF", "\\xff"},
                      {"\xC3", "\\xc3"},
                      {"\x9B"
                       "A",
                       "\\x9bA"},
                      {"\xE2\x80\xAE"
                       "evil",
                       "\\xe2\\x80\\xaeevil"},  // right-to-left override
                      {"\xE2\x81\xA6", "\\xe2\\x81\\xa6"},
                      {"\xE2\x80\xAA", "\\xe2\\x80\\xaa"},
                      {"\xED\xA0\x80", "\\xed\\xa0\\x80"},
                      {"\xF0\x9F\x98", "\\xf0\\x9f\\x98"}};
  for (const auto& [text, shown] : kCases) EXPECT_EQ(show(text), shown);
}

TEST(Printable, CutsAndSaysSo) {
  EXPECT_EQ(show("abc", 3), "abc");
  EXPECT_EQ(show("abcd", 3), "abc...");
  EXPECT_EQ(show("ab\xC3\xA9"
                 "d",
                 3),
            "ab\xC3\xA9...");
  EXPECT_EQ(show(std::string(100'000, '\x1B'), 8), "\\x1b\\x1b...");
  EXPECT_EQ(show("a", 0), "...");
}

TEST(Printable, NoControlOctetGetsThrough) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; b += 5) {
      const char text[] = {static_cast<char>(a), static_cast<char>(b), 'x'};
      for (const char c : show(std::string_view(text, 3))) {
        const auto octet = static_cast<unsigned char>(c);
        ASSERT_TRUE(octet >= 0x20 && octet != 0x7F) << a << ' ' << b;
      }
    }
  }
}

}  // namespace
}  // namespace mailassay::report
