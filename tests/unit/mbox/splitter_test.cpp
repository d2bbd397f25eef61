// Tables of archives and the texts of the messages in them.
#include "mbox/splitter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/exact_copy.h"

namespace mailassay::mbox {
namespace {

using Texts = std::vector<std::string>;

#define STRICT "From jo@example.com Mon Jan  5 10:00:00 2020"

Texts messages_of(std::string_view archive) {
  const test::ExactCopy copy(archive);
  Texts texts;
  for (const MessageRange& range : split(copy.view())) {
    texts.emplace_back(copy.view().substr(range.offset, range.length));
  }
  return texts;
}

struct Row {
  const char* what;
  std::string_view archive;
  Texts messages;
};

const Row kRows[] = {
    {"nothing", "", {}},
    {"no postmark", "Subject: x\n\nbody\n", {}},
    {"postmark alone", STRICT, {""}},
    {"postmark line alone", STRICT "\n", {""}},
    {"one message", STRICT "\nA: b\n\nc\n", {"A: b\n\nc\n"}},
    {"no line end at the end", STRICT "\nA: b\n\nc", {"A: b\n\nc"}},
    {"one empty line at the end is the separator's", STRICT "\nA: b\n\nc\n\n", {"A: b\n\nc\n"}},
    {"only one", STRICT "\nA: b\n\nc\n\n\n", {"A: b\n\nc\n\n"}},
    {"CRLF", STRICT "\r\nA: b\r\n\r\nc\r\n\r\n", {"A: b\r\n\r\nc\r\n"}},
    {"an empty line with CRLF behind LF", STRICT "\nA: b\n\r\n", {"A: b\n"}},
    {"the empty line is all there is", STRICT "\n\n", {""}},
    {"with CRLF", STRICT "\r\n\r\n", {""}},
    {"two", STRICT "\nA: b\n\nc\n\n" STRICT "\nD: e\n", {"A: b\n\nc\n", "D: e\n"}},
    {"two, CRLF",
     STRICT "\r\nA: b\r\n\r\nc\r\n\r\n" STRICT "\r\nD: e\r\n",
     {"A: b\r\n\r\nc\r\n", "D: e\r\n"}},
    {"CRLF header, LF body",
     STRICT "\r\nA: b\r\n\r\nc\n\n" STRICT "\r\nD: e\r\n",
     {"A: b\r\n\r\nc\n", "D: e\r\n"}},
    {"three empty lines", STRICT "\nA: b\n\n\n\n" STRICT "\nD: e\n", {"A: b\n\n\n", "D: e\n"}},
    {"no empty line", STRICT "\nA: b\n\nc\n" STRICT "\nD: e\n", {"A: b\n\nc\n", "D: e\n"}},
    {"postmark behind postmark", STRICT "\n" STRICT "\nD: e\n", {"", "D: e\n"}},
    {"empty message between", STRICT "\n\n" STRICT "\nD: e\n", {"", "D: e\n"}},
    {"message without header", STRICT "\nA: b\n\n" STRICT "\n\nbody\n", {"A: b\n", "\nbody\n"}},
    {"octets before the first postmark", "junk\n\n" STRICT "\nA: b\n", {"A: b\n"}},
    {"empty lines before the first postmark", "\n\n" STRICT "\nA: b\n", {"A: b\n"}},
    {"byte order mark", "\xEF\xBB\xBF" STRICT "\nA: b\n", {"A: b\n"}},
    {"a stray line stays in the message",
     "From - \n>From - Sat Apr 12 2025 15:59:28\nA: b\n\n" STRICT "\n>From x\nC: d\n",
     {">From - Sat Apr 12 2025 15:59:28\nA: b\n", ">From x\nC: d\n"}},
    {"quoting is left alone",
     STRICT "\nA: b\n\n>From here\n\n>>" STRICT "\nx\n",
     {"A: b\n\n>From here\n\n>>" STRICT "\nx\n"}},
    {"gmail", "From 1844@xxx\nA: b\n\nFrom 1845@xxx\nC: d\n", {"A: b\n", "C: d\n"}},
    {"Netscape without empty line",
     "From - \nA: b\n\nx\nFrom - \nC: d\n",
     {"A: b\n\nx\n", "C: d\n"}},
    {"a weak form at the file's end", "From - \nA: b\n\nFrom MAILER-DAEMON", {"A: b\n", ""}},
    {"blanks before the colon",
     "From - \nA: b\n\nFrom jo@example.com\nC : d\n",
     {"A: b\n", "C : d\n"}},
};

/// Bodies that must not split a message.
constexpr std::string_view kBodies[] = {
    "From here on we go\n",
    "From here on: we go\nX: y\n",
    "From Russia with love\nYear: 1963\n",
    "From jo@example.com\nwe heard\n",
    "From jo@example.com\n\nwe heard\n",
    "From jo@example.com\nhttp://example.com/\n",
    "From jo@example.com\nhttps://example.com/\n",
    "From jo@example.com\n>From: x\n",
    "From jo@example.com\n: x\n",
    "From jo@example.com\nTwo words: x\n",
    "From jo@example.com\n(see: x)\n",
    "From - \nprose\n",
    "From 1844@xxx\nprose\n",
    "From \nprose\n",
    "x\nFrom jo@example.com\nA: b\n",
    "x\nFrom 1844@xxx\nA: b\n",
    "x\nFrom -\nA: b\n",
    "x\nFrom MAILER-DAEMON\nA: b\n",
    "x\nFrom - 2025-04-12T15:59:28\nA: b\n",
    "x\n" STRICT "\nprose, not a field\n",
    "x\n" STRICT "\n\nprose\n",
    "x\n" STRICT "\n",
    "x\n" STRICT,
    "x\rFrom jo@example.com Mon Jan  5 10:00:00 2020\rA: b\r",
    " " STRICT "\nA: b\n",
    ">" STRICT "\nA: b\n",
    "x " STRICT "\nA: b\n",
};

TEST(Splitter, FindsExactRanges) {
  for (const Row& row : kRows) EXPECT_EQ(messages_of(row.archive), row.messages) << row.what;
}

TEST(Splitter, DoesNotSplitProse) {
  for (const std::string_view body : kBodies) {
    const std::string message = "A: b\n\n" + std::string(body);
    EXPECT_EQ(messages_of(STRICT "\n" + message), Texts{message}) << body;
    std::string crlf;
    for (const char c : message) crlf += c == '\n' ? "\r\n" : std::string(1, c);
    EXPECT_EQ(messages_of(STRICT "\r\n" + crlf), Texts{crlf}) << body;
  }
}

TEST(Splitter, LimitsAFieldName) {
  const std::string name(kMaxFieldNameBytes - 1, 'x');
  EXPECT_TRUE(looks_like_field(name + ":"));
  EXPECT_TRUE(looks_like_field(name + std::string(kMaxFieldNameBytes - 1, ' ') + ":"));
  EXPECT_FALSE(looks_like_field(name + std::string(kMaxFieldNameBytes, ' ') + ":"));
  EXPECT_FALSE(looks_like_field(name + "x:"));
  EXPECT_FALSE(looks_like_field(name));
  EXPECT_FALSE(looks_like_field(""));
}

TEST(Splitter, TakesOneEmptyLineOffTheEnd) {
  EXPECT_EQ(trailing_empty_line(""), 0U);
  EXPECT_EQ(trailing_empty_line("\n"), 1U);
  EXPECT_EQ(trailing_empty_line("\r\n"), 2U);
  EXPECT_EQ(trailing_empty_line("a\n"), 0U);
  EXPECT_EQ(trailing_empty_line("a\r\n"), 0U);
  EXPECT_EQ(trailing_empty_line("\n\n"), 1U);
  EXPECT_EQ(trailing_empty_line("\n\r\n"), 2U);
  EXPECT_EQ(trailing_empty_line("\r\r\n"), 0U);
  EXPECT_EQ(trailing_empty_line("a"), 0U);
}

TEST(Splitter, ReportsNothingThatOctetsBehindTheWindowCouldChange) {
  const std::string archive = STRICT "\nA: b\n\nc\n\nFrom jo@example.com\nD: e\n";
  const std::size_t postmark = archive.rfind("From ");
  const std::size_t decided = archive.size() - 2;  // the blank behind the colon
  for (std::size_t size = 60; size <= archive.size(); ++size) {
    const test::ExactCopy window(std::string_view(archive).substr(0, size));
    const Search search = find_separator(window.view(), 45, {true, false});
    EXPECT_EQ(search.found.has_value(), size >= decided) << size;
    if (search.found) {
      EXPECT_EQ(*search.found,
                (Separator{postmark - 1, postmark, postmark + 20, PostmarkForm::tolerant}));
      EXPECT_EQ(search.resume, postmark + 20);
    } else {
      EXPECT_LE(search.resume, postmark) << size;
      EXPECT_LE(search.resume, size) << size;
    }
  }
}

TEST(Splitter, MovesOnWhenTheWindowIsLargeEnough) {
  std::string window = "x\n\nFrom ";
  window += std::string(kLookAheadBytes, 'y');
  const Search search = find_separator(window, 3, {false, false});
  EXPECT_FALSE(search.found);
  EXPECT_EQ(search.resume, window.size());
}

TEST(Splitter, GivesAShardTheMessagesWhosePostmarkBeginsInIt) {
  const std::string_view archive = STRICT "\nA: b\n\n" STRICT "\nC: d\n";
  const std::size_t second = archive.rfind("From ");
  EXPECT_EQ(split(archive, 0, second).size(), 1U);
  EXPECT_EQ(split(archive, 1, second).size(), 0U);
  EXPECT_EQ(split(archive, 1, second + 1).size(), 1U);
  EXPECT_EQ(split(archive, second, second + 1).size(), 1U);
  EXPECT_EQ(split(archive, second + 1).size(), 0U);
  EXPECT_EQ(split(archive, archive.size()).size(), 0U);
  EXPECT_EQ(split(archive, 0, 0).size(), 0U);
}

}  // namespace
}  // namespace mailassay::mbox
