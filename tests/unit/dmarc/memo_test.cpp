#include "dmarc/memo.h"

#include <gtest/gtest.h>

#include <string>

#include "support/dmarc_case.h"
#include "support/growing_view.h"

namespace mailassay {
namespace {

/// Counts how often it is asked.
class CountingView final : public dns::View {
 public:
  explicit CountingView(const dns::View& view) : view_(view) {}
  const dns::Answer* find(const dns::Question& question) const override {
    ++count;
    return view_.find(question);
  }
  mutable int count = 0;

 private:
  const dns::View& view_;
};

TEST(DmarcMemo, TheSameQuestionIsJudgedOnce) {
  test::DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=reject");
  const CountingView view(zone);
  dmarc::Memo memo({});
  dns::Needs needs;
  auto input = test::dmarc_input("a.example.com", {"+dkim:example.com", "?spf:b.example.com"});
  const auto first = memo.evaluate(input, view, needs);
  ASSERT_TRUE(first);
  EXPECT_EQ(*first, test::judge_dmarc(input, zone));
  const int asked = view.count;
  input.time = std::chrono::sys_seconds(std::chrono::seconds(7));
  EXPECT_EQ(memo.evaluate(input, view, needs), first);
  EXPECT_EQ(view.count, asked);
}

TEST(DmarcMemo, AnotherQuestionIsAnother) {
  test::DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=reject");
  dmarc::Memo memo({});
  dns::Needs needs;
  std::vector<dmarc::Input> inputs;
  for (const char* id : {"+dkim:example.com", "-dkim:example.com", "?dkim:example.com",
                         "+spf:example.com", "+dkim:example.org", "+dkim:"}) {
    inputs.push_back(test::dmarc_input("example.com", {id}));
  }
  inputs.push_back(test::dmarc_input("example.com"));
  inputs.push_back(test::dmarc_input("example.com", {"+dkim:a", "+dkim:b"}));
  inputs.push_back(test::dmarc_input("example.com", {"+dkim:a+dkim:b"}));
  inputs.push_back(inputs.front());
  inputs.back().author.domains.emplace_back("example.org");
  inputs.push_back(inputs.front());
  inputs.back().author.fields = 2;
  inputs.push_back(inputs.front());
  inputs.back().author.is_cut = true;
  for (const dmarc::Input& input : inputs) {
    EXPECT_EQ(*memo.evaluate(input, zone, needs), test::judge_dmarc(input, zone));
  }
  EXPECT_EQ(memo.size(), inputs.size());
}

// Of two sightings the time chooses, so that nothing is kept.
TEST(DmarcMemo, WhatDependsOnTimeIsJudgedAnew) {
  test::LearningView view;
  view.add("_dmarc.example.com", test::seen(test::txt_sighting({"v=DMARC1; p=none"}), 100, 200));
  view.add("_dmarc.example.com", test::seen(test::txt_sighting({"v=DMARC1; p=reject"}), 300, 400));
  view.add("_dmarc.com", test::negative_sighting(dns::AnswerKind::no_such_name));
  dmarc::Memo memo({});
  dns::Needs needs;
  auto input = test::dmarc_input("example.com");
  for (const auto& [time, policy] :
       {std::pair{150, dmarc::Policy::none}, std::pair{350, dmarc::Policy::reject}}) {
    input.time = std::chrono::sys_seconds(std::chrono::seconds(time));
    EXPECT_EQ(memo.evaluate(input, view, needs)->rfc9989.policy, policy);
  }
  EXPECT_EQ(memo.size(), 0U);
}

TEST(DmarcMemo, WhatIsMissingIsNotKept) {
  test::LearningView view;
  dmarc::Memo memo({});
  dns::Needs needs;
  const auto input = test::dmarc_input("example.com");
  EXPECT_EQ(memo.evaluate(input, view, needs), nullptr);
  EXPECT_EQ(needs.questions().size(), 2U);
  view.add_txt("_dmarc.example.com", "v=DMARC1; p=none");
  view.add("_dmarc.com", test::negative_sighting(dns::AnswerKind::no_such_name));
  EXPECT_EQ(memo.evaluate(input, view, needs)->rfc9989.policy, dmarc::Policy::none);
}

TEST(DmarcMemo, IsBounded) {
  const test::DmarcZone zone;
  dmarc::Memo memo({});
  dns::Needs needs;
  for (std::size_t i = 0; i <= dmarc::Memo::kMaxVerdicts; ++i) {
    const auto input = test::dmarc_input("d" + std::to_string(i) + ".example");
    ASSERT_TRUE(memo.evaluate(input, zone, needs));
    EXPECT_EQ(memo.size(), i == dmarc::Memo::kMaxVerdicts ? 1 : i + 1);
  }
}

}  // namespace
}  // namespace mailassay
