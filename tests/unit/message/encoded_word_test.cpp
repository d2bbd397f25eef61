// [RFC2047 2] [RFC2047 6.2] [RFC3629 4]
#include "message/encoded_word.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::message {
namespace {

using namespace std::string_view_literals;

std::string decode(std::string_view value) {
  const test::ExactCopy copy(value);
  return decode_unstructured(copy.view());
}

constexpr auto kBad = "\xEF\xBF\xBD"sv;

TEST(EncodedWord, Decodes) {
  struct {
    std::string_view value, text;
  } const kCases[] = {
      {"=?utf-8?Q?caf=C3=A9?=", "caf\xC3\xA9"},
      {"=?UTF-8?b?Y2Fmw6k=?=", "caf\xC3\xA9"},
      {"=?utf-8?B?Y2Fmw6k?=", "caf\xC3\xA9"},  // padding left away, as many do
      {"=?iso-8859-1?q?caf=E9?=", "caf\xC3\xA9"},
      {"=?ISO-8859-15?Q?=A4?=", "\xE2\x82\xAC"},
      {"=?windows-1252?Q?=80?=", "\xE2\x82\xAC"},
      {"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "\xE6\x97\xA5\xE6\x9C\xAC"},
      {"=?gb2312?B?1tC5+g==?=", "\xE4\xB8\xAD\xE5\x9B\xBD"},
      {"=?koi8-r?B?8NLJ18XU?=", "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82"},
      {"=?utf-8*en?Q?a_b?=", "a b"},  // language [RFC2231 5]
      {"=?us-ascii?Q?a=3Fb?=", "a?b"},
      {"a =?utf-8?Q?b?= c", "a b c"},
      {"=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"},
      {"=?utf-8?Q?a?=\r\n \t=?utf-8?Q?b?=", "ab"},
      {"=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"},
      {"=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?=", "a\xC3\xA9"},
      {"=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=", "\xC3\xA9"},  // a character split between words
      {"=?utf-8?B?w6k=?= =?utf-8?B?w6k=?=", "\xC3\xA9\xC3\xA9"},
      {"=?utf-8?Q?"
       "?=",
       ""},
      {" plain \r\n text ", "plain  text"},
      {"", ""},
  };
  for (const auto& [value, text] : kCases) EXPECT_EQ(decode(value), text) << value;
}

TEST(EncodedWord, LeavesWhatIsNoEncodedWord) {
  for (const std::string_view value : {"=?",
                                       "=?"
                                       "?",
                                       "=?"
                                       "?=",
                                       "=?"
                                       "?"
                                       "?=",
                                       "=?"
                                       "?"
                                       "?"
                                       "?=",
                                       "=?utf-8",
                                       "=?utf-8?",
                                       "=?utf-8?Q",
                                       "=?utf-8?Q?",
                                       "=?utf-8?Q?a",
                                       "=?utf-8?Q?a?",
                                       "=?utf-8?X?a?=",
                                       "=?utf-8?QQ?a?=",
                                       "=?x-unknown-9?Q?a?=",
                                       "=?utf-8?B?*?=",
                                       "=?utf-8?B?A?=",
                                       "= ?utf-8?Q?a?=",
                                       "?utf-8?Q?a?=",
                                       "=?utf-8?Q?a?",
                                       "=",
                                       "=?*en?Q?a?=",
                                       "=?"
                                       "?Q?a?=",
                                       "=?"
                                       "?B?YQ==?="}) {
    EXPECT_EQ(decode(value), value) << value;
  }
}

TEST(EncodedWord, KeepsWhiteSpaceBesideWhatIsNoEncodedWord) {
  EXPECT_EQ(decode("=?utf-8?Q?a?= =?x-unknown-9?Q?b?="), "a =?x-unknown-9?Q?b?=");
  EXPECT_EQ(decode("=?x-unknown-9?Q?b?= =?utf-8?Q?a?="), "=?x-unknown-9?Q?b?= a");
  EXPECT_EQ(decode("=?utf-8?Q?a?=  =x"), "a  =x");
  EXPECT_EQ(decode("=?utf-8?Q?a?=b"), "ab");
}

// Octets that are invalid in their charset become U+FFFD; the result is always UTF-8.
TEST(EncodedWord, ReplacesInvalidOctets) {
  EXPECT_EQ(decode("=?utf-8?Q?a=FFb?="), "a" + std::string(kBad) + "b");
  EXPECT_EQ(decode("a\xFF"
                   "b"),
            "a" + std::string(kBad) + "b");
  EXPECT_EQ(decode("=?utf-8?Q?=C3?= x"), std::string(kBad) + " x");
  EXPECT_EQ(decode("=?utf-8?Q?=GG=?="), "=GG=");
  for (const std::string_view value :
       {"=?iso-2022-jp?B?GyRC?="sv, "=?gb2312?Q?=FF=FF?="sv, "=?utf-16?Q?=D8=00?="sv,
        "=?utf-7?Q?+AAAA?="sv, "=?utf-8?Q?=ED=A0=80?="sv, "\xC0\x80\0\xFE"sv,
        "=?iso-8859-1?Q?=00=81=FF?="sv, "=?big5-hkscs?Q?=88=62=88=64?="sv, "=?utf-32?Q?=FF?="sv,
        "=?hz-gb-2312?Q?~{?="sv}) {
    EXPECT_TRUE(is_valid_utf8(decode(value))) << value;
  }
}

TEST(Utf8, TellsValidFromInvalid) {
  for (const std::string_view valid :
       {""sv, "a"sv, "\0"sv, "\x7F"sv, "\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv,
        "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv, "\xEF\xBF\xBF"sv, "\xF0\x90\x80\x80"sv,
        "\xF4\x8F\xBF\xBF"sv}) {
    const test::ExactCopy copy(valid);
    EXPECT_TRUE(is_valid_utf8(copy.view()));
    EXPECT_EQ(to_valid_utf8(copy.view()), valid);
  }
  // Overlong forms, surrogates, above U+10FFFF, cut off, tails alone. [RFC3629 4]
  for (const std::string_view invalid :
       {"\x80"sv, "\xBF"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xC2"sv, "\xC2\x41"sv, "\xE0\x9F\xBF"sv,
        "\xE1\x80"sv, "\xE1\x80\x41"sv, "\xED\xA0\x80"sv, "\xED\xBF\xBF"sv, "\xF0\x8F\xBF\xBF"sv,
        "\xF1\x80\x80"sv, "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFE"sv, "\xFF"sv}) {
    const test::ExactCopy copy(invalid);
    EXPECT_FALSE(is_valid_utf8(copy.view())) << testing::PrintToString(invalid);
    const std::string made = to_valid_utf8(copy.view());
    EXPECT_TRUE(is_valid_utf8(made));
    EXPECT_NE(made.find(kBad), std::string::npos);
  }
}

}  // namespace
}  // namespace mailassay::message
