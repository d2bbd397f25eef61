#include "mkcorpus/corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "dns/evidence.h"
#include "mkcorpus/output_file.h"
#include "mkcorpus/reference_canon.h"
#include "mkcorpus/text_encoding.h"
#include "support/conformance_dir.h"

namespace mkcorpus {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// A folder of its own for each test, removed at the end.
class Corpus : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / ("mkcorpus_" + std::string(test->name()));
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder(const std::string& name) const { return folder_ / name; }

  CorpusOptions options(std::uint64_t messages, const std::string& name) const {
    CorpusOptions out;
    out.messages = messages;
    out.folder = folder(name);
    out.small = true;
    return out;
  }

  std::string file(const std::string& name) const {
    return mailassay::test::read_file(folder_ / name);
  }

  std::vector<json> rows(const std::string& name) const {
    std::vector<json> out;
    std::istringstream lines(file(name));
    for (std::string line; std::getline(lines, line);) out.push_back(json::parse(line));
    return out;
  }

 private:
  fs::path folder_;
};

// As many messages as there are scenarios: each once, and in any number of threads the same.
TEST_F(Corpus, HasEachScenario) {
  auto all = options(0, "all");
  all.fixtures = fixtures_named("all");
  all.messages = all.fixtures.size();
  all.domains = 3;
  all.fixture_percent = 0;
  write_corpus(all, {});
  auto again = all;
  again.folder = folder("again");
  again.threads = 3;
  write_corpus(again, {});
  std::set<std::string> names, standings;
  for (const json& row : rows("all/truth.ndjson")) {
    names.insert(row["fixture"]);
    standings.insert(row["standing"]);
    for (const char* const key : {"message_kind", "form", "spf", "envelope", "dns", "arc"}) {
      EXPECT_TRUE(row.contains(key)) << row["fixture"] << ' ' << key;
    }
    EXPECT_TRUE(row["standing"] == "malformed" || row.contains("dmarc")) << row["fixture"];
  }
  EXPECT_EQ(names.size(), all.fixtures.size());
  EXPECT_EQ(standings.size(), 10);
  for (const char* const name :
       {"mail.mbox", "truth.ndjson", "dns.ndjson", "dns.zone", "scan.args", "mailassay.toml"}) {
    EXPECT_EQ(file(std::string("all/") + name), file(std::string("again/") + name)) << name;
  }
}

TEST_F(Corpus, SpreadsScenariosByTheirShare) {
  auto some = options(200, "some");
  some.fixtures = fixtures_named("planted,journal,planted");
  ASSERT_EQ(some.fixtures.size(), 2);
  some.fixture_percent = 10;
  write_corpus(some, {});
  std::map<std::string, int> count;
  for (const json& row : rows("some/truth.ndjson")) {
    ++count[row["fixture"].is_null() ? "" : row["fixture"].get<std::string>()];
  }
  EXPECT_EQ(count, (std::map<std::string, int>{{"", 180}, {"journal", 10}, {"planted", 10}}));
}

TEST(Fixtures, AreFoundByName) {
  EXPECT_TRUE(fixtures_named("").empty());
  EXPECT_TRUE(fixtures_named("planted,").empty());
  EXPECT_TRUE(fixtures_named(",planted").empty());
  EXPECT_TRUE(fixtures_named("Planted").empty());
  EXPECT_TRUE(fixtures_named("planted;journal").empty());
  EXPECT_EQ(fixtures_named("planted").size(), 1);
  EXPECT_EQ(fixtures_named("planted,all").size(), fixtures_named("all").size());
  EXPECT_EQ(fixtures_named("planted,all").front()->name, "planted");
}

// Forwarding has random numbers of its own: without it nothing is otherwise.
TEST_F(Corpus, ForwardsOnlyWhenAsked) {
  auto with = options(200, "arc");
  with.arc = true;
  write_corpus(with, {});
  write_corpus(options(200, "plain"), {});
  const auto forwarded = rows("arc/truth.ndjson");
  const auto plain = rows("plain/truth.ndjson");
  ASSERT_EQ(forwarded.size(), plain.size());
  std::set<std::string> results;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_EQ(forwarded[i]["message_id"], plain[i]["message_id"]);
    EXPECT_FALSE(plain[i].contains("arc"));
    const json& chain = forwarded[i]["arc"];
    results.insert(chain["result"]);
    EXPECT_EQ(chain["sealers"].size(), chain["instances"]);
    EXPECT_EQ(chain["instances"] == 0, chain["result"] == "none");
  }
  EXPECT_EQ(results, (std::set<std::string>{"fail", "none", "pass"}));
  EXPECT_NE(file("arc/mail.mbox").find("ARC-Seal: i=3;"), std::string::npos);
  EXPECT_EQ(file("plain/mail.mbox").find("ARC-Seal"), std::string::npos);
}

TEST_F(Corpus, DoesNotDependOnThreads) {
  CorpusOptions one = options(300, "one");
  one.threads = 1;
  one.eml = true;
  CorpusOptions three = one;
  three.folder = folder("three");
  three.threads = 3;
  write_corpus(one, {});
  write_corpus(three, {});
  for (const std::string name : {"mail.mbox", "dns.ndjson", "dns.zone", "truth.ndjson",
                                 "eml/000/000000.eml", "eml/000/000299.eml"}) {
    EXPECT_EQ(file("one/" + name), file("three/" + name)) << name;
  }
}

TEST_F(Corpus, DependsOnTheSeed) {
  CorpusOptions other = options(3, "b");
  other.seed = 2;
  write_corpus(options(3, "a"), {});
  write_corpus(other, {});
  EXPECT_NE(file("a/mail.mbox"), file("b/mail.mbox"));
  EXPECT_NE(file("a/dns.zone"), file("b/dns.zone"));
}

TEST_F(Corpus, TruthNamesTheOctetsOfEachMessage) {
  CorpusOptions wanted = options(200, "c");
  wanted.eml = true;
  const CorpusSummary summary = write_corpus(wanted, {});
  const std::string mbox = file("c/mail.mbox");
  std::uint64_t end = 0;
  std::uint64_t index = 0;
  for (const json& row : rows("c/truth.ndjson")) {
    EXPECT_EQ(row["index"], index);
    const std::uint64_t offset = row["mbox_offset"];
    const std::uint64_t length = row["mbox_length"];
    // Between two messages lie a separator line and a postmark, nothing else.
    const std::string between = mbox.substr(end, offset - end);
    EXPECT_TRUE(between.starts_with(index == 0 ? "From " : "\nFrom ")) << between;
    EXPECT_EQ(std::count(between.begin(), between.end(), '\n'), index == 0 ? 1 : 2);
    end = offset + length;
    const std::string name = "c/eml/000/000" + std::to_string(1000 + index).substr(1) + ".eml";
    const std::string eml = file(name);
    EXPECT_EQ(eml, reference::network_line_ends(mbox.substr(offset, length)));
    EXPECT_NE(eml.find(row["message_id"].get<std::string>()), std::string::npos);
    const auto fields = reference::split_message(eml).fields;
    EXPECT_EQ(static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(),
                                                     [](const std::string& field) {
                                                       return field.starts_with("DKIM-") ||
                                                              field.starts_with("Dkim-");
                                                     })),
              row["signatures"].size());
    ++index;
  }
  EXPECT_EQ(index, 200U);
  EXPECT_EQ(mbox.substr(end), "\n");
  EXPECT_EQ(summary.mbox_bytes, mbox.size());
}

TEST_F(Corpus, HasNoLineThatAnMboxWouldQuote) {
  write_corpus(options(800, "d"), {});
  std::istringstream lines(file("d/mail.mbox"));
  std::size_t found = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 998U);
    const std::size_t start = line.find_first_not_of('>');
    if (start == std::string::npos || !line.substr(start).starts_with("From ")) continue;
    EXPECT_EQ(start, 0U) << line;
    ++found;
  }
  EXPECT_EQ(found, 800U);
}

TEST_F(Corpus, HasTheMix) {
  constexpr std::size_t kMessages = 3000;
  const CorpusSummary summary = write_corpus(options(kMessages, "e"), {});
  std::map<std::string, double> share;
  std::map<std::string, double> algorithms;
  std::set<std::string> canonicalizations;
  for (const json& row : rows("e/truth.ndjson")) {
    share[row["kind"]] += 100.0 / kMessages;
    for (const json& signature : row["signatures"]) {
      algorithms[signature["algorithm"]] += 1;
      canonicalizations.insert(signature["canonicalization"]);
    }
  }
  const std::map<std::string, double> wanted = {
      {"none", 88.8},        {"unsigned", 5},      {"body-altered", 2},
      {"header-altered", 1}, {"key-missing", 1},   {"key-revoked", 0.5},
      {"expired", 0.5},      {"body-appended", 1}, {"algorithm-obsolete", 0.2}};
  for (const auto& [kind, percent] : wanted) {
    // Four standard deviations of a count that is nearly Poisson.
    const double leeway = 4 * std::sqrt(percent * kMessages / 100) * 100 / kMessages;
    EXPECT_NEAR(share[kind], percent, leeway) << kind;
  }
  EXPECT_EQ(share.size(), wanted.size());
  EXPECT_EQ(canonicalizations.size(), 4U);
  EXPECT_EQ(algorithms.size(), 3U);
  const auto signatures = static_cast<double>(summary.signatures);
  EXPECT_NEAR(signatures / kMessages, 1.18, 0.05);
  EXPECT_NEAR(algorithms["ed25519-sha256"] / signatures, 0.053, 0.018);
}

TEST_F(Corpus, TruthFollowsFromTheKind) {
  write_corpus(options(1500, "f"), {});
  const std::map<std::string, json> reasons = {{"none", nullptr},
                                               {"body-appended", nullptr},
                                               {"body-altered", "body-hash-mismatch"},
                                               {"header-altered", "signature-mismatch"},
                                               {"key-missing", "no-key"},
                                               {"key-revoked", "key-revoked"},
                                               {"expired", "expired"},
                                               {"algorithm-obsolete", "algorithm-obsolete"}};
  const std::set<std::string> one_key = {"key-missing", "key-revoked", "expired",
                                         "algorithm-obsolete"};
  for (const json& row : rows("f/truth.ndjson")) {
    const std::string kind = row["kind"];
    const json& signatures = row["signatures"];
    EXPECT_EQ(signatures.empty(), kind == "unsigned");
    for (std::size_t i = 0; i < signatures.size(); ++i) {
      // The author's signature is the lowest; the others are whole if its key alone is bad.
      const bool is_author = i + 1 == signatures.size();
      const json reason = one_key.contains(kind) && !is_author ? json(nullptr) : reasons.at(kind);
      EXPECT_EQ(signatures[i]["reason"], reason) << row;
      EXPECT_EQ(signatures[i]["body_hash"], kind == "body-altered" ? "mismatch" : "match") << row;
      const bool has_key = reason != "no-key" && reason != "key-revoked";
      const json match = kind == "header-altered" ? "mismatch" : "match";
      EXPECT_EQ(signatures[i]["signature"], has_key ? match : json(nullptr)) << row;
    }
  }
}

TEST_F(Corpus, BothDnsFilesSayTheSame) {
  CorpusOptions wanted = options(1500, "g");
  wanted.domains = 40;
  const CorpusSummary summary = write_corpus(wanted, {});
  mailassay::dns::Evidence cof;
  mailassay::dns::Evidence zone;
  ASSERT_TRUE(cof.add_file(file("g/dns.ndjson"), "dns.ndjson"));
  ASSERT_TRUE(zone.add_file(file("g/dns.zone"), "dns.zone"));
  std::map<mailassay::dns::AnswerKind, int> kinds;
  std::set<std::string> names;
  for (const json& row : rows("g/truth.ndjson")) {
    for (const json& signature : row["signatures"]) {
      const std::string name = signature["selector"].get<std::string>() + "._domainkey." +
                               signature["domain"].get<std::string>();
      if (!names.insert(name).second) continue;
      const auto from_cof = cof.answer({name, mailassay::dns::Type::txt});
      const auto from_zone = zone.answer({name, mailassay::dns::Type::txt});
      ASSERT_EQ(from_cof.sightings.size(), from_zone.sightings.size()) << name;
      for (std::size_t i = 0; i < from_cof.sightings.size(); ++i) {
        EXPECT_EQ(from_cof.sightings[i].kind, from_zone.sightings[i].kind) << name;
        EXPECT_EQ(from_cof.sightings[i].rdata, from_zone.sightings[i].rdata) << name;
      }
      ++kinds[from_cof.sightings.at(0).kind];
    }
  }
  EXPECT_GT(kinds[mailassay::dns::AnswerKind::records], 70);
  EXPECT_GT(kinds[mailassay::dns::AnswerKind::no_such_name], 0);
  EXPECT_GT(kinds[mailassay::dns::AnswerKind::no_data], 0);
  EXPECT_EQ(kinds.size(), 3U) << "no name may be without evidence";
  EXPECT_GE(names.size(), summary.key_names * 9 / 10);
}

TEST_F(Corpus, OneDomainHasKeysOfEveryState) {
  CorpusOptions wanted = options(600, "h");
  wanted.domains = 1;
  write_corpus(wanted, {});
  std::set<std::string> kinds;
  for (const json& row : rows("h/truth.ndjson")) kinds.insert(row["kind"]);
  EXPECT_TRUE(kinds.contains("key-missing"));
}

TEST_F(Corpus, SaysWhatItCannotWrite) {
  const fs::path file_in_the_way = fs::path(testing::TempDir()) / "mkcorpus_file";
  std::ofstream(file_in_the_way).put('x');
  CorpusOptions wanted = options(1, "i");
  wanted.folder = file_in_the_way / "below";
  EXPECT_THROW(write_corpus(wanted, {}), WriteError);
  fs::remove(file_in_the_way);
}

}  // namespace
}  // namespace mkcorpus
