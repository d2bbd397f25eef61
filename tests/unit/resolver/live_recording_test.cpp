// What a live run recorded answers a later run in the same way, without the network.
#include <gtest/gtest.h>

#include "live_scene.h"
#include "support/hostile_server.h"

namespace mailassay::resolver::test {
namespace {

using dns::Question;
using dns::Type;
using mailassay::test::Behaviour;
using mailassay::test::HostileOptions;
using mailassay::test::HostileServer;

HostileOptions scene() {
  HostileOptions options;
  options.text =
      "$ORIGIN .\nn.test. TXT \"v=DKIM1; \" \"p=\\001\\\"\\\\;\"\na.test. CNAME b.test.\nb.test. "
      "CNAME "
      "n.test.\n"
      "loop.test. CNAME loop.test.\ndead.test. CNAME gone.test.\nhost.test. A 192.0.2.1\n"
      "two.test. TXT x\ntwo.test. TXT y\nopen.test. CNAME two.test.\ncross.test. CNAME "
      "filed.test.\n"
      "filed.test. TXT live-view\nmail.test. MX 10 mx.test.\nv6.test. AAAA 2001:db8::1\n";
  options.by_name = {{"drop.test", Behaviour::drop},
                     {"broken.test", Behaviour::garbage},
                     {"open.test", Behaviour::alias_only},
                     {"endless.test", Behaviour::endless_alias}};
  for (std::string name = "endless.test"; name.size() < 60; name = "x." + name) {
    options.by_name[name] = Behaviour::endless_alias;
  }
  return options;
}

const std::vector<Question> kQuestions = {{"a.test", Type::txt},
                                          {"n.test", Type::txt},
                                          {"b.test", Type::txt},
                                          {"loop.test", Type::txt},
                                          {"dead.test", Type::txt},
                                          {"host.test", Type::txt},
                                          {"host.test", Type::a},
                                          {"absent.test", Type::txt},
                                          {"two.test", Type::txt},
                                          {"open.test", Type::txt},
                                          {"drop.test", Type::txt},
                                          {"broken.test", Type::txt},
                                          {"endless.test", Type::txt},
                                          {"cross.test", Type::txt},
                                          {"filed.test", Type::txt},
                                          {"alias.test", Type::txt},
                                          {"mail.test", Type::mx},
                                          {"v6.test", Type::aaaa},
                                          {std::string(64, 'x'), Type::txt},
                                          {"x.onion", Type::txt}};

const std::string kFile =
    R"({"rrname":"filed.test","rrtype":"TXT","rdata":"filed","time_first":1000,"time_last":2000}
{"rrname":"alias.test","rrtype":"CNAME","rdata":"n.test.","time_first":1000,"time_last":2000}
)";

TEST(LiveRecording, ReplaysToTheSameAnswers) {
  const HostileServer server(scene());
  for (const std::string& file : {std::string(), kFile}) {
    const auto live = open_source(quick_options({server.address()}), file);
    // In parts, so that later questions meet what earlier ones left behind.
    for (const Question& question : kQuestions) wait_for(*live, {question});
    const std::string recording = live->recording(kQuestions);

    dns::Evidence evidence;
    if (!file.empty()) {
      ASSERT_TRUE(evidence.add_file(file, "file"));
    }
    const auto added = evidence.add_file(recording, "recording");
    ASSERT_TRUE(added) << added.error().message() << '\n' << recording;
    const auto replay = DnsSource::open(std::move(evidence), {});
    ASSERT_TRUE(replay);
    for (const Question& question : kQuestions) {
      const dns::Answer* first = live->view().find(question);
      const dns::Answer* second = (*replay)->view().find(question);
      ASSERT_TRUE(first != nullptr && second != nullptr);
      EXPECT_EQ(*first, *second) << question.name << '\n' << recording;
    }
  }
}

TEST(LiveRecording, IsInTheOrderOfTheQuestionsThenByName) {
  const HostileServer server(scene());
  const auto live = open_source(quick_options({server.address()}));
  wait_for(*live, kQuestions);
  const std::vector<Question> used = {{"two.test", Type::txt}, {"a.test", Type::txt}};
  const std::string text = live->recording(used, 7);
  const auto position = [&](std::string_view part) { return text.find(part); };
  EXPECT_EQ(position(R"({"rrname":"two.test","rrtype":"TXT")"), 0U);
  EXPECT_LT(position(R"("id":7})"), position(R"("rrname":"a.test")"));
  EXPECT_LT(position(R"("rrname":"a.test","rrtype":"CNAME")"), position(R"("rrname":"b.test")"));
  EXPECT_LT(position(R"("rrname":"b.test")"), position(R"("rrname":"n.test")"));
  std::size_t ids = 0;
  for (std::size_t at = 0; (at = text.find(R"("id":8)", at)) != std::string::npos; ++at) ++ids;
  EXPECT_EQ(ids, 3U);
  EXPECT_EQ(text, live->recording(used, 7)) << "not deterministic";
}

// That a name has no alias, once asked for, says nothing of its other types.
TEST(LiveRecording, QuestionsForAliases) {
  const HostileServer server(scene());
  const auto live = open_source(quick_options({server.address()}));
  struct Row {
    const char* name;
    dns::AnswerKind alias;
    dns::AnswerKind text;
  };
  for (const Row& row :
       {Row{"two.test", dns::AnswerKind::no_data, dns::AnswerKind::records},
        Row{"absent.test", dns::AnswerKind::no_such_name, dns::AnswerKind::no_such_name},
        Row{"a.test", dns::AnswerKind::records, dns::AnswerKind::records}}) {
    for (const auto& [type, kind] :
         {std::pair{Type::cname, row.alias}, std::pair{Type::txt, row.text}}) {
      const Question question{row.name, type};
      wait_for(*live, {question});
      const dns::Answer* const answer = live->view().find(question);
      ASSERT_NE(answer, nullptr) << row.name;
      EXPECT_EQ(answer->sightings.front().kind, kind) << row.name;
    }
  }
}

}  // namespace
}  // namespace mailassay::resolver::test
