#include "dns/zone.h"

#include <gtest/gtest.h>

#include "dns/evidence.h"
#include "support/exact_copy.h"

namespace mailassay::dns {
namespace {

constexpr std::string_view kZone = R"($ORIGIN example.com.
@ 3600 IN SOA ns hostmaster 1 2 3 4 5
@ IN NS ns
s1._domainkey 60 IN TXT "v=DKIM1; " "p=abc"
alias IN CNAME s1._domainkey
out IN CNAME elsewhere.test.
*.wild IN TXT "star"
exact.wild IN A 192.0.2.1
*.aliases IN CNAME s1._domainkey
child IN NS ns.child
ns.child IN A 192.0.2.2
Loop IN CNAME LOOP
multi ( IN
  TXT "a;b" ; remark (
  "c" )
)";

Answer ask(std::string_view zone, const std::string& name, Type type = Type::txt) {
  Evidence evidence;
  const test::ExactCopy input(zone);
  const auto added = evidence.add_file(input.view(), "z");
  EXPECT_TRUE(added) << added.error().message();
  return evidence.answer({name, type});
}

TEST(Zone, AnswersWithAuthority) {
  struct Case {
    std::string name;
    Type type;
    AnswerKind kind;
    std::string rdata;
  };
  const std::vector<Case> cases = {
      {"s1._domainkey.example.com", Type::txt, AnswerKind::records, "\x09v=DKIM1; \5p=abc"},
      {"s2._domainkey.example.com", Type::txt, AnswerKind::no_such_name, ""},    // [RFC2308 2.1]
      {"x.s1._domainkey.example.com", Type::txt, AnswerKind::no_such_name, ""},  // [RFC8020 2]
      {"s1._domainkey.example.com", Type::a, AnswerKind::no_data, ""},           // [RFC2308 2.2]
      {"_domainkey.example.com", Type::txt, AnswerKind::no_data, ""},            // [RFC4592 2.2.2]
      {"alias.example.com", Type::txt, AnswerKind::records, "\x09v=DKIM1; \5p=abc"},
      {"alias.example.com", Type::a, AnswerKind::no_data, ""},
      {"out.example.com", Type::txt, AnswerKind::no_evidence, ""},
      {"a.wild.example.com", Type::txt, AnswerKind::records, "\4star"},  // [RFC4592 2.1.1]
      {"b.a.wild.example.com", Type::txt, AnswerKind::records, "\4star"},
      {"a.wild.example.com", Type::a, AnswerKind::no_data, ""},
      {"exact.wild.example.com", Type::txt, AnswerKind::no_data, ""},
      {"x.exact.wild.example.com", Type::txt, AnswerKind::no_such_name, ""},  // [RFC4592 3.3.1]
      {"wild.example.com", Type::txt, AnswerKind::no_data, ""},
      {"k.aliases.example.com", Type::txt, AnswerKind::records, "\x09v=DKIM1; \5p=abc"},
      {"child.example.com", Type::txt, AnswerKind::no_evidence, ""},
      {"x.child.example.com", Type::txt, AnswerKind::no_evidence, ""},
      {"ns.child.example.com", Type::a, AnswerKind::no_evidence, ""},
      {"loop.example.com", Type::txt, AnswerKind::temporary_failure, ""},
      {"multi.example.com", Type::txt, AnswerKind::records, "\3a;b\1c"},
      {"example.net", Type::txt, AnswerKind::no_evidence, ""},
      {"com", Type::txt, AnswerKind::no_evidence, ""},
      {"example.com", Type::txt, AnswerKind::no_data, ""},
  };
  for (const Case& c : cases) {
    const Answer answer = ask(kZone, c.name, c.type);
    ASSERT_EQ(answer.sightings.size(), 1U) << c.name;
    const Sighting& sighting = answer.sightings[0];
    EXPECT_EQ(sighting.kind, c.kind) << c.name;
    EXPECT_EQ(sighting.rdata.empty() ? "" : sighting.rdata[0], c.rdata) << c.name;
    EXPECT_FALSE(sighting.first_seen);
    EXPECT_EQ(sighting.source, c.kind == AnswerKind::no_evidence ? "" : "zone");
  }
}

TEST(Zone, OriginIsTheSoaElseTheFirstOriginElseThereIsNone) {
  EXPECT_EQ(ask("$ORIGIN .\na.test. IN TXT x\n", "b.example").sightings[0].kind,
            AnswerKind::no_such_name);
  EXPECT_EQ(ask("a.test. IN TXT x\n", "a.test").sightings[0].kind, AnswerKind::records);
  EXPECT_EQ(ask("a.test. IN TXT x\n", "b.example").sightings[0].kind, AnswerKind::no_evidence);
  EXPECT_EQ(ask("a.test. IN A 192.0.2.1\n", "a.test").sightings[0].kind, AnswerKind::no_evidence);
  EXPECT_EQ(ask("$ORIGIN test.\na IN TXT x\n", "b.test").sightings[0].kind,
            AnswerKind::no_such_name);
  EXPECT_EQ(ask("$ORIGIN test.\na IN TXT x\n", "b.example").sightings[0].kind,
            AnswerKind::no_evidence);
  EXPECT_EQ(ask("$ORIGIN test.\na SOA . . 1 1 1 1 1\n", "b.test").sightings[0].kind,
            AnswerKind::no_evidence);
  EXPECT_EQ(ask("$ORIGIN test.\n$ORIGIN other.\na IN TXT x\n", "a.other").sightings[0].kind,
            AnswerKind::records);
  EXPECT_EQ(ask("$ORIGIN .\n* IN TXT x\n", "any.where").sightings[0].kind, AnswerKind::records);
}

TEST(Zone, IsDatedOnDemand) {
  Evidence evidence;
  const std::chrono::sys_seconds when(std::chrono::seconds(5000));
  ASSERT_TRUE(evidence.add_file("$ORIGIN test.\na IN TXT x\n", "z", when));
  for (const std::string name : {"a.test", "b.test"}) {
    const Answer answer = evidence.answer({name, Type::txt});
    EXPECT_EQ(answer.sightings[0].first_seen, when);
    EXPECT_EQ(answer.sightings[0].last_seen, when);
  }
}

TEST(Zone, NamesFileAndLineOfWhatItRefuses) {
  struct Case {
    std::string text;
    std::size_t line;
  };
  for (const Case& c : std::vector<Case>{{"a. TXT x\nb. TXT ( \"y\"\nc. TXT z\n", 2},
                                         {"a. TXT x\nb. TXT \"y\nc. TXT z\n", 2},
                                         {"a. TXT x\nb. TXT y )\n", 2},
                                         {"a. TXT ( ( x ) )\n", 1},
                                         {"a. TXT x\n$INCLUDE other\n", 2},
                                         {"a. TXT x\n$include other\n", 2},
                                         {"a. TXT x\n$GENERATE 1-2 a$ A 192.0.2.$\n", 2},
                                         {"a. TXT x\n\nb. A not-an-address\n", 3},
                                         {"a. CH TXT x\n", 1},
                                         {std::string("a. TXT x\n\0\n", 11), 2},
                                         {"a. TXT x\nb. NOSUCHTYPE x\n", 2},
                                         {"; a comment alone\n", 1},
                                         {"$ORIGIN test.\n", 1},
                                         {"hello world\n", 1},
                                         {"a. TXT x\nhello world\n", 2}}) {
    Evidence evidence;
    const test::ExactCopy input(c.text);
    const auto added = evidence.add_file(input.view(), "dir/z");
    ASSERT_FALSE(added) << c.text;
    EXPECT_EQ(added.error().line, c.line) << c.text << added.error().message();
    EXPECT_EQ(added.error().file, "dir/z");
  }
}

TEST(Evidence, JoinsFilesInTheirOrder) {
  Evidence evidence;
  ASSERT_TRUE(evidence.add_file(
      R"({"rrname":"b.test","rrtype":"TXT","rdata":"r","time_first":1,"time_last":2})", "r"));
  ASSERT_TRUE(evidence.add_file("$ORIGIN test.\na IN TXT x\nc CNAME b\n", "z"));
  const Answer answer = evidence.answer({"b.test", Type::txt});
  ASSERT_EQ(answer.sightings.size(), 2U);
  EXPECT_EQ(answer.sightings[0].kind, AnswerKind::records);
  EXPECT_EQ(answer.sightings[1].kind, AnswerKind::no_such_name);
  const Answer alias = evidence.answer({"c.test", Type::txt});
  ASSERT_EQ(alias.sightings.size(), 2U);
  EXPECT_EQ(alias.sightings[0].rdata[0], "\1r");
  const EvidenceView view(evidence);
  EXPECT_EQ(*view.find({"b.test", Type::txt}), answer);
  EXPECT_EQ(view.find({"b.test", Type::txt}), view.find({"b.test", Type::txt}));
}

TEST(Zone, LoadsTwentyThousandNames) {
  std::string text = "$TTL 300\n";
  for (int i = 0; i < 20000; ++i) {
    text += "s" + std::to_string(i) + "._domainkey.d" + std::to_string(i % 500) +
            ".test. IN TXT \"v=DKIM1; p=" + std::string(200, 'A') + "\" \"" +
            std::string(190, 'B') + "\"\n";
  }
  EXPECT_EQ(ask(text, "s19999._domainkey.d499.test").sightings[0].kind, AnswerKind::records);
}

// What a wildcard answered is marked, through an alias too. [RFC4592 2.1] [RFC4592 3.3.1]
TEST(Zone, MarksWildcardAnswers) {
  const auto is_marked = [](const std::string& name) {
    const Answer answer = ask(kZone, name);
    return answer.sightings.size() == 1 && answer.sightings.front().wildcard;
  };
  EXPECT_TRUE(is_marked("a.wild.example.com"));
  EXPECT_TRUE(is_marked("b.a.wild.example.com"));
  EXPECT_TRUE(is_marked("k.aliases.example.com"));
  EXPECT_FALSE(is_marked("s1._domainkey.example.com"));
  EXPECT_FALSE(is_marked("alias.example.com"));
  EXPECT_FALSE(is_marked("*.wild.example.com"));  // the record itself
  EXPECT_FALSE(is_marked("exact.wild.example.com"));
  EXPECT_FALSE(is_marked("s2._domainkey.example.com"));
}

}  // namespace
}  // namespace mailassay::dns
