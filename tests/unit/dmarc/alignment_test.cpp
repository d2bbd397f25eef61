#include "dmarc/alignment.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "dmarc/reason.h"
#include "support/dmarc_case.h"
#include "support/growing_view.h"

namespace mailassay {
namespace {

using dns::AnswerKind;
using test::DmarcZone;

std::string aligned(std::string_view author, std::string_view domain, const dns::View& view) {
  dns::Needs needs;
  const auto alignment = dmarc::align(author, domain, view, needs);
  return alignment ? std::string(dmarc::word_of(*alignment)) : "missing";
}

// Table 1 of [RFC9989 4.4], and the examples of [RFC9989 B.1.1] and [RFC9989 B.1.2]
TEST(DmarcAlignment, ExamplesOfTheRfc) {
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=none").record("example.net", "v=DMARC1; p=none");
  EXPECT_EQ(aligned("example.com", "example.com", zone), "strict");
  EXPECT_EQ(aligned("news.example.com", "example.com", zone), "relaxed");
  EXPECT_EQ(aligned("news.example.com", "NEWS.Example.COM.", zone), "strict");
  EXPECT_EQ(aligned("example.com", "child.example.com", zone), "relaxed");
  EXPECT_EQ(aligned("a.example.com", "b.example.com", zone), "relaxed");
  EXPECT_EQ(aligned("news.example.com", "foo.example.net", zone), "none");
  EXPECT_EQ(aligned("child.example.com", "example.net", zone), "none");
}

// [RFC9989 4.10.2]
TEST(DmarcAlignment, Walks) {
  struct Row {
    std::map<std::string, const char*> psd;  ///< value of psd in the record of each name
    const char* author;
    const char* domain;
    const char* aligned;
  };
  for (const Row& row : {
           Row{{}, "a.example.com", "example.com", "none"},
           Row{{}, "example.com", "a.example.com", "none"},
           Row{{{"example.com", "u"}}, "a.b.example.com", "c.example.com", "relaxed"},
           Row{{{"example.com", "u"}, {"news.example.com", "n"}},
               "news.example.com",
               "example.com",
               "none"},
           Row{{{"example.com", "u"}, {"news.example.com", "n"}},
               "example.com",
               "news.example.com",
               "none"},
           Row{{{"news.example.com", "n"}}, "a.news.example.com", "b.news.example.com", "relaxed"},
           Row{{{"com", "y"}}, "a.example.com", "b.example.com", "relaxed"},
           Row{{{"com", "y"}}, "a.example.com", "b.example2.com", "none"},
           Row{{{"com", "y"}}, "example.com", "com", "none"},
           Row{{{"com", "u"}}, "example.com", "other.com", "relaxed"},
           Row{{{"com", "u"}}, "example.com", "com", "relaxed"},
           Row{{{"bank.example", "y"}}, "giant.bank.example", "mega.bank.example", "none"},
           Row{{{"bank.example", "y"}}, "giant.bank.example", "mail.giant.bank.example", "relaxed"},
           Row{{{"bank.example", "y"}}, "bank.example", "giant.bank.example", "none"},
           Row{{{"a.example.com", "u"}}, "a.example.com", "b.example.com", "none"},
           Row{{{"a.example.com", "u"}, {"com", "u"}}, "a.example.com", "b.example.com", "relaxed"},
           Row{{{"c.d.e.f.g.example.com", "y"}},
               "x.a.b.c.d.e.f.g.example.com",
               "y.a.b.c.d.e.f.g.example.com",
               "relaxed"},
           Row{{{"c.d.e.f.g.example.com", "y"}, {"b.c.d.e.f.g.example.com", "n"}},
               "x.a.b.c.d.e.f.g.example.com",
               "b.c.d.e.f.g.example.com",
               "relaxed"},
       }) {
    DmarcZone zone;
    for (const auto& [name, psd] : row.psd) {
      zone.record(name, std::string("v=DMARC1; p=none; psd=") + psd);
    }
    EXPECT_EQ(aligned(row.author, row.domain, zone), row.aligned) << row.author << row.domain;
    if (row.domain != std::string_view("com")) {
      EXPECT_EQ(aligned(row.domain, row.author, zone), row.aligned) << row.domain << row.author;
    }
  }
}

// What is unknown spoils only what it can change. [RFC9989 5.3.6]
TEST(DmarcAlignment, UnknownAnswers) {
  struct Row {
    const char* unknown;
    std::map<std::string, const char*> psd;
    const char* author;
    const char* domain;
    const char* aligned;
  };
  for (const Row& row : {
           Row{"com", {{"example.com", "u"}}, "a.example.com", "example.com", "relaxed"},
           Row{"com", {}, "a.example.com", "b.example.com", "unknown"},
           Row{"com", {{"a.example.com", "n"}}, "a.example.com", "b.example.com", "none"},
           Row{"com", {}, "example.com", "other.com", "unknown"},
           Row{"com", {}, "example.com", "example.org", "none"},
           Row{"example.com", {}, "a.example.com", "b.example.com", "unknown"},
           Row{"example.com", {{"com", "u"}}, "a.example.com", "b.example.com", "unknown"},
           Row{"example.com", {{"com", "u"}}, "a.x.example.com", "b.x.example.com", "relaxed"},
           Row{"example.com", {{"com", "y"}}, "a.x.example.com", "b.x.example.com", "relaxed"},
           Row{"a.example.com",
               {{"example.com", "u"}},
               "a.example.com",
               "b.example.com",
               "unknown"},
           Row{"a.example.com", {{"example.com", "y"}}, "a.example.com", "b.example.com", "none"},
           Row{"a.example.com", {}, "a.example.com", "a.example.com", "strict"},
           Row{"b.c.d.e.f.g.h.i.com", {}, "x.b.c.d.e.f.g.h.i.com", "b.c.d.e.f.g.h.i.com", "none"},
       }) {
    DmarcZone zone;
    zone.answer(row.unknown, AnswerKind::no_evidence);
    for (const auto& [name, psd] : row.psd) {
      zone.record(name, std::string("v=DMARC1; p=none; psd=") + psd);
    }
    EXPECT_EQ(aligned(row.author, row.domain, zone), row.aligned)
        << row.unknown << ' ' << row.author << ' ' << row.domain;
    EXPECT_EQ(aligned(row.domain, row.author, zone), row.aligned)
        << row.unknown << ' ' << row.domain << ' ' << row.author;
  }
}

// [RFC9989 4.10.2] where the names decide nothing is asked
TEST(DmarcAlignment, AsksNoMoreThanItNeeds) {
  test::LearningView view;
  dns::Needs needs;
  EXPECT_EQ(dmarc::align("example.com", "EXAMPLE.com", view, needs), dmarc::Alignment::strict);
  EXPECT_EQ(dmarc::align("example.com", "example.org", view, needs), dmarc::Alignment::none);
  EXPECT_EQ(dmarc::align("example.com", "[192.0.2.1]", view, needs), dmarc::Alignment::none);
  EXPECT_EQ(dmarc::align("", "", view, needs), dmarc::Alignment::none);
  EXPECT_TRUE(needs.empty());
  // A stranger below the same TLD is decided by the author's walk.
  view.add_txt("_dmarc.example.com", "v=DMARC1; p=none");
  view.add("_dmarc.com", test::negative_sighting(AnswerKind::no_such_name));
  EXPECT_EQ(dmarc::align("example.com", "other.com", view, needs), dmarc::Alignment::none);
  EXPECT_TRUE(needs.empty());
  EXPECT_FALSE(dmarc::align("example.com", "a.b.example.com", view, needs));
  EXPECT_EQ(needs.questions().size(), 2U);
}

TEST(DmarcAlignment, FirstRoundAsksForBothWalks) {
  test::LearningView view;
  dns::Needs needs;
  EXPECT_FALSE(dmarc::align("a.example.com", "b.example.com", view, needs));
  EXPECT_EQ(needs.questions().size(), 4U);
}

}  // namespace
}  // namespace mailassay
