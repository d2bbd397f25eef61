#include "resolver/server_address.h"

#include <gtest/gtest.h>

#include "resolver/live_resolver.h"
#include "support/exact_copy.h"

namespace mailassay::resolver {
namespace {

TEST(ServerAddress, IsReadWithAndWithoutPort) {
  struct Case {
    std::string given;
    std::string text;
  };
  for (const Case& c : std::vector<Case>{{"192.0.2.1", "192.0.2.1:53"},
                                         {"192.0.2.1:5353", "192.0.2.1:5353"},
                                         {"2001:DB8::1", "[2001:db8::1]:53"},
                                         {"[::1]", "[::1]:53"},
                                         {"[::1]:65535", "[::1]:65535"}}) {
    const mailassay::test::ExactCopy input(c.given);
    const auto address = parse_server_address(input.view());
    ASSERT_TRUE(address) << address.error();
    EXPECT_EQ(address->text(), c.text);
  }
}

TEST(ServerAddress, RefusesAllElseNamingIt) {
  for (const std::string given :
       {"", "dns.example", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:53x",
        "192.0.2", "[::1", "[::1]53", "[::1]:", "[192.0.2.1]:53", "::1%lo", "[]:53", "1.2.3.4 "}) {
    const mailassay::test::ExactCopy input(given);
    const auto address = parse_server_address(input.view());
    ASSERT_FALSE(address) << given;
    EXPECT_NE(address.error().find("'" + given + "'"), std::string::npos);
  }
}

TEST(ZoneOf, IsWhatStandsBehindTheLastUnderscoreLabel) {
  EXPECT_EQ(zone_of("s1._domainkey.example.com"), "example.com");
  EXPECT_EQ(zone_of("a.b._domainkey.example.com"), "example.com");
  EXPECT_EQ(zone_of("_dmarc.example.com"), "example.com");
  EXPECT_EQ(zone_of("example.com"), "example.com");
  EXPECT_EQ(zone_of("x_domainkey.example.com"), "x_domainkey.example.com");
  EXPECT_EQ(zone_of("_domainkey.a._domainkey.b"), "b");
}

}  // namespace
}  // namespace mailassay::resolver
