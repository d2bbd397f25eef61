// The messages of emersion/go-msgauth: RFC 6376 A, a bare PKCS#1 key, RFC 8463 A.
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

#include "support/conformance_dir.h"
#include "support/dkim_case.h"
#include "support/dns_table.h"

namespace mailassay {
namespace {

using test::DkimCase;

constexpr std::array kCases = {
    DkimCase{"verifiedMailString.eml", "pass", "pass none match match", "", ""},
    DkimCase{"verifiedRawRSAMailString.eml", "pass", "pass none match match", "", ""},
    // The key that the suite publishes for the second signature is not the one it was made with.
    DkimCase{"verifiedEd25519MailString.eml", "pass fail",
             "pass none match match, fail signature-mismatch match mismatch", "", ""},
};

TEST(GoMsgauth, EachMessage) {
  MAILASSAY_SUITE(suite, "go-msgauth");
  const auto expected = nlohmann::json::parse(test::read_file(suite / "EXPECTED.json"));
  test::DnsTable dns;
  dns.add_json(expected.at("dns"));
  EXPECT_EQ(expected.at("cases").size(), kCases.size());
  auto files = test::file_names(suite, ".eml");
  EXPECT_EQ(files.size(), kCases.size());
  for (const DkimCase& c : kCases) {
    EXPECT_EQ(files.erase(std::string(c.name)), 1U) << c.name;
    test::check_dkim_case(c, test::read_file(suite / c.name), dns);
  }
}

}  // namespace
}  // namespace mailassay
