#include "dmarc/tree_walk.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "support/dmarc_case.h"
#include "support/growing_view.h"

namespace mailassay {
namespace {

using dmarc::Visit;
using dns::AnswerKind;
using test::DmarcZone;

std::string asked_by_walk(std::string_view domain, const dns::View& view) {
  dns::Needs needs;
  const auto found = dmarc::organizational_domain(domain, view, needs);
  EXPECT_TRUE(found);
  std::string out;
  for (const Visit& visit : found->walk) out += visit.domain + ' ';
  return out;
}

std::string organization(std::string_view domain, const dns::View& view) {
  dns::Needs needs;
  const auto found = dmarc::organizational_domain(domain, view, needs);
  EXPECT_TRUE(found);
  return found ? found->domain : "missing";
}

// The lists of [RFC9989 4.10] and [RFC9989 5.1.8], and the limit of 8 questions
TEST(DmarcTreeWalk, Queries) {
  const DmarcZone zone;
  EXPECT_EQ(asked_by_walk("a.b.c.d.e.f.g.h.i.j.mail.example.com", zone),
            "a.b.c.d.e.f.g.h.i.j.mail.example.com g.h.i.j.mail.example.com h.i.j.mail.example.com "
            "i.j.mail.example.com j.mail.example.com mail.example.com example.com com ");
  EXPECT_EQ(asked_by_walk("mail.a.b.c.d.e.f.g.example.com", zone),
            "mail.a.b.c.d.e.f.g.example.com c.d.e.f.g.example.com d.e.f.g.example.com "
            "e.f.g.example.com f.g.example.com g.example.com example.com com ");
  EXPECT_EQ(asked_by_walk("a.b.c.d.e.f.g.com", zone),
            "a.b.c.d.e.f.g.com b.c.d.e.f.g.com c.d.e.f.g.com d.e.f.g.com e.f.g.com f.g.com g.com "
            "com ");
  EXPECT_EQ(asked_by_walk("a.b.c.d.e.f.com", zone),
            "a.b.c.d.e.f.com b.c.d.e.f.com c.d.e.f.com d.e.f.com e.f.com f.com com ");
  EXPECT_EQ(asked_by_walk("example.com", zone), "example.com com ");
  EXPECT_EQ(asked_by_walk("com", zone), "com ");  // a single label is asked for, the root is not
}

// [RFC9989 5.1.8] what lies in the jump is never found
TEST(DmarcTreeWalk, ZoneCutInTheJump) {
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=none")
      .record("b.c.d.e.f.g.example.com", "v=DMARC1; p=reject; psd=n");
  EXPECT_EQ(organization("mail.a.b.c.d.e.f.g.example.com", zone), "example.com");
  EXPECT_EQ(organization("a.b.c.d.e.f.g.example.com", zone), "example.com");
  EXPECT_EQ(organization("b.c.d.e.f.g.example.com", zone), "b.c.d.e.f.g.example.com");
}

// [RFC9989 4.10] steps 2 and 6
TEST(DmarcTreeWalk, PsdStops) {
  for (const char* psd : {"y", "n"}) {
    DmarcZone zone;
    zone.record("b.example.com", std::string("v=DMARC1; p=none; psd=") + psd);
    zone.record("com", "v=DMARC1; p=none");
    EXPECT_EQ(asked_by_walk("a.b.example.com", zone), "a.b.example.com b.example.com ");
    EXPECT_EQ(asked_by_walk("b.example.com", zone), "b.example.com ");
  }
  DmarcZone zone;
  zone.record("b.example.com", "v=DMARC1; p=none; psd=u");
  EXPECT_EQ(asked_by_walk("b.example.com", zone), "b.example.com example.com com ");
}

// The three examples at the end of [RFC9989 4.10.2], and what follows from its rules
TEST(DmarcTreeWalk, OrganizationalDomain) {
  struct Row {
    std::map<std::string, const char*> psd;  ///< value of psd in the record of each name
    const char* domain;
    const char* organization;
  };
  for (const Row& row : {
           Row{{{"mail.example.com", "u"}, {"example.com", "u"}},
               "a.mail.example.com",
               "example.com"},
           Row{{{"mail.example.com", "n"}, {"example.com", "u"}},
               "a.mail.example.com",
               "mail.example.com"},
           Row{{{"com", "y"}}, "a.mail.example.com", "example.com"},
           Row{{}, "a.mail.example.com", "a.mail.example.com"},
           Row{{{"a.mail.example.com", "u"}}, "a.mail.example.com", "a.mail.example.com"},
           Row{{{"com", "u"}, {"example.com", "u"}}, "a.example.com", "com"},
           Row{{{"com", "n"}, {"example.com", "u"}}, "a.example.com", "com"},
           Row{{{"com", "y"}, {"b.example.com", "u"}}, "a.b.example.com", "example.com"},
           Row{{{"com", "y"}, {"b.example.com", "n"}}, "a.b.example.com", "b.example.com"},
           Row{{{"bank.example", "y"}}, "bank.example", "bank.example"},
           Row{{{"bank.example", "y"}, {"example", "u"}}, "bank.example", "bank.example"},
           Row{{{"bank.example", "y"}}, "no.such.bank.example", "such.bank.example"},
           Row{{{"c.d.e.f.g.example.com", "y"}},
               "m.a.b.c.d.e.f.g.example.com",
               "b.c.d.e.f.g.example.com"},
           Row{{{"com", "y"}}, "com", "com"},
       }) {
    DmarcZone zone;
    for (const auto& [name, psd] : row.psd) {
      zone.record(name, std::string("v=DMARC1; p=none; psd=") + psd);
    }
    EXPECT_EQ(organization(row.domain, zone), row.organization) << row.domain;
  }
}

// [RFC9989 4.10] several are thrown away, and so is what is no record
TEST(DmarcTreeWalk, WhatIsNoRecord) {
  DmarcZone zone;
  zone.record("b.example.com", "v=DMARC1; p=none; psd=n");
  zone.record("b.example.com", "v=DMARC1; p=reject; psd=n");
  zone.record("example.com", "v=spf1 -all").record("example.com", "v=dmarc1; p=none");
  dns::Needs needs;
  const auto found = dmarc::organizational_domain("a.b.example.com", zone, needs);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->domain, "a.b.example.com");
  ASSERT_EQ(found->walk.size(), 4U);
  EXPECT_EQ(found->walk[0].outcome, Visit::Outcome::no_record);
  EXPECT_EQ(found->walk[0].answer, AnswerKind::no_such_name);
  EXPECT_EQ(found->walk[1].outcome, Visit::Outcome::several_records);
  EXPECT_EQ(found->walk[1].records.size(), 2U);
  EXPECT_EQ(found->walk[2].outcome, Visit::Outcome::no_record);
  EXPECT_EQ(found->walk[2].near_misses,
            (std::vector<dmarc::NearMiss>{dmarc::NearMiss::version_case}));
}

// One DMARC record beside others is one. [RFC9989 4.10]
TEST(DmarcTreeWalk, OtherTextsDoNotCount) {
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=none").record("example.com", "v=spf1 -all");
  EXPECT_EQ(organization("a.example.com", zone), "example.com");
}

// [RFC9989 4.5] character-strings are joined with nothing between
TEST(DmarcTreeWalk, StringsAreJoined) {
  test::LearningView view;
  dns::Sighting sighting = test::txt_sighting({"v=DMARC1; p=rej"});
  sighting.rdata.front() += test::txt_rdata("ect; psd=n");
  view.add("_dmarc.example.com", sighting);
  dns::Needs needs;
  const auto found = dmarc::organizational_domain("example.com", view, needs);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->walk[0].records[0].text, "v=DMARC1; p=reject; psd=n");
  EXPECT_EQ(found->walk[0].records[0].p, dmarc::Policy::reject);
}

TEST(DmarcTreeWalk, AsksForAllAtOnce) {
  test::LearningView view;
  dns::Needs needs;
  EXPECT_FALSE(dmarc::organizational_domain("a.b.example.com", view, needs));
  ASSERT_EQ(needs.questions().size(), 4U);
  EXPECT_EQ(needs.questions()[0], (dns::Question{"_dmarc.a.b.example.com", dns::Type::txt}));
  EXPECT_EQ(needs.questions()[3], (dns::Question{"_dmarc.com", dns::Type::txt}));
}

TEST(DmarcTreeWalk, WhatIsUnknown) {
  struct Row {
    const char* unknown;
    std::map<std::string, const char*> psd;
    const char* organization;  ///< of a.example.com; empty: it is not known
  };
  for (const Row& row : {
           Row{"com", {{"example.com", "u"}}, ""},
           Row{"com", {{"example.com", "n"}}, "example.com"},
           Row{"com", {{"example.com", "y"}}, "a.example.com"},
           Row{"example.com", {}, ""},
           Row{"example.com", {{"com", "y"}}, ""},
           Row{"a.example.com", {}, "a.example.com"},
           Row{"a.example.com", {{"com", "u"}}, ""},
           Row{"a.example.com", {{"example.com", "y"}}, "a.example.com"},
       }) {
    DmarcZone zone;
    zone.answer(row.unknown, AnswerKind::no_evidence);
    for (const auto& [name, psd] : row.psd) {
      zone.record(name, std::string("v=DMARC1; p=none; psd=") + psd);
    }
    EXPECT_EQ(organization("a.example.com", zone), row.organization) << row.unknown;
  }
}

TEST(DmarcTreeWalk, NoName) {
  const DmarcZone zone;
  for (const char* name : {"", ".", "a..b", "[192.0.2.1]", "a b"}) {
    dns::Needs needs;
    const auto found = dmarc::organizational_domain(name, zone, needs);
    ASSERT_TRUE(found) << name;
    EXPECT_EQ(*found, dmarc::OrganizationalDomain()) << name;
  }
}

// _dmarc. does not fit in front of the longest names: there is nothing to ask.
TEST(DmarcTreeWalk, LongNames) {
  std::string name = "b";
  while (name.size() + 2 <= 253) name = "a." + name;
  test::LearningView view;
  view.add("_dmarc.b", test::negative_sighting(AnswerKind::no_such_name));
  dns::Needs needs;
  EXPECT_FALSE(dmarc::organizational_domain(name, view, needs));
  EXPECT_EQ(needs.questions().size(), 6U);
}

}  // namespace
}  // namespace mailassay
