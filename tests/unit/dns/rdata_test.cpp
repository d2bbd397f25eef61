#include "dns/rdata.h"

#include <gtest/gtest.h>

#include "support/exact_copy.h"

namespace mailassay::dns {
namespace {

using test::ExactCopy;
using namespace std::string_literals;

struct Case {
  Type type;
  std::string text;
  std::string wire;
};

TEST(Rdata, IsReadFromMasterFileForm) {
  const std::vector<Case> cases = {
      {Type::txt, R"("v=DKIM1; p=abc")", "\x0Fv=DKIM1; p=abc"s.replace(0, 1, 1, '\x0E')},
      {Type::txt, R"("ab" "c")", "\2ab\1c"},
      {Type::txt, R"("ab""c")", "\2ab\1c"},
      {Type::txt, R"("ab" c)", "\2ab\1c"},
      {Type::txt, R"("")", "\0"s},
      {Type::txt, "", "\0"s},
      {Type::txt, "v=spf1 a -all", "\x0Dv=spf1 a -all"},
      {Type::txt, R"("a\"b\\c\;d")", "\7a\"b\\c;d"},
      {Type::txt, R"("\065\000")", "\2A\0"s},
      {Type::txt, R"(\# 3 02 61 62)", "\2ab"},  // [RFC3597 5]
      {Type::a, "192.0.2.1", "\xC0\0\2\1"s},
      {Type::aaaa, "2001:db8::1", "\x20\1\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\1"s},
      {Type::aaaa, "::ffff:192.0.2.1", "\0\0\0\0\0\0\0\0\0\0\xFF\xFF\xC0\0\2\1"s},
      {Type::cname, "Target.Example.", "\6target\7example\0"s},
      {Type::mx, "10 MX.example.", "\0\x0A\2mx\7example\0"s},
      {Type::ns, ".", "\0"s},
      {Type::soa, "a. b. 1 2 3 4 5", "\1a\0\1b\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5"s},
  };
  for (const Case& c : cases) {
    const ExactCopy input(c.text);
    const auto wire = rdata_from_text(c.type, input.view());
    ASSERT_TRUE(wire) << c.text << ": " << to_string(wire.error());
    EXPECT_EQ(*wire, c.wire) << c.text;
    const auto again = rdata_from_text(c.type, rdata_to_text(c.type, *wire));
    ASSERT_TRUE(again) << rdata_to_text(c.type, *wire);
    EXPECT_EQ(*again, *wire);
  }
}

TEST(Rdata, IsRefusedWhereItDoesNotFit) {
  struct Refused {
    Type type;
    std::string text;
    RdataError error;
  };
  const std::vector<Refused> cases = {
      {Type::txt, R"("abc)", RdataError::open_quote},
      {Type::txt, R"("abc\")", RdataError::open_quote},
      {Type::txt, R"("ab\256")", RdataError::bad_escape},
      {Type::txt, R"("ab\1")", RdataError::bad_escape},
      {Type::txt, "ab\\", RdataError::bad_escape},
      {Type::txt, std::string(66000, 'x'), RdataError::too_long},
      {Type::txt, R"(\# 2 05 61)", RdataError::bad_wire},
      {Type::txt, R"(\# 3 0161)", RdataError::bad_generic},
      {Type::txt, R"(\# 1 0)", RdataError::bad_generic},
      {Type::txt, R"(\# x)", RdataError::bad_generic},
      {Type::a, "192.0.2", RdataError::bad_address},
      {Type::a, "192.0.2.256", RdataError::bad_address},
      {Type::a, "192.0.2.01", RdataError::bad_address},
      {Type::a, "192.0.2.1 x", RdataError::bad_address},
      {Type::a, R"(\# 3 C00002)", RdataError::bad_wire},
      {Type::aaaa, "2001:db8", RdataError::bad_address},
      {Type::aaaa, "1:2:3:4:5:6:7:8:9", RdataError::bad_address},
      {Type::aaaa, "1::2::3", RdataError::bad_address},
      {Type::aaaa, "1:2:3:4:5:6:7::8", RdataError::bad_address},
      {Type::aaaa, ":1", RdataError::bad_address},
      {Type::aaaa, "12345::", RdataError::bad_address},
      {Type::aaaa, "192.0.2.1::", RdataError::bad_address},
      {Type::cname, "", RdataError::bad_name},
      {Type::cname, "a..b", RdataError::bad_name},
      {Type::cname, "a b", RdataError::extra_text},
      {Type::mx, "mx.example", RdataError::bad_number},
      {Type::mx, "70000 mx.example", RdataError::bad_number},
      {Type::mx, "-1 mx.example", RdataError::bad_number},
      {Type::mx, "10", RdataError::bad_name},
      {Type::soa, "a. b. 1 2 3 4", RdataError::bad_number},
      {Type::soa, "a. b. 1 2 3 4 5 6", RdataError::extra_text},
  };
  for (const Refused& c : cases) {
    const ExactCopy input(c.text);
    const auto wire = rdata_from_text(c.type, input.view());
    ASSERT_FALSE(wire) << c.text.substr(0, 40);
    EXPECT_EQ(to_string(wire.error()), to_string(c.error)) << c.text.substr(0, 40);
  }
}

TEST(Rdata, SplitsStringsOfMoreThan255Octets) {
  for (const bool quoted : {false, true}) {
    for (const std::size_t size : {255U, 256U, 511U, 1000U}) {
      const std::string value(size, 'k');
      const auto wire = rdata_from_text(Type::txt, quoted ? '"' + value + '"' : value);
      ASSERT_TRUE(wire);
      EXPECT_EQ(txt_text(*wire), value);
      EXPECT_EQ(wire->size(), size + (size + 254) / 255);
    }
  }
}

TEST(Rdata, TextOfTxtIsRefusedWhenALengthLies) {  // [RFC1035 3.3.14]
  for (const std::string& wire : {"\1"s, "\5abc"s, "\1a\2b"s, "\xFF"s}) {
    const ExactCopy input(wire);
    EXPECT_FALSE(txt_text(input.view()));
  }
  EXPECT_EQ(txt_text("\2ab\0\1c"s), "abc");
}

TEST(Rdata, ThatDoesNotFitIsWrittenInTheGenericForm) {  // [RFC3597 5]
  EXPECT_EQ(rdata_to_text(Type::a, "abc"), "\\# 3 616263");
  EXPECT_EQ(rdata_to_text(Type::txt, ""), "\\# 0");
  EXPECT_EQ(rdata_to_text(Type::cname, "\3ab"), "\\# 3 036162");
}

TEST(Rdata, AddressesAreWrittenShort) {  // [RFC5952 4]
  for (const std::string text :
       {"2001:db8::1", "::", "::1", "1::", "1:0:0:2::3", "1:2:3:4:5:6:0:8"}) {
    const auto wire = rdata_from_text(Type::aaaa, text);
    ASSERT_TRUE(wire) << text;
    EXPECT_EQ(rdata_to_text(Type::aaaa, *wire), text);
  }
}

TEST(Rdata, TypesAreKnownByNameAndNumber) {
  EXPECT_EQ(type_from_name("txt"), Type::txt);
  EXPECT_EQ(type_from_name("TYPE16"), Type::txt);
  EXPECT_EQ(type_from_number(28), Type::aaaa);
  EXPECT_FALSE(type_from_name("RRSIG"));
  EXPECT_FALSE(type_from_name("TYPE99999"));
  EXPECT_FALSE(type_from_name("TYPE"));
  EXPECT_FALSE(type_from_number(65552));
}

}  // namespace
}  // namespace mailassay::dns
