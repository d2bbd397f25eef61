// [RFC6376 3.5] [RFC6376 3.6.2.1] [RFC8616 5]
#include "dkim/domain_name.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::dkim {
namespace {

TEST(DomainName, CountsLabels) {
  EXPECT_TRUE(is_domain_name("a.b", 2));
  EXPECT_TRUE(is_domain_name("a", 1));
  EXPECT_FALSE(is_domain_name("a", 2));
  EXPECT_FALSE(is_domain_name("", 1));
  EXPECT_FALSE(is_domain_name("a.", 1));
  EXPECT_FALSE(is_domain_name(".a", 1));
  EXPECT_FALSE(is_domain_name("a..b", 1));
  EXPECT_TRUE(is_domain_name(std::string(63, 'a'), 1));
  EXPECT_FALSE(is_domain_name(std::string(64, 'a'), 1));
  std::string name;
  while (name.size() < 252) name += "a.";
  name += "a";
  EXPECT_EQ(name.size(), 253U);
  EXPECT_TRUE(is_domain_name(name, 2));
  EXPECT_FALSE(is_domain_name(name + "a", 2));
  int admitted = 0;
  for (int i = 0; i < 256; ++i) {
    const char octet = static_cast<char>(i);
    if (is_domain_name(std::string_view(&octet, 1), 1)) ++admitted;
  }
  EXPECT_EQ(admitted, 26 + 26 + 10 + 2 + 128);
}

TEST(DomainName, SubdomainsBeginAtALabel) {
  EXPECT_TRUE(is_same_or_subdomain("example.com", "EXAMPLE.com"));
  EXPECT_TRUE(is_same_or_subdomain("a.example.com", "example.com"));
  EXPECT_FALSE(is_same_or_subdomain("badexample.com", "example.com"));
  EXPECT_FALSE(is_same_or_subdomain("example.com", "a.example.com"));
  EXPECT_FALSE(is_same_or_subdomain("example.com.org", "example.com"));
  EXPECT_FALSE(is_same_or_subdomain("", "example.com"));
}

// [RFC6376 3.6.2.1] SELECTOR._domainkey.DOMAIN
TEST(DomainName, NamesKeys) {
  EXPECT_EQ(key_name("S1", "Example.COM"), "s1._domainkey.example.com");
  EXPECT_EQ(key_name("a.b", "example.com"), "a.b._domainkey.example.com");
  // U-labels become A-labels for DNS. [RFC8616 5]
  EXPECT_EQ(key_name("s",
                     "b\xC3\xBC"
                     "cher.example"),
            "s._domainkey.xn--bcher-kva.example");
  EXPECT_EQ(key_name("s",
                     "B\xC3\x9C"
                     "CHER.example"),
            "s._domainkey.xn--bcher-kva.example");
  EXPECT_EQ(key_name("\xC3\xBC", "example.com"), "xn--tda._domainkey.example.com");
  EXPECT_EQ(key_name("s", "xn--bcher-kva.example"), "s._domainkey.xn--bcher-kva.example");
  EXPECT_EQ(key_name("s", "\xFF\xFE.example"), std::nullopt);
  EXPECT_EQ(key_name("s", "\xE2\x80\x8B.example"), std::nullopt);  // nothing is left of it
  const std::string label(60, 'a');
  const std::string domain = label + "." + label + "." + label + ".";
  EXPECT_TRUE(key_name("s", domain + std::string(56, 'b')));
  EXPECT_EQ(key_name("s", domain + std::string(57, 'b'))->size(), 253U);
  EXPECT_EQ(key_name("s", domain + std::string(58, 'b')), std::nullopt);
}

}  // namespace
}  // namespace mailassay::dkim
