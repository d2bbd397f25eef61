// Real mail of 2007 and 2008 with the keys of then, from apache/james-jdkim.
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
    DkimCase{"corpus/FAIL_BADBH_s1024_yahoo.com.eml", "fail",
             "fail body-hash-mismatch mismatch match", "", ""},
    DkimCase{"corpus/FAIL_illegalargumentexception.eml", "fail", "permerror no-key mismatch -",
             "RFC6376 6.1.2", "its key is not in the suite; i= with bare equals signs is read"},
    DkimCase{"corpus/gamma_gmail.com.eml", "pass", "pass none match match", "", ""},
    DkimCase{"corpus/gamma_gmail.com_duplicateheaders.eml", "pass", "pass none match match", "",
             ""},
    DkimCase{"corpus/multiHeader.eml", "pass", "pass none match match", "", ""},
    DkimCase{"corpus/pmta_myspace.com.eml", "pass", "policy algorithm-obsolete match match",
             "RFC8301 3.1", "rsa-sha1 is not relied on"},
    DkimCase{"corpus/s1024_yahoo.com.eml", "pass", "pass none match match", "", ""},
};

TEST(JamesJdkim, EachMessage) {
  MAILASSAY_SUITE(suite, "james-jdkim");
  const auto expected = nlohmann::json::parse(test::read_file(suite / "EXPECTED.json"));
  test::DnsTable dns;
  dns.add_json(nlohmann::json::parse(test::read_file(suite / "dns.json")));
  ASSERT_EQ(expected.at("cases").size(), kCases.size());
  EXPECT_EQ(test::file_names(suite, ".eml").size(), kCases.size());
  for (std::size_t i = 0; i < kCases.size(); ++i) {
    const DkimCase& c = kCases[i];
    EXPECT_EQ(expected.at("cases").at(i).at("file"), c.name);
    EXPECT_EQ(expected.at("cases").at(i).at("expected"), c.theirs);
    test::check_dkim_case(c, test::read_file(suite / c.name), dns);
  }
}

// The mail is older than RFC 8301 and was good by the rules of then: said in a note. [RFC8301 3.1]
TEST(JamesJdkim, ObsoleteAlgorithmWasValidInItsTime) {
  MAILASSAY_SUITE(suite, "james-jdkim");
  test::DnsTable dns;
  dns.add_json(nlohmann::json::parse(test::read_file(suite / "dns.json")));
  const std::string message = test::read_file(suite / "corpus/pmta_myspace.com.eml");
  dns::Needs needs;
  const auto verdict = judge(digest(MessageView{message}), dns, needs);
  ASSERT_TRUE(verdict && verdict->signatures.size() == 1);
  const auto& notes = verdict->signatures[0].notes;
  EXPECT_EQ(std::count(notes.begin(), notes.end(), dkim::Note::valid_under_rules_of_its_time), 1);
}

}  // namespace
}  // namespace mailassay
