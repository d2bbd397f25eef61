// [RFC6376 3.4.1] simple, [RFC6376 3.4.2] relaxed.
#include "dkim/canonical_header.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::dkim {
namespace {

std::string canonical(HeaderCanon canon, std::string_view text) {
  const test::ExactCopy copy(text);
  RawField field{copy.view(), 0, copy.view().find(':')};
  field.name_size = field.colon;
  while (field.name_size > 0 &&
         (text[field.name_size - 1] == ' ' || text[field.name_size - 1] == '\t')) {
    --field.name_size;
  }
  std::string out = "|";  // it appends
  append_canonical_field(canon, field, out);
  EXPECT_EQ(out.front(), '|');
  return out.substr(1);
}

// The octets as received: case, folding, blanks before the colon. [RFC6376 3.4.1]
TEST(CanonicalHeader, SimpleKeepsAllButTheStorageOfLineEnds) {
  for (const std::string_view text : {"SubJect: a", "A :b", "A\t: b ", "A: b\r\n  c\r\n\td",
                                      "A:", "A: ", "A: a\rb", "A:\t\xFF"}) {
    EXPECT_EQ(canonical(HeaderCanon::simple, text), text) << text;
  }
  EXPECT_EQ(canonical(HeaderCanon::simple, "A: b\n c\r\n d\n\te"), "A: b\r\n c\r\n d\r\n\te");
  EXPECT_EQ(canonical(HeaderCanon::simple, "A:\n\n"), "A:\r\n\r\n");
}

TEST(CanonicalHeader, Relaxed) {
  struct {
    std::string_view text, canonical;
  } const kCases[] = {
      // The example of [RFC6376 3.4.5].
      {"A: X", "a:X"},
      {"B : Y\t\r\n\tZ  ", "b:Y Z"},
      // Names in lower case, values in theirs.
      {"SUBJect: AbC", "subject:AbC"},
      // Unfolding leaves no CRLF. [RFC6376 3.4.2]
      {"A: b\r\n c", "a:b c"},
      {"A: b\n c", "a:b c"},
      {"A:\r\n b", "a:b"},
      {"A: b\r\n \r\n\t\r\n c", "a:b c"},
      {"A: b\r\n \r\n ", "a:b"},
      // Runs of white space are one SP; none at the ends and around the colon.
      {"A: b \t  c\td", "a:b c d"},
      {"A \t :\t b \t", "a:b"},
      {"A:", "a:"},
      {"A: \t\r\n ", "a:"},
      // Only SP and HTAB are white space. [RFC6376 2.8]
      {"A:\vb\f", "a:\vb\f"},
      {"A: \xC2\xA0"
       "b",
       "a:\xC2\xA0"
       "b"},
      // A CR alone is text.
      {"A: b\rc", "a:b\rc"},
      {"A: b\r c", "a:b\r c"},
      {"A: b\r", "a:b\r"},
      {"A: \r\r\n b", "a:\r b"},
      {"A: a:b", "a:a:b"},
  };
  for (const auto& [text, expected] : kCases) {
    EXPECT_EQ(canonical(HeaderCanon::relaxed, text), expected) << testing::PrintToString(text);
  }
}

TEST(CanonicalHeader, RelaxedKeepsNul) {
  using namespace std::string_view_literals;
  EXPECT_EQ(canonical(HeaderCanon::relaxed, "A: b\0  c"sv), "a:b\0 c"sv);
}

}  // namespace
}  // namespace mailassay::dkim
