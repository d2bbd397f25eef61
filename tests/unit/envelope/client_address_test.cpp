// [RFC5321 4.1.3] address literals and what is written in their place; networks and hosts.
#include "envelope/client_address.h"

#include <gtest/gtest.h>

#include <string>

#include "envelope/trust.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

std::string address(std::string_view text) {
  const test::ExactCopy copy(text);
  return test::address_text(address_from_trace(copy.view()));
}

TEST(ClientAddress, Forms) {
  struct {
    std::string_view text;
    std::string_view expected;
  } const kCases[] = {
      {"192.0.2.1", "192.0.2.1"},
      {"[192.0.2.1]", "192.0.2.1"},
      {" [192.0.2.1] ", "192.0.2.1"},
      {"[192.0.2.1]:25", "192.0.2.1"},
      {"[192.0.2.1:25]", "192.0.2.1"},
      {"192.0.2.1:25", "192.0.2.1"},
      {"[192.0.2.1.5678]", "192.0.2.1"},
      {"::ffff:192.0.2.1", "192.0.2.1"},
      {"[::FFFF:192.0.2.1]", "192.0.2.1"},
      {"[IPv6:::ffff:192.0.2.1]", "192.0.2.1"},
      {"[IPv6:2001:db8::1]", "2001:db8::1"},
      {"[ipv6:2001:DB8::1]", "2001:db8::1"},
      {"IPv6:2001:db8::1", "2001:db8::1"},
      {"[2001:db8::1]:65535", "2001:db8::1"},
      {"fe80::1%eth0", "fe80::1"},
      {"[fe80::1%25]", "fe80::1"},
      {"::1", "::1"},
      {"", "-"},
      {"[]", "-"},
      {"[", "-"},
      {"]", "-"},
      {"[192.0.2.1", "-"},
      {"192.0.2", "-"},
      {"192.0.2.256", "-"},
      {"192.0.2.01", "-"},
      {"192.0.2.1.", "-"},
      {"192.0.2.1.2.3", "-"},
      {"[192.0.2.1]x", "-"},
      {"[192.0.2.1]:", "192.0.2.1"},
      {"[192.0.2.1]:123456", "-"},
      {"[192.0.2.1]:2x", "-"},
      {"x192.0.2.1", "-"},
      {"2001:db8:::1", "-"},
      {"2001:db8::g", "-"},
      {"%eth0", "-"},
      {"IPv6:", "-"},
      {"localhost", "-"},
      {"unknown", "-"},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(address(text), expected) << text;
  EXPECT_EQ(address(std::string(1000, '1')), "-");
}

TEST(ClientAddress, PrivateOnes) {
  for (const std::string_view text :
       {"10.0.0.1", "10.255.255.255", "127.0.0.1", "127.9.9.9", "172.16.0.1", "172.31.255.255",
        "192.168.0.1", "169.254.1.1", "100.64.0.1", "100.127.255.255", "0.0.0.0", "::1", "fe80::1",
        "febf::1", "fc00::1", "fdff::1", "::ffff:10.0.0.1"}) {
    EXPECT_TRUE(is_private(address_from_trace(text))) << text;
  }
  for (const std::string_view text :
       {"11.0.0.1", "9.255.255.255", "128.0.0.1", "172.15.0.1", "172.32.0.1", "192.167.0.1",
        "192.169.0.1", "169.253.1.1", "100.63.0.1", "100.128.0.1", "::2", "fec0::1", "fe00::1",
        "2001:db8::1", ""}) {
    EXPECT_FALSE(is_private(address_from_trace(text))) << text;
  }
  EXPECT_TRUE(is_loopback(address_from_trace("127.0.0.1")));
  EXPECT_TRUE(is_loopback(address_from_trace("::1")));
  EXPECT_FALSE(is_loopback(address_from_trace("10.0.0.1")));
  EXPECT_FALSE(is_loopback(address_from_trace("::2")));
  EXPECT_FALSE(is_loopback(""));
}

TEST(Networks, HoldTheirAddresses) {
  struct {
    std::string_view network;
    std::string_view address;
    bool is_in;
  } const kCases[] = {
      {"192.0.2.0/24", "192.0.2.255", true},
      {"192.0.2.0/24", "192.0.3.0", false},
      {"192.0.2.1", "192.0.2.1", true},
      {"192.0.2.1", "192.0.2.2", false},
      {"192.0.2.128/25", "192.0.2.127", false},
      {"192.0.2.128/25", "192.0.2.200", true},
      {"0.0.0.0/0", "203.0.113.1", true},
      {"0.0.0.0/0", "2001:db8::1", false},
      {"2001:db8::/33", "2001:db8:7fff::", true},
      {"2001:db8::/33", "2001:db8:8000::", false},
      {"::/0", "192.0.2.1", false},
      {"2001:db8::1/128", "2001:db8::1", true},
  };
  for (const auto& [text, inside, is_in] : kCases) {
    const auto network = network_from_text(text);
    ASSERT_TRUE(network) << text;
    EXPECT_EQ(contains(*network, address_from_trace(inside)), is_in) << text << ' ' << inside;
  }
  for (const std::string_view text :
       {"", "/", "/24", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/x",
        "192.0.2.0/24x", "192.0.2.0/ 24", "192.0.2.0/24/1", "2001:db8::/129", "192.0.2/24",
        "beta.test/24", "192.0.2.0/99999999999"}) {
    EXPECT_FALSE(network_from_text(text)) << text;
  }
}

TEST(Receivers, NetworksAndHosts) {
  TrustOptions options;
  for (const std::string_view text : {"192.0.2.0/24", "2001:db8::1", "MX.Beta.test", "gamma.test.",
                                      "*.delta.test", "localhost"}) {
    EXPECT_TRUE(add_receiver(options, text)) << text;
  }
  EXPECT_EQ(options.networks.size(), 2U);
  EXPECT_EQ(options.hosts,
            (std::vector<std::string>{"mx.beta.test", "gamma.test", "delta.test", "localhost"}));
  for (const std::string_view text : {"", ".", "..", "a b", "a..b", ".a", "-a", "192.0.2.0/33",
                                      "1.2.3", "a/b", "a@b", "[192.0.2.1"}) {
    EXPECT_FALSE(add_receiver(options, text)) << text;
  }
  EXPECT_EQ(options.networks.size() + options.hosts.size(), 6U);
}

TEST(Receivers, DomainsCoverWhatLiesBelow) {
  const std::vector<std::string> hosts = {"beta.test", "mx.gamma.test"};
  for (const std::string_view name :
       {"beta.test", "mx.beta.test", "A.B.BETA.test", "mx.gamma.test"}) {
    EXPECT_TRUE(names_host(hosts, name)) << name;
  }
  for (const std::string_view name : {"", "test", "xbeta.test", "beta.test.evil.test", "gamma.test",
                                      "beta.test.", "evil-beta.test", "mx2.gamma.test"}) {
    EXPECT_FALSE(names_host(hosts, name)) << name;
  }
}

TEST(Organizations, LastTwoLabelsUnlessToldOtherwise) {
  TrustOptions options;
  EXPECT_EQ(organization_of("Mx.Beta.Test", options), "beta.test");
  EXPECT_EQ(organization_of("beta.test", options), "beta.test");
  EXPECT_EQ(organization_of("localhost", options), "localhost");
  EXPECT_EQ(organization_of("192.0.2.1", options), "192.0.2.1");
  EXPECT_EQ(organization_of(".test", options), ".test");
  EXPECT_EQ(organization_of("", options), "");
  options.organizational_domain = [](std::string_view name) { return "of:" + std::string(name); };
  EXPECT_EQ(organization_of("mx.Beta.co.uk", options), "of:mx.beta.co.uk");
  EXPECT_EQ(organization_of("localhost", options), "localhost");
}

TEST(Organizations, OfOneOrganization) {
  const struct {
    std::string_view host;
    std::string_view other;
    bool with_last_two;
    bool with_last_three;
  } kCases[] = {
      {"mx.beta.test", "IN.Beta.Test", true, false},
      {"a.mx.beta.test", "b.mx.beta.test", true, true},
      {"beta.test", "beta.test", true, true},
      {"beta.test", "mx.beta.test", true, false},
      {"mx.beta.test", "mx.gamma.test", false, false},
      {"mx.beta.test", "xbeta.test", false, false},
      {"xbeta.test", "beta.test", false, false},
      {"mx.beta.test", "test", false, false},
      {"mx.beta.test", "", false, false},
      {"192.0.2.1", "198.51.2.1", false, false},
      {"192.0.2.1", "192.0.2.1", true, true},
  };
  TrustOptions options;
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.host) + ' ' + std::string(c.other));
    EXPECT_EQ(are_of_one_organization(c.host, c.other, options), c.with_last_two);
  }
  options.organizational_domain = [](std::string_view name) {
    const std::size_t dot = name.rfind('.', name.rfind('.') - 1);
    const std::size_t third = dot == 0 || dot > name.size() ? dot : name.rfind('.', dot - 1);
    return std::string(third > name.size() ? name : name.substr(third + 1));
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(std::string(c.host) + ' ' + std::string(c.other));
    EXPECT_EQ(are_of_one_organization(c.host, c.other, options), c.with_last_three);
  }
}

}  // namespace
}  // namespace mailassay::envelope
