// Mailboxes of other people's test suites, and where their messages lie.
//
// Two rules of ours differ from those of the sources, and are asserted as differences:
//   MimeKit   takes the line end before a postmark off the message even if no empty line stands
//             there; ours takes off an empty line and nothing else, since those octets are signed.
//   mime4j    leaves the empty line before a postmark to the message.
// Content-Length is not read here: mbox_source_conformance_test has it.
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mbox/splitter.h"
#include "support/conformance_dir.h"
#include "support/exact_copy.h"
#include "support/mbox_reference.h"

namespace mailassay::mbox {
namespace {

using Messages = std::vector<MessageRange>;

/// Splits, and holds the result against the line-by-line rules and the account of all octets.
Messages split_checked(std::string_view archive) {
  const test::ExactCopy copy(archive);
  const Messages messages = split(copy.view());
  EXPECT_EQ(messages, test::split_by_lines(archive));
  EXPECT_EQ(test::account_error(archive, messages), "");
  return messages;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

void check_mimekit(const std::filesystem::path& suite, const std::string& name,
                   const std::string& line_ends, std::size_t without_empty_line) {
  SCOPED_TRACE("mimekit/mbox/" + name + " " + line_ends);
  std::string archive = test::read_file(suite / (name + ".mbox.txt"));
  if (line_ends == "dos") archive = with_crlf(archive);
  const std::string_view line_end = line_ends == "dos" ? "\r\n" : "\n";
  const nlohmann::json expected =
      nlohmann::json::parse(test::read_file(suite / (name + "." + line_ends + "-offsets.json")));
  const Messages messages = split_checked(archive);
  ASSERT_EQ(messages.size(), expected.size());
  std::size_t differences = 0;
  for (std::size_t index = 0; index < messages.size(); ++index) {
    SCOPED_TRACE(index);
    const MessageRange& message = messages[index];
    EXPECT_EQ(message.postmark, expected[index]["mboxMarkerOffset"]);
    EXPECT_EQ(message.offset, expected[index]["beginOffset"]);
    const std::uint64_t theirs = expected[index]["endOffset"];
    const std::uint64_t ours = message.offset + message.length;
    // Theirs ends before the line end of the last line, ours behind it.
    if (ours != theirs && ++differences != 0) {
      EXPECT_EQ(ours, theirs + line_end.size());
      EXPECT_NE(archive[theirs - 1], '\n');
      EXPECT_EQ(archive.substr(theirs, line_end.size() + 5), std::string(line_end) + "From ");
    }
    const std::uint64_t headers_end = expected[index]["headersEndOffset"];
    EXPECT_EQ(archive.substr(headers_end - 2 * line_end.size(), 2 * line_end.size()),
              std::string(line_end) + std::string(line_end));
  }
  EXPECT_EQ(differences, without_empty_line);
}

TEST(MimeKitMbox, FindsEachMessageOfContentLength) {
  MAILASSAY_SUITE(suite, "mimekit/mbox");
  for (const char* line_ends : {"unix", "dos"})
    check_mimekit(suite, "content-length", line_ends, 10);
}

TEST(MimeKitMbox, FindsEachMessageOfIssue1189) {
  MAILASSAY_SUITE(suite, "mimekit/mbox");
  for (const char* line_ends : {"unix", "dos"}) check_mimekit(suite, "issue1189", line_ends, 0);
}

TEST(MimeKitMbox, LeavesUnmungedLinesInTheBody) {
  MAILASSAY_SUITE(suite, "mimekit/mbox");
  const std::string archive = test::read_file(suite / "unmunged.mbox.txt");
  const Messages messages = split_checked(archive);
  ASSERT_EQ(messages.size(), 2U);
  for (const MessageRange& message : messages) {
    const std::string text = archive.substr(message.offset, message.length);
    EXPECT_EQ(text.substr(0, 6), "From: ");
    EXPECT_NE(text.find("\n\nFrom Russia with love\n"), std::string::npos);
  }
  EXPECT_EQ(messages[0].postmark, 3U);  // behind the byte order mark
}

TEST(GmimeMbox, FindsTheMessagesAtTheOffsetsThatItPrints) {
  MAILASSAY_SUITE(gmime, "gmime/mbox");
  const std::string archive = test::read_file(gmime / "input/substring.mbox");
  const std::string printed = test::read_file(gmime / "output/substring.mbox");
  const Messages messages = split_checked(archive);
  ASSERT_EQ(messages.size(), 3U);
  for (const MessageRange& message : messages) {
    const std::string line = "message offsets: " + std::to_string(message.postmark) + ", " +
                             std::to_string(message.offset + message.length) +
                             "\nheader offsets: " + std::to_string(message.offset) + ", ";
    EXPECT_NE(printed.find(line), std::string::npos) << line;
  }
}

TEST(GmimeMbox, IsTheSameAsSimpleOfMimeKit) {
  MAILASSAY_SUITE(gmime, "gmime/mbox");
  MAILASSAY_SUITE(mimekit, "mimekit/mbox");
  EXPECT_EQ(split_checked(test::read_file(gmime / "input/substring.mbox")),
            split_checked(test::read_file(mimekit / "simple.mbox.txt")));
}

TEST(Mime4jMbox, GivesTheFilesBesideTheMailbox) {
  MAILASSAY_SUITE(suite, "mime4j/mbox/src/test/resources/test-1");
  const std::string archive = test::read_file(suite / "mbox.rlug");
  const Messages messages = split_checked(archive);
  ASSERT_EQ(messages.size(), 5U);
  for (std::size_t index = 0; index < messages.size(); ++index) {
    const std::string theirs = test::read_file(suite / ("mbox.rlug-" + std::to_string(index)));
    EXPECT_EQ(archive.substr(messages[index].offset, messages[index].length) + "\n", theirs)
        << index;
  }
}

TEST(SisimaiMailbox, FindsEachMessage) {
  MAILASSAY_SUITE(suite, "sisimai/mailbox");
  struct Row {
    const char* name;
    std::size_t messages;
  };
  constexpr std::array kRows = {Row{"mbox-0", 37}, Row{"mbox-1", 1}, Row{"size-0", 0},
                                Row{"size-1", 0}, Row{"size-2", 0}};
  for (const Row& row : kRows) {
    const std::string archive = test::read_file(suite / row.name);
    EXPECT_EQ(split_checked(archive).size(), row.messages) << row.name;
  }
}

}  // namespace
}  // namespace mailassay::mbox
