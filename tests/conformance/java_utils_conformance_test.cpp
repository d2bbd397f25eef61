// Odd bodies of simple-java-mail/java-utils-mail-dkim, signed four ways, all with l=.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/conformance_dir.h"
#include "support/dkim_case.h"
#include "support/dns_table.h"

namespace mailassay {
namespace {

constexpr std::size_t kCases = 32;

TEST(JavaUtilsMailDkim, EachMessage) {
  MAILASSAY_SUITE(suite, "java-utils-mail-dkim");
  const auto expected = nlohmann::json::parse(test::read_file(suite / "EXPECTED.json"));
  test::DnsTable dns;
  dns.add_json(expected.at("dns"));
  EXPECT_EQ(test::file_names(suite, ".txt").size(), kCases + 1);  // and the licence
  EXPECT_EQ(expected.at("expected").size(), kCases);
  for (const auto& [name, result] : expected.at("expected").items()) {
    const std::string theirs = result.get<std::string>();
    if (name.starts_with("sha256")) {
      test::check_dkim_case({name, theirs, "pass none match match", "", ""},
                            test::read_file(suite / name), dns);
    } else {
      test::check_dkim_case({name, theirs, "policy algorithm-obsolete match match", "RFC8301 3.1",
                             "rsa-sha1 is not relied on"},
                            test::read_file(suite / name), dns);
    }
  }
}

}  // namespace
}  // namespace mailassay
