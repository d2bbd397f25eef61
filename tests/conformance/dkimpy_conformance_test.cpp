// Messages and key records of dkimpy, and of a fork of it with mail that was really sent.
//
// Neither has a table of results: what they expect is in their test code. The keys that this code
// looks up are those of vectors/published/dns.json, as Google, Yahoo and mlcirm.biz published them.
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>

#include "dkim/key_record.h"
#include "dkim/reason.h"
#include "support/conformance_dir.h"
#include "support/dkim_case.h"
#include "support/dns_table.h"
#include "support/exact_copy.h"

namespace mailassay {
namespace {

using test::DkimCase;

constexpr std::string_view kData = "dkim/tests/data/";

/// Every file of the folders with messages that is one.
constexpr std::array kDkimpyCases = {
    DkimCase{"ed25519test.msg", "none", "none", "", ""},
    DkimCase{"ed25519test2.msg", "pass", "pass none match match", "", ""},
    DkimCase{"message.mbox", "pass", "pass none match match", "", ""},
    DkimCase{"rfc6376.msg", "none", "none", "", ""},
    DkimCase{"rfc6376.signed.msg", "pass pass", "pass none match match, pass none match match", "",
             ""},
    DkimCase{"test.message", "none", "none", "", ""},
    DkimCase{"test2.message", "pass", "pass none match match", "", ""},
    DkimCase{"test_extra.message", "none", "none", "", ""},
    DkimCase{"test_nofrom.message", "none", "none", "", ""},
};

constexpr std::array kForkCases = {
    DkimCase{"check/mail-tester-test-3vcvxqshy.txt", "pass fail",
             "pass none match match, fail signature-mismatch match mismatch", "", ""},
    DkimCase{"check/mail-tester-test-3vcvxqshy-outgoing.txt", "fail",
             "fail signature-mismatch match mismatch", "", ""},
    DkimCase{"check/rfc-6376-email.txt", "pass", "pass none match match", "", ""},
    DkimCase{"dkim/tests/data/rfc6376.signed.rsa.msg", "pass", "pass none match match", "", ""},
    // A parenthesis in d=: a name server would be asked for another domain.
    DkimCase{"dkim/tests/data/test.message.baddomain", "invalid", "neutral bad-domain - -", "", ""},
};

/// Parts of the messages of the fork, and keys; no messages.
constexpr std::array kForkOtherFiles = {
    "check/mail-tester-test-3vcvxqshy-body.txt",
    "check/mail-tester-test-3vcvxqshy-hhdkim.txt",
    "check/rfc-6376-body.txt",
    "check/rfc-6376-hhdkim.txt",
    "dkim/tests/data/1024_testkey_wo_markers.pub.rsa.txt",
    "dkim/tests/data/1024_testkey_wo_markers.pub.txt",
    "dkim/tests/data/2048_testkey_wo_markers.pub.rsa.txt",
    "dkim/tests/data/2048_testkey_wo_markers.pub.txt",
};

test::DnsTable keys_of_tests(const std::filesystem::path& dkimpy,
                             const std::filesystem::path& james,
                             const std::filesystem::path& go_msgauth) {
  test::DnsTable dns;
  dns.add_json(nlohmann::json::parse(test::read_file("conformance/vectors/published/dns.json")));
  dns.add_json(nlohmann::json::parse(test::read_file("conformance/vectors/rfc8463/dns.json")));
  dns.add_txt("sed._domainkey.test.ex", test::read_file(dkimpy / kData / "eximtest.dns"));
  dns.add_txt("test._domainkey.legitimate.com(.attacker.com",
              test::read_file(dkimpy / kData / "test.txt"));
  const auto historic = nlohmann::json::parse(test::read_file(james / "dns.json"));
  dns.add_txt("2007-00._domainkey.kitterman.com",
              historic["2007-00._domainkey.kitterman.com"]["TXT"][0].get<std::string>());
  const auto rfc = nlohmann::json::parse(test::read_file(go_msgauth / "EXPECTED.json"))["dns"];
  dns.add_txt("brisbane._domainkey.example.com",
              rfc["brisbane._domainkey.example.com"]["TXT"][0].get<std::string>());
  return dns;
}

TEST(Dkimpy, EachMessage) {
  MAILASSAY_SUITE(suite, "dkimpy");
  MAILASSAY_SUITE(james, "james-jdkim");
  MAILASSAY_SUITE(go_msgauth, "go-msgauth");
  const test::DnsTable dns = keys_of_tests(suite, james, go_msgauth);
  std::size_t files = 0;
  for (const char* suffix : {".msg", ".message", ".mbox"}) {
    files += test::file_names(suite, suffix).size();
  }
  EXPECT_EQ(files, kDkimpyCases.size());
  for (const DkimCase& c : kDkimpyCases) {
    test::check_dkim_case(c, test::read_file(suite / kData / c.name), dns);
  }
}

TEST(DkimpyFork, EachMessage) {
  MAILASSAY_SUITE(suite, "dkimpy-ilatypov");
  MAILASSAY_SUITE(dkimpy, "dkimpy");
  MAILASSAY_SUITE(james, "james-jdkim");
  MAILASSAY_SUITE(go_msgauth, "go-msgauth");
  const test::DnsTable dns = keys_of_tests(dkimpy, james, go_msgauth);
  auto files = test::file_names(suite / "check", ".txt");
  EXPECT_EQ(files.size() + test::file_names(suite / "dkim", "").size(),
            kForkCases.size() + kForkOtherFiles.size());
  for (const DkimCase& c : kForkCases) {
    test::check_dkim_case(c, test::read_file(suite / c.name), dns);
  }
  for (const char* name : kForkOtherFiles) {
    EXPECT_TRUE(std::filesystem::is_regular_file(suite / name)) << name;
  }
}

// What the header hash and the body hash of two messages are taken over stands in files of its own.
TEST(DkimpyFork, SignedOctetsOfTheRfcMessage) {
  MAILASSAY_SUITE(suite, "dkimpy-ilatypov");
  const std::string message = test::with_crlf(test::read_file(suite / "check/rfc-6376-email.txt"));
  const Dossier dossier = digest(MessageView{message});
  ASSERT_EQ(dossier.signatures.size(), 1U);
  const std::string input = test::with_crlf(test::read_file(suite / "check/rfc-6376-hhdkim.txt"));
  EXPECT_EQ(
      dossier.hashed_bytes,
      input.size() + test::with_crlf(test::read_file(suite / "check/rfc-6376-body.txt")).size());
}

struct KeyCase {
  std::string_view suite;
  std::string_view name;
  std::string_view reason;  ///< "none": usable
  std::uint32_t bits;
};

constexpr std::array kKeyCases = {
    KeyCase{"dkimpy", "test.txt", "none", 1024},
    KeyCase{"dkimpy", "test2.txt", "none", 1024},
    KeyCase{"dkimpy", "eximtest.dns", "none", 256},
    KeyCase{"dkimpy", "ed25519test.dns", "none", 256},
    // k=ed25519-sha256 is an algorithm, not a key type. [RFC8463 4.2]
    KeyCase{"dkimpy", "badk.txt", "key-type-mismatch", 0},
    // "v=DKIM1: g=*" is a version that is not DKIM1. [RFC6376 3.6.1]
    KeyCase{"dkimpy", "badversion.txt", "key-version", 0},
    // Its base64 is well formed; the exponent is 65536, which no RSA key has.
    KeyCase{"dkimpy", "test_bad.txt", "key-data", 0},
    KeyCase{"dkimpy", "test_tlsrpt.txt", "key-service", 0},  // [RFC6376 3.6.1]
    KeyCase{"dkimpy-ilatypov", "1024_testkey_wo_markers.pub.rsa.txt", "none", 1024},
    KeyCase{"dkimpy-ilatypov", "1024_testkey_wo_markers.pub.txt", "none", 1024},
    KeyCase{"dkimpy-ilatypov", "2048_testkey_wo_markers.pub.rsa.txt", "none", 2048},
    KeyCase{"dkimpy-ilatypov", "2048_testkey_wo_markers.pub.txt", "none", 2048},
};

TEST(Dkimpy, EachKeyRecord) {
  MAILASSAY_SUITE(dkimpy, "dkimpy");
  MAILASSAY_SUITE(fork, "dkimpy-ilatypov");
  std::size_t files = test::file_names(fork / "dkim", ".txt").size();
  for (const char* suffix : {".txt", ".dns"}) files += test::file_names(dkimpy, suffix).size();
  EXPECT_EQ(files, kKeyCases.size());
  for (const KeyCase& c : kKeyCases) {
    SCOPED_TRACE(std::string(c.name));
    const auto folder = c.suite == "dkimpy" ? dkimpy : fork;
    const test::ExactCopy text(test::read_file(folder / kData / c.name));
    const dkim::KeyRecord record = dkim::parse_key_record(text.view());
    EXPECT_EQ(dkim::entry_of(record.fault).word, c.reason);
    EXPECT_EQ(record.key ? record.key->bits() : 0U, c.bits);
  }
}

}  // namespace
}  // namespace mailassay
