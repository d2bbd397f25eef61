#include "engine/source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/temporary_directory.h"

namespace mailassay::engine {
namespace {

constexpr std::string_view kPostmark = "From a@example.com Mon May  1 10:00:00 2023\n";
constexpr std::string_view kMessage = "From: a@example.com\nSubject: hello\n\nbody\n";

std::string archive(std::size_t messages) {
  std::string text;
  for (std::size_t i = 0; i < messages; ++i) text.append(kPostmark).append(kMessage).append("\n");
  return text;
}

void expect_sums(const Source& source) {
  for (const ByteAccount& account : source.accounts()) {
    EXPECT_EQ(account.message_bytes + account.gap_bytes + account.rejected_bytes,
              account.size - account.packed_bytes + account.unpacked_bytes)
        << account.path;
  }
}

class SourceTest : public testing::Test {
 protected:
  test::TemporaryDirectory folder_;
  ScanOptions options_;
};

TEST_F(SourceTest, hands_on_the_octets_of_each_message) {
  options_.paths = {folder_.write("a.mbox", archive(600)), folder_.write("b.eml", kMessage)};
  Source source(options_, {});
  std::size_t messages = 0;
  std::uint64_t number = 0;
  while (const auto batch = source.next()) {
    EXPECT_EQ(batch->number, number++);
    EXPECT_LE(batch->messages.size(), kBatchMessages);
    for (const BatchMessage& message : batch->messages) {
      EXPECT_EQ(message.bytes, kMessage);
      EXPECT_EQ(message.origin.length, kMessage.size());
      ++messages;
    }
  }
  EXPECT_EQ(messages, 601U);
  EXPECT_EQ(source.problem_count(), 0U);
  expect_sums(source);
}

TEST_F(SourceTest, a_byte_order_mark_is_no_part_of_a_message) {
  const std::string marked = "\xEF\xBB\xBF" + std::string(kMessage);
  options_.paths = {folder_.write("a.eml", marked)};
  Source source(options_, {});
  const auto batch = source.next();
  ASSERT_NE(batch, nullptr);
  ASSERT_EQ(batch->messages.size(), 1U);
  EXPECT_EQ(batch->messages[0].bytes, kMessage);
  EXPECT_EQ(batch->messages[0].origin.offset, 3U);
  EXPECT_EQ(source.next(), nullptr);
  EXPECT_EQ(source.accounts()[0].gap_bytes, 3U);
  expect_sums(source);
}

TEST_F(SourceTest, small_files_share_a_block) {
  for (int i = 0; i < 100; ++i) folder_.write("mail/" + std::to_string(i) + ".eml", kMessage);
  options_.paths = {folder_ / "mail"};
  Source source(options_, {});
  const auto batch = source.next();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->messages.size(), 100U);
  std::set<const char*> places;
  for (const BatchMessage& message : batch->messages) {
    EXPECT_EQ(message.bytes, kMessage);
    places.insert(message.bytes.data());
  }
  EXPECT_EQ(places.size(), 100U);
  EXPECT_EQ(source.next(), nullptr);
  expect_sums(source);
}

TEST_F(SourceTest, octets_stay_while_the_next_batch_is_read) {
  options_.paths = {folder_.write("a.mbox", archive(200)), folder_.write("b.mbox", archive(300)),
                    folder_.write("c.mbox", archive(100000))};
  Source source(options_, {});
  std::vector<std::unique_ptr<Batch>> held;
  while (auto batch = source.next()) held.push_back(std::move(batch));
  std::size_t messages = 0;
  for (const auto& batch : held) {
    for (const BatchMessage& message : batch->messages) {
      ASSERT_EQ(message.bytes, kMessage);
      ++messages;
    }
  }
  EXPECT_EQ(messages, 100500U);
  expect_sums(source);
}

TEST_F(SourceTest, a_stop_leaves_an_account_that_adds_up) {
  std::stop_source stop;
  options_.stop = stop.get_token();
  options_.paths = {folder_.write("a.mbox", archive(100000)), folder_.write("b.mbox", archive(1))};
  Source source(options_, {});
  ASSERT_TRUE(source.next());
  stop.request_stop();
  EXPECT_EQ(source.next(), nullptr);
  EXPECT_EQ(source.next(), nullptr);
  EXPECT_EQ(source.problem_count(), 0U);
  ASSERT_EQ(source.accounts().size(), 1U);
  EXPECT_EQ(source.accounts()[0].messages, kBatchMessages);
  EXPECT_EQ(source.accounts()[0].size, archive(100000).size());
  expect_sums(source);
}

TEST_F(SourceTest, own_outputs_are_passed_over_below_a_folder_and_refused_by_name) {
  folder_.write("mail/a.mbox", archive(1));
  const std::string output = folder_.write("mail/rows", archive(5));
  struct stat status {};
  ASSERT_EQ(::stat(output.c_str(), &status), 0);
  options_.paths = {folder_ / "mail", output};
  Source source(options_, {FileId(status.st_dev, status.st_ino)});
  const auto batch = source.next();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->messages.size(), 1U);
  EXPECT_EQ(source.next(), nullptr);
  ASSERT_EQ(source.problem_count(), 1U);
  EXPECT_EQ(source.problems()[0].path, output);
  EXPECT_EQ(source.problems()[0].what, "is an output of this scan");
}

TEST_F(SourceTest, what_is_no_mail_is_a_problem_and_a_rejected_size) {
  const std::string prose = folder_.write("prose", "Dear all,\n\nhello\n");
  options_.paths = {prose, folder_ / "absent", folder_.write("empty", "")};
  Source source(options_, {});
  EXPECT_EQ(source.next(), nullptr);
  ASSERT_EQ(source.problem_count(), 3U);
  EXPECT_EQ(source.problems()[0].offset, 0U);
  EXPECT_EQ(source.problems()[1].offset, std::nullopt);
  ASSERT_EQ(source.accounts().size(), 3U);
  EXPECT_EQ(source.accounts()[0].rejected_bytes, 17U);
  EXPECT_EQ(source.accounts()[1].files, 0U);
  expect_sums(source);
}

}  // namespace
}  // namespace mailassay::engine
