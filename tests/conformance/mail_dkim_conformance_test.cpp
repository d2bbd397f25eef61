// The corpus of Mail::DKIM (fastmail/mail-dkim), each message, as stored and with CRLF.
//
// Differences come from six rules of ours: DomainKeys is another protocol; v= is required and is 1
// (drafts are neutral, whatever else is wrong with them); rsa-sha1 is `policy` with the signature
// still said to match; g= is gone; x= is held against the time of receipt; a wrapped Ed25519 key is
// read. badkey_1 to badkey_9 and ignore_2 to ignore_4 say v=0.5 beside the fault that they are
// about; own_reasons_conformance_test.cpp has those faults on their own.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "support/conformance_dir.h"
#include "support/dkim_case.h"
#include "support/dns_table.h"

namespace mailassay {
namespace {

using test::DkimCase;

constexpr std::array kCases = {
    DkimCase{"bad_1.txt", "fail", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"bad_1878954.txt", "fail", "policy algorithm-obsolete mismatch mismatch",
             "RFC8301 3.1", "rsa-sha1 is not relied on"},
    DkimCase{"bad_dk_1.txt", "invalid", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"bad_dk_2.txt", "invalid", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"bad_dk_3.txt", "invalid", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"bad_dk_4.txt", "invalid", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"bad_dk_5.txt", "invalid", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"bad_ietf01_1.txt", "fail", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"bad_ietf01_2.txt", "fail", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"bad_ietf01_3.txt", "fail", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"badkey1_ed25519.txt", "invalid", "fail body-hash-mismatch mismatch mismatch",
             "RFC8463 4.2", "a wrapped key is read and noted; nothing matches under it"},
    DkimCase{"badkey2_ed25519.txt", "fail", "fail signature-mismatch match mismatch", "", ""},
    DkimCase{"badkey3_ed25519.txt", "fail", "fail body-hash-mismatch mismatch match", "", ""},
    DkimCase{"badkey4_ed25519.txt", "invalid", "permerror no-key mismatch -", "", ""},
    DkimCase{"badkey5_ed25519.txt", "invalid", "permerror key-syntax mismatch -", "", ""},
    DkimCase{"badkey_1.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"badkey_10.txt", "invalid", "permerror key-subdomain match -", "", ""},
    DkimCase{"badkey_11.txt", "invalid", "permerror key-hash-mismatch match -", "", ""},
    DkimCase{"badkey_12.txt", "invalid", "policy algorithm-obsolete match match", "RFC6376 E",
             "g= has been dropped, so it is ignored; then rsa-sha1"},
    DkimCase{"badkey_13.txt", "invalid", "policy algorithm-obsolete match match", "RFC6376 E",
             "g= has been dropped, so it is ignored; then rsa-sha1"},
    DkimCase{"badkey_14.txt", "invalid", "temperror dns-timeout mismatch -", "", ""},
    DkimCase{"badkey_15.txt", "invalid", "temperror dns-servfail mismatch -", "", ""},
    DkimCase{"badkey_2.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"badkey_3.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"badkey_4.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"badkey_5.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"badkey_6.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"badkey_7.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"badkey_8.txt", "invalid", "policy algorithm-obsolete match match", "RFC6376 E",
             "g= has been dropped, so it is ignored; then rsa-sha1"},
    DkimCase{"badkey_9.txt", "invalid", "policy algorithm-obsolete match match", "RFC6376 E",
             "g= has been dropped, so it is ignored; then rsa-sha1"},
    DkimCase{"dk_headers_1.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"dk_headers_2.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"dk_multiple_1.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_1878523.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"good_83176.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"good_dk_1.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_dk_2.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_dk_3.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_dk_4.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_dk_5.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_dk_6.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_dk_7.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_dk_gmail.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_dk_yahoo.txt", "pass", "none", "RFC8601 2.7.1",
             "DomainKeys (RFC 4870) is another protocol"},
    DkimCase{"good_ietf00_1.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"good_ietf00_2.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"good_ietf00_3.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"good_ietf00_4.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"good_ietf00_5.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"good_ietf01_1.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"good_ietf01_2.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"good_qp_1.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"good_qp_2.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"good_qp_3.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"good_rfc4871_3.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"good_rfc4871_4.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"goodkey_1.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"goodkey_2.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"goodkey_3.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"goodkey_4.txt", "pass", "policy algorithm-obsolete match match", "RFC8301 3.1",
             "rsa-sha1 is not relied on"},
    DkimCase{"goodkey_ed25519.txt", "pass", "pass none match match", "", ""},
    DkimCase{"ignore_1.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"ignore_2.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"ignore_3.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"ignore_4.txt", "invalid", "neutral unknown-version - -", "", ""},
    DkimCase{"ignore_5.txt", "invalid", "neutral unknown-query-method - -", "", ""},
    DkimCase{"ignore_6.txt", "invalid", "neutral unknown-query-method - -", "", ""},
    DkimCase{"ignore_7.txt", "invalid", "policy algorithm-obsolete match match", "RFC6376 3.5",
             "x= is held against the time of receipt, 1997"},
    DkimCase{"ignore_8.txt", "invalid", "permerror auid-domain-mismatch - -", "", ""},
    DkimCase{"mine_ietf01_1.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"mine_ietf01_2.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"mine_ietf01_3.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"mine_ietf01_4.txt", "pass", "neutral missing-tag - -", "RFC6376 6.1.1",
             "a draft without v=, which is required"},
    DkimCase{"mine_ietf05_1.txt", "pass", "neutral unknown-version - -", "RFC6376 6.1.1",
             "v=0.5 of a draft is not 1"},
    DkimCase{"multiple_1.txt", "pass",
             "neutral missing-tag - -, neutral missing-tag - -, neutral missing-tag - -, neutral "
             "missing-tag - -",
             "RFC6376 6.1.1", "a draft without v=, which is required"},
    DkimCase{"multiple_2.txt", "pass",
             "neutral unknown-canonicalization - -, policy algorithm-obsolete match match, policy "
             "algorithm-obsolete match mismatch, neutral signature-syntax - -",
             "RFC8301 3.1", "rsa-sha1 is not relied on"},
    DkimCase{"no_body_1.txt", "pass", "neutral unknown-version - -", "RFC6376 6.1.1",
             "v=0.5 of a draft is not 1"},
    DkimCase{"no_body_2.txt", "pass", "neutral unknown-version - -", "RFC6376 6.1.1",
             "v=0.5 of a draft is not 1"},
    DkimCase{"no_body_3.txt", "pass", "neutral unknown-version - -", "RFC6376 6.1.1",
             "v=0.5 of a draft is not 1"},
};

test::DnsTable corpus_dns(const std::filesystem::path& suite) {
  test::DnsTable dns;
  dns.add_json(nlohmann::json::parse(test::read_file(suite / "dns.json")));
  return dns;
}

/// File name and result of the suite's own table.
std::map<std::string, std::string> expected_results(const std::filesystem::path& suite) {
  std::map<std::string, std::string> results;
  std::istringstream lines(test::read_file(suite / "EXPECTED.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t name_end = line.find('\t');
    const std::size_t result_end = line.find('\t', name_end + 1);
    results[line.substr(0, name_end)] = line.substr(name_end + 1, result_end - name_end - 1);
  }
  return results;
}

TEST(MailDkim, EachMessage) {
  MAILASSAY_SUITE(suite, "mail-dkim");
  const test::DnsTable dns = corpus_dns(suite);
  auto expected = expected_results(suite);
  auto files = test::file_names(suite / "corpus", ".txt");
  EXPECT_EQ(files.size(), kCases.size());
  for (const DkimCase& c : kCases) {
    EXPECT_EQ(files.erase(std::string(c.name)), 1U) << c.name;
    EXPECT_EQ(expected[std::string(c.name)], c.theirs) << c.name;
    test::check_dkim_case(c, test::read_file(suite / "corpus" / c.name), dns);
  }
  EXPECT_TRUE(files.empty()) << *files.begin();
}

// By today's clock the signature has expired, as the suite says; by that of 1997 it has not.
TEST(MailDkim, ExpiryFollowsTheTimeOfTheCheck) {
  MAILASSAY_SUITE(suite, "mail-dkim");
  const test::DnsTable dns = corpus_dns(suite);
  JudgeOptions options;
  options.time.mode = JudgeTime::Mode::fixed;
  options.time.fixed_time = std::chrono::sys_seconds(std::chrono::seconds(1193229947));
  const DkimCase after = {"ignore_7.txt", "invalid", "permerror expired match match", "", ""};
  test::check_dkim_case(after, test::read_file(suite / "corpus/ignore_7.txt"), dns, options);
}

}  // namespace
}  // namespace mailassay
