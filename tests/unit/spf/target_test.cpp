#include "spf/target.h"

#include <gtest/gtest.h>

#include <string>

#include "dns/name.h"

namespace mailassay::spf {
namespace {

TEST(SpfTarget, NamesAsDnsIsAsked) {
  EXPECT_EQ(target_name("A.Example.ORG.", 2), "a.example.org");
  EXPECT_EQ(target_name("a b\\.org", 2), "a\\032b\\\\.org");
  EXPECT_EQ(target_name(std::string(63, 'a') + ".org", 2), std::string(63, 'a') + ".org");
  for (const std::string& name :
       {std::string(), std::string("."), std::string(".org"), std::string("a..org"),
        std::string("a.."), std::string("org"), std::string(64, 'a') + ".org"}) {
    EXPECT_EQ(target_name(name, 2), std::nullopt) << name;
  }
}

// [RFC7208 7.3] labels on the left go first
TEST(SpfTarget, LongNamesLoseLabelsOnTheLeft) {
  std::string rest;
  for (int i = 0; i < 126; ++i) rest += "b.";
  EXPECT_EQ(target_name(rest + "c", 2)->size(), 253U);
  EXPECT_EQ(target_name("aaa." + rest + "c", 2), rest + "c");
  EXPECT_EQ(target_name(std::string(300, 'a'), 1), std::nullopt);
}

TEST(SpfTarget, Addresses) {
  EXPECT_EQ(reverse_name("\xC0\x01\x02\x03"), "3.2.1.192.in-addr.arpa");
  EXPECT_EQ(dotted_address(std::string("\x20\x01\x0d\xb8", 4) + std::string(11, '\0') + '\x01'),
            "2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1");
  EXPECT_TRUE(is_in_network("\xC0\x01\x02\x03", "\xC0\x01\x02\x02", 31));
  EXPECT_FALSE(is_in_network("\xC0\x01\x02\x03", "\xC0\x01\x02\x02", 32));
  EXPECT_TRUE(is_in_network("\xC0\x01\x02\x03", "\x01\x01\x01\x01", 0));
  EXPECT_FALSE(is_in_network("\xC0\x01\x02\x03", std::string(16, '\0'), 0));
  EXPECT_TRUE(dns::is_same_or_below("a.x.org", "x.org"));
  EXPECT_FALSE(dns::is_same_or_below("ax.org", "x.org"));
  EXPECT_FALSE(dns::is_same_or_below("x.org", "a.x.org"));
}

}  // namespace
}  // namespace mailassay::spf
