// [RFC5322 2.2], with the tolerance that stored mail needs.
#include "message/header_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/exact_copy.h"

namespace mailassay::message {
namespace {

using namespace std::string_view_literals;

struct Indexed {
  std::vector<std::string> fields;  ///< raw
  std::size_t header_size, body_offset, junk;
  bool separator;
};

Indexed index(std::string_view text) {
  const test::ExactCopy copy(text);
  HeaderIndex header;
  header.build(copy.view());
  Indexed out{
      {}, header.header_size(), header.body_offset(), header.junk_lines(), header.has_separator()};
  for (const HeaderField& field : header.fields()) {
    out.fields.emplace_back(header.raw(field));
    // The parts make up the whole.
    std::string raw(header.name(field));
    for (std::size_t i = field.begin + field.name_size; i <= field.colon; ++i) {
      raw.push_back(text[i]);
    }
    raw.append(header.value(field));
    EXPECT_EQ(raw, out.fields.back());
  }
  return out;
}

using Fields = std::vector<std::string>;

struct Case {
  std::string_view what, text;
  Fields fields;
  std::size_t body;  ///< offset
  std::size_t junk;
  bool separator;
};

void run(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Indexed got = index(c.text);
    EXPECT_EQ(got.fields, c.fields);
    EXPECT_EQ(got.body_offset, c.body);
    EXPECT_EQ(got.junk, c.junk);
    EXPECT_EQ(got.separator, c.separator);
  }
}

TEST(HeaderIndex, LineEnds) {
  run({{"LF", "A: 1\nB: 2\n\nbody\n", {"A: 1", "B: 2"}, 11, 0, true},
       {"CRLF", "A: 1\r\nB: 2\r\n\r\nbody\r\n", {"A: 1", "B: 2"}, 14, 0, true},
       {"mixed", "A: 1\nB: 2\r\n\nbody", {"A: 1", "B: 2"}, 12, 0, true},
       {"mixed separator", "A: 1\n\r\nbody", {"A: 1"}, 7, 0, true},
       {"no body", "A: 1\n\n", {"A: 1"}, 6, 0, true},
       {"two empty lines", "A: 1\n\n\n", {"A: 1"}, 6, 0, true},
       {"CR alone is no line end", "A: 1\rB: 2\n\n", {"A: 1\rB: 2"}, 11, 0, true},
       {"CR CR LF is a line of a CR", "A: 1\n\r\r\nB: 2\n\n", {"A: 1", "B: 2"}, 15 - 1, 1, true},
       {"value ends with a CR", "A: 1\r\r\n\n", {"A: 1\r"}, 8, 0, true}});
}

TEST(HeaderIndex, WithoutSeparator) {
  run({{"nothing", "", {}, 0, 0, false},
       {"one line", "A: 1", {"A: 1"}, 4, 0, false},
       {"one line with its end", "A: 1\n", {"A: 1"}, 5, 0, false},
       {"a CR at the end of all", "A: 1\r", {"A: 1\r"}, 5, 0, false},
       {"CRLF and a CR", "A: 1\r\n\r", {"A: 1"}, 7, 1, false},
       {"name only", "A", {}, 1, 1, false},
       {"blanks at the end", "A: 1\n \t", {"A: 1\n \t"}, 7, 0, false},
       {"colon at the end", "A:", {"A:"}, 2, 0, false}});
}

TEST(HeaderIndex, WithoutHeader) {
  run({{"empty line first", "\nA: 1\n", {}, 1, 0, true},
       {"CRLF first", "\r\nA: 1\n", {}, 2, 0, true},
       {"only LF", "\n\n\n\n", {}, 1, 0, true}});
}

// A line of blanks continues the field above it and does not end the header. [RFC5322 4.2]
TEST(HeaderIndex, Continuations) {
  run({{"folded", "A: 1\n 2\n\t3\nB: 4\n\n", {"A: 1\n 2\n\t3", "B: 4"}, 17, 0, true},
       {"blank lines", "A: 1\n \n\t\r\n \nB: 2\n\n", {"A: 1\n \n\t\r\n ", "B: 2"}, 18, 0, true},
       {"blank line before the body", "A: 1\n  \n\nbody", {"A: 1\n  "}, 9, 0, true},
       {"at the top", " 0\nA: 1\n\n", {"A: 1"}, 9, 1, true},
       {"with a colon", "A: 1\n B: 2\n\n", {"A: 1\n B: 2"}, 12, 0, true}});
}

TEST(HeaderIndex, JunkAndItsContinuations) {
  run({{"line without colon", "A: 1\njunk\nB: 2\n\n", {"A: 1", "B: 2"}, 16, 1, true},
       {"its continuation is junk",
        "A: 1\njunk\n more\n\tmore\nB: 2\n\n",
        {"A: 1", "B: 2"},
        28,
        3,
        true},
       {"colon first", ": 1\nA: 1\n\n", {"A: 1"}, 10, 1, true},
       {"blank in the name", "A b: 1\nC: 2\n\n", {"C: 2"}, 13, 1, true},
       {"8-bit name", "\xC3\xA4: 1\nC: 2\n\n", {"C: 2"}, 12, 1, true},
       {"NUL in the name", "A\0: 1\nC: 2\n\n"sv, {"C: 2"}, 12, 1, true},
       {"DEL in the name", "A\x7F: 1\nC: 2\n\n", {"C: 2"}, 12, 1, true},
       {"only colons", ":\n:\n:\n", {}, 6, 3, false},
       {"blanks and a colon", " : 1\n\n", {}, 6, 1, true}});
}

// White space before the colon is obsolete syntax. [RFC5322 4.5]
TEST(HeaderIndex, Names) {
  run({{"blank before the colon", "Subject \t : x\n\n", {"Subject \t : x"}, 15, 0, true},
       {"every ftext",
        "!#$%&'*+-./09;<=>?@AZ[\\]^_`az{|}~: 1\n\n",
        {"!#$%&'*+-./09;<=>?@AZ[\\]^_`az{|}~: 1"},
        38,
        0,
        true},
       {"empty value", "A:\nB: \n\n", {"A:", "B: "}, 8, 0, true},
       {"octets of a value", "A: \0\xFF\x01\n\n"sv, {std::string("A: \0\xFF\x01", 6)}, 8, 0, true},
       {"CR before the colon", "A\r: 1\n\n", {}, 7, 1, true}});
}

TEST(HeaderIndex, Postmarks) {
  run({{"From line", "From jo Mon Jan  5 10:00:00 2020\nA: 1\n\n", {"A: 1"}, 39, 0, true},
       {"quoted", ">From jo Mon Jan  5 10:00:00 2020\nA: 1\n\n", {"A: 1"}, 40, 0, true},
       {"not at the top", "A: 1\nFrom jo x\nB: 2\n\n", {"A: 1", "B: 2"}, 21, 1, true},
       {"field", "From : jo\n\n", {"From : jo"}, 11, 0, true},
       {"field without blank", "From: jo\n\n", {"From: jo"}, 10, 0, true},
       {"its continuation", "From jo\n x\nA: 1\n\n", {"A: 1"}, 17, 1, true},
       {"lower case", "from jo\nA: 1\n\n", {"A: 1"}, 14, 1, true}});
}

// Without regard to case, as h= names them. [RFC6376 3.5]
TEST(HeaderIndex, FindsFieldsByName) {
  const std::string_view text = "A: 1\nb: 2\na: 3\nB : 4\nA: 5\nAA: 6\n\n";
  HeaderIndex header;
  header.build(text);
  const auto value = [&](std::uint32_t i) { return header.value(header.fields()[i]); };
  ASSERT_NE(header.last("a"), HeaderIndex::kNone);
  EXPECT_EQ(value(header.last("a")), " 5");
  EXPECT_EQ(value(header.previous(header.last("A"))), " 3");
  EXPECT_EQ(value(header.previous(header.previous(header.last("A")))), " 1");
  EXPECT_EQ(header.previous(header.first("A")), HeaderIndex::kNone);
  EXPECT_EQ(value(header.first("A")), " 1");
  EXPECT_EQ(value(header.last("B")), " 4");
  EXPECT_EQ(value(header.first("B")), " 2");
  for (const std::string_view absent : {"", "C", "AAA", "A ", "A:", "\xC1"}) {
    EXPECT_EQ(header.last(absent), HeaderIndex::kNone) << absent;
    EXPECT_EQ(header.first(absent), HeaderIndex::kNone) << absent;
  }
}

// What tells cases apart tells these octets apart too, so that the names may have one hash.
TEST(HeaderIndex, NamesThatDifferInOneBit) {
  const std::string_view text =
      "a@b: 1\nA`B: 2\nA@B: 3\na`b: 4\na_b: 5\nx^yyyyyyy: 6\nX~Yyyyyyy: 7\n\n";
  HeaderIndex header;
  header.build(text);
  struct {
    std::string_view name, first, last;
  } const cases[] = {{"A@b", " 1", " 3"},
                     {"a`B", " 2", " 4"},
                     {"A_B", " 5", " 5"},
                     {"X^YYYYYYY", " 6", " 6"},
                     {"x~yyyyyyy", " 7", " 7"}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    ASSERT_NE(header.first(c.name), HeaderIndex::kNone);
    EXPECT_EQ(header.value(header.fields()[header.first(c.name)]), c.first);
    ASSERT_NE(header.last(c.name), HeaderIndex::kNone);
    EXPECT_EQ(header.value(header.fields()[header.last(c.name)]), c.last);
    EXPECT_EQ(header.previous(header.first(c.name)), HeaderIndex::kNone);
  }
  EXPECT_EQ(header.previous(header.last("a@b")), header.first("a@b"));
  EXPECT_EQ(header.last("a\x7f"
                        "b"),
            HeaderIndex::kNone);
  EXPECT_EQ(header.last("x^yyyyyy"), HeaderIndex::kNone);
}

TEST(HeaderIndex, KeepsNothingOfTheMessageBefore) {
  HeaderIndex header;
  header.build("A: 1\njunk\n\n");
  header.build("B: 2");
  EXPECT_EQ(header.last("A"), HeaderIndex::kNone);
  EXPECT_EQ(header.fields().size(), 1U);
  EXPECT_EQ(header.junk_lines(), 0U);
  EXPECT_FALSE(header.has_separator());
  header.build("");
  EXPECT_EQ(header.last("B"), HeaderIndex::kNone);
}

TEST(HeaderIndex, NothingBeforeTheFirstBuild) {
  const HeaderIndex header;
  EXPECT_EQ(header.last("A"), HeaderIndex::kNone);
  EXPECT_TRUE(header.fields().empty());
}

TEST(HeaderIndex, ManyNamesAreAllFound) {
  std::string text;
  for (int i = 0; i < 3'000; ++i)
    text += "X-" + std::to_string(i % 1'000) + ": " + std::to_string(i) + "\n";
  HeaderIndex header;
  header.build(text);
  for (int i = 0; i < 1'000; ++i) {
    const std::string name = "x-" + std::to_string(i);
    std::vector<std::string> values;
    for (std::uint32_t f = header.last(name); f != HeaderIndex::kNone; f = header.previous(f)) {
      values.emplace_back(header.value(header.fields()[f]));
    }
    EXPECT_EQ(values, (Fields{" " + std::to_string(i + 2'000), " " + std::to_string(i + 1'000),
                              " " + std::to_string(i)}));
  }
}

}  // namespace
}  // namespace mailassay::message
