// Whose hosts they are, and what they call themselves in results.
#include "envelope/provider.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "envelope/client_address.h"
#include "envelope/received_field.h"
#include "envelope/word.h"

namespace mailassay::envelope {
namespace {

constexpr std::array kAll = {Provider::gmail, Provider::microsoft365, Provider::yahoo};

std::string whose(std::string_view value, std::optional<Provider> above = {}) {
  const auto hop = provider_of(read_received(value, Limits()).hop, kAll, above);
  if (!hop) return "-";
  return std::string(word_of(hop->provider)) + (hop->is_entrance ? " entrance" : "");
}

TEST(Provider, ByTheNameInTheByClause) {
  struct {
    std::string_view value;
    std::string_view expected;
  } const kCases[] = {
      {"from a (192.0.2.1) by mx.google.com with ESMTPS", "gmail entrance"},
      {"from a (192.0.2.1) by smtp-relay.google.com with ESMTPS", "gmail"},
      {"by 2002:a05:6214:1::1 with SMTP id x", "gmail"},
      {"by 10.90.1.1 with SMTP id x", "gmail"},
      {"from a (192.0.2.1) by A1.mail.protection.outlook.com (10.1.1.1) with x",
       "microsoft365 entrance"},
      {"from a (192.0.2.1) by A1.eop-EUR01.prod.protection.outlook.com with x", "microsoft365"},
      {"from a (192.0.2.1) by A1.outlook.office365.com with x", "microsoft365"},
      {"from a (192.0.2.1) by A1.prod.exchangelabs.com with x", "microsoft365"},
      {"from 192.0.2.1 (EHLO a) by mta7.mail.bf1.yahoo.com with SMTP", "yahoo entrance"},
      {"from 192.0.2.1 (EHLO a) by atlas212.free.mail.bf1.yahoo.com with SMTPs", "yahoo entrance"},
      {"from 192.0.2.1 by smtp1.mail.bf1.yahoo.com with SMTP", "yahoo"},
      {"from a (192.0.2.1) by google.com with x", "-"},
      {"from a (192.0.2.1) by mx.google.com.evil.test with x", "-"},
      {"from a (192.0.2.1) by evilgoogle.com with x", "-"},
      {"from a (192.0.2.1) by mail.protection.outlook.com.evil.test with x", "-"},
      {"from a (192.0.2.1) by yahoo.com.evil.test with x", "-"},
      {"from a (192.0.2.1) by 10.90.1.1 with SMTP id x", "-"},
      {"by 2002:b05::1 with SMTP id x", "-"},
      {"by 10.90.1.1 with ESMTP id x", "-"},
      {"from 192.0.2.1 (EHLO a) by 10.222.1.1 with SMTPs", "-"},
      {"from a by b", "-"},
  };
  for (const auto& [value, expected] : kCases) EXPECT_EQ(whose(value), expected) << value;
  EXPECT_EQ(whose("from 192.0.2.1 (EHLO a) by 10.222.1.1 with SMTPs", Provider::yahoo),
            "yahoo entrance");
  EXPECT_EQ(whose("from 192.0.2.1 (EHLO a) by 10.222.1.1 with SMTPs", Provider::gmail), "-");
  EXPECT_EQ(whose("from 192.0.2.1 (EHLO a) by 198.51.100.1 with SMTPs", Provider::yahoo), "-");
}

TEST(Provider, NoneThatIsNotAskedFor) {
  const Hop hop = read_received("from a (192.0.2.1) by mx.google.com with ESMTPS", Limits()).hop;
  EXPECT_FALSE(provider_of(hop, {}, {}));
  EXPECT_FALSE(provider_of(hop, std::array{Provider::yahoo}, {}));
}

TEST(Provider, Inside) {
  EXPECT_TRUE(is_inside(Provider::microsoft365, address_from_trace("2603:10a6::1")));
  EXPECT_TRUE(is_inside(Provider::microsoft365, address_from_trace("10.1.1.1")));
  EXPECT_FALSE(is_inside(Provider::microsoft365, address_from_trace("2603:1100::1")));
  EXPECT_FALSE(is_inside(Provider::gmail, address_from_trace("2603:10a6::1")));
  EXPECT_FALSE(is_inside(Provider::yahoo, address_from_trace("192.0.2.1")));
}

TEST(Provider, NamesInResults) {
  EXPECT_TRUE(writes_results_as(Provider::gmail, "mx.google.com"));
  EXPECT_TRUE(writes_results_as(Provider::gmail, "google.com"));
  EXPECT_FALSE(writes_results_as(Provider::gmail, ""));
  EXPECT_FALSE(writes_results_as(Provider::gmail, "mx.google.com.evil.test"));
  EXPECT_FALSE(writes_results_as(Provider::gmail, "evil.google.com"));
  EXPECT_TRUE(writes_results_as(Provider::microsoft365, ""));
  EXPECT_TRUE(writes_results_as(Provider::microsoft365, "protection.outlook.com"));
  EXPECT_FALSE(writes_results_as(Provider::microsoft365, "evilprotection.outlook.com"));
  EXPECT_TRUE(writes_results_as(Provider::yahoo, "mta7.mail.bf1.yahoo.com"));
  EXPECT_FALSE(writes_results_as(Provider::yahoo, "evilyahoo.com"));
}

}  // namespace
}  // namespace mailassay::envelope
