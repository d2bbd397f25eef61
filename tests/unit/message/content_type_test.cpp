// Content-Type and Content-Transfer-Encoding of stored mail. [RFC2045 5.1] [RFC2045 6.1] [RFC2231]
#include "message/content_type.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/exact_copy.h"

namespace mailassay::message {
namespace {

struct Case {
  const char* name;
  std::string_view value;
  std::string_view type;
  std::string_view boundary;
  bool flowed = false;
};

constexpr Case kCases[] = {
    {"empty", "", "", ""},
    {"type alone", " Text/PLAIN", "text/plain", ""},
    {"boundary", " multipart/mixed; boundary=b", "multipart/mixed", "b"},
    {"quoted", " multipart/mixed; boundary=\"b; c\"", "multipart/mixed", "b; c"},
    {"escaped", " multipart/mixed; boundary=\"a\\\"b\\\\c\"", "multipart/mixed", "a\"b\\c"},
    {"folded", " multipart/mixed;\r\n\tboundary=\"b\"", "multipart/mixed", "b"},
    {"folded within quotes", " multipart/mixed; boundary=\"a\r\n b\"", "multipart/mixed", "a b"},
    {"quotes left out", " multipart/mixed; boundary=a=b/c", "multipart/mixed", "a=b/c"},
    {"name in another case", " multipart/mixed; BOUNDARY=B", "multipart/mixed", "B"},
    {"behind others", " multipart/mixed; a=1; charset=\"x;boundary=n\"; boundary=b",
     "multipart/mixed", "b"},
    {"the first of two", " multipart/mixed; boundary=a; boundary=b", "multipart/mixed", "a"},
    {"flowed", " text/plain; format=Flowed; delsp=yes", "text/plain", "", true},
    {"fixed", " text/plain; format=fixed", "text/plain", ""},
    {"another name", " text/plain; xformat=flowed; boundaryx=b", "text/plain", ""},
    {"no value", " multipart/mixed; boundary; boundary=", "multipart/mixed", ""},
    {"junk between", " multipart/mixed junk ; ; =x ; boundary=b", "multipart/mixed", "b"},
    {"quotes that do not end", " multipart/mixed; boundary=\"b", "multipart/mixed", "b"},
    // Comments. [RFC2045 5.1]
    {"a comment in front", " (a (b) \\) c) multipart/mixed; boundary=b", "multipart/mixed", "b"},
    {"comments everywhere", " multipart(a)/(b)mixed(c); (;boundary=n)boundary(d)=(e)b(f)",
     "multipart/mixed", "b"},
    {"a comment with a quote in it", " multipart/mixed (\"); boundary=b", "multipart/mixed", "b"},
    {"a parameter in a comment", " multipart/mixed (; boundary=n); charset=x", "multipart/mixed",
     ""},
    {"a comment that does not end", " multipart/mixed; (boundary=b", "multipart/mixed", ""},
    {"parentheses in quotes", " multipart/mixed; boundary=\"(b)\"", "multipart/mixed", "(b)"},
    // Sections and character sets. [RFC2231 3] [RFC2231 4]
    {"sections", " multipart/mixed; boundary*0=ab; boundary*1=\"c d\"", "multipart/mixed", "abc d"},
    {"with a character set", " multipart/mixed; boundary*=us-ascii'en'a%20b", "multipart/mixed",
     "a b"},
    {"sections, the first encoded",
     " multipart/mixed; boundary*0*=us-ascii''a%3D; boundary*1=b%3D; boundary*2*=%3d",
     "multipart/mixed", "a=b%3D="},
    {"a section is missing", " multipart/mixed; boundary*0=a; boundary*2=c", "multipart/mixed",
     "a"},
    {"the first section is missing", " multipart/mixed; boundary*1=b", "multipart/mixed", ""},
    {"plain wins", " multipart/mixed; boundary*=''n; boundary=b", "multipart/mixed", "b"},
    {"no such section", " multipart/mixed; boundary*00=a; boundary*x=b; boundary**=c",
     "multipart/mixed", ""},
    {"no escapes", " multipart/mixed; boundary*=''a%2; boundary*0=x", "multipart/mixed", "a%2"},
};

TEST(ContentType, ReadsTypeBoundaryAndFormat) {
  for (const Case& one : kCases) {
    const test::ExactCopy value{std::string(one.value)};
    const ContentType read = parse_content_type(value.view());
    EXPECT_EQ(read.type, one.type) << one.name;
    EXPECT_EQ(read.boundary, one.boundary) << one.name;
    EXPECT_EQ(read.flowed, one.flowed) << one.name;
  }
}

TEST(TransferEncodingField, IsReadAndNamed) {
  const auto read = [](std::string_view value) { return parse_transfer_encoding(value); };
  for (const std::string_view value : {"", " ", "7bit", "8BIT", " binary\r\n"}) {
    EXPECT_EQ(read(value), TransferEncoding::identity) << value;
  }
  EXPECT_EQ(read(" Quoted-Printable "), TransferEncoding::quoted_printable);
  EXPECT_EQ(read("BASE64"), TransferEncoding::base64);
  for (const std::string_view value : {"x-uuencode", "quoted printable", "base64 8bit", "8 bit"}) {
    EXPECT_EQ(read(value), TransferEncoding::unknown) << value;
  }
  for (const auto encoding :
       {TransferEncoding::identity, TransferEncoding::quoted_printable, TransferEncoding::base64}) {
    EXPECT_EQ(read(word_of(encoding)), encoding);
  }
  EXPECT_TRUE(word_of(TransferEncoding::unknown).empty());
}

}  // namespace
}  // namespace mailassay::message
