// Rules of the DNS view: a verdict is a function of the dossier and the answers it asked for, in
// whatever order they come, in whatever company it is judged.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "report/row.h"
#include "support/growing_view.h"
#include "support/signed_message.h"
#include "verdict/batch_judge.h"

namespace mailassay {
namespace {

constexpr unsigned kSeed = 8601;

struct Scene {
  std::vector<Dossier> dossiers;
  std::vector<std::pair<std::string, dns::Sighting>> answers;
};

/// Messages with one to three signatures by several selectors, each of which has another answer.
Scene make_scene() {
  using dns::AnswerKind;
  Scene scene;
  const auto& pool = test::key_pool();
  const auto name = [](const std::string& s) { return s + "._domainkey.example.com"; };
  scene.answers = {
      {name("a"), test::txt_sighting({test::key_record(pool.rsa_2048.front())})},
      {name("b"), test::txt_sighting({test::key_record(pool.rsa_2048.back(), "t=y"), "x",
                                      test::key_record(pool.rsa_2048.front())})},
      {name("c"), test::negative_sighting(AnswerKind::no_such_name)},
      {name("d"), test::negative_sighting(AnswerKind::temporary_failure, dns::Failure::timeout)},
      {name("e"), test::txt_sighting({test::key_record(pool.ed25519.front())})},
      {name("f"), test::txt_sighting({test::key_record(pool.ed25519.back())})},
  };
  std::mt19937 random(kSeed);
  for (int i = 0; i < 40; ++i) {
    std::string fields;
    for (std::size_t count = 1 + random() % 3; count != 0; --count) {
      const std::string selector(1, static_cast<char>('a' + random() % 6));
      const bool is_ed25519 = selector >= "e";
      auto form = test::replaced("s=s1", "s=" + selector);
      if (is_ed25519) form = test::replaced("rsa-sha256", "ed25519-sha256", form);
      fields += test::signature_field(test::plain_fields(), test::plain_body(), form,
                                      is_ed25519 ? pool.ed25519.front() : pool.rsa_2048.front()) +
                "\r\n";
    }
    std::string message = fields;
    for (const std::string& field : test::plain_fields()) message += field + "\r\n";
    message += "\r\n" + std::string(test::plain_body()) + (i % 7 == 0 ? "altered" : "");
    scene.dossiers.push_back(digest({message}));
  }
  return scene;
}

test::GrowingView table_of(const Scene& scene) {
  test::GrowingView table;
  for (const auto& [name, sighting] : scene.answers) table.add(name, sighting);
  return table;
}

std::string text_of(const Dossier& dossier, const Verdict& verdict) {
  report::RowText row;
  report::RowOptions options;
  options.evidence = true;
  report::append_row({}, dossier, Verdict(verdict), options, row);
  for (const dns::Question& question : row.gaps.front().evidence) row.text += question.name + '\n';
  return row.text;
}

std::vector<std::string> one_by_one(const Scene& scene, const dns::View& view) {
  std::vector<std::string> texts;
  for (const Dossier& dossier : scene.dossiers) {
    dns::Needs needs;
    const auto verdict = judge(dossier, view, needs, {});
    texts.push_back(verdict ? text_of(dossier, *verdict) : "-");
  }
  return texts;
}

TEST(JudgeProperty, ABatchIsJudgedAsOneByOne) {
  const Scene scene = make_scene();
  const test::GrowingView table = table_of(scene);
  const std::vector<std::string> expected = one_by_one(scene, table);
  EXPECT_EQ(std::count(expected.begin(), expected.end(), "-"), 0);
  std::vector<std::size_t> order(scene.dossiers.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(kSeed);
  BatchJudge batch({});
  for (int round = 0; round < 10; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    std::vector<Dossier> dossiers;
    for (const std::size_t i : order) dossiers.push_back(scene.dossiers[i]);
    dns::Needs needs;
    const auto verdicts = batch.judge(dossiers, table, needs);
    ASSERT_TRUE(verdicts);
    for (std::size_t i = 0; i < order.size(); ++i) {
      ASSERT_EQ(text_of(dossiers[i], (*verdicts)[i]), expected[order[i]]);
    }
  }
}

// Answers come one by one: a verdict that is there never changes, and all are there in the end.
TEST(JudgeProperty, AnswersOneByOneInAnyOrder) {
  Scene scene = make_scene();
  const std::vector<std::string> expected = one_by_one(scene, table_of(scene));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 10; ++round) {
    std::shuffle(scene.answers.begin(), scene.answers.end(), random);
    test::GrowingView table;
    for (const auto& [name, sighting] : scene.answers) {
      table.add(name, sighting);
      const std::vector<std::string> now = one_by_one(scene, table);
      for (std::size_t i = 0; i < now.size(); ++i) {
        ASSERT_TRUE(now[i] == "-" || now[i] == expected[i]) << now[i] << expected[i];
      }
    }
    EXPECT_EQ(one_by_one(scene, table), expected);
  }
}

TEST(JudgeProperty, AnswersToOtherQuestionsChangeNothing) {
  const Scene scene = make_scene();
  test::GrowingView table = table_of(scene);
  const std::vector<std::string> expected = one_by_one(scene, table);
  for (const std::string name :
       {"example.com", "_domainkey.example.com", "x._domainkey.example.com",
        "a._domainkey.example.org", "_dmarc.example.com"}) {
    table.add(name, test::txt_sighting({"v=DKIM1; p="}));
  }
  EXPECT_EQ(one_by_one(scene, table), expected);
}

// All that can be asked is asked in one go: one round is enough.
TEST(JudgeProperty, OneRoundOfQuestions) {
  const Scene scene = make_scene();
  const test::GrowingView all = table_of(scene);
  for (const Dossier& dossier : scene.dossiers) {
    dns::Needs needs;
    ASSERT_FALSE(judge(dossier, test::GrowingView(), needs, {}));
    test::GrowingView asked;
    for (const dns::Question& question : needs.questions()) {
      const dns::Answer* answer = all.find(question);
      ASSERT_NE(answer, nullptr);
      asked.add(question.name, answer->sightings.at(0));
    }
    dns::Needs more;
    EXPECT_TRUE(judge(dossier, asked, more, {}));
    EXPECT_TRUE(more.empty());
  }
}

}  // namespace
}  // namespace mailassay
