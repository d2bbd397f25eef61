// A scan gives the same octets whatever the number of threads, the memory, and the order in which
// DNS answers come. Real files, real sockets.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/scan.h"
#include "mkcorpus/corpus.h"
#include "support/hostile_server.h"
#include "support/temporary_directory.h"

namespace mailassay {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20U;
constexpr std::string_view kPostmark = "From a@example.com Mon May  1 10:00:00 2023\n";

std::string read_file(const std::string& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::size_t lines(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text) count += c == '\n' ? 1U : 0U;
  return count;
}

class ScanProperty : public testing::Test {
 protected:
  /// Scans and gives the rows back; every octet has to be accounted for.
  std::string rows(ScanOptions options) {
    options.output = folder_ / "rows.ndjson";
    options.evidence = true;
    const auto summary = scan(options);
    EXPECT_TRUE(summary) << summary.error().what;
    if (!summary) return {};
    for (const ByteAccount& account : summary->accounts) {
      EXPECT_EQ(account.message_bytes + account.gap_bytes + account.rejected_bytes, account.size);
    }
    const std::string text = read_file(options.output);
    EXPECT_EQ(lines(text), summary->messages);
    return text;
  }

  /// Rows are the same for each number of threads and each memory.
  void expect_same(ScanOptions options, const std::vector<unsigned>& threads,
                   const std::vector<std::uint64_t>& memories) {
    std::string first;
    for (const unsigned count : threads) {
      for (const std::uint64_t memory : memories) {
        options.threads = count;
        options.memory_bytes = memory;
        const std::string found = rows(options);
        ASSERT_FALSE(found.empty());
        if (first.empty()) first = found;
        ASSERT_TRUE(found == first) << count << " threads, " << memory << " octets of memory";
      }
    }
  }

  ScanOptions corpus(std::uint64_t messages) {
    mkcorpus::CorpusOptions options;
    options.messages = messages;
    options.seed = 11;
    options.folder = folder_ / "corpus";
    options.domains = 40;
    options.eml = true;
    mkcorpus::write_corpus(options, [](std::uint64_t) {});
    ScanOptions scanned;
    scanned.paths = {folder_ / "corpus/mail.mbox", folder_ / "corpus/eml"};
    return scanned;
  }

  test::TemporaryDirectory folder_;
};

TEST_F(ScanProperty, threads_and_memory_do_not_show) {
  ScanOptions options = corpus(700);
  options.dns_files = {folder_ / "corpus/dns.ndjson"};
  expect_same(options, {1, 2, 3, 4, 8}, {16 * kMiB, 64 * kMiB, 512 * kMiB});
}

/// A server that loses, delays and refuses by name.
test::HostileOptions hostile(const std::string& text, unsigned seed) {
  test::HostileOptions options;
  options.text = text;
  options.late_by = std::chrono::milliseconds(60);
  std::mt19937 random(seed);
  std::istringstream rows(text);
  for (std::string row; std::getline(rows, row);) {
    constexpr std::string_view kKey = "\"rrname\":\"";
    const std::size_t begin = row.find(kKey) + kKey.size();
    std::string name = row.substr(begin, row.find('"', begin) - begin);
    if (name.ends_with('.')) name.pop_back();
    constexpr test::Behaviour kBehaviours[] = {
        test::Behaviour::honest, test::Behaviour::late, test::Behaviour::truncate,
        test::Behaviour::drop_first, test::Behaviour::servfail};
    options.by_name[name] = kBehaviours[random() % std::size(kBehaviours)];
  }
  return options;
}

TEST_F(ScanProperty, a_replay_of_the_recording_gives_the_live_rows) {
  const ScanOptions base = corpus(300);
  const std::string dns = read_file(folder_ / "corpus/dns.ndjson");
  for (const unsigned threads : {1U, 2U, 4U}) {
    const test::HostileServer server(hostile(dns, threads));
    ScanOptions live = base;
    live.threads = threads;
    live.memory_bytes = 16 * kMiB;
    live.resolvers = {"127.0.0.1:" + std::to_string(server.port())};
    live.record_file = folder_ / "recorded.ndjson";
    const std::string live_rows = rows(live);
    EXPECT_GT(server.counts().udp_queries, 100U);
    EXPECT_NE(live_rows.find("dns-servfail"), std::string::npos);
    ScanOptions replay = base;
    replay.dns_files = {folder_ / "recorded.ndjson"};
    for (const unsigned replay_threads : {1U, 4U}) {
      replay.threads = replay_threads;
      ASSERT_TRUE(rows(replay) == live_rows) << threads << " threads, then " << replay_threads;
    }
  }
}

TEST_F(ScanProperty, many_tiny_messages) {
  constexpr std::size_t kMessages = 100000;
  std::string archive;
  for (std::size_t i = 0; i < kMessages; ++i) {
    std::string number = std::to_string(i);
    number.insert(0, 7 - number.size(), '0');
    archive.append(kPostmark).append("From: a@example.com\nSubject: message ");
    archive.append(number).append(
        "\n\n"
        "body\n\n");
  }
  ScanOptions options;
  options.offline = true;
  options.paths = {folder_.write("tiny.mbox", archive)};
  expect_same(options, {1, 2, 8}, {16 * kMiB, 512 * kMiB});
  EXPECT_EQ(lines(read_file(folder_ / "rows.ndjson")), kMessages);
}

TEST_F(ScanProperty, many_tiny_files) {
  for (int i = 0; i < 3000; ++i) {
    folder_.write("mail/" + std::to_string(i) + ".eml",
                  "From: a@example.com\nSubject: " + std::to_string(i) + "\n\nbody\n");
  }
  ScanOptions options;
  options.offline = true;
  options.paths = {folder_ / "mail"};
  expect_same(options, {1, 4}, {16 * kMiB, 512 * kMiB});
  EXPECT_EQ(lines(read_file(folder_ / "rows.ndjson")), 3000U);
}

/// A message of about `size` octets whose body has to be hashed.
std::string large_message(std::size_t size, std::mt19937& random) {
  std::string message =
      "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s; h=from;\n"
      " bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\n"
      "From: a@example.com\n\n";
  while (message.size() < size) {
    message.append(random() % 100, static_cast<char>('a' + random() % 26)).append(" \t\n");
    if (random() % 50 == 0) message.append("\n\n>From here\n\n");
  }
  return message;
}

TEST_F(ScanProperty, messages_larger_than_a_block_and_than_the_limit_for_whole_ones) {
  std::mt19937 random(5);
  std::string archive;
  // Whole messages end at 16 MiB with little memory, at 64 MiB with much.
  for (const std::uint64_t size : {std::uint64_t{1000}, 5 * kMiB, std::uint64_t{200}, 20 * kMiB,
                                   16 * kMiB, 4 * kMiB, 70 * kMiB, std::uint64_t{500}}) {
    archive.append(kPostmark).append(large_message(size, random)).append("\n");
  }
  ScanOptions options;
  options.offline = true;
  options.paths = {folder_.write("large.mbox", archive),
                   folder_.write("large.eml", large_message(70 * kMiB, random)),
                   folder_.write("small.eml", large_message(70, random))};
  expect_same(options, {1, 4}, {16 * kMiB, 512 * kMiB, 4096 * kMiB});
  EXPECT_EQ(lines(read_file(folder_ / "rows.ndjson")), 10U);
}

}  // namespace
}  // namespace mailassay
