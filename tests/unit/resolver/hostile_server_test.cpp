// Servers that are dead, slow, broken or lying: every question ends, in the right kind.
#include "support/hostile_server.h"

#include <gtest/gtest.h>

#include <atomic>

#include "live_scene.h"

namespace mailassay::resolver::test {
namespace {

using dns::AnswerKind;
using dns::Failure;
using mailassay::test::Behaviour;
using mailassay::test::HostileOptions;
using mailassay::test::HostileServer;

std::string long_txt() {
  std::string out;
  for (int i = 0; i < 40; ++i)
    out += " \"" + std::string(200, static_cast<char>('a' + i % 26)) + '"';
  return out;
}

const std::string kZone = "$ORIGIN .\nn.test. TXT right\na.test. CNAME n.test.\nhuge.test. TXT" +
                          long_txt() + "\n*.many.test. TXT right\n";

struct Case {
  Behaviour behaviour;
  AnswerKind kind;
  Failure failure;
};

class Hostile : public testing::TestWithParam<Case> {};

TEST_P(Hostile, GivesTheRightKind) {
  HostileOptions options;
  options.text = kZone;
  options.otherwise = GetParam().behaviour;
  options.late_by = std::chrono::milliseconds(100);
  const HostileServer server(options);
  const auto source = open_source(quick_options({server.address()}));
  const dns::Sighting seen = ask(*source, "n.test");
  EXPECT_EQ(seen.kind, GetParam().kind);
  EXPECT_EQ(seen.failure, GetParam().failure);
  if (seen.kind == AnswerKind::records) {
    EXPECT_EQ(seen.rdata, std::vector<std::string>{"\5right"});
  }
  EXPECT_EQ(source->counters().live.outstanding, 0U);
}

constexpr auto kFailure = AnswerKind::temporary_failure;

INSTANTIATE_TEST_SUITE_P(
    All, Hostile,
    testing::Values(Case{Behaviour::honest, AnswerKind::records, Failure::none},
                    Case{Behaviour::drop, kFailure, Failure::timeout},
                    Case{Behaviour::drop_first, AnswerKind::records, Failure::none},
                    Case{Behaviour::servfail, kFailure, Failure::servfail},
                    Case{Behaviour::refused, kFailure, Failure::servfail},
                    Case{Behaviour::not_implemented, kFailure, Failure::servfail},
                    Case{Behaviour::formerr_on_edns, AnswerKind::records, Failure::none},
                    Case{Behaviour::old_server, AnswerKind::records, Failure::none},
                    Case{Behaviour::truncate, AnswerKind::records, Failure::none},
                    Case{Behaviour::truncate_and_break, kFailure, Failure::timeout},
                    Case{Behaviour::truncate_always, kFailure, Failure::servfail},
                    Case{Behaviour::wrong_name, kFailure, Failure::timeout},
                    Case{Behaviour::wrong_name_first, AnswerKind::records, Failure::none},
                    Case{Behaviour::wrong_id, kFailure, Failure::timeout},
                    Case{Behaviour::lying_counts, kFailure, Failure::servfail},
                    Case{Behaviour::compression_loop, kFailure, Failure::servfail},
                    Case{Behaviour::garbage, kFailure, Failure::servfail},
                    Case{Behaviour::tiny, kFailure, Failure::timeout},
                    Case{Behaviour::query_echoed, kFailure, Failure::servfail},
                    Case{Behaviour::empty_answer, AnswerKind::no_data, Failure::none},
                    Case{Behaviour::name_error, AnswerKind::no_such_name, Failure::none},
                    Case{Behaviour::referral, kFailure, Failure::servfail},
                    Case{Behaviour::endless_alias, kFailure, Failure::servfail},
                    Case{Behaviour::late, AnswerKind::records, Failure::none}),
    [](const auto& of) {
      return "Behaviour" + std::to_string(static_cast<int>(of.param.behaviour));
    });

TEST(HostileServers, AreLeftForTheSecondOne) {
  for (const Behaviour behaviour :
       {Behaviour::drop, Behaviour::servfail, Behaviour::refused, Behaviour::garbage,
        Behaviour::wrong_name, Behaviour::referral}) {
    HostileOptions bad;
    bad.otherwise = behaviour;
    const HostileServer first(bad);
    const HostileServer second(HostileOptions{kZone, {}, Behaviour::honest, {}, {}, 0});
    const auto source = open_source(quick_options({first.address(), second.address()}));
    EXPECT_EQ(ask(*source, "n.test").kind, AnswerKind::records) << static_cast<int>(behaviour);
  }
}

TEST(HostileServers, ClosedPortFailsOverAndEndsInTimeout) {
  ServerAddress closed;
  {
    const HostileServer gone(HostileOptions{});
    closed = gone.address();
  }
  const HostileServer honest(HostileOptions{kZone, {}, Behaviour::honest, {}, {}, 0});
  const auto source = open_source(quick_options({closed, honest.address()}));
  EXPECT_EQ(ask(*source, "n.test").kind, AnswerKind::records);
  const auto dead = open_source(quick_options({closed}));
  EXPECT_EQ(ask(*dead, "n.test").failure, Failure::timeout);
  EXPECT_FALSE(dead->counters().live.any_server_answered);
}

TEST(HostileServers, DeadZoneIsNotWaitedForTwice) {
  HostileOptions options;
  options.text = kZone;
  options.by_name["s1._domainkey.dead.test"] = Behaviour::drop;
  const HostileServer server(options);
  const auto source = open_source(quick_options({server.address()}));
  EXPECT_EQ(ask(*source, "s1._domainkey.dead.test").failure, Failure::timeout);
  EXPECT_EQ(ask(*source, "s2._domainkey.dead.test").failure, Failure::timeout);
  EXPECT_EQ(ask(*source, "s2._domainkey.other.test").kind, AnswerKind::no_such_name);
  EXPECT_EQ(server.counts().by_name.count("s2._domainkey.dead.test"), 0U);
  EXPECT_EQ(source->counters().live.skipped, 1U);
}

TEST(HostileServers, ZoneThatAnsweredIsNotDeadForOneLostName) {
  HostileOptions options;
  options.text = kZone;
  options.by_name["s2._domainkey.zone.test"] = Behaviour::drop;
  const HostileServer server(options);
  const auto source = open_source(quick_options({server.address()}));
  EXPECT_EQ(ask(*source, "s1._domainkey.zone.test").kind, AnswerKind::no_such_name);
  EXPECT_EQ(ask(*source, "s2._domainkey.zone.test").failure, Failure::timeout);
  EXPECT_EQ(ask(*source, "s3._domainkey.zone.test").kind, AnswerKind::no_such_name);
}

TEST(HostileServers, DeadlineEndsWhatTriesWouldNot) {
  HostileOptions options;
  options.otherwise = Behaviour::drop;
  const HostileServer server(options);
  LiveOptions live = quick_options({server.address()});
  live.tries = 1000;
  live.deadline = std::chrono::milliseconds(300);
  const auto source = open_source(live);
  EXPECT_EQ(ask(*source, "n.test").failure, Failure::deadline);
}

TEST(HostileServers, StopEndsWhatIsOutstandingAtOnce) {
  HostileOptions options;
  options.otherwise = Behaviour::drop;
  const HostileServer server(options);
  LiveOptions live = quick_options({server.address()});
  live.first_timeout = std::chrono::hours(1);
  live.deadline = std::chrono::hours(1);
  const auto source = open_source(live);
  std::vector<dns::Question> questions;
  for (int i = 0; i < 1000; ++i)
    questions.push_back({"n" + std::to_string(i) + ".test", dns::Type::txt});
  std::atomic<int> calls{0};
  source->resolve(questions, [&] { ++calls; });
  source->resolve(std::span(questions).first(1), [&] { ++calls; });
  source->stop();
  EXPECT_EQ(calls, 2);
  const std::vector<dns::Question> later = {{"later.test", dns::Type::txt}};
  source->resolve(later, [&] { ++calls; });
  EXPECT_EQ(calls, 3);
  for (const auto& question : {questions[0], questions[999], later[0]}) {
    const dns::Answer* answer = source->view().find(question);
    ASSERT_NE(answer, nullptr);
    EXPECT_EQ(answer->sightings[0].failure, Failure::deadline);
  }
  EXPECT_EQ(source->recording({}), "");
}

TEST(HostileServers, WindowIsRespected) {
  HostileOptions options;
  options.text = kZone;
  options.delay = std::chrono::milliseconds(5);
  const HostileServer server(options);
  LiveOptions live = quick_options({server.address()});
  live.window = 16;
  live.first_timeout = std::chrono::seconds(30);
  live.deadline = std::chrono::seconds(60);
  const auto source = open_source(live);
  std::vector<dns::Question> questions;
  for (int i = 0; i < 1000; ++i) {
    questions.push_back({"n" + std::to_string(i) + ".many.test", dns::Type::txt});
  }
  wait_for(*source, questions);
  EXPECT_LE(server.counts().max_outstanding, 16U);
  EXPECT_GE(server.counts().max_outstanding, 8U);
  EXPECT_EQ(source->counters().records, 1000U);
}

TEST(HostileServers, RateLimitSpreadsTheQueries) {
  const HostileServer server(HostileOptions{kZone, {}, Behaviour::honest, {}, {}, 0});
  LiveOptions live = quick_options({server.address()});
  live.queries_per_second = 200;
  const auto source = open_source(live);
  std::vector<dns::Question> questions;
  for (int i = 0; i < 41; ++i) {
    questions.push_back({"n" + std::to_string(i) + ".many.test", dns::Type::txt});
  }
  const auto start = std::chrono::steady_clock::now();
  wait_for(*source, questions);
  // 40 steps of 5 ms: less would mean that the limit is not kept, on however slow a machine.
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(195));
}

TEST(HostileServers, HugeAnswerComesOverTcp) {
  const HostileServer server(HostileOptions{kZone, {}, Behaviour::honest, {}, {}, 0});
  const auto source = open_source(quick_options({server.address()}));
  const dns::Sighting seen = ask(*source, "huge.test");
  ASSERT_EQ(seen.kind, AnswerKind::records);
  EXPECT_EQ(dns::txt_text(seen.rdata[0])->size(), 8000U);
  EXPECT_EQ(source->counters().live.tcp_queries, 1U);
}

TEST(HostileServers, BrokenConnectionsHarmNobodyElse) {
  HostileOptions options;
  options.text = kZone;
  options.delay = std::chrono::milliseconds(2);
  for (int i = 0; i < 100; i += 10) {
    options.by_name["n" + std::to_string(i) + ".many.test"] = Behaviour::truncate_and_break;
  }
  const HostileServer server(options);
  const auto source = open_source(quick_options({server.address()}));
  std::vector<dns::Question> questions;
  for (int i = 0; i < 100; ++i) {
    questions.push_back({"n" + std::to_string(i) + ".many.test", dns::Type::txt});
  }
  wait_for(*source, questions);
  EXPECT_EQ(source->counters().records, 90U);
}

TEST(HostileServers, AliasWithoutTargetIsAskedOn) {
  HostileOptions options;
  options.text = kZone;
  options.by_name["a.test"] = Behaviour::alias_only;
  const HostileServer server(options);
  const auto source = open_source(quick_options({server.address()}));
  const dns::Sighting seen = ask(*source, "a.test");
  EXPECT_EQ(seen.kind, AnswerKind::records);
  EXPECT_EQ(server.counts().by_name.at("n.test"), 1U);
  EXPECT_EQ(ask(*source, "n.test").kind, AnswerKind::records);
  EXPECT_EQ(server.counts().by_name.at("n.test"), 1U) << "asked twice";
}

TEST(HostileServers, DeadNetworkIsGivenUp) {
  HostileOptions options;
  options.otherwise = Behaviour::drop;
  const HostileServer server(options);
  LiveOptions live = quick_options({server.address()});
  live.window = 2;
  live.deadline = std::chrono::milliseconds(400);
  const auto source = open_source(live);
  std::vector<dns::Question> questions;
  for (int i = 0; i < 500; ++i)
    questions.push_back({"n" + std::to_string(i) + ".test", dns::Type::txt});
  wait_for(*source, questions);
  EXPECT_GT(source->counters().live.skipped, 100U);
  EXPECT_EQ(source->counters().timeouts + source->counters().deadlines, 500U);
}

}  // namespace
}  // namespace mailassay::resolver::test
