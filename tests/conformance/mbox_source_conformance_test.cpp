// Mailboxes of other people's test suites, read as a scan reads them: with Content-Length.
//
// One rule of ours differs from MimeKit's and is asserted as a difference: it takes the line end
// before a postmark off the message even where no empty line stands there and Content-Length is
// stale; ours takes off an empty line, or what a proven Content-Length leaves, and nothing else.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/source.h"
#include "support/conformance_dir.h"
#include "support/temporary_directory.h"

namespace mailassay::engine {
namespace {

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

struct Split {
  std::vector<Origin> messages;
  MboxCounts mboxes;
};

Split split(const std::string& path) {
  ScanOptions options;
  options.paths = {path};
  Source source(options, {});
  Split found;
  while (const auto batch = source.next()) {
    for (const BatchMessage& message : batch->messages) found.messages.push_back(message.origin);
  }
  EXPECT_EQ(source.problem_count(), 0U);
  const ByteAccount& account = source.accounts()[0];
  EXPECT_EQ(account.message_bytes + account.gap_bytes + account.rejected_bytes, account.size);
  found.mboxes = source.mbox_counts();
  return found;
}

/// `differing`: the messages that end a line end later than theirs.
void check(const std::string& name, const std::string& line_ends,
           const std::vector<std::size_t>& differing, std::uint64_t believed) {
  MAILASSAY_SUITE(suite, "mimekit/mbox");
  SCOPED_TRACE(name + " " + line_ends);
  const test::TemporaryDirectory folder;
  std::string archive = test::read_file(suite / (name + ".mbox.txt"));
  if (line_ends == "dos") archive = with_crlf(archive);
  const nlohmann::json expected =
      nlohmann::json::parse(test::read_file(suite / (name + "." + line_ends + "-offsets.json")));
  const Split found = split(folder.write("mbox", archive));
  ASSERT_EQ(found.messages.size(), expected.size());
  std::vector<std::size_t> differences;
  for (std::size_t index = 0; index < found.messages.size(); ++index) {
    const Origin& origin = found.messages[index];
    EXPECT_EQ(origin.offset, expected[index]["beginOffset"]) << index;
    const std::uint64_t end = origin.offset + origin.length;
    if (end == expected[index]["endOffset"]) continue;
    differences.push_back(index);
    const std::size_t line_end = line_ends == "dos" ? 2 : 1;
    EXPECT_EQ(end, expected[index]["endOffset"].get<std::uint64_t>() + line_end) << index;
    EXPECT_EQ(archive.substr(end, 5), "From ") << index;
  }
  EXPECT_EQ(differences, differing);
  EXPECT_EQ(found.mboxes.lengths_believed, believed);
}

TEST(MimeKitMboxAsScanned, offsets_with_content_length) {
  // Content-Length of 0, 1, 2 and 4 is stale; that of 4 is followed by an empty line.
  check("content-length", "unix", {0, 1, 2}, 25);
  // With CRLF every Content-Length is stale.
  check("content-length", "dos", {0, 1, 2, 8, 9, 11, 14, 18, 20, 26}, 0);
}

TEST(MimeKitMboxAsScanned, offsets_without_content_length) {
  check("issue1189", "unix", {}, 0);
  check("issue1189", "dos", {}, 0);
}

TEST(Mime4jMboxAsScanned, messages_are_those_beside_the_mbox) {
  MAILASSAY_SUITE(suite, "mime4j/mbox/src/test/resources/test-1");
  const std::string path = (suite / "mbox.rlug").string();
  const std::string archive = test::read_file(path);
  const Split found = split(path);
  ASSERT_EQ(found.messages.size(), 5U);
  for (std::size_t index = 0; index < 5; ++index) {
    const std::string message = test::read_file(path + "-" + std::to_string(index));
    const Origin& origin = found.messages[index];
    // Theirs keeps the empty line before the next postmark.
    EXPECT_EQ(archive.substr(origin.offset, message.size()), message) << index;
    EXPECT_LE(message.size() - origin.length, 2U) << index;
  }
}

TEST(SisimaiMboxAsScanned, messages) {
  MAILASSAY_SUITE(suite, "sisimai/mailbox");
  EXPECT_EQ(split((suite / "mbox-0").string()).messages.size(), 37U);
  EXPECT_EQ(split((suite / "mbox-1").string()).messages.size(), 1U);
}

}  // namespace
}  // namespace mailassay::engine
