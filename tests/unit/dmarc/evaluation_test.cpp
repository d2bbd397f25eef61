#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "dmarc/reason.h"
#include "dmarc/remark.h"
#include "support/dmarc_case.h"
#include "support/growing_view.h"

namespace mailassay {
namespace {

using dns::AnswerKind;
using dns::Failure;
using test::dmarc_input;
using test::DmarcZone;
using test::judge_dmarc;
using test::words;

std::string judged(const DmarcZone& zone, std::string_view author,
                   const std::vector<std::string>& identifiers = {}) {
  return words(judge_dmarc(dmarc_input(author, identifiers), zone).rfc9989);
}

std::string notes(const dmarc::Verdict& verdict) {
  std::string out;
  for (const dmarc::Note note : verdict.notes) {
    if (!out.empty()) out += ' ';
    out += dmarc::remark_on(note).word;
  }
  return out;
}

// [RFC9989 5.3.5] [RFC9989 5.3.2]
TEST(DmarcEvaluation, Results) {
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=reject");
  for (const char* id : {"+dkim:example.com", "+spf:example.com", "+dkim:a.example.com",
                         "+spf:a.example.com", "+dkim:EXAMPLE.com."}) {
    EXPECT_EQ(judged(zone, "example.com", {id}), "pass aligned reject by p of example.com") << id;
  }
  for (const char* id :
       {"-dkim:example.com", "-spf:example.com", "+dkim:example.net", "+spf:example.org",
        "+dkim:com", "+dkim:", "+spf:", "-spf:", "?dkim:example.net", "?spf:example.net",
        "+dkim:[192.0.2.1]", "+dkim:badexample.com", "+dkim:example.com.example.net"}) {
    EXPECT_EQ(judged(zone, "example.com", {id}), "fail not-aligned reject by p of example.com")
        << id;
  }
  EXPECT_EQ(judged(zone, "example.com"), "fail not-aligned reject by p of example.com");
  EXPECT_EQ(judged(zone, "example.net", {"+dkim:example.net"}), "none no-record");
}

// [RFC9989 4.4] one aligned pass is enough, and one method's mode is not the other's
TEST(DmarcEvaluation, Modes) {
  struct Row {
    const char* modes;
    const char* dkim_own;
    const char* dkim_sub;
    const char* spf_own;
    const char* spf_sub;
  };
  for (const Row& row :
       {Row{"", "pass", "pass", "pass", "pass"}, Row{"; adkim=s", "pass", "fail", "pass", "pass"},
        Row{"; aspf=s", "pass", "pass", "pass", "fail"},
        Row{"; adkim=S; aspf=S", "pass", "fail", "pass", "fail"},
        Row{"; adkim=r; aspf=x", "pass", "pass", "pass", "pass"}}) {
    DmarcZone zone;
    zone.record("example.com", std::string("v=DMARC1; p=none") + row.modes);
    const auto status = [&](const char* id) {
      return std::string(
          dmarc::word_of(judge_dmarc(dmarc_input("example.com", {id}), zone).rfc9989.status));
    };
    EXPECT_EQ(status("+dkim:example.com"), row.dkim_own) << row.modes;
    EXPECT_EQ(status("+dkim:a.example.com"), row.dkim_sub) << row.modes;
    EXPECT_EQ(status("+spf:example.com"), row.spf_own) << row.modes;
    EXPECT_EQ(status("+spf:a.example.com"), row.spf_sub) << row.modes;
  }
}

// [RFC9989 4.10.1] Author Domain, Organizational Domain, Public Suffix Domain
TEST(DmarcEvaluation, PolicyDiscovery) {
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=reject; sp=quarantine")
      .record("b.example.com", "v=DMARC1; p=none")
      .record("example", "v=DMARC1; p=reject; sp=none; psd=y; rua=mailto:psd@example")
      .record("foo.example", "v=DMARC1; p=quarantine");
  EXPECT_EQ(judged(zone, "b.example.com"), "fail not-aligned none by p of b.example.com");
  EXPECT_EQ(judged(zone, "a.b.example.com"),
            "fail not-aligned quarantine by sp of example.com");  // not of b.example.com
  EXPECT_EQ(judged(zone, "foo.example"), "fail not-aligned quarantine by p of foo.example");
  EXPECT_EQ(judged(zone, "a.foo.example"), "fail not-aligned quarantine by p of foo.example");
  EXPECT_EQ(judged(zone, "bar.example"), "fail not-aligned none by sp of example");
  EXPECT_EQ(judged(zone, "a.bar.example"), "fail not-aligned none by sp of example");
  EXPECT_EQ(judged(zone, "example"), "fail not-aligned reject by p of example");
  EXPECT_EQ(judged(zone, "a.example.net"), "none no-record");
}

// The vectors that follow from the rules of [RFC9989 4.10], [RFC9989 4.10.1], [RFC9989 4.10.2]
TEST(DmarcEvaluation, Vectors) {
  {  // 1: deep below the only record
    DmarcZone zone;
    zone.record("example.com", "v=DMARC1; p=reject");
    const auto verdict = judge_dmarc(dmarc_input("x.y.example.com", {"+dkim:example.com"}), zone);
    EXPECT_EQ(words(verdict.rfc9989), "pass aligned reject by p of example.com");
    EXPECT_EQ(verdict.rfc9989.organizational_domain, "example.com");
  }
  {  // 2: the record between is passed over
    DmarcZone zone;
    zone.record("x.example.com", "v=DMARC1; p=none")
        .record("example.com", "v=DMARC1; p=reject; sp=quarantine")
        .exists("z.x.example.com");
    EXPECT_EQ(judged(zone, "z.x.example.com"), "fail not-aligned quarantine by sp of example.com");
  }
  {  // 3: two records, none above
    DmarcZone zone;
    zone.record("example.com", "v=DMARC1; p=reject").record("example.com", "v=DMARC1; p=none");
    EXPECT_EQ(judged(zone, "example.com", {"+dkim:example.com"}), "none several-records");
  }
  {  // 4: two records, one above
    DmarcZone zone;
    zone.record("sub.example.com", "v=DMARC1; p=none")
        .record("sub.example.com", "v=DMARC1; p=quarantine")
        .record("example.com", "v=DMARC1; p=reject");
    const PublicSuffixList list = test::suffix_list("com\n");
    const auto verdict = judge_dmarc(dmarc_input("sub.example.com"), zone, {&list});
    EXPECT_EQ(words(verdict.rfc9989), "fail not-aligned reject by p of example.com");
    ASSERT_TRUE(verdict.rfc7489);
    EXPECT_EQ(words(*verdict.rfc7489), "none several-records");
    EXPECT_EQ(verdict.difference, dmarc::Difference::several_records);
    EXPECT_EQ(notes(verdict), "several-records-passed");
  }
  {  // 5: np of a Public Suffix Domain
    DmarcZone zone;
    zone.record("bank.example", "v=DMARC1; psd=y; p=reject; np=none;");
    const auto verdict = judge_dmarc(dmarc_input("no.such.bank.example"), zone);
    EXPECT_EQ(words(verdict.rfc9989), "fail not-aligned none by np of bank.example");
    EXPECT_EQ(verdict.rfc9989.organizational_domain, "such.bank.example");
    EXPECT_EQ(verdict.existence, dmarc::Existence::does_not_exist);
    EXPECT_EQ(notes(verdict), "policy-of-psd");
  }
  {  // 6: a subdomain that is an organization of its own
    DmarcZone zone;
    zone.record("news.example.com", "v=DMARC1; psd=n; p=reject")
        .record("example.com", "v=DMARC1; p=none");
    const PublicSuffixList list = test::suffix_list("com\n");
    const auto verdict =
        judge_dmarc(dmarc_input("news.example.com", {"+dkim:example.com"}), zone, {&list});
    EXPECT_EQ(words(verdict.rfc9989), "fail not-aligned reject by p of news.example.com");
    EXPECT_EQ(words(*verdict.rfc7489), "pass aligned reject by p of news.example.com");
    EXPECT_EQ(verdict.difference, dmarc::Difference::psd_tag);
  }
  {  // 7: test mode
    DmarcZone zone;
    zone.record("example.com", "v=DMARC1; p=reject; t=y");
    EXPECT_EQ(judged(zone, "example.com"), "fail not-aligned quarantine by p of example.com");
  }
  {  // 8 and 9: an invalid sp, with and without reports
    DmarcZone zone;
    zone.record("example.com", "v=DMARC1; p=reject; sp=foo; rua=mailto:r@example.com")
        .record("example.net", "v=DMARC1; p=reject; sp=foo");
    EXPECT_EQ(judged(zone, "example.com"), "fail not-aligned none by assumed of example.com");
    EXPECT_EQ(judged(zone, "example.net", {"+dkim:example.net"}), "permerror record-unusable");
  }
  {  // 10: what the jump leaves out
    DmarcZone zone;
    zone.record("b.c.d.e.f.g.example.com", "v=DMARC1; p=reject");
    EXPECT_EQ(judged(zone, "a.b.c.d.e.f.g.example.com"), "none no-record");
  }
  {  // 11: a record at a TLD that does not say psd=y
    DmarcZone zone;
    zone.record("com", "v=DMARC1; p=none").record("example.com", "v=DMARC1; p=reject");
    const PublicSuffixList list = test::suffix_list("com\n");
    const auto verdict =
        judge_dmarc(dmarc_input("example.com", {"+dkim:other.com"}), zone, {&list});
    EXPECT_EQ(words(verdict.rfc9989), "pass aligned reject by p of example.com");
    EXPECT_EQ(words(*verdict.rfc7489), "fail not-aligned reject by p of example.com");
    EXPECT_EQ(notes(verdict), "single-label-organization public-suffix-organization");
  }
}

// [RFC9989 B.3.1] [RFC9989 B.4.1] [RFC9989 B.4.2] [RFC9989 B.4.3]
TEST(DmarcEvaluation, ExamplesOfTheRfc) {
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=reject; aspf=r; rua=mailto:dmarc-feedback@example.com")
      .record("signing.example.com", "v=DMARC1; p=reject")
      .record("bank.example", "v=DMARC1; p=reject; psd=y; rua=mailto:psd@bank.example")
      .record("giant.bank.example", "v=DMARC1; p=quarantine");
  const auto sample =
      judge_dmarc(dmarc_input("example.com", {"+spf:mail.example.com", "+dkim:example.com"}), zone);
  EXPECT_TRUE(sample.spf_aligned && sample.dkim_aligned);
  for (const char* author : {"example.com", "a.b.c.d.e.f.g.h.i.j.k.example.com"}) {
    const auto verdict =
        judge_dmarc(dmarc_input(author, {"+spf:example.com", "+dkim:signing.example.com"}), zone);
    EXPECT_EQ(words(verdict.rfc9989), "pass aligned reject by p of example.com");
    EXPECT_TRUE(verdict.spf_aligned && verdict.dkim_aligned);
  }
  const auto psd = judge_dmarc(dmarc_input("giant.bank.example", {"+spf:mail.giant.bank.example",
                                                                  "+dkim:mail.mega.bank.example"}),
                               zone);
  EXPECT_EQ(words(psd.rfc9989), "pass aligned quarantine by p of giant.bank.example");
  EXPECT_TRUE(psd.spf_aligned);
  EXPECT_FALSE(psd.dkim_aligned);
  EXPECT_EQ(notes(psd), "spf-only");
}

// [RFC9989 5.3.6] a DNS error is neither pass nor fail
TEST(DmarcEvaluation, WhatDnsCannotSayIsTemperror) {
  struct Row {
    AnswerKind kind;
    Failure failure;
    const char* words;
  };
  for (const Row& row :
       {Row{AnswerKind::no_evidence, Failure::none, "temperror no-evidence"},
        Row{AnswerKind::temporary_failure, Failure::timeout, "temperror dns-timeout"},
        Row{AnswerKind::temporary_failure, Failure::servfail, "temperror dns-servfail"},
        Row{AnswerKind::temporary_failure, Failure::deadline, "temperror dns-deadline"}}) {
    for (const char* unknown : {"a.b.example.com", "b.example.com", "com"}) {
      DmarcZone zone;
      zone.record("example.com", "v=DMARC1; p=reject").answer(unknown, row.kind, row.failure);
      EXPECT_EQ(judged(zone, "a.b.example.com", {"+dkim:a.b.example.com"}), row.words) << unknown;
    }
    // The Author Domain's own record applies, whatever is above it.
    DmarcZone zone;
    zone.record("a.example.com", "v=DMARC1; p=reject").answer("example.com", row.kind, row.failure);
    EXPECT_EQ(judged(zone, "a.example.com", {"+dkim:a.example.com"}),
              "pass aligned reject by p of a.example.com");
    EXPECT_EQ(judged(zone, "a.example.com", {"+dkim:b.example.com"}),
              std::string(row.words) + " reject by p of a.example.com");
    EXPECT_EQ(judged(zone, "a.example.com", {"+dkim:example.net"}),
              "fail not-aligned reject by p of a.example.com");
    EXPECT_EQ(judged(zone, "a.example.com", {"-dkim:b.example.com"}),
              "fail not-aligned reject by p of a.example.com");
  }
}

// An aligned pass decides whatever is unknown beside it; what could have decided is no fail.
TEST(DmarcEvaluation, UnknownIdentifiers) {
  struct Row {
    std::vector<std::string> identifiers;
    const char* words;
  };
  for (const Row& row : {
           Row{{"?dkim:example.com"}, "temperror dkim-unknown"},
           Row{{"?dkim:a.example.com"}, "temperror dkim-unknown"},
           Row{{"?spf:example.com"}, "temperror spf-unknown"},
           Row{{"?spf:"}, "temperror spf-unknown"},
           Row{{"?dkim:"}, "temperror dkim-unknown"},
           Row{{"?spf:example.com", "?dkim:example.com"}, "temperror dkim-unknown"},
           Row{{"?dkim:example.com", "?spf:example.com"}, "temperror dkim-unknown"},
           Row{{"?spf:", "+dkim:example.net"}, "temperror spf-unknown"},
           Row{{"?spf:", "+dkim:example.com"}, "pass aligned"},
           Row{{"?dkim:example.com", "+spf:a.example.com"}, "pass aligned"},
           Row{{"+spf:a.example.com", "?dkim:example.com"}, "pass aligned"},
           Row{{"?dkim:example.net", "?spf:example.net"}, "fail not-aligned"},
           Row{{"-dkim:example.com", "-spf:example.com"}, "fail not-aligned"},
       }) {
    DmarcZone zone;
    zone.record("example.com", "v=DMARC1; p=quarantine");
    const std::string policy = " quarantine by p of example.com";
    EXPECT_EQ(judged(zone, "example.com", row.identifiers), row.words + policy);
  }
}

// [RFC9989 4.4] strict mode compares names, so that an unknown walk does not matter
TEST(DmarcEvaluation, StrictModeNeedsNoWalk) {
  DmarcZone zone;
  zone.record("a.example.com", "v=DMARC1; p=reject; adkim=s; aspf=s")
      .answer("example.com", AnswerKind::no_evidence);
  for (const char* id : {"+dkim:b.example.com", "?dkim:b.example.com", "?spf:b.example.com"}) {
    EXPECT_EQ(judged(zone, "a.example.com", {id}), "fail not-aligned reject by p of a.example.com");
  }
  EXPECT_EQ(judged(zone, "a.example.com", {"?spf:"}),
            "temperror spf-unknown reject by p of a.example.com");
}

// [RFC9989 5.2] a record of a top-level domain has psd=y; trusting that is a choice.
TEST(DmarcEvaluation, TrustInTopLevelDomains) {
  struct Row {
    const char* unknown;
    const char* record;
    const char* author;
    const char* words;
    const char* notes;
  };
  constexpr const char* kSub = "fail not-aligned none by sp of example.com";
  for (const Row& row : {
           Row{"com", "example.com", "a.example.com", kSub, "tld-assumed"},
           Row{"com", "example.com", "a.b.example.com", kSub, "tld-assumed"},
           Row{"com", "example.com", "example.com", "fail not-aligned reject by p of example.com",
               "tld-assumed"},
           Row{"com", "b.example.com", "a.b.example.com", "temperror no-evidence", ""},
           Row{"com", "other.com", "example.com", "temperror no-evidence", ""},
           Row{"example.com", "com", "a.example.com", "temperror no-evidence", ""},
           Row{"local", "other.com", "local", "temperror no-evidence", ""},
       }) {
    DmarcZone zone;
    zone.record(row.record, "v=DMARC1; p=reject; sp=none")
        .answer(row.unknown, AnswerKind::no_evidence);
    dmarc::Options options;
    options.trust_top_level = true;
    const auto verdict = judge_dmarc(dmarc_input(row.author), zone, options);
    EXPECT_EQ(words(verdict.rfc9989), row.words) << row.author;
    std::string given = notes(verdict);
    EXPECT_EQ(given.find("tld-assumed") != std::string::npos, *row.notes != '\0') << row.author;
    if (*row.notes == '\0') continue;
    EXPECT_EQ(verdict.rfc9989.organizational_domain, "example.com");
    EXPECT_EQ(verdict.walk.back().reason, dmarc::Reason::no_evidence);
    const bool has_own = std::string_view(row.author) == row.record;
    EXPECT_EQ(judge_dmarc(dmarc_input(row.author), zone).rfc9989.status,
              has_own ? dmarc::Status::fail : dmarc::Status::temperror);
  }
}

// [RFC9989 3.2.13] [RFC9989 A.4] NXDOMAIN alone is non-existence
TEST(DmarcEvaluation, Existence) {
  struct Row {
    const char* author;
    const char* words;
    dmarc::Existence existence;
    const char* notes;
  };
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=none; sp=quarantine; np=reject")
      .exists("mx.example.com")
      .existence("empty.example.com", AnswerKind::no_data)
      .answer("below.example.com", AnswerKind::no_data)
      .record("text.example.com", "not of DMARC")
      .existence("dark.example.com", AnswerKind::no_evidence)
      .existence("late.example.com", AnswerKind::temporary_failure);
  using enum dmarc::Existence;
  for (const Row& row : {
           Row{"nx.example.com", "reject by np", does_not_exist, ""},
           Row{"a.nx.example.com", "reject by np", does_not_exist, ""},
           Row{"mx.example.com", "quarantine by sp", exists, ""},
           Row{"empty.example.com", "quarantine by sp", exists, "existence-by-no-data"},
           Row{"below.example.com", "quarantine by sp", exists, "existence-by-no-data"},
           Row{"text.example.com", "quarantine by sp", exists, ""},
           Row{"dark.example.com", "quarantine/reject by sp", unknown, ""},
           Row{"late.example.com", "quarantine/reject by sp", unknown, ""},
           Row{"example.com", "none by p", not_asked, ""},
       }) {
    const auto verdict = judge_dmarc(dmarc_input(row.author), zone);
    EXPECT_EQ(words(verdict.rfc9989),
              std::string("fail not-aligned ") + row.words + " of example.com")
        << row.author;
    EXPECT_EQ(verdict.existence, row.existence) << row.author;
    EXPECT_EQ(notes(verdict), row.notes) << row.author;
  }
}

// Nothing is asked about existence if np says what sp says.
TEST(DmarcEvaluation, ExistenceIsAskedWhenItMatters) {
  for (const char* tags : {"p=reject", "p=reject; np=reject", "p=none; sp=reject; np=reject",
                           "p=foo; np=reject; rua=mailto:a@b.c", "p=reject; np=foo"}) {
    DmarcZone zone;
    zone.record("example.com", std::string("v=DMARC1; ") + tags);
    EXPECT_EQ(judge_dmarc(dmarc_input("nx.example.com"), zone).existence,
              dmarc::Existence::not_asked)
        << tags;
  }
}

// A single label and a public suffix as Organizational Domain are told. [RFC9989 11.8]
TEST(DmarcEvaluation, Organizations) {
  DmarcZone zone;
  zone.record("github.example", "v=DMARC1; p=none").record("local", "v=DMARC1; p=none");
  const PublicSuffixList list =
      test::suffix_list("example\n// ===BEGIN PRIVATE DOMAINS===\ngithub.example\n");
  const auto shared =
      judge_dmarc(dmarc_input("a.github.example", {"+dkim:b.github.example"}), zone, {&list});
  EXPECT_EQ(words(shared.rfc9989), "pass aligned none by p of github.example");
  EXPECT_EQ(words(*shared.rfc7489), "none no-record");
  EXPECT_EQ(shared.difference, dmarc::Difference::organizational_domain);
  EXPECT_EQ(notes(shared), "public-suffix-organization");
  EXPECT_EQ(shared.identifiers[0].rfc9989, dmarc::Alignment::relaxed);
  EXPECT_EQ(shared.identifiers[0].rfc7489, dmarc::Alignment::none);
  EXPECT_EQ(notes(judge_dmarc(dmarc_input("local"), zone)), "single-label-organization");
}

TEST(DmarcEvaluation, NearMissesAreNoted) {
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1 p=reject");
  const auto verdict = judge_dmarc(dmarc_input("example.com"), zone);
  EXPECT_EQ(words(verdict.rfc9989), "none no-record");
  EXPECT_EQ(notes(verdict), "looks-like-record");
}

// What the view may be asked for at once is asked in the first round.
TEST(DmarcEvaluation, FirstRound) {
  test::LearningView view;
  dns::Needs needs;
  const auto input = dmarc_input("a.example.com", {"+dkim:b.example.com", "+dkim:other.com",
                                                   "?spf:c.d.example.com", "-dkim:x.example.net"});
  EXPECT_FALSE(dmarc::evaluate(input, view, needs));
  std::vector<std::string> names;
  for (const dns::Question& question : needs.questions()) names.push_back(question.name);
  EXPECT_EQ(names, (std::vector<std::string>{"_dmarc.a.example.com", "_dmarc.example.com",
                                             "_dmarc.com", "_dmarc.b.example.com",
                                             "_dmarc.c.d.example.com", "_dmarc.d.example.com"}));
}

// Of several sightings the one that covers the time counts.
TEST(DmarcEvaluation, Time) {
  test::LearningView view;
  view.add("_dmarc.example.com", test::seen(test::txt_sighting({"v=DMARC1; p=none"}), 100, 200));
  view.add("_dmarc.example.com", test::seen(test::txt_sighting({"v=DMARC1; p=reject"}), 300, 400));
  view.add("_dmarc.com", test::negative_sighting(AnswerKind::no_such_name));
  auto input = dmarc_input("example.com");
  EXPECT_EQ(words(judge_dmarc(input, view).rfc9989), "fail not-aligned reject by p of example.com");
  input.time = std::chrono::sys_seconds(std::chrono::seconds(150));
  EXPECT_EQ(words(judge_dmarc(input, view).rfc9989), "fail not-aligned none by p of example.com");
}

TEST(DmarcEvaluation, EvidenceIsWhatWasUsed) {
  DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=none; np=reject");
  const auto verdict =
      judge_dmarc(dmarc_input("a.example.com", {"+dkim:b.example.com", "+dkim:other.com"}), zone);
  std::vector<std::string> names;
  for (const dns::Question& question : verdict.evidence) names.push_back(question.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"_dmarc.a.example.com", "_dmarc.example.com", "_dmarc.com",
                                      "_dmarc.b.example.com", "a.example.com"}));
}

}  // namespace
}  // namespace mailassay
