// A chain's verdict is a function of its facts and the answers it asked for, in whatever order they
// come and in whatever company it is judged. [RFC8617 5.2]
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "dossier/digester.h"
#include "report/row.h"
#include "support/sealed_message.h"
#include "support/signed_message.h"
#include "verdict/batch_judge.h"

namespace mailassay {
namespace {

constexpr unsigned kSeed = 8617;

struct Scene {
  std::vector<std::string> messages;
  std::vector<Dossier> dossiers;
  std::vector<std::pair<std::string, dns::Sighting>> answers;
};

/// Chains of one to four sets by sealers whose keys have all sorts of answers; some are damaged.
Scene make_scene() {
  using dns::AnswerKind;
  Scene scene;
  scene.answers = {
      {test::sealer_key_name(1), test::txt_sighting({test::plain_key_record()})},
      {test::sealer_key_name(2), test::txt_sighting({"x", test::plain_key_record()})},
      {test::sealer_key_name(3), test::txt_sighting({test::plain_key_record()})},
      {test::sealer_key_name(4), test::negative_sighting(AnswerKind::no_evidence)},
      {test::sealer_key_name(5), test::negative_sighting(AnswerKind::no_such_name)},
      {"s1._domainkey.example.com", test::txt_sighting({test::plain_key_record()})},
  };
  std::mt19937 random(kSeed);
  for (int i = 0; i < 40; ++i) {
    test::SealedMessage message = test::plain_mail();
    if (i % 3 == 0) {
      message.fields.insert(message.fields.begin(),
                            test::signature_field(message.fields, message.body, {},
                                                  test::key_pool().rsa_2048.front()));
    }
    const std::size_t sets = 1 + random() % 4;
    for (std::size_t set = 1; set <= sets; ++set) {
      auto order = test::good_order(set);
      order.domain = "s" + std::to_string(1 + random() % (i % 2 == 0 ? 3 : 5)) + ".example";
      if (random() % 6 == 0) message.body += "footer\r\n";
      message.seal(order);
    }
    std::string text = message.text();
    if (i % 7 == 0) text += "more";
    if (i % 11 == 0) text = test::altered(text, "dmarc=pass", "dmarc=fail");
    if (i % 13 == 0) text = "ARC-Seal: i=1\r\n" + text;
    scene.messages.push_back(text);
    scene.dossiers.push_back(digest({text}));
  }
  return scene;
}

std::string text_of(const Dossier& dossier, const Verdict& verdict) {
  report::RowText row;
  report::RowOptions options;
  options.evidence = true;
  report::append_row({}, dossier, Verdict(verdict), options, row);
  for (const dns::Question& question : row.gaps.front().evidence) row.text += question.name + '\n';
  return row.text;
}

std::vector<std::string> one_by_one(const Scene& scene, const dns::View& view,
                                    const JudgeOptions& options = {}) {
  std::vector<std::string> texts;
  for (const Dossier& dossier : scene.dossiers) {
    dns::Needs needs;
    const auto verdict = judge(dossier, view, needs, options);
    texts.push_back(verdict ? text_of(dossier, *verdict) : "-");
  }
  return texts;
}

test::GrowingView all_answers(const Scene& scene) {
  test::GrowingView view;
  for (const auto& [name, sighting] : scene.answers) view.add(name, sighting);
  return view;
}

TEST(ChainProperty, TheSceneHasAllResults) {
  const Scene scene = make_scene();
  std::map<std::string, int> results;
  for (const std::string& text : one_by_one(scene, all_answers(scene))) {
    const std::size_t at = text.find("\"arc\":{\"result\":\"") + 17;
    ++results[text.substr(at, text.find('"', at) - at)];
  }
  EXPECT_GE(results["pass"], 5);
  EXPECT_GE(results["fail"], 5);
  EXPECT_GE(results["undetermined"], 3);
}

TEST(ChainProperty, ABatchIsJudgedAsOneByOne) {
  const Scene scene = make_scene();
  const test::GrowingView view = all_answers(scene);
  const std::vector<std::string> expected = one_by_one(scene, view);
  std::vector<std::size_t> order(scene.dossiers.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(kSeed);
  BatchJudge batch({});
  for (int round = 0; round < 10; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    std::vector<Dossier> dossiers;
    for (const std::size_t i : order) dossiers.push_back(scene.dossiers[i]);
    dns::Needs needs;
    const auto verdicts = batch.judge(dossiers, view, needs);
    ASSERT_TRUE(verdicts);
    for (std::size_t i = 0; i < order.size(); ++i) {
      ASSERT_EQ(text_of(dossiers[i], (*verdicts)[i]), expected[order[i]]);
    }
  }
}

// All answers at once and one by one, in any order: the same verdicts, and none before its time.
TEST(ChainProperty, AnswersOneByOneInAnyOrder) {
  Scene scene = make_scene();
  const std::vector<std::string> expected = one_by_one(scene, all_answers(scene));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 10; ++round) {
    std::shuffle(scene.answers.begin(), scene.answers.end(), random);
    test::GrowingView view;
    for (const auto& [name, sighting] : scene.answers) {
      view.add(name, sighting);
      const std::vector<std::string> now = one_by_one(scene, view);
      for (std::size_t i = 0; i < now.size(); ++i) {
        ASSERT_TRUE(now[i] == "-" || now[i] == expected[i]) << now[i] << expected[i];
      }
    }
    EXPECT_EQ(one_by_one(scene, view), expected);
  }
}

TEST(ChainProperty, OneRoundOfQuestions) {
  const Scene scene = make_scene();
  const test::GrowingView all = all_answers(scene);
  for (const Dossier& dossier : scene.dossiers) {
    dns::Needs needs;
    if (judge(dossier, test::GrowingView(), needs, {})) continue;
    test::GrowingView asked;
    for (const dns::Question& question : needs.questions()) {
      const dns::Answer* answer = all.find(question);
      ASSERT_NE(answer, nullptr) << question.name;
      asked.add(question.name, answer->sightings.at(0));
    }
    dns::Needs more;
    EXPECT_TRUE(judge(dossier, asked, more, {}));
    EXPECT_TRUE(more.empty());
  }
}

// A digester is as good as new after any message, and pieces of any size are as good as a whole.
TEST(ChainProperty, DigestersRememberNothing) {
  const Scene scene = make_scene();
  const test::GrowingView view = all_answers(scene);
  // Of a message in pieces no change can be looked for: its body is gone.
  JudgeOptions options;
  options.limits.diagnosis = false;
  const std::vector<std::string> expected = one_by_one(scene, view, options);
  std::mt19937 random(kSeed);
  Digester digester(options.limits);
  for (int round = 0; round < 200; ++round) {
    const std::size_t i = random() % scene.messages.size();
    const std::string& message = scene.messages[i];
    const std::size_t body = find_body(message);
    digester.begin(message.substr(0, body));
    for (std::size_t at = body; at < message.size(); at += 5) {
      digester.feed(std::string_view(message).substr(at, 5));
    }
    const Dossier dossier = digester.finish();
    dns::Needs needs;
    const auto verdict = judge(dossier, view, needs, options);
    ASSERT_TRUE(verdict);
    ASSERT_EQ(text_of(dossier, *verdict), expected[i]);
  }
}

}  // namespace
}  // namespace mailassay
