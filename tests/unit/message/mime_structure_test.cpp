#include "message/mime_structure.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "message/part_content.h"
#include "support/exact_copy.h"

namespace mailassay::message {
namespace {

std::string body_of(std::string_view text) {
  HeaderIndex header;
  header.build(text);
  return std::string(text.substr(header.body_offset()));
}

MimeStructure structure_of(std::string_view text, const Limits& limits = {}) {
  const test::ExactCopy copy(text);
  HeaderIndex header;
  header.build(copy.view());
  return read_mime_structure(header, copy.view().substr(header.body_offset()), limits);
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

/// "depth type [content]" of each part, one a line.
std::string parts_of(const std::string& text, const Limits& limits = {}) {
  const MimeStructure found = structure_of(text, limits);
  const std::string body = body_of(text);
  std::string out;
  for (const MimePart& part : found.parts) {
    if (part.depth == 0 && part.is_multipart()) continue;
    std::string content(part.text(body));
    std::erase(content, '\r');
    std::replace(content.begin(), content.end(), '\n', '|');
    out += std::to_string(part.depth) + " " + part.type + " [" + content + "]\n";
  }
  return out;
}

struct Case {
  const char* name;
  const char* message;
  const char* expected;
};

// [RFC2046 5.1] [RFC2046 5.1.1] [RFC2045 5.2]
constexpr Case kCases[] = {
    {"no header fields of MIME", "From: a\n\ntext\n", "0 text/plain [text|]\n"},
    {"two parts",
     "Content-Type: multipart/mixed; boundary=b\n\npreamble\n--b\n\none\n--b\n"
     "Content-Type: text/html\n\ntwo\n\n--b--\nepilogue\n",
     "1 text/plain [one]\n1 text/html [two|]\n"},
    {"a delimiter at the begin of the body",
     "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n", "1 text/plain [one]\n"},
    {"no closing delimiter", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n",
     "1 text/plain [one|]\n"},
    {"transport padding", "Content-Type: multipart/mixed; boundary=b\n\n--b \t\n\none\n--b-- \n",
     "1 text/plain [one]\n"},
    {"a boundary is no beginning of another",
     "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--bc\n--b x\n-b\nx--b\n --b\n--b--\n",
     "1 text/plain [--bc|--b x|-b|x--b| --b]\n"},
    {"nested",
     "Content-Type: multipart/mixed; boundary=o\n\n--o\n"
     "Content-Type: multipart/alternative; boundary=i\n\n--i\n\none\n--i\n\ntwo\n--i--\n"
     "\n--o\n\nthree\n--o--\n",
     "1 multipart/alternative [--i||one|--i||two|--i--|]\n2 text/plain [one]\n2 text/plain [two]\n"
     "1 text/plain [three]\n"},
    {"the outer delimiter ends an inner multipart that is not closed",
     "Content-Type: multipart/mixed; boundary=o\n\n--o\n"
     "Content-Type: multipart/mixed; boundary=i\n\n--i\n\none\n--o\n\ntwo\n--o--\n",
     "1 multipart/mixed [--i||one]\n2 text/plain [one]\n1 text/plain [two]\n"},
    {"the inner boundary begins with the outer one",
     "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
     "Content-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b--\n",
     "1 multipart/mixed [--bb||one|--bb--]\n2 text/plain [one]\n"},
    {"nothing counts behind the closing delimiter",
     "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n--b\n\ntwo\n",
     "1 text/plain [one]\n"},
    {"a delimiter cuts a header off",
     "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
     "text/html\n--b\n\ntwo\n--b--\n",
     "1 text/html []\n1 text/plain [two]\n"},
    {"an empty part", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b--\n",
     "1 text/plain []\n"},
    {"a digest holds messages",  // [RFC2046 5.1.5]
     "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\none\n--b--\n",
     "1 message/rfc822 [Subject: x||one]\n"},
    {"a message is not entered",
     "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: message/rfc822\n\n"
     "Content-Type: multipart/mixed; boundary=i\n\n--i\n\none\n--i--\n--o--\n",
     "1 message/rfc822 [Content-Type: multipart/mixed; boundary=i||--i||one|--i--]\n"},
    {"a multipart without boundary", "Content-Type: multipart/mixed\n\n--\n\none\n", ""},
    {"a boundary in quotes with a semicolon",
     "Content-Type: multipart/mixed; boundary=\"a;b\"\n\n--a;b\n\none\n--a;b--\n",
     "1 text/plain [one]\n"},
    {"a boundary of hyphens",
     "Content-Type: multipart/mixed; boundary=\"----\"\n\n------\n\none\n--------\n",
     "1 text/plain [one]\n"},
    {"an empty body", "Content-Type: multipart/mixed; boundary=b\n\n", ""},
    {"no body at all", "Content-Type: multipart/mixed; boundary=b", ""},
    {"only a delimiter, without line end", "Content-Type: multipart/mixed; boundary=b\n\n--b",
     "1 text/plain []\n"},
};

TEST(MimeStructure, Parts) {
  for (const Case& one : kCases) {
    EXPECT_EQ(parts_of(one.message), one.expected) << one.name;
    EXPECT_EQ(parts_of(with_crlf(one.message)), one.expected) << one.name << ", CRLF";
    EXPECT_FALSE(structure_of(one.message).over_limit) << one.name;
  }
}

TEST(MimeStructure, WhatAPartSaysOfItself) {
  const MimeStructure found = structure_of(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
      "Content-Type: application/octet-stream; name=other.bin\n"
      "Content-Disposition: ATTACHMENT; filename=\"a b.bin\"\nContent-Transfer-Encoding: BASE64\n\n"
      "AAAA\n--b\nContent-Type: image/png; name=x.png\n\n\n--b--\n");
  ASSERT_EQ(found.parts.size(), 3U);
  EXPECT_EQ(found.parts[1].type, "application/octet-stream");
  EXPECT_EQ(found.parts[1].disposition, "attachment");
  EXPECT_EQ(found.parts[1].filename, "a b.bin");
  EXPECT_EQ(found.parts[1].encoding, TransferEncoding::base64);
  EXPECT_EQ(found.parts[1].parent, 0U);
  EXPECT_EQ(found.parts[2].filename, "x.png");
  EXPECT_EQ(found.parts[2].disposition, "");
}

std::string parts(int count) {
  std::string out = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < count; ++i) out += "--b\n\nx\n";
  return out + "--b--\n";
}

std::string nested(int depth) {
  std::string out = "Content-Type: multipart/mixed; boundary=b0\n\n";
  for (int i = 0; i < depth; ++i) {
    const std::string level = std::to_string(i);
    out += "--b" + level + "\nContent-Type: multipart/mixed; boundary=b" + std::to_string(i + 1) +
           "\n\n";
  }
  return out + "--b" + std::to_string(depth) + "\n\nleaf\n";
}

TEST(MimeStructure, AtTheLimitsAndOnePast) {
  Limits limits;
  limits.mime_parts = 10;
  EXPECT_FALSE(structure_of(parts(10), limits).over_limit);
  EXPECT_EQ(structure_of(parts(10), limits).parts.size(), 11U);
  EXPECT_TRUE(structure_of(parts(11), limits).over_limit);
  EXPECT_EQ(structure_of(parts(11), limits).parts.size(), 11U);
  // The last part that was read ends where the next one would begin.
  EXPECT_EQ(structure_of(parts(11), limits).parts.back().end,
            structure_of(parts(10), limits).parts.back().end);

  limits = Limits();
  limits.mime_depth = 5;
  EXPECT_FALSE(structure_of(nested(4), limits).over_limit);
  EXPECT_EQ(structure_of(nested(4), limits).parts.back().depth, 5U);
  EXPECT_TRUE(structure_of(nested(5), limits).over_limit);
  EXPECT_EQ(structure_of(nested(5), limits).parts.back().depth, 5U);

  limits = Limits();
  const std::string in_part =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nX: " + std::string(60, 'x') +
      "\nContent-Type: text/html\n\ntext\n--b\nContent-Type: text/css\n\nnext\n--b--\n";
  limits.mime_field_bytes = 63;
  EXPECT_FALSE(structure_of(in_part, limits).over_limit);
  limits.mime_field_bytes = 62;
  EXPECT_TRUE(structure_of(in_part, limits).over_limit);
  EXPECT_EQ(parts_of(in_part, limits), "1 text/html [text]\n1 text/css [next]\n");

  limits = Limits();
  limits.mime_header_bytes = 64 + 24 + 1;
  EXPECT_FALSE(structure_of(in_part, limits).over_limit);
  limits.mime_header_bytes -= 1;
  const MimeStructure cut = structure_of(in_part, limits);
  EXPECT_TRUE(cut.over_limit);
  ASSERT_EQ(cut.parts.size(), 3U);
  EXPECT_EQ(cut.parts[1].type, "application/octet-stream");
  EXPECT_EQ(cut.parts[2].type, "text/css");

  limits = Limits();
  const std::string header = "X: " + std::string(96, 'x') + "\n";
  limits.mime_header_bytes = header.size();
  EXPECT_FALSE(structure_of(header + "\ntext", limits).over_limit);
  limits.mime_header_bytes = header.size() - 1;
  EXPECT_TRUE(structure_of(header + "\ntext", limits).over_limit);
  EXPECT_EQ(parts_of(header + "\ntext", limits), "0  [text]\n");
}

struct Coded {
  const char* octets;
  TransferEncoding encoding;
  std::size_t most;
  const char* text;
  bool cut;
};

// [RFC2045 6.7] [RFC2045 6.8]
TEST(PartContent, Decodes) {
  constexpr Coded kCoded[] = {
      {"abc", TransferEncoding::identity, 3, "abc", false},
      {"abcd", TransferEncoding::identity, 3, "abc", true},
      {"abc", TransferEncoding::unknown, 9, "abc", false},
      {"YWJj\r\nZGVm\r\n", TransferEncoding::base64, 6, "abcdef", false},
      {"YWJj\r\nZGVm\r\n", TransferEncoding::base64, 5, "abcde", true},
      {"YWI=", TransferEncoding::base64, 9, "ab", false},
      {"Y!W*J j", TransferEncoding::base64, 9, "abc", false},
      {"YWJjZ", TransferEncoding::base64, 9, "abc", false},
      {"====", TransferEncoding::base64, 9, "", false},
      {"", TransferEncoding::base64, 9, "", false},
      {"a=3Db=\nc", TransferEncoding::quoted_printable, 9, "a=bc", false},
      {"=61=62=63", TransferEncoding::quoted_printable, 2, "ab", true},
  };
  for (const Coded& one : kCoded) {
    const test::ExactCopy copy(one.octets);
    const PartContent content = decode_content(copy.view(), one.encoding, one.most);
    EXPECT_EQ(content.text, one.text) << one.octets;
    EXPECT_EQ(content.cut, one.cut) << one.octets << " " << one.most;
  }
}

}  // namespace
}  // namespace mailassay::message
