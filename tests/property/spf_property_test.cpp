// Answers one by one give what all at once give; what was not asked changes nothing. [RFC7208 4]
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "support/growing_view.h"
#include "support/spf_zone.h"

namespace mailassay {
namespace {

using dns::Type;

std::string any_name(std::mt19937& random) { return "n" + std::to_string(random() % 6) + ".org"; }

std::string any_record(std::mt19937& random) {
  std::string record = "v=spf1";
  for (auto i = random() % 5; i > 0; --i) {
    constexpr const char* kTerms[] = {" include:", " a:",  " mx:", " exists:%{l}.",
                                      " ptr:",     " ~a:", " exp="};
    record +=
        kTerms[random() % (record.find("exp=") == std::string::npos ? 7 : 6)] + any_name(random);
  }
  if (random() % 3 == 0) return record + " redirect=" + any_name(random);
  return record + (random() % 2 == 0 ? " -all" : " exists:%{p}.x.org ?all");
}

test::SpfZone any_zone(std::mt19937& random) {
  test::SpfZone zone;
  for (int i = 0; i < 6; ++i) {
    const std::string name = "n" + std::to_string(i) + ".org";
    if (random() % 8 != 0) zone.add_txt(name, any_record(random));
    if (random() % 2 == 0) zone.add(name, Type::a, "192.0.2." + std::to_string(random() % 3));
    if (random() % 2 == 0) zone.add(name, Type::mx, "10 " + any_name(random) + '.');
    if (random() % 2 == 0) zone.add(name, Type::mx, "20 " + any_name(random) + '.');
    if (random() % 9 == 0) zone.set(name, Type::a, dns::AnswerKind::no_evidence);
  }
  zone.add("1.2.0.192.in-addr.arpa", Type::ptr, any_name(random) + '.');
  return zone;
}

TEST(SpfProperty, OneByOneIsAllAtOnce) {
  std::mt19937 random(7208);
  for (int round = 0; round < 3000; ++round) {
    const test::SpfZone zone = any_zone(random);
    const spf::Input input = test::spf_input("192.0.2.1", "ann@n0.org");
    const spf::Verdict whole = test::judge_spf(input, zone);
    test::LearningView partial;
    std::optional<spf::Verdict> verdict;
    int rounds = 0;
    while (true) {
      dns::Needs needs;
      verdict = spf::evaluate(input, partial, needs, Limits());
      if (verdict) break;
      ASSERT_FALSE(needs.empty());
      ASSERT_LT(++rounds, 500);
      const dns::Question& question = needs.questions()[random() % needs.questions().size()];
      partial.learn(question, *zone.find(question));
    }
    ASSERT_EQ(*verdict, whole) << round;
    const dns::Question unrelated{"unrelated.example", Type::txt};
    partial.learn(unrelated, *zone.find(unrelated));
    dns::Needs needs;
    ASSERT_EQ(spf::evaluate(input, partial, needs, Limits()), verdict);
    EXPECT_TRUE(needs.empty());
  }
}

}  // namespace
}  // namespace mailassay
