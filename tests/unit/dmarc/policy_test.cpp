#include "dmarc/policy.h"

#include <gtest/gtest.h>

#include <string>

#include "dmarc/reason.h"
#include "dmarc/record.h"

namespace mailassay::dmarc {
namespace {

/// "policy[/stricter] by tag"
std::string policy(const char* tags, bool is_own, Existence existence, Rules rules) {
  PolicyResult result;
  result.record = parse_record(std::string("v=DMARC1; ") + tags);
  result.policy_domain = "example.com";
  set_policy(result, is_own ? "example.com" : "a.example.com", existence, rules);
  std::string out(word_of(result.policy.value()));
  if (result.stricter_policy) out.append("/").append(word_of(*result.stricter_policy));
  return out.append(" by ").append(word_of(result.tag));
}

// [RFC9989 4.7] [RFC9989 4.10.1]
TEST(DmarcPolicy, Rfc9989) {
  struct Row {
    const char* tags;
    const char* own;
    const char* existing;
    const char* missing;
    const char* unknown;
  };
  for (const Row& row : {
           Row{"p=reject", "reject by p", "reject by p", "reject by p", "reject by p"},
           Row{"p=reject; sp=none", "reject by p", "none by sp", "none by sp", "none by sp"},
           Row{"p=none; np=reject", "none by p", "none by p", "reject by np", "none/reject by p"},
           Row{"p=reject; sp=quarantine; np=none", "reject by p", "quarantine by sp", "none by np",
               "none/quarantine by np"},
           Row{"p=reject; np=reject", "reject by p", "reject by p", "reject by np", "reject by p"},
           Row{"p=reject; t=y", "quarantine by p", "quarantine by p", "quarantine by p",
               "quarantine by p"},
           Row{"p=quarantine; sp=none; np=reject; t=y", "none by p", "none by sp",
               "quarantine by np", "none/quarantine by sp"},
           Row{"p=none; np=quarantine; t=y", "none by p", "none by p", "none by np", "none by p"},
           Row{"p=none; t=y", "none by p", "none by p", "none by p", "none by p"},
           Row{"p=foo; np=reject; rua=mailto:a@b.c", "none by assumed", "none by assumed",
               "none by assumed", "none by assumed"},
           Row{"p=reject; pct=0", "reject by p", "reject by p", "reject by p", "reject by p"},
       }) {
    const auto of = [&](bool is_own, Existence existence) {
      return policy(row.tags, is_own, existence, Rules::rfc9989);
    };
    for (const Existence existence :
         {Existence::not_asked, Existence::exists, Existence::does_not_exist, Existence::unknown}) {
      EXPECT_EQ(of(true, existence), row.own) << row.tags;
    }
    EXPECT_EQ(of(false, Existence::exists), row.existing) << row.tags;
    EXPECT_EQ(of(false, Existence::does_not_exist), row.missing) << row.tags;
    EXPECT_EQ(of(false, Existence::unknown), row.unknown) << row.tags;
  }
}

// [RFC7489 6.3] neither np nor t
TEST(DmarcPolicy, Rfc7489) {
  for (const Existence existence : {Existence::exists, Existence::does_not_exist}) {
    EXPECT_EQ(policy("p=reject; t=y", true, existence, Rules::rfc7489), "reject by p");
    EXPECT_EQ(policy("p=reject; sp=none; np=quarantine", false, existence, Rules::rfc7489),
              "none by sp");
    EXPECT_EQ(policy("p=reject; np=none", false, existence, Rules::rfc7489), "reject by p");
    EXPECT_EQ(policy("p=reject; np=foo", false, existence, Rules::rfc7489), "reject by p");
  }
}

// [RFC9989 4.10.1] [RFC7489 6.6.3]
TEST(DmarcPolicy, Usability) {
  constexpr Usability kUsable = Usability::usable;
  constexpr Usability kMonitoring = Usability::as_monitoring;
  constexpr Usability kUnusable = Usability::unusable;
  struct Row {
    const char* tags;
    Usability rfc9989;
    Usability rfc7489;
  };
  for (const Row& row : {
           Row{"p=reject", kUsable, kUsable},
           Row{"", kUnusable, kUnusable},
           Row{"p=foo", kUnusable, kUnusable},
           Row{"sp=reject", kUnusable, kUnusable},
           Row{"p=reject; sp=foo", kUnusable, kUnusable},
           Row{"p=reject; np=foo", kUnusable, kUsable},
           Row{"p=reject; p=none", kUnusable, kUnusable},
           Row{"rua=mailto:a@b.c", kMonitoring, kMonitoring},
           Row{"p=foo; rua=mailto:a@b.c", kMonitoring, kMonitoring},
           Row{"p=reject; sp=foo; rua=mailto:a@b.c", kMonitoring, kMonitoring},
           Row{"p=reject; np=foo; rua=mailto:a@b.c", kMonitoring, kUsable},
           Row{"p=foo; rua=a@b.c", kUnusable, kUnusable},
           Row{"p=foo; rua=a@b.c,mailto:a@b.c", kMonitoring, kMonitoring},
           Row{"p=foo; ruf=mailto:a@b.c", kUnusable, kUnusable},
           Row{"p=reject; adkim=foo; psd=foo; t=foo", kUsable, kUsable},
       }) {
    const auto record = parse_record(std::string("v=DMARC1; ") + row.tags);
    ASSERT_TRUE(record) << row.tags;
    EXPECT_EQ(usability(*record, Rules::rfc9989), row.rfc9989) << row.tags;
    EXPECT_EQ(usability(*record, Rules::rfc7489), row.rfc7489) << row.tags;
  }
}

}  // namespace
}  // namespace mailassay::dmarc
