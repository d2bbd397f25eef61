// The DKIM cases of albertito/chasquid: a message and a zone of its own for each.
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

#include "support/conformance_dir.h"
#include "support/dkim_case.h"
#include "support/dns_table.h"

namespace mailassay {
namespace {

using test::DkimCase;

constexpr std::string_view kTwoPasses = "pass none match match, pass none match match";
constexpr std::string_view kThreePasses =
    "pass none match match, pass none match match, pass none match match";

constexpr std::array kCases = {
    DkimCase{"01-rfc8463", "SUCCESS SUCCESS", kTwoPasses, "", ""},
    DkimCase{"02-too_many_headers", "SUCCESS SUCCESS SUCCESS SUCCESS SUCCESS",
             "pass none match match, pass none match match, pass none match match, "
             "pass none match match, pass none match match, pass none match match, "
             "pass none match match",
             "RFC6376 6.1", "their limit is 5 signatures, ours is 64; the message has 7"},
    DkimCase{"03-bad_message", "error", "none", "RFC6376 6.1",
             "junk without a field is no error of stored mail; there is no signature"},
    DkimCase{"04-bad_dkim_signature_header", "PERMFAIL", "neutral unknown-version - -", "", ""},
    DkimCase{"05-dns_temp_error", "TEMPFAIL SUCCESS",
             "temperror dns-servfail match -, pass none match match", "", ""},
    DkimCase{"06-dns_perm_error", "PERMFAIL SUCCESS",
             "permerror no-key match -, pass none match match", "", ""},
    DkimCase{"07-algo_mismatch", "SUCCESS SUCCESS", kTwoPasses, "", ""},
    DkimCase{"08-our_signature", "SUCCESS SUCCESS SUCCESS", kThreePasses, "", ""},
    DkimCase{"09-limited_body", "SUCCESS SUCCESS SUCCESS", kThreePasses, "", ""},
    DkimCase{"10-strict_domain_check_pass", "SUCCESS SUCCESS", kTwoPasses, "", ""},
    DkimCase{"11-strict_domain_check_fail", "PERMFAIL", "permerror key-subdomain match -", "", ""},
};

std::string states_of(const nlohmann::json& expected) {
  if (expected.at("states").is_null()) return "error";
  std::string out;
  for (const auto& state : expected.at("states")) {
    if (!out.empty()) out += ' ';
    out += state.at(2).get<std::string>();
  }
  return out;
}

TEST(Chasquid, EachCase) {
  MAILASSAY_SUITE(suite, "chasquid");
  const auto expected = nlohmann::json::parse(test::read_file(suite / "EXPECTED.json"));
  ASSERT_EQ(expected.at("cases").size(), kCases.size());
  EXPECT_EQ(test::file_names(suite, ".msg").size(), kCases.size());
  for (std::size_t i = 0; i < kCases.size(); ++i) {
    const DkimCase& c = kCases[i];
    const auto& theirs = expected.at("cases").at(i);
    EXPECT_EQ(theirs.at("message"), std::string(c.name) + ".msg");
    EXPECT_EQ(states_of(theirs), c.theirs) << c.name;
    test::DnsTable dns;
    if (theirs.at("dns").is_string()) {
      dns.add_lines(test::read_file(suite / theirs.at("dns").get<std::string>()));
    }
    test::check_dkim_case(c, test::read_file(suite / (std::string(c.name) + ".msg")), dns);
  }
}

// With their limit the rest is one entry, and said. [RFC6376 8.4]
TEST(Chasquid, TooManySignaturesUnderTheirLimit) {
  MAILASSAY_SUITE(suite, "chasquid");
  test::DnsTable dns;
  dns.add_lines(test::read_file(suite / "02-too_many_headers.dns"));
  JudgeOptions options;
  options.limits.signatures = 5;
  EXPECT_EQ(test::dkim_words(test::read_file(suite / "02-too_many_headers.msg"), dns, options),
            "pass none match match, pass none match match, pass none match match, "
            "pass none match match, pass none match match, neutral too-many-signatures - -");
}

}  // namespace
}  // namespace mailassay
