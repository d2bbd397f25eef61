#include "spf/evaluation_cache.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "spf/reason.h"
#include "support/growing_view.h"
#include "support/spf_zone.h"

namespace mailassay {
namespace {

using dns::Type;
using test::spf_input;

/// How many evaluations the inputs cost.
std::uint64_t cost(const test::SpfZone& zone, const std::vector<spf::Input>& inputs) {
  spf::EvaluationCache cache;
  for (const spf::Input& input : inputs) {
    dns::Needs needs;
    EXPECT_NE(cache.evaluate(input, zone, needs, Limits()), nullptr);
  }
  return cache.evaluations();
}

// What a record really uses decides what is evaluated anew.
TEST(SpfEvaluationCache, CostsWhatTheRecordUses) {
  std::vector<spf::Input> inputs;
  for (const char* ip : {"192.0.2.1", "192.0.2.2", "::ffff:192.0.2.1"}) {
    for (const char* sender : {"ann@example.com", "bob@example.com"}) {
      for (const char* helo : {"h1.example.net", "h2.example.net"}) {
        for (const int time : {1, 2}) {
          inputs.push_back(spf_input(ip, sender, helo));
          inputs.back().time = std::chrono::sys_seconds(std::chrono::seconds(time));
        }
      }
    }
  }
  struct Row {
    const char* record;
    std::uint64_t evaluations;
  };
  for (const Row& row : {
           Row{"v=spf1 -all", 1},
           Row{"other", 1},
           Row{"v=spf1 moo", 1},
           Row{"v=spf1 include:x.org exists:%{d}.x.org -all", 1},
           Row{"v=spf1 ip4:192.0.2.1 -all", 2},
           Row{"v=spf1 a -all", 2},
           Row{"v=spf1 exists:%{i}.x.org -all", 2},
           Row{"v=spf1 exists:%{v}.x.org -all", 2},
           Row{"v=spf1 exists:%{l}.x.org -all", 2},
           Row{"v=spf1 exists:%{s}.x.org -all", 2},
           Row{"v=spf1 exists:%{h}.x.org -all", 2},
           Row{"v=spf1 exists:%{l}.%{ir}.x.org -all", 4},
           Row{"v=spf1 ?ip4:192.0.2.1 exists:%{L}.%{h}.x.org -all", 5},
           Row{"v=spf1 -all exp=why.x.org", 2},
           Row{"v=spf1 +all exists:%{l}.x.org", 1},
       }) {
    test::SpfZone zone;
    zone.add_txt("example.com", row.record);
    zone.add_txt("x.org", "v=spf1 ?all");
    zone.add_txt("why.x.org", "%{t}");
    EXPECT_EQ(cost(zone, inputs), row.evaluations) << row.record;
  }
}

TEST(SpfEvaluationCache, OnlyFinishedVerdictsAreKept) {
  test::SpfZone zone;
  zone.add_txt("example.com", "v=spf1 a:x.org -all");
  zone.add("x.org", Type::a, "192.0.2.1");
  test::LearningView view;
  spf::EvaluationCache cache;
  const spf::Input input = spf_input("192.0.2.1", "ann@example.com");
  dns::Needs needs;
  int rounds = 0;
  std::shared_ptr<const spf::Verdict> verdict = nullptr;
  while ((verdict = cache.evaluate(input, view, needs, Limits())) == nullptr) {
    ASSERT_LT(++rounds, 3);
    ASSERT_FALSE(needs.empty());
    EXPECT_EQ(cache.evaluations(), 0U);
    for (const dns::Question& question : needs.questions()) {
      view.learn(question, *zone.find(question));
    }
    needs.clear();
  }
  EXPECT_EQ(test::words(*verdict), "pass matched");
  EXPECT_EQ(cache.evaluations(), 1U);
}

// Names and addresses that run together when written side by side stay apart.
TEST(SpfEvaluationCache, FactsDoNotRunTogether) {
  test::SpfZone zone;
  zone.add_txt("example.com", "v=spf1 exists:%{l}.%{h}.x.org -all");
  zone.add("1:a.b.x.org", Type::a, "127.0.0.2");
  spf::EvaluationCache cache;
  const auto judged = [&](const char* sender, const char* helo) {
    dns::Needs needs;
    return test::words(
        *cache.evaluate(spf_input("192.0.2.1", sender, helo), zone, needs, Limits()));
  };
  EXPECT_EQ(judged("1@example.com", "a.b"), "fail matched");
  EXPECT_EQ(judged("1:a@example.com", "b"), "pass matched");
  EXPECT_EQ(judged("1:a@example.com", ".b"), "fail matched");
}

TEST(SpfEvaluationCache, IdentitiesOverTheLimit) {
  test::SpfZone zone;
  zone.add_txt("example.com", "v=spf1 -all");
  spf::EvaluationCache cache;
  dns::Needs needs;
  const spf::Input input = spf_input("192.0.2.1", std::string(1013, 'l') + "@example.com");
  EXPECT_EQ(test::words(*cache.evaluate(input, zone, needs, Limits())), "none identity-too-long");
}

// The size is bounded, whatever comes.
TEST(SpfEvaluationCache, ForgetsTheOldest) {
  test::SpfZone zone;
  zone.add_txt("example.com", "v=spf1 exists:%{l}.x.org -all");
  constexpr std::size_t kMost = 20'000;
  spf::EvaluationCache cache(kMost);
  dns::Needs needs;
  for (int i = 0; i < 1000; ++i) {
    const std::string sender = "l" + std::to_string(i) + "@example.com";
    cache.evaluate(spf_input("192.0.2.1", sender), zone, needs, Limits());
    ASSERT_LE(cache.bytes(), kMost);
  }
  EXPECT_EQ(cache.evaluations(), 1000U);
  cache.evaluate(spf_input("192.0.2.1", "l999@example.com"), zone, needs, Limits());
  EXPECT_EQ(cache.evaluations(), 1000U);
  cache.evaluate(spf_input("192.0.2.1", "l0@example.com"), zone, needs, Limits());
  EXPECT_EQ(cache.evaluations(), 1001U);
}

TEST(SpfRecordCache, ParsesAndForgets) {
  spf::RecordCache records;
  const auto& record = records.parse("v=spf1 a:x.org -all");
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->mechanisms[0].domain_spec, "x.org");
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(records.parse("v=spf1 moo" + std::to_string(i)).has_value());
  }
  EXPECT_EQ(&records.parse("v=spf1 a:x.org -all"), &record);
  EXPECT_EQ(record->mechanisms[0].domain_spec, "x.org");
  records.trim(0);
  EXPECT_EQ(records.parse("v=spf1 a:y.org -all")->mechanisms[0].domain_spec, "y.org");
}

}  // namespace
}  // namespace mailassay
