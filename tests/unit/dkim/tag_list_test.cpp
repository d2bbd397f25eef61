// [RFC6376 3.2] with [RFC6376 err5070].
#include "dkim/tag_list.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/exact_copy.h"

namespace mailassay::dkim {
namespace {

using namespace std::string_view_literals;
using Pairs = std::vector<std::pair<std::string, std::string>>;

Result<Pairs, TagListFault> parse(std::string_view text) {
  const test::ExactCopy copy(text);
  const auto list = parse_tag_list(copy.view());
  if (!list) return Unexpected(list.error());
  Pairs pairs;
  for (const Tag& tag : list->tags()) {
    pairs.emplace_back(tag.name, tag.value);
    // The extent is what stands between the equals sign and the semicolon.
    EXPECT_EQ(copy.view()[tag.value_begin - 1], '=');
    EXPECT_TRUE(tag.value_end == text.size() || text[tag.value_end] == ';');
  }
  return pairs;
}

TEST(TagList, ReadsPairsBetweenSemicolons) {
  struct {
    std::string_view text;
    Pairs pairs;
  } const kCases[] = {
      {"a=1", {{"a", "1"}}},
      {"a=1;b=2", {{"a", "1"}, {"b", "2"}}},
      {"a=1;b=2;", {{"a", "1"}, {"b", "2"}}},  // the last semicolon is optional
      {"a=1;b=2; \r\n ", {{"a", "1"}, {"b", "2"}}},
      {"b=2;a=1", {{"b", "2"}, {"a", "1"}}},
      {"a1_Z=x=y", {{"a1_Z", "x=y"}}},
      {"z=From:a|To:b", {{"z", "From:a|To:b"}}},
  };
  for (const auto& [text, pairs] : kCases) {
    const auto list = parse(text);
    ASSERT_TRUE(list) << text;
    EXPECT_EQ(*list, pairs) << text;
  }
}

// White space around names, equals signs and values is not part of them; an erratum puts it
// between name and equals sign too. [RFC6376 err5070]
TEST(TagList, FoldingWhiteSpace) {
  for (const std::string_view text :
       {" a = 1 ; b = 2 ", "\r\n\ta\r\n =\r\n 1\r\n ;\r\n b=\t2\r\n", "a =1;b\t=2"}) {
    const auto list = parse(text);
    ASSERT_TRUE(list) << text;
    EXPECT_EQ(*list, (Pairs{{"a", "1"}, {"b", "2"}})) << text;
  }
  EXPECT_EQ(*parse("a=1 2\r\n 3"), (Pairs{{"a", "1 2\r\n 3"}}));  // inside it is kept
}

TEST(TagList, AnEmptyValueIsNotAnAbsentTag) {
  const std::string_view text = "a=;b= \r\n ;c=";
  const auto list = parse_tag_list(text);
  ASSERT_TRUE(list);
  for (const std::string_view name : {"a", "b", "c"}) {
    ASSERT_NE(list->find(name), nullptr);
    EXPECT_EQ(list->find(name)->value, "");
  }
  EXPECT_EQ(list->find("d"), nullptr);
}

TEST(TagList, NamesAndValuesKeepTheirCase) {
  const auto list = parse_tag_list("a=X;A=x");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->find("a")->value, "X");
  EXPECT_EQ(list->find("A")->value, "x");
  EXPECT_EQ(list->find("aA"), nullptr);
  EXPECT_EQ(list->find(""), nullptr);
}

TEST(TagList, RefusesOtherForms) {
  for (const std::string_view text :
       {""sv,          " "sv,          ";"sv,        ";a=1"sv,  "a=1;;"sv,  "a=1;;b=2"sv,
        "a=1; ;b=2"sv, "a"sv,          "a;b=2"sv,    "a=1;b"sv, "=1"sv,     " =1"sv,
        "1a=1"sv,      "_a=1"sv,       "-a=1"sv,     "a-b=1"sv, "a.b=1"sv,  "a b=1"sv,
        "a:1"sv,       "a=1;="sv,      "a=\0"sv,     "a=1\0"sv, "a=\x7F"sv, "a=\x01"sv,
        "a=1\v;b=2"sv, "\xC3\xA4=1"sv, "a=1;\xFF"sv, "a\0=1"sv, "\0"sv,     "a=1;\0"sv}) {
    const auto list = parse(text);
    ASSERT_FALSE(list) << testing::PrintToString(text);
    EXPECT_EQ(list.error(), TagListFault::syntax);
  }
}

// A name that occurs twice makes the whole list invalid. [RFC6376 3.2]
TEST(TagList, Duplicates) {
  for (const std::string_view text :
       {"a=1;a=1", "a=1;a=2", "a=1;b=2;a=3;", "a=;a=", "b=1; a=2; b =3"}) {
    const auto list = parse(text);
    ASSERT_FALSE(list) << text;
    EXPECT_EQ(list.error(), TagListFault::duplicate);
  }
  // Long lists are searched in another way.
  for (const int count : {22, 23, 24, 25, 200}) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "t" + std::to_string(i) + "=" + std::to_string(i) + ";";
    EXPECT_TRUE(parse(text)) << count;
    const auto list = parse(text + "t0=");
    ASSERT_FALSE(list) << count;
    EXPECT_EQ(list.error(), TagListFault::duplicate);
  }
}

TEST(TagList, SyntaxComesBeforeDuplicates) {
  EXPECT_EQ(parse("a=1;a=2;;").error(), TagListFault::syntax);
}

// UTF-8 is admitted in values. [RFC8616 5]
TEST(TagList, EightBitValues) {
  const auto list = parse(
      "d=b\xC3\xBC"
      "cher.example");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->front().second,
            "b\xC3\xBC"
            "cher.example");
}

}  // namespace
}  // namespace mailassay::dkim
