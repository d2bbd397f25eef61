#include "dmarc/domain_name.h"

#include <gtest/gtest.h>

#include <string>

#include "dns/name.h"
#include "support/exact_copy.h"

namespace mailassay::dmarc {
namespace {

// [RFC9989 4.4] without regard to case; [RFC9989 5.3.1] U-labels become A-labels
TEST(DmarcDomainName, Forms) {
  struct Row {
    std::string raw;
    const char* name;
  };
  for (const Row& row : {
           Row{"example.com", "example.com"},
           Row{"EXAMPLE.Com.", "example.com"},
           Row{"localhost", "localhost"},
           Row{"_x.a-b.example", "_x.a-b.example"},
           Row{"xn--bcher-kva.example", "xn--bcher-kva.example"},
           Row{"B\xC3\xBC"
               "cher.example",
               "xn--bcher-kva.example"},
           Row{"\xC3\x96"
               "bb.at",
               "xn--bb-eka.at"},
           Row{std::string(63, 'a') + ".b",
               "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
               "aaaaaaaa.b"},
       }) {
    EXPECT_EQ(domain_name(test::ExactCopy(row.raw).view()), row.name) << row.raw;
  }
}

TEST(DmarcDomainName, RefusesAllElse) {
  for (const std::string& raw : {std::string(),
                                 std::string("."),
                                 std::string("a..b"),
                                 std::string(".a"),
                                 std::string("[192.0.2.1]"),
                                 std::string("[IPv6:::1]"),
                                 std::string("192.0.2.1"),
                                 std::string("example.123"),
                                 std::string("a b.c"),
                                 std::string("a\\.b.c"),
                                 std::string("a@b.c"),
                                 std::string("a\0b.c", 5),
                                 std::string("a\r\n.b"),
                                 std::string("example.com/x"),
                                 std::string("*.example.com"),
                                 std::string(64, 'a') + ".b",
                                 std::string("\xFF.example"),
                                 std::string("\xE2\x80\x8B.example"),
                                 std::string("a.\xCD\x81"),
                                 std::string(2000, 'a')}) {
    EXPECT_EQ(domain_name(test::ExactCopy(raw).view()), std::nullopt) << raw;
  }
  std::string longest;
  for (int i = 0; i < 126; ++i) longest += "a.";
  EXPECT_TRUE(domain_name(longest + "b"));    // 253 octets
  EXPECT_FALSE(domain_name(longest + "bb"));  // 254
}

TEST(DmarcDomainName, Labels) {
  EXPECT_EQ(count_labels("com"), 1U);
  EXPECT_EQ(count_labels("a.b.com"), 3U);
  EXPECT_EQ(last_labels("a.b.com", 1), "com");
  EXPECT_EQ(last_labels("a.b.com", 2), "b.com");
  EXPECT_EQ(last_labels("a.b.com", 3), "a.b.com");
  EXPECT_TRUE(dns::is_same_or_below("a.b.com", "b.com"));
  EXPECT_TRUE(dns::is_same_or_below("b.com", "b.com"));
  EXPECT_FALSE(dns::is_same_or_below("ab.com", "b.com"));
  EXPECT_FALSE(dns::is_same_or_below("com", "b.com"));
  EXPECT_EQ(count_common_labels("a.b.com", "c.b.com"), 2U);
  EXPECT_EQ(count_common_labels("b.com", "a.b.com"), 2U);
  EXPECT_EQ(count_common_labels("ab.com", "b.com"), 1U);
  EXPECT_EQ(count_common_labels("b.com", "b.org"), 0U);
}

}  // namespace
}  // namespace mailassay::dmarc
