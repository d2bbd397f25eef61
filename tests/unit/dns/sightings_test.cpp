#include "dns/sightings.h"

#include <gtest/gtest.h>

#include "dns/evidence.h"

namespace mailassay::dns {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

std::string row(const std::string& name, const std::string& type, const std::string& rdata,
                int first, int last) {
  return R"({"rrname":")" + name + R"(","rrtype":")" + type + R"(","rdata":")" + rdata +
         R"(","time_first":)" + std::to_string(first) + R"(,"time_last":)" + std::to_string(last) +
         "}\n";
}

Answer answer(const std::string& text, const std::string& name) {
  Evidence evidence;
  const auto added = evidence.add_file(text, "f");
  EXPECT_TRUE(added);
  return evidence.answer({name, Type::txt});
}

sys_seconds at(int count) { return sys_seconds(seconds(count)); }

TEST(Aliases, BoundTheWindowOfWhatIsBehindThem) {
  struct Case {
    int alias_first, alias_last, first, last, joined_first, joined_last;
  };
  for (const Case& c : std::vector<Case>{{10, 20, 0, 100, 10, 20},
                                         {0, 100, 10, 20, 10, 20},
                                         {10, 30, 20, 40, 20, 30},
                                         {10, 20, 30, 40, 30, 30},  // never seen together
                                         {30, 40, 10, 20, 30, 30}}) {
    const Answer found = answer(row("a", "CNAME", "b.", c.alias_first, c.alias_last) +
                                    row("b", "TXT", "x", c.first, c.last),
                                "a");
    ASSERT_EQ(found.sightings.size(), 1U);
    EXPECT_EQ(found.sightings[0].kind, AnswerKind::records);
    EXPECT_EQ(found.sightings[0].first_seen, at(c.joined_first));
    EXPECT_EQ(found.sightings[0].last_seen, at(c.joined_last));
  }
}

TEST(Aliases, AreFollowedBesideOwnRecords) {
  const Answer found = answer(
      row("a", "TXT", "old", 1, 2) + row("a", "CNAME", "b", 5, 9) + row("b", "TXT", "new", 5, 9),
      "a");
  ASSERT_EQ(found.sightings.size(), 2U);
  EXPECT_EQ(found.sightings[0].rdata[0], "\3old");
  EXPECT_EQ(found.sightings[1].rdata[0], "\3new");
}

std::string chain(int steps) {
  std::string text;
  for (int i = 0; i < steps; ++i) {
    text += row("n" + std::to_string(i), "CNAME", "n" + std::to_string(i + 1), 1, 9);
  }
  return text + row("n" + std::to_string(steps), "TXT", "end", 1, 9);
}

TEST(Aliases, EndAtTheDepthLimit) {
  EXPECT_EQ(answer(chain(8), "n0").sightings[0].kind, AnswerKind::records);
  const Answer beyond = answer(chain(9), "n0");
  ASSERT_EQ(beyond.sightings.size(), 1U);
  EXPECT_EQ(beyond.sightings[0].kind, AnswerKind::temporary_failure);
  EXPECT_EQ(beyond.sightings[0].failure, Failure::servfail);
}

TEST(Aliases, ThatLoopAreATemporaryFailure) {
  for (const std::string& text : {row("a", "CNAME", "a", 1, 9),
                                  row("a", "CNAME", "b", 1, 9) + row("b", "CNAME", "a", 1, 9)}) {
    const Answer found = answer(text, "a");
    ASSERT_EQ(found.sightings.size(), 1U);
    EXPECT_EQ(found.sightings[0].failure, Failure::servfail);
  }
}

TEST(Aliases, ToTheUnknownAreNoEvidence) {
  const Answer found = answer(row("a", "CNAME", "b", 1, 9), "a");
  ASSERT_EQ(found.sightings.size(), 1U);
  EXPECT_EQ(found.sightings[0].kind, AnswerKind::no_evidence);
}

TEST(Aliases, WithManyTargetsStayBounded) {
  std::string text;
  for (int level = 0; level < 8; ++level) {
    for (int a = 0; a < 8; ++a) {
      for (int b = 0; b < 8; ++b) {
        text += row("l" + std::to_string(level) + "x" + std::to_string(a), "CNAME",
                    "l" + std::to_string(level + 1) + "x" + std::to_string(b), a, 9 + b);
      }
    }
  }
  EXPECT_LE(answer(text, "l0x0").sightings.size(), 1000U);
}

}  // namespace
}  // namespace mailassay::dns
