#include "mkcorpus/dns_table.h"

#include <gtest/gtest.h>

#include "mkcorpus/recorded_results.h"

namespace mkcorpus {
namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string row(std::string_view name, std::string_view type, std::string_view data) {
  return R"({"rrname":")" + std::string(name) + R"(.","rrtype":")" + std::string(type) +
         R"(","rdata":[)" + std::string(data) + "],";
}

TEST(DnsTable, SaysWhatDoesNotExist) {
  DnsTable dns;
  dns.add("a.Sub.example", "A", "192.0.2.1");
  dns.ask("a.sub.example", "TXT");  // the name exists
  dns.ask("sub.example", "A");      // an empty non-terminal [RFC8020 2]
  dns.ask("b.sub.example", "A");    // no such name
  dns.ask("ba.sub.example", "A");   // nor this one
  dns.ask("x.a.sub.example", "A");  // nor below a name that exists
  dns.ask("a.sub.example", "A");    // has a record
  const std::string rows = dns.cof_rows();
  const auto rcode = [&](std::string_view name, std::string_view type) {
    const std::size_t at = rows.find(row(name, type, ""));
    if (at == std::string::npos) return std::string("absent");
    const std::size_t begin = rows.find(R"("rcode":")", at) + 9;
    return rows.substr(begin, rows.find('"', begin) - begin);
  };
  EXPECT_EQ(rcode("a.sub.example", "TXT"), "NOERROR");
  EXPECT_EQ(rcode("sub.example", "A"), "NOERROR");
  EXPECT_EQ(rcode("b.sub.example", "A"), "NXDOMAIN");
  EXPECT_EQ(rcode("ba.sub.example", "A"), "NXDOMAIN");
  EXPECT_EQ(rcode("x.a.sub.example", "A"), "NXDOMAIN");
  EXPECT_EQ(rcode("a.sub.example", "A"), "absent");
  EXPECT_TRUE(has(rows, row("a.sub.example", "A", R"("192.0.2.1")")));
}

TEST(DnsTable, KeepsEqualTextRecordsApart) {
  DnsTable dns;
  dns.add_text("two.example", "v=spf1 -all");
  dns.add_text("two.example", "v=spf1 -all");
  dns.add("two.example", "MX", "10 a.example.");
  dns.add("two.example", "MX", "10 a.example.");
  EXPECT_TRUE(
      has(dns.cof_rows(), row("two.example", "TXT", R"("\"v=spf1 -all\"","\"v=spf1 -all\"")")));
  EXPECT_TRUE(has(dns.cof_rows(), row("two.example", "MX", R"("10 a.example.")")));
}

TEST(DnsTable, SplitsLongTexts) {
  DnsTable dns;
  dns.add_text("at.example", std::string(255, 'a'));
  dns.add_text("past.example", std::string(256, 'b'));
  const std::string zone = dns.zone_text();
  EXPECT_TRUE(has(zone, "at.example. IN TXT \"" + std::string(255, 'a') + "\"\n"));
  EXPECT_TRUE(has(zone, "past.example. IN TXT \"" + std::string(255, 'b') + "\" \"b\"\n"));
}

TEST(DnsTable, WithholdsWhatNobodyKnows) {
  DnsTable dns;
  dns.add("gone.example", "MX", "0 .");
  dns.withhold("s._domainkey.gone.example");
  dns.ask("s._domainkey.gone.example", "TXT");
  dns.add_text("late.example", "later");
  dns.date("late.example", {5, 7});
  EXPECT_FALSE(has(dns.cof_rows(), "_domainkey"));
  EXPECT_TRUE(has(dns.cof_rows(), row("late.example", "TXT", R"("\"later\"")") +
                                      R"("time_first":5,"time_last":7,)"));
  // A zone has no dates: it knows nothing of either.
  EXPECT_TRUE(has(dns.zone_text(), "s._domainkey.gone.example. IN NS "));
  EXPECT_TRUE(has(dns.zone_text(), "late.example. IN NS "));
  EXPECT_FALSE(has(dns.zone_text(), "later"));
}

TEST(DnsTable, AsksForPoliciesUpToTheTop) {
  DnsTable dns;
  dns.ask_policies("a.b.test");
  for (const std::string_view name : {"_dmarc.a.b.test", "_dmarc.b.test", "_dmarc.test"}) {
    EXPECT_TRUE(has(dns.cof_rows(), row(name, "TXT", ""))) << name;
  }
  EXPECT_FALSE(has(dns.cof_rows(), row("_dmarc", "TXT", "")));
}

TEST(ReverseName, IsThatOfBothFamilies) {
  EXPECT_EQ(reverse_name("192.0.2.17"), "17.2.0.192.in-addr.arpa");
  EXPECT_EQ(reverse_name("2001:db8::1a"),
            "a.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
}

TEST(SignatureStart, FindsTheValueWhereverItStands) {
  EXPECT_EQ(signature_start("DKIM-Signature: v=1; bh=xyz=; b=ab\r\n\tcd efghij=="), "abcdefgh");
  EXPECT_EQ(signature_start("DKIM-Signature:b=abc;bh=xyz="), "abc");
  EXPECT_EQ(signature_start("DKIM-Signature: a=1; b =\r\n 12345678 9; c=2"), "12345678");
}

}  // namespace
}  // namespace mkcorpus
