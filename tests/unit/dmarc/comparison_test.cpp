// RFC 7489 beside RFC 9989, and the word for where they differ.
#include "dmarc/comparison.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "dmarc/remark.h"
#include "support/dmarc_case.h"
#include "support/growing_view.h"

namespace mailassay {
namespace {

using dns::AnswerKind;
using test::DmarcZone;

constexpr const char* kList =
    "com\nexample\nco.example\n"
    "// ===BEGIN PRIVATE DOMAINS===\nshared.example\n";

// [RFC7489 3.2] [RFC7489 6.6.3]
TEST(DmarcComparison, Rows) {
  struct Row {
    std::map<std::string, const char*> records;
    const char* author;
    std::vector<std::string> identifiers;
    const char* rfc9989;
    const char* rfc7489;
    const char* difference;
  };
  const PublicSuffixList list = test::suffix_list(kList);
  for (const Row& row : {
           Row{{{"example.com", "p=reject"}},
               "a.example.com",
               {"+dkim:example.com"},
               "pass aligned reject by p of example.com",
               "pass aligned reject by p of example.com",
               "none"},
           Row{{}, "a.example.com", {}, "none no-record", "none no-record", "none"},
           Row{{{"x.example.com", "p=reject"}},
               "a.x.example.com",
               {},
               "fail not-aligned reject by p of x.example.com",
               "none no-record",
               "organizational-domain"},
           Row{{{"co.example", "p=none"}, {"a.co.example", "p=reject"}},
               "a.co.example",
               {"+spf:b.co.example"},
               "pass aligned reject by p of a.co.example",
               "fail not-aligned reject by p of a.co.example",
               "organizational-domain"},
           Row{{{"co.example", "p=reject; psd=y"}},
               "a.co.example",
               {},
               "fail not-aligned reject by p of co.example",
               "none no-record",
               "psd-tag"},
           Row{{{"x.example.com", "p=none; psd=n"}, {"example.com", "p=reject"}},
               "a.x.example.com",
               {},
               "fail not-aligned none by p of x.example.com",
               "fail not-aligned reject by p of example.com",
               "psd-tag"},
           Row{{{"x.example.com", "p=none; psd=n"}, {"example.com", "p=reject"}},
               "example.com",
               {"+dkim:x.example.com"},
               "fail not-aligned reject by p of example.com",
               "pass aligned reject by p of example.com",
               "psd-tag"},
           Row{{{"example.com", "p=none; np=reject"}},
               "a.example.com",
               {},
               "fail not-aligned reject by np of example.com",
               "fail not-aligned none by p of example.com",
               "np-tag"},
           Row{{{"example.com", "p=reject; np=foo"}},
               "example.com",
               {},
               "permerror record-unusable",
               "fail not-aligned reject by p of example.com",
               "np-tag"},
           Row{{{"example.com", "p=reject; t=y"}},
               "example.com",
               {},
               "fail not-aligned quarantine by p of example.com",
               "fail not-aligned reject by p of example.com",
               "test-mode"},
           Row{{{"example.com", "p=reject; pct=10"}},
               "example.com",
               {},
               "fail not-aligned reject by p of example.com",
               "fail not-aligned reject by p of example.com",
               "none"},
           Row{{{"example.com", "p=none; t=y"}},
               "example.com",
               {},
               "fail not-aligned none by p of example.com",
               "fail not-aligned none by p of example.com",
               "none"},
           Row{{{"b.c.d.e.f.g.example.com", "p=none"}, {"example.com", "p=reject"}},
               "a.b.c.d.e.f.g.example.com",
               {},
               "fail not-aligned reject by p of example.com",
               "fail not-aligned reject by p of example.com",
               "none"},
           Row{{{"com", "p=none"}},
               "example.com",
               {},
               "fail not-aligned none by p of com",
               "none no-record",
               "organizational-domain"},
       }) {
    DmarcZone zone;
    for (const auto& [name, tags] : row.records) {
      zone.record(name, std::string("v=DMARC1; ") + tags);
    }
    const auto verdict =
        test::judge_dmarc(test::dmarc_input(row.author, row.identifiers), zone, {&list});
    EXPECT_EQ(test::words(verdict.rfc9989), row.rfc9989) << row.author;
    ASSERT_TRUE(verdict.rfc7489);
    EXPECT_EQ(test::words(*verdict.rfc7489), row.rfc7489) << row.author;
    EXPECT_EQ(dmarc::remark_on(verdict.difference).word, row.difference) << row.author;
  }
}

// RFC 7489 asks for two names, so that it may know what the walk does not.
TEST(DmarcComparison, WhatOnlyOneKnows) {
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=reject").answer("com", AnswerKind::no_evidence);
  const PublicSuffixList list = test::suffix_list(kList);
  const auto verdict =
      test::judge_dmarc(test::dmarc_input("a.example.com", {"+dkim:example.com"}), zone, {&list});
  EXPECT_EQ(test::words(verdict.rfc9989), "temperror no-evidence");
  EXPECT_EQ(test::words(*verdict.rfc7489), "pass aligned reject by p of example.com");
  EXPECT_EQ(verdict.difference, dmarc::Difference::not_known);
}

// [RFC7489 6.6.2] an error of DNS is no fail there either
TEST(DmarcComparison, DnsErrorsOfRfc7489) {
  const PublicSuffixList list = test::suffix_list(kList);
  for (const char* unknown : {"a.example.com", "example.com"}) {
    DmarcZone zone;
    zone.answer(unknown, AnswerKind::temporary_failure, dns::Failure::timeout);
    const auto verdict = test::judge_dmarc(test::dmarc_input("a.example.com"), zone, {&list});
    EXPECT_EQ(test::words(*verdict.rfc7489), "temperror dns-timeout") << unknown;
    EXPECT_EQ(verdict.difference, dmarc::Difference::none) << unknown;
  }
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=reject");
  const auto verdict =
      test::judge_dmarc(test::dmarc_input("example.com", {"?spf:"}), zone, {&list});
  EXPECT_EQ(test::words(*verdict.rfc7489), "temperror spf-unknown reject by p of example.com");
}

TEST(DmarcComparison, WithoutAList) {
  const auto verdict = test::judge_dmarc(test::dmarc_input("example.com"), DmarcZone());
  EXPECT_FALSE(verdict.rfc7489);
  EXPECT_EQ(verdict.difference, dmarc::Difference::not_compared);
}

// The name of RFC 7489 is asked for even where the walk jumps over it.
TEST(DmarcComparison, AsksForTheOrganizationOfTheList) {
  DmarcZone zone;
  zone.record("b.c.d.e.f.g.shared.example", "v=DMARC1; p=reject");
  const PublicSuffixList list = test::suffix_list("c.d.e.f.g.shared.example\n");
  const auto verdict =
      test::judge_dmarc(test::dmarc_input("a.b.c.d.e.f.g.shared.example"), zone, {&list});
  EXPECT_EQ(test::words(verdict.rfc9989), "none no-record");
  EXPECT_EQ(test::words(*verdict.rfc7489),
            "fail not-aligned reject by p of b.c.d.e.f.g.shared.example");
}

}  // namespace
}  // namespace mailassay
