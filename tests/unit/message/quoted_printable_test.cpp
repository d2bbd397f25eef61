// Quoted-printable in both directions. [RFC2045 6.7]
#include "message/quoted_printable.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "support/exact_copy.h"

namespace mailassay::message {
namespace {

struct Case {
  const char* name;
  std::string encoded;
  std::string text;
  bool sound;  ///< all readers agree
};

const Case kCases[] = {
    {"nothing", "", "", true},
    {"plain text", "a b\r\nc", "a b\r\nc", true},
    {"escapes", "caf=C3=A9=3D=0", "caf\xC3\xA9==0", false},
    {"lower case", "=3d=c3", "=\xC3", true},
    {"a soft line end", "a=\r\nb", "ab", true},
    {"a soft LF", "a=\nb", "ab", true},
    {"white space behind the soft mark", "a= \t\r\nb", "ab", true},
    {"white space before the soft mark", "a =\r\nb", "a b", true},
    {"white space at the end of a line", "a \t\r\nb  \nc ", "a\r\nb\nc", true},
    {"white space alone in a line", " \r\n\t\n", "\r\n\n", true},
    {"an escaped blank at the end", "a=20\r\n", "a \r\n", true},
    {"white space behind an escape", "a=20 \r\n", "a \r\n", true},
    {"white space before a CR that is text", "a \rb", "a \rb", true},
    {"CR CR LF", "a\r\r\nb", "a\r\r\nb", true},
    {"a soft mark before CR CR LF", "a=\r\r\nb", "a=\r\r\nb", false},
    {"a mark at the end of all", "a=", "a=", false},
    {"a mark and white space at the end", "a= ", "a=", false},
    {"no digits", "=ZZ=4=G1", "=ZZ=4=G1", false},
    {"a mark before a mark", "==3D", "==", false},
    {"two marks at the end of a line", "a==\r\nb", "a=b", false},
    {"8bit octets stay", "\xC3\xA9", "\xC3\xA9", true},
    {"NUL", std::string("=00\0", 4), std::string("\0\0", 2), true},
};

TEST(QuotedPrintable, Decodes) {
  for (const Case& one : kCases) {
    const test::ExactCopy encoded(one.encoded);
    EXPECT_EQ(decode_quoted_printable(encoded.view()), one.text) << one.name;
    EXPECT_EQ(is_quoted_printable(encoded.view()), one.sound) << one.name;
    std::string more = "x";
    decode_quoted_printable(encoded.view(), more);
    EXPECT_EQ(more, "x" + one.text) << one.name;
  }
}

TEST(QuotedPrintable, TellsWhere8bitMayComeFrom) {
  for (const std::string_view text : {"=C3", "a=\r\n=ff", "=8", "\xC3", "==80"}) {
    const std::string decoded = decode_quoted_printable(text);
    const bool is_8bit = decoded.find_first_of("\xC3\xFF\x80") != std::string::npos;
    EXPECT_EQ(may_yield_8bit(text), is_8bit) << text;
  }
  for (const std::string_view text : {"", "=7F=", "=C", "=\r\nC3", "C3=3D80"}) {
    EXPECT_FALSE(may_yield_8bit(text)) << text;
  }
}

TEST(QuotedPrintable, EncodesLinesThatDecodeToThemselves) {
  const std::string_view lines[] = {"",   "a",    "a ",    " \t",     "=", "caf\xC3\xA9",
                                    "\r", "a\tb", "= = =", "\x7F\x01"};
  for (const std::string_view line : lines) {
    for (const std::size_t width : {std::size_t{4}, std::size_t{5}, std::size_t{76}}) {
      const std::string encoded = encode_quoted_printable_line(line, "\r\n", width);
      EXPECT_EQ(decode_quoted_printable(encoded), line) << encoded;
      EXPECT_TRUE(is_quoted_printable(encoded));
      for (std::size_t at = 0; at < encoded.size();) {
        const std::size_t end = std::min(encoded.find("\r\n", at), encoded.size());
        EXPECT_LE(end - at, width) << encoded;
        at = end + 2;
      }
    }
  }
  const std::string full(kQuotedPrintableWidth - 1, 'x');
  EXPECT_EQ(encode_quoted_printable_line(full, "\n", kQuotedPrintableWidth), full);
  EXPECT_EQ(encode_quoted_printable_line(full + "x", "\n", kQuotedPrintableWidth), full + "=\nx");
}

}  // namespace
}  // namespace mailassay::message
