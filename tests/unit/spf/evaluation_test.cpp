#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "spf/reason.h"
#include "support/spf_zone.h"

namespace mailassay {
namespace {

using dns::AnswerKind;
using dns::Failure;
using dns::Type;
using test::judge_spf;
using test::spf_input;
using test::words;

std::string judged(const test::SpfZone& zone, std::string_view ip = "192.0.2.1") {
  return words(judge_spf(spf_input(ip, "ann@example.com"), zone));
}

std::string of_record(std::string_view record, std::string_view ip = "192.0.2.1") {
  test::SpfZone zone;
  zone.add_txt("example.com", record);
  return judged(zone, ip);
}

// [RFC7208 4.4] [RFC7208 2.6.6] an answer that could not be had is never none or fail
TEST(SpfEvaluation, WhatDnsCannotSayIsTemperror) {
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
    test::SpfZone zone;
    zone.set("example.com", Type::txt, row.kind, row.failure);
    EXPECT_EQ(judged(zone), row.words);
    for (const char* term :
         {"include:x.org", "a:x.org", "mx:x.org", "exists:x.org", "redirect=x.org"}) {
      test::SpfZone terms;
      terms.add_txt("example.com", std::string("v=spf1 ") + term);
      for (const Type type : {Type::txt, Type::a, Type::mx}) {
        terms.set("x.org", type, row.kind, row.failure);
      }
      EXPECT_EQ(judged(terms), row.words) << term;
    }
  }
}

// [RFC7208 5.5] a DNS error is no match; that nothing was recorded stays apart
TEST(SpfEvaluation, PtrErrors) {
  test::SpfZone zone;
  zone.add_txt("example.com", "v=spf1 ptr -all");
  zone.set("1.2.0.192.in-addr.arpa", Type::ptr, AnswerKind::temporary_failure, Failure::timeout);
  EXPECT_EQ(judged(zone), "fail matched");
  zone.set("1.2.0.192.in-addr.arpa", Type::ptr, AnswerKind::no_evidence);
  EXPECT_EQ(judged(zone), "temperror no-evidence");
}

constexpr const char* kReverse = "1.2.0.192.in-addr.arpa";

// [RFC7208 5.5] a name is skipped whose addresses cannot be had; what is not recorded decides
// only where no other name does
TEST(SpfEvaluation, PtrNames) {
  struct Row {
    AnswerKind kind;  // of the addresses of a.example.org
    const char* target;
    const char* words;
  };
  for (const Row& row : {Row{AnswerKind::temporary_failure, "example.com", "pass matched"},
                         Row{AnswerKind::temporary_failure, "example.org", "fail matched"},
                         Row{AnswerKind::no_evidence, "example.com", "pass matched"},
                         Row{AnswerKind::no_evidence, "m.example.com", "pass matched"},
                         Row{AnswerKind::no_evidence, "example.org", "temperror no-evidence"},
                         Row{AnswerKind::no_data, "example.org", "fail matched"},
                         Row{AnswerKind::no_data, "n.m.example.com", "fail matched"},
                         Row{AnswerKind::no_data, "xample.com", "fail matched"}}) {
    test::SpfZone zone;
    zone.add_txt("example.com", std::string("v=spf1 ptr:") + row.target + " -all");
    zone.add(kReverse, Type::ptr, "a.example.org.");
    zone.add(kReverse, Type::ptr, "m.example.com.");
    zone.set("a.example.org", Type::a, row.kind);
    zone.add("m.example.com", Type::a, "192.0.2.1");
    EXPECT_EQ(judged(zone), row.words) << row.target;
  }
}

// [RFC7208 4.6.4] names behind the first ten are ignored
TEST(SpfEvaluation, PtrLimit) {
  for (const int names : {10, 11}) {
    test::SpfZone zone;
    zone.add_txt("example.com", "v=spf1 ptr -all");
    for (int i = 1; i < names; ++i) {
      const std::string name = 'a' + std::to_string(i) + ".example.org";
      zone.add(kReverse, Type::ptr, name + '.');
      zone.add(name, Type::a, "192.0.2.1");
    }
    zone.add(kReverse, Type::ptr, "zzzzzzzzzzzz.example.com.");  // the last in order
    zone.add("zzzzzzzzzzzz.example.com", Type::a, "192.0.2.1");
    EXPECT_EQ(judged(zone), names == 10 ? "pass matched" : "fail matched");
  }
}

// [RFC7208 4.6.4] the PTR question of %{p} is one of the ten; not so in explanations
TEST(SpfEvaluation, ValidatedNameCounts) {
  struct Row {
    int terms;
    const char* tail;
    const char* words;
    unsigned counted;
  };
  for (const Row& row : {
           Row{8, " exists:%{p}.x.org -all", "fail matched", 10},
           Row{8, " exists:%{p}.%{p}.x.org -all", "fail matched", 10},
           Row{9, " exists:%{p}.x.org -all", "permerror too-many-terms", 11},
           Row{8, " redirect=%{p}.y.org", "fail matched", 10},
           Row{9, " redirect=%{p}.y.org", "permerror too-many-terms", 11},
           Row{10, " -all exp=%{p}.why.org", "fail matched", 10},
       }) {
    test::SpfZone zone;
    std::string record = "v=spf1";
    for (int i = 0; i < row.terms; ++i) record += " a:m.example.com";
    zone.add_txt("example.com", record + row.tail);
    zone.add_txt("unknown.y.org", "v=spf1 -all");
    zone.add_txt("unknown.why.org", "%{p}");
    zone.add("m.example.com", Type::a, "198.51.100.1");
    const auto verdict = judge_spf(spf_input("192.0.2.1", "ann@example.com"), zone);
    EXPECT_EQ(words(verdict), row.words) << record << row.tail;
    EXPECT_EQ(verdict.counters.terms, row.counted) << record << row.tail;
  }
}

// [RFC7208 7.3] the domain itself, else a name below it, else any, else "unknown"
TEST(SpfEvaluation, ValidatedName) {
  struct Row {
    std::vector<const char*> names;
    AnswerKind other;  // of the addresses of b.example.org
    const char* words;
  };
  for (const Row& row : {
           Row{{"example.com", "a.example.com"}, AnswerKind::no_evidence, "pass by example.com"},
           Row{{"a.example.com", "z.org"}, AnswerKind::no_data, "pass by a.example.com"},
           Row{{"a.example.com", "z.org"}, AnswerKind::no_evidence, "temperror no-evidence"},
           Row{{"z.org"}, AnswerKind::temporary_failure, "pass by z.org"},
           Row{{}, AnswerKind::no_data, "pass by unknown"},
           Row{{}, AnswerKind::temporary_failure, "pass by unknown"},
       }) {
    test::SpfZone zone;
    zone.add_txt("example.com", "v=spf1 exists:%{p}.x.org -all");
    zone.add(kReverse, Type::ptr, "b.example.org.");
    zone.set("b.example.org", Type::a, row.other);
    for (const char* name : row.names) {
      zone.add(kReverse, Type::ptr, std::string(name) + '.');
      zone.add(name, Type::a, "192.0.2.1");
    }
    const std::string expected = row.words;
    const std::size_t by = expected.find(" by ");
    if (by != std::string::npos) zone.add(expected.substr(by + 4) + ".x.org", Type::a, "127.0.0.2");
    EXPECT_EQ(judged(zone), by == std::string::npos ? expected : "pass matched") << row.words;
  }
}

// [RFC7208 4.6.4] every question that a term causes
TEST(SpfEvaluation, VoidLookups) {
  struct Row {
    const char* record;
    unsigned voids;
  };
  for (const Row& row : {
           Row{"v=spf1 -all exp=nothing.org", 0},
           Row{"v=spf1 -all exp=%{p}.nothing.org", 0},
           Row{"v=spf1 a:nothing.org -all", 1},
           Row{"v=spf1 mx:nothing.org -all", 1},
           Row{"v=spf1 mx:two.org -all", 2},
           Row{"v=spf1 exists:nothing.org -all", 1},
           Row{"v=spf1 ptr -all", 1},
           Row{"v=spf1 exists:%{p}.good.org -all", 1},
           Row{"v=spf1 include:nothing.org -all", 1},
           Row{"v=spf1 redirect=nothing.org", 1},
           Row{"v=spf1 a:good.org exists:good.org -all", 0},
       }) {
    test::SpfZone zone;
    zone.add_txt("example.com", row.record);
    zone.add(kReverse, Type::ptr, "nothing.org.");
    for (const char* name : {"good.org", "nothing.org.good.org", "unknown.good.org"}) {
      zone.add(name, Type::a, "198.51.100.1");
    }
    zone.add("two.org", Type::mx, "10 a.two.org.");
    zone.add("two.org", Type::mx, "20 b.two.org.");
    const auto verdict = judge_spf(spf_input("192.0.2.1", "ann@example.com"), zone);
    EXPECT_EQ(verdict.counters.void_lookups, row.voids) << row.record;
  }
}

// [RFC7208 5.7] type A for every client; [RFC7208 5.4] no implicit MX
TEST(SpfEvaluation, QuestionsOfMechanisms) {
  test::SpfZone zone;
  zone.add("x.org", Type::aaaa, "2001:db8::1");
  zone.add("y.org", Type::a, "192.0.2.1");
  zone.add_txt("example.com", "v=spf1 exists:x.org mx:x.org ~exists:y.org -all");
  EXPECT_EQ(judged(zone, "2001:db8::1"), "softfail matched");
  zone = {};
  zone.add("y.org", Type::a, "192.0.2.1");
  zone.add_txt("example.com", "v=spf1 mx:y.org -all");
  EXPECT_EQ(judged(zone), "fail matched");
}

// [RFC7208 4.5]
TEST(SpfEvaluation, RecordSelection) {
  test::SpfZone zone;
  EXPECT_EQ(judged(zone), "none no-record");
  zone.add_txt("example.com", "v=spf10 -all");
  EXPECT_EQ(judged(zone), "none no-record");
  zone.add_txt("example.com", "v=spf1 +all");
  EXPECT_EQ(judged(zone), "pass matched");
  zone.add_txt("example.com", "v=spf1 -all");
  EXPECT_EQ(judged(zone), "permerror several-records");
}

// [RFC7208 2.4] [RFC7208 4.3]
TEST(SpfEvaluation, Identities) {
  test::SpfZone zone;
  zone.add_txt("example.com", "v=spf1 exists:%{l}.x.org -all");
  zone.add("postmaster.x.org", Type::a, "127.0.0.1");
  for (const char* sender : {"example.com", "@example.com", "postmaster@example.com",
                             "a@b@example.com", "ann@example.com."}) {
    const std::string expected =
        std::string(sender).find('a') == 0 ? "fail matched" : "pass matched";
    EXPECT_EQ(words(judge_spf(spf_input("192.0.2.1", sender), zone)), expected) << sender;
  }
  EXPECT_EQ(words(judge_spf(spf_input("192.0.2.1", "", "example.com"), zone)), "pass matched");
  for (const char* helo : {"", "localhost", "[192.0.2.1]", "a..b", ".", "\xFF.org"}) {
    EXPECT_EQ(words(judge_spf(spf_input("192.0.2.1", "", helo), zone)), "none bad-domain") << helo;
  }
  // What is too long for a name is none, and is not cut to fit. [RFC7208 4.3]
  const std::string label = std::string(48, 'a') + '.';
  const std::string long_name = label + label + label + label + label + "b.com";
  zone.add_txt(long_name.substr(label.size()), "v=spf1 +all");
  EXPECT_EQ(words(judge_spf(spf_input("192.0.2.1", long_name.substr(label.size())), zone)),
            "pass matched");
  for (const char* more : {"", "aaa", "aaaa"}) {
    EXPECT_EQ(words(judge_spf(spf_input("192.0.2.1", more + long_name), zone)),
              std::string(more).size() < 4 ? "none no-record" : "none bad-domain");
  }
  EXPECT_EQ(words(judge_spf(spf_input("192.0.2.1", std::string(1013, 'l') + "@example.com"), zone)),
            "none identity-too-long");
}

// [RFC8616 4]
TEST(SpfEvaluation, InternationalSenders) {
  test::SpfZone zone;
  zone.add_txt("xn--bcher-kva.example", "v=spf1 exists:%{l}.x.org exists:%{s} ip4:192.0.2.1 -all");
  const spf::Verdict verdict = judge_spf(spf_input("192.0.2.1",
                                                   "j\xC3\xBCrg@B\xC3\xBC"
                                                   "cher.example"),
                                         zone);
  EXPECT_EQ(words(verdict), "pass matched");
  EXPECT_EQ(verdict.domain, "xn--bcher-kva.example");
  EXPECT_EQ(verdict.mechanism, "ip4:192.0.2.1");
}

// [RFC7208 5] an IPv4 client stays one
TEST(SpfEvaluation, Addresses) {
  EXPECT_EQ(of_record("v=spf1 ip4:192.0.2.1 -all", "::ffff:192.0.2.1"), "pass matched");
  EXPECT_EQ(of_record("v=spf1 ip6:::ffff:192.0.2.1 -all", "::ffff:192.0.2.1"), "fail matched");
  EXPECT_EQ(of_record("v=spf1 ip6:2001:db8::/32 -all", "2001:db8::9"), "pass matched");
  EXPECT_EQ(of_record("v=spf1 ip6:2001:db8::/32 -all", "2001:db9::9"), "fail matched");
  EXPECT_EQ(of_record("v=spf1 ip4:0.0.0.0/0 -all", "2001:db8::9"), "fail matched");
  EXPECT_EQ(of_record("v=spf1 a/0 -all"), "fail matched");
}

// [RFC7208 5.2]
TEST(SpfEvaluation, Includes) {
  struct Row {
    const char* included;
    const char* words;
  };
  for (const Row& row :
       {Row{"v=spf1 +all", "softfail matched"}, Row{"v=spf1 -all", "fail matched"},
        Row{"v=spf1 ~all", "fail matched"}, Row{"v=spf1 ?all", "fail matched"},
        Row{"v=spf1", "fail matched"}, Row{"v=spf1 moo", "permerror record-syntax"},
        Row{"other", "permerror include-without-record"}}) {
    test::SpfZone zone;
    zone.add_txt("example.com", "v=spf1 ~include:x.org -all");
    zone.add_txt("x.org", row.included);
    EXPECT_EQ(judged(zone), row.words) << row.included;
  }
}

// [RFC7208 6.1]
TEST(SpfEvaluation, Redirects) {
  test::SpfZone zone;
  zone.add_txt("example.com", "v=spf1 redirect=x.org");
  EXPECT_EQ(judged(zone), "permerror redirect-without-record");
  zone.add_txt("x.org", "v=spf1 -all");
  const spf::Verdict verdict = judge_spf(spf_input("192.0.2.1", "ann@example.com"), zone);
  EXPECT_EQ(words(verdict), "fail matched");
  EXPECT_EQ(verdict.record_domain, "x.org");
  ASSERT_EQ(verdict.visits.size(), 2U);
  EXPECT_EQ(verdict.visits[1].way, spf::Visit::Way::redirect);
  EXPECT_EQ(verdict.visits[1].depth, 1U);
  EXPECT_EQ(of_record("v=spf1 ?all redirect=x.org"), "neutral matched");
}

// [RFC7208 4.6.4] at each limit and one past it
TEST(SpfEvaluation, Limits) {
  for (const int terms : {10, 11}) {
    test::SpfZone zone;
    std::string record = "v=spf1";
    for (int i = 0; i < terms; ++i) record += " exists:x.org";
    zone.add_txt("example.com", record + " +all");
    zone.set("x.org", Type::a, AnswerKind::no_data);
    Limits limits;
    limits.spf_void_lookups = 100;
    const auto verdict = judge_spf(spf_input("192.0.2.1", "ann@example.com"), zone, limits);
    EXPECT_EQ(words(verdict), terms == 10 ? "pass matched" : "permerror too-many-terms");
    EXPECT_EQ(verdict.counters.void_lookups, 10U);
  }
  EXPECT_EQ(of_record("v=spf1 a:x.org a:x.org +all"), "pass matched");
  EXPECT_EQ(of_record("v=spf1 a:x.org a:x.org a:x.org +all"), "permerror too-many-void-lookups");
  for (const int names : {10, 11}) {
    test::SpfZone zone;
    zone.add_txt("example.com", "v=spf1 mx +all");
    for (int i = 0; i < names; ++i) {
      const std::string name = "m" + std::to_string(i) + ".x.org";
      zone.add("example.com", Type::mx, "10 " + name + '.');
      zone.add(name, Type::a, "198.51.100.1");
    }
    EXPECT_EQ(judged(zone), names == 10 ? "pass matched" : "permerror too-many-mx-names");
  }
}

// [RFC7208 6.2] an explanation never changes the result
TEST(SpfEvaluation, ExplanationsAreOptional) {
  test::SpfZone zone;
  zone.add_txt("example.com", "v=spf1 exp=why.x.org -all");
  const auto given = [&] {
    const auto verdict = judge_spf(spf_input("192.0.2.1", "ann@example.com"), zone);
    EXPECT_EQ(words(verdict), "fail matched");
    return verdict.explanation.value_or("absent");
  };
  EXPECT_EQ(given(), "absent");
  zone.set("why.x.org", Type::txt, AnswerKind::no_evidence);
  EXPECT_EQ(given(), "absent");
  zone = {};
  zone.add_txt("example.com", "v=spf1 exp=why.x.org -all");
  zone.add_txt("why.x.org", "%{s} at %{c}");
  EXPECT_EQ(given(), "ann@example.com at 192.0.2.1");
  zone.add_txt("why.x.org", "another");
  EXPECT_EQ(given(), "absent");
}

// [RFC7208 6.2] that of the record that decided, after redirects and never of an include; ASCII
TEST(SpfEvaluation, WhoseExplanation) {
  struct Row {
    const char* record;
    const char* helo;
    const char* explanation;
  };
  for (const Row& row : {
           Row{"v=spf1 redirect=x.org exp=mine.org", "h", "x.org says h"},
           Row{"v=spf1 redirect=y.org exp=mine.org", "h", "absent"},
           Row{"v=spf1 -include:z.org exp=mine.org", "h", "mine"},
           Row{"v=spf1 -include:z.org", "h", "absent"},
           Row{"v=spf1 redirect=x.org", "h\xC3\xA9", "absent"},
           Row{"v=spf1 -all exp=mine.org", "h\xC3\xA9", "mine"},
       }) {
    test::SpfZone zone;
    zone.add_txt("example.com", row.record);
    zone.add_txt("x.org", "v=spf1 -all exp=why.x.org");
    zone.add_txt("y.org", "v=spf1 -all");
    zone.add_txt("z.org", "v=spf1 +all exp=why.x.org");
    zone.add_txt("mine.org", "mine");
    zone.add_txt("why.x.org", "%{d} says %{h}");
    const auto verdict = judge_spf(spf_input("192.0.2.1", "ann@example.com", row.helo), zone);
    EXPECT_EQ(words(verdict), "fail matched");
    EXPECT_EQ(verdict.explanation.value_or("absent"), row.explanation) << row.record;
  }
}

}  // namespace
}  // namespace mailassay
