// [RFC5322 3.4] with the obsolete forms of [RFC5322 4.4].
#include "message/address.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "message/encoded_word.h"
#include "support/exact_copy.h"

namespace mailassay::message {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs parse(std::string_view value) {
  const test::ExactCopy copy(value);
  Pairs pairs;
  for (const Address& address : parse_address_list(copy.view())) {
    EXPECT_TRUE(is_valid_utf8(address.address) && is_valid_utf8(address.domain));
    pairs.emplace_back(address.address, address.domain);
  }
  return pairs;
}

TEST(AddressList, ReadsMailboxes) {
  struct {
    std::string_view value;
    Pairs pairs;
  } const kCases[] = {
      {"jo@example.com", {{"jo@example.com", "example.com"}}},
      {"Jo Doe <jo@Example.COM>", {{"jo@Example.COM", "example.com"}}},
      {"<jo@example.com>", {{"jo@example.com", "example.com"}}},
      {"\"Doe, Jo\" <jo@example.com>", {{"jo@example.com", "example.com"}}},
      {"a@x.org, b@y.org", {{"a@x.org", "x.org"}, {"b@y.org", "y.org"}}},
      {"a@x.org,\r\n\tB <b@y.org>,", {{"a@x.org", "x.org"}, {"b@y.org", "y.org"}}},
      {",,a@x.org,,", {{"a@x.org", "x.org"}}},
      {"jo@example.com (Jo (nested) \\) Doe)", {{"jo@example.com", "example.com"}}},
      {"(a@b.org) jo@example.com", {{"jo@example.com", "example.com"}}},
      {"jo @ example . com", {{"jo@example.com", "example.com"}}},
      {"jo@[192.0.2.1]", {{"jo@[192.0.2.1]", "[192.0.2.1]"}}},
      {"jo@[IPv6:2001:db8::1]", {{"jo@[IPv6:2001:db8::1]", "[ipv6:2001:db8::1]"}}},
      {"Jo <jo@example.com> trailing", {{"jo@example.com", "example.com"}}},
  };
  for (const auto& [value, pairs] : kCases) EXPECT_EQ(parse(value), pairs) << value;
}

// The domain begins after the `@` outside of quotes: a quoted local part may hold one.
TEST(AddressList, QuotedLocalParts) {
  EXPECT_EQ(parse("\"a@evil.org\"@example.com"),
            (Pairs{{"\"a@evil.org\"@example.com", "example.com"}}));
  EXPECT_EQ(parse("\"a@evil.org\" <jo@example.com>"), (Pairs{{"jo@example.com", "example.com"}}));
  EXPECT_EQ(parse("<\"a\\\"@evil.org\"@example.com>"),
            (Pairs{{"\"a\\\"@evil.org\"@example.com", "example.com"}}));
  EXPECT_EQ(parse("\"a, b@evil.org\"@example.com"),
            (Pairs{{"\"a, b@evil.org\"@example.com", "example.com"}}));
  EXPECT_EQ(parse("\"<a@evil.org>\" <jo@example.com>"), (Pairs{{"jo@example.com", "example.com"}}));
}

TEST(AddressList, GroupsAreOpenedUp) {
  EXPECT_EQ(parse("undisclosed-recipients:;"), Pairs{});
  EXPECT_EQ(parse("Friends: a@x.org, B <b@y.org>; c@z.org"),
            (Pairs{{"a@x.org", "x.org"}, {"b@y.org", "y.org"}, {"c@z.org", "z.org"}}));
  EXPECT_EQ(parse("A:;, B: a@x.org;"), (Pairs{{"a@x.org", "x.org"}}));
}

// A source route is passed over. [RFC5322 4.4]
TEST(AddressList, SourceRoutes) {
  EXPECT_EQ(parse("Jo <@relay.org,@other.org:jo@example.com>"),
            (Pairs{{"jo@example.com", "example.com"}}));
  EXPECT_EQ(parse("<@relay.org:jo@example.com>"), (Pairs{{"jo@example.com", "example.com"}}));
}

TEST(AddressList, NeverTakesTheFirstOfMany) {
  EXPECT_EQ(parse("jo@example.com, ceo@bank.org").size(), 2U);
  EXPECT_EQ(parse("jo@example.com <ceo@bank.org>"), (Pairs{{"ceo@bank.org", "bank.org"}}));
  EXPECT_EQ(parse("<jo@example.com>, <ceo@bank.org>").size(), 2U);
  EXPECT_EQ(parse("<jo@example.com>; <ceo@bank.org>").size(), 2U);
}

// Programs differ in which of two addresses they show where the grammar allows for one.
// [RFC9989 5.3.1]
TEST(AddressList, TwoAddressesAreNeverOne) {
  const Pairs kBoth = {{"jo@example.com", "example.com"}, {"ceo@bank.org", "bank.org"}};
  for (const std::string_view value :
       {"jo@example.com; ceo@bank.org", "<jo@example.com> ceo@bank.org",
        "<jo@example.com> <ceo@bank.org>", "Jo <jo@example.com> Boss <ceo@bank.org>",
        "<jo@example.com<ceo@bank.org>", "<jo@example.com,ceo@bank.org>",
        "<jo@example.com:ceo@bank.org>", "jo@example.com: ceo@bank.org;",
        "jo@example.com> ceo@bank.org"}) {
    EXPECT_EQ(parse(value), kBoth) << value;
  }
  struct {
    std::string_view value;
    std::string_view domain;
  } const kNoNames[] = {
      {"jo@example.com ceo@bank.org", "example.com ceo@bank.org"},
      {"jo@example.com\r\n ceo@bank.org", "example.com ceo@bank.org"},
      {"jo@example.com(x)@bank.org", "example.com@bank.org"},
      {"jo@example.com bank.org", "example.com bank.org"},
      {"jo@[192.0.2.1]@bank.org", "[192.0.2.1]@bank.org"},
      {"jo@example.com@", "example.com@"},
  };
  for (const auto& [value, domain] : kNoNames) {
    const Pairs pairs = parse(value);
    ASSERT_EQ(pairs.size(), 1U) << value;
    EXPECT_EQ(pairs.front().second, domain) << value;
  }
}

TEST(AddressList, ReadsNoMoreThanIsWanted) {
  const std::string_view value = "a@x.org, b@x.org, c@x.org";
  EXPECT_EQ(parse_address_list(value, 0).size(), 0U);
  EXPECT_EQ(parse_address_list(value, 1).size(), 1U);
  EXPECT_EQ(parse_address_list(value, 2).back().address, "b@x.org");
  EXPECT_EQ(parse_address_list(value, 3).size(), 3U);
  EXPECT_EQ(parse_address_list(value, 4).size(), 3U);
  EXPECT_EQ(parse_address_list("a@x.org,,", 1).size(), 1U);
}

TEST(AddressList, BrokenOnes) {
  using namespace std::string_view_literals;
  EXPECT_EQ(parse(""), Pairs{});
  EXPECT_EQ(parse(" \r\n "), Pairs{});
  EXPECT_EQ(parse("<>"), Pairs{});
  EXPECT_EQ(parse("(only a comment"), Pairs{});
  EXPECT_EQ(parse("no-at-sign"), (Pairs{{"no-at-sign", ""}}));
  EXPECT_EQ(parse("@"), (Pairs{{"@", ""}}));
  EXPECT_EQ(parse("a@"), (Pairs{{"a@", ""}}));
  EXPECT_EQ(parse("@example.com"), (Pairs{{"@example.com", "example.com"}}));
  EXPECT_EQ(parse("a@b@example.com"), (Pairs{{"a@b@example.com", "b@example.com"}}));
  EXPECT_EQ(parse("<jo@example.com"), (Pairs{{"jo@example.com", "example.com"}}));
  EXPECT_EQ(parse("\"unclosed@evil.org"), (Pairs{{"\"unclosed@evil.org", ""}}));
  EXPECT_EQ(parse("\"\\"), (Pairs{{"\"\\", ""}}));
  EXPECT_EQ(parse("(\\"), Pairs{});
  EXPECT_EQ(parse("a@[unclosed"), (Pairs{{"a@[unclosed", "[unclosed"}}));
  EXPECT_EQ(parse("\xFF@\xFE.org"), (Pairs{{"\xEF\xBF\xBD@\xEF\xBF\xBD.org", "\xEF\xBF\xBD.org"}}));
  EXPECT_EQ(parse("\0@example.com"sv), (Pairs{{std::string("\0@example.com", 13), "example.com"}}));
}

}  // namespace
}  // namespace mailassay::message
