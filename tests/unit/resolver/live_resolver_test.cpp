// Live DNS against a real authoritative server.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "live_scene.h"
#include "support/conformance_dir.h"
#include "support/nsd_server.h"

namespace mailassay::resolver::test {
namespace {

using dns::AnswerKind;
using dns::Question;
using dns::Type;
using mailassay::test::NsdServer;

constexpr int kNames = 20000;
constexpr std::string_view kHead =
    "$ORIGIN test.\n$TTL 300\n@ SOA ns hostmaster 1 2 3 4 300\n@ NS ns\nns A 127.0.0.1\n";

std::string key_name(int i) {
  return "s" + std::to_string(i) + "._domainkey.d" + std::to_string(i % 400);
}
std::string key_text(int i) { return "v=DKIM1; p=" + std::to_string(i) + std::string(350, 'K'); }

/// Of ten names: seven keys, one alias, one of another type only, one absent.
std::string big_zone() {
  std::string zone(kHead);
  for (int i = 0; i < kNames; ++i) {
    if (i % 10 < 7) {
      zone += key_name(i) + " TXT \"" + key_text(i).substr(0, 200) + "\" \"" +
              key_text(i).substr(200) + "\"\n";
    } else if (i % 10 == 7) {
      zone += key_name(i) + " CNAME " + key_name(i - 7) + "\n";
    } else if (i % 10 == 8) {
      zone += key_name(i) + " A 192.0.2.1\n";
    }
  }
  return zone;
}

TEST(LiveResolver, AnswersTwentyThousandNamesRightlyAskingEachOnce) {
  MAILASSAY_NEEDS_NSD();
  const auto server = NsdServer::start("test", big_zone());
  ASSERT_TRUE(server) << server.error();
  LiveOptions options;
  options.servers = {(*server)->address()};
  const auto source = open_source(options);
  std::vector<Question> questions;
  for (int i = 0; i < kNames; ++i) questions.push_back({key_name(i) + ".test", Type::txt});
  // In batches that overlap, as messages do.
  std::promise<void> done;
  std::atomic<int> open{0};
  const std::span<const Question> all(questions);
  constexpr std::size_t kBatch = 256;
  const int batches = (kNames + 127) / 128;
  for (std::size_t at = 0; at < all.size(); at += kBatch / 2) {
    source->resolve(all.subspan(at, std::min(kBatch, all.size() - at)), [&] {
      if (++open == batches) done.set_value();
    });
  }
  done.get_future().wait();
  for (int i = 0; i < kNames; ++i) {
    const dns::Answer* answer = source->view().find(questions[static_cast<std::size_t>(i)]);
    ASSERT_NE(answer, nullptr);
    const dns::Sighting& seen = answer->sightings.front();
    EXPECT_EQ(seen.source, "live");
    if (i % 10 <= 7) {
      ASSERT_EQ(seen.kind, AnswerKind::records) << key_name(i);
      EXPECT_EQ(dns::txt_text(seen.rdata[0]), key_text(i % 10 == 7 ? i - 7 : i));
    } else {
      EXPECT_EQ(seen.kind, i % 10 == 8 ? AnswerKind::no_data : AnswerKind::no_such_name)
          << key_name(i);
    }
  }
  const DnsCounters counters = source->counters();
  EXPECT_EQ(counters.live.questions, static_cast<std::uint64_t>(kNames));
  // A lost packet on a busy machine is asked again; more than that would be a fault.
  EXPECT_EQ(counters.live.queries, counters.live.questions + counters.live.retries);
  EXPECT_LE(counters.live.retries, counters.live.timeouts);
  EXPECT_EQ(counters.records, 16000U);
  EXPECT_EQ(counters.no_data, 2000U);
  EXPECT_EQ(counters.no_such_name, 2000U);
  EXPECT_EQ(counters.from_files, 0U);
  EXPECT_TRUE(counters.live.any_server_answered);
}

TEST(LiveResolver, TellsTheKindsOfARealServerApart) {
  MAILASSAY_NEEDS_NSD();
  const auto server = NsdServer::start(
      "test", std::string(kHead) +
                  "UPPER TXT \"a\\\"b\" \"c\"\nmulti TXT x\nmulti TXT y\nmulti TXT x\n"
                  "big TXT " +
                  [] {
                    std::string text;
                    for (int i = 0; i < 30; ++i) text += '"' + std::string(250, 'b') + "\" ";
                    return text;
                  }() +
                  "\nchain1 CNAME chain2\nchain2 CNAME chain3\nchain3 TXT end\n"
                  "out CNAME elsewhere.example.\nloop1 CNAME loop2\nloop2 CNAME loop1\n"
                  "dead CNAME absent\n*.wild TXT star\n");
  ASSERT_TRUE(server) << server.error();
  const auto source = open_source(quick_options({(*server)->address()}));
  EXPECT_EQ(ask(*source, "upper.test").rdata, std::vector<std::string>{"\3a\"b\1c"});
  EXPECT_EQ(ask(*source, "multi.test").rdata, (std::vector<std::string>{"\1x", "\1y"}));
  EXPECT_EQ(dns::txt_text(ask(*source, "big.test").rdata.at(0))->size(), 7500U);
  EXPECT_GE(source->counters().live.tcp_queries, 1U);
  EXPECT_EQ(ask(*source, "chain1.test").rdata, std::vector<std::string>{"\3end"});
  EXPECT_EQ(ask(*source, "out.test").failure, dns::Failure::servfail);  // REFUSED
  EXPECT_EQ(ask(*source, "loop1.test").failure, dns::Failure::servfail);
  EXPECT_EQ(ask(*source, "dead.test").kind, AnswerKind::no_such_name);
  EXPECT_EQ(ask(*source, "x.wild.test").rdata, std::vector<std::string>{"\4star"});
  EXPECT_EQ(ask(*source, "wild.test").kind, AnswerKind::no_data);
  EXPECT_EQ(ask(*source, std::string(64, 'x') + ".test").source, "invalid-name");
  EXPECT_EQ(ask(*source, "x.onion").kind, AnswerKind::no_such_name);  // [RFC7686 2]
}

TEST(DnsSource, WithoutNetworkNeverWaits) {
  const auto source = open_source(
      {}, R"({"rrname":"a.test","rrtype":"TXT","rdata":"x","time_first":1,"time_last":2})");
  EXPECT_FALSE(source->is_live());
  EXPECT_EQ(source->view().find({"a.test", Type::txt})->sightings[0].kind, AnswerKind::records);
  EXPECT_EQ(source->view().find({"b.test", Type::txt})->sightings[0].kind, AnswerKind::no_evidence);
  bool called = false;
  const std::vector<Question> questions = {{"c.test", Type::txt}};
  source->resolve(questions, [&] { called = true; });
  EXPECT_TRUE(called);
  EXPECT_EQ(source->counters().no_evidence, 2U);
  EXPECT_EQ(source->counters().from_files, 3U);
  EXPECT_EQ(source->counters().live.queries, 0U);
}

}  // namespace
}  // namespace mailassay::resolver::test
