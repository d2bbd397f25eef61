#include "message/mimetic_adapter.h"

#include <gtest/gtest.h>

#include "support/exact_copy.h"

namespace mailassay::message {
namespace {

/// "type name=value name=value".
std::string words(const MimeValue& value) {
  std::string out = value.type;
  for (const MimeParameter& one : value.parameters) out += " " + one.name + "=" + one.value;
  return out;
}

std::string content_type(std::string_view text) {
  const test::ExactCopy copy(text);
  return words(read_content_type(copy.view(), Limits()));
}

struct Case {
  const char* value;
  const char* expected;
};

// [RFC2045 5.1]
TEST(MimeticAdapter, ContentTypes) {
  constexpr Case kCases[] = {
      {"text/plain", "text/plain"},
      {" Text/HTML ; Charset=UTF-8", "text/html charset=UTF-8"},
      {"multipart/report; report-type=delivery-status; boundary=\"a b\"",
       "multipart/report report-type=delivery-status boundary=a b"},
      {"multipart/report;\r\n\treport-type=\"delivery-status\";\r\n boundary=x",
       "multipart/report report-type=delivery-status boundary=x"},
      {"multipart/mixed; boundary = abc ", "multipart/mixed boundary=abc"},
      {"multipart/mixed; BOUNDARY=a=b", "multipart/mixed boundary=a=b"},
      {"a/b; x=1; x=2", "a/b x=1"},
  };
  for (const Case& one : kCases) EXPECT_EQ(content_type(one.value), one.expected) << one.value;
}

// What libmimetic alone reads otherwise: it cuts quoted semicolons and keeps comments.
// [RFC2045 5.1] [RFC5322 3.2.2] [RFC5322 3.2.4]
TEST(MimeticAdapter, QuotesAndComments) {
  constexpr Case kCases[] = {
      {"multipart/mixed; boundary=\"a;b\"", "multipart/mixed boundary=a;b"},
      {"multipart/mixed; boundary=\"a\\\"b\"", "multipart/mixed boundary=a\"b"},
      {"multipart/mixed (; boundary=no); boundary=yes", "multipart/mixed boundary=yes"},
      {"multipart/mixed; boundary=abc (d (e) \\) f)", "multipart/mixed boundary=abc"},
      {"multipart/mixed; (c) boundary=abc", "multipart/mixed boundary=abc"},
      {"multipart/mixed; boundary=a(b", "multipart/mixed boundary=a(b"},
      {"multipart/mixed; boundary=\"abc\" junk; x=y", "multipart/mixed boundary=abc x=y"},
      {"multipart/mixed; boundary=\"abc; x=y", "multipart/mixed boundary=abc; x=y"},
      {"multipart/mixed; boundary=\"\"", "multipart/mixed boundary="},
      {"text/plain (unclosed", "text/plain"},
  };
  for (const Case& one : kCases) EXPECT_EQ(content_type(one.value), one.expected) << one.value;
}

TEST(MimeticAdapter, WhatIsNone) {
  constexpr Case kCases[] = {
      {"", ""},
      {" ", ""},
      {";", ""},
      {";;;", ""},
      {"(only a comment)", ""},
      // [RFC2045 5.2] a type without subtype is read as plain text.
      {"text", "text/plain"},
      {"multipart/mixed boundary=x", "multipart/mixed"},
      {"a/b; =x; c; ;; d=e", "a/b d=e"},
  };
  for (const Case& one : kCases) EXPECT_EQ(content_type(one.value), one.expected) << one.value;
}

// [RFC2231 3] [RFC2231 4]
TEST(MimeticAdapter, PiecesAndPercentSigns) {
  constexpr Case kCases[] = {
      {"a/b; name*0=abc; name*1=\"def\"", "a/b name=abcdef"},
      {"a/b; name*=utf-8'en'a%20b%2", "a/b name=a b%2"},
      {"a/b; name*0*=us-ascii''x%21; name*1=y; name*2*=%21z", "a/b name=x!y!z"},
      {"a/b; name=%41", "a/b name=%41"},
      {"a/b; name*=nothing", "a/b name=nothing"},
  };
  for (const Case& one : kCases) EXPECT_EQ(content_type(one.value), one.expected) << one.value;
}

// [RFC2183 2]
TEST(MimeticAdapter, Dispositions) {
  const Limits limits;
  EXPECT_EQ(words(read_disposition("Attachment; filename=\"a!b!1!2.xml.gz\"", limits)),
            "attachment filename=a!b!1!2.xml.gz");
  EXPECT_EQ(words(read_disposition("inline", limits)), "inline");
  EXPECT_EQ(words(read_disposition("", limits)), "");
}

TEST(MimeticAdapter, AtTheLimitAndOnePast) {
  Limits limits;
  limits.mime_parameters = 3;
  MimeValue value = read_content_type("a/b; p=1; q=2; r=3", limits);
  EXPECT_FALSE(value.over_limit);
  EXPECT_EQ(words(value), "a/b p=1 q=2 r=3");
  value = read_content_type("a/b; p=1; q=2; r=3; s=4", limits);
  EXPECT_TRUE(value.over_limit);
  EXPECT_EQ(words(value), "a/b p=1 q=2 r=3");

  const std::string text = "a/b; name=xyz";
  limits.mime_field_bytes = text.size();
  EXPECT_EQ(words(read_content_type(text, limits)), text.substr(0, 3) + " name=xyz");
  limits.mime_field_bytes = text.size() - 1;
  value = read_content_type(text, limits);
  EXPECT_TRUE(value.over_limit);
  EXPECT_EQ(words(value), "");
}

TEST(MimeticAdapter, EveryOctet) {
  for (int c = 0; c < 256; ++c) {
    const std::string octet(1, static_cast<char>(c));
    for (const std::string& text : {octet, "a/b; x=" + octet, octet + "/b", "a/b;" + octet + "=\"",
                                    "a/b; x=\"" + octet + octet, "a/b; " + octet + octet}) {
      const test::ExactCopy copy(text);
      read_content_type(copy.view(), Limits());
      read_disposition(copy.view(), Limits());
    }
  }
}

}  // namespace
}  // namespace mailassay::message
