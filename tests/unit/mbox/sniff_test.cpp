#include "mbox/sniff.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::mbox {
namespace {

using std::string_view_literals::operator""sv;

struct Row {
  std::string_view head;
  Content content;
  std::size_t offset;
};

const Row kRows[] = {
    {"From jo@example.com Mon Jan  5 10:00:00 2020\nA: b\n", Content::mbox, 0},
    {"\xEF\xBB\xBF"
     "From - \nA: b\n",
     Content::mbox, 3},
    {"\n\nFrom jo@example.com Mon Jan  5 10:00:00 2020\nA: b\n", Content::mbox, 2},
    {"From 1844347839636459560@xxx\r\nA: b\r\n", Content::mbox, 0},
    {"Received: from x\n\nbody", Content::message, 0},
    {"\xEF\xBB\xBFSubject: x\n", Content::message, 3},
    {"Subject : x\n", Content::message, 0},
    {"Subject:x\r\ny\rz\n", Content::message, 0},
    {"Subject: a\nX: \0\n"sv, Content::message, 0},
    {"From: jo@example.com\n", Content::message, 0},
    {"Subject: \x1B$B$3$s\x1B(B\n", Content::message, 0},
    {">From jo@example.com Mon Jan  5 10:00:00 2020\nA: b\n", Content::message, 0},
    {"1234\nSubject: x\n", Content::emlx, 5},
    {"1234      \nSubject: x\n", Content::emlx, 11},
    {"7\r\nSubject: x\r\n", Content::emlx, 3},
    {"123456789012345\n>From x\n", Content::emlx, 16},
    {"1234567890123456\nSubject: x\n", Content::binary, 0},
    {"1234\nDear Jo,\n", Content::binary, 0},
    {"1234\n\nSubject: x\n", Content::binary, 0},
    {"1234: x\nSubject: x\n", Content::message, 0},
    {"12 34\nSubject: x\n", Content::binary, 0},
    {"1234", Content::binary, 0},
    {"", Content::empty, 0},
    {" ", Content::empty, 0},
    {"\n\r\n\t\n", Content::empty, 0},
    {"\xEF\xBB\xBF\n", Content::empty, 0},
    {"From here on we go.\n", Content::binary, 0},
    {"Dear Jo,\n", Content::binary, 0},
    {"Dear Jo: hello\n", Content::binary, 0},
    {"22\n", Content::binary, 0},
    {": x\n", Content::binary, 0},
    {"https://example.com/\n", Content::binary, 0},
    {"{\"a\":1}\n", Content::binary, 0},
    {"<?xml version=\"1.0\"?>\n", Content::binary, 0},
    {"\nSubject: x\n", Content::binary, 0},
    {"Subject\0: x\n"sv, Content::binary, 7},
    {"Subject: \x01\n", Content::binary, 9},
    {"\x7F"
     "ELF\n",
     Content::binary, 0},
    {"From jo@example.com Mon Jan  5 10:00:00 2020\rA: b\r", Content::binary, 44},
    {"\x1F\x8B\x08", Content::binary, 0},
    {"PK\x03\x04", Content::binary, 0},
    {"\xFF\xFE"
     "F\0r\0"sv,
     Content::binary, 0},
};

TEST(Sniff, TellsWhatAFileHolds) {
  for (const Row& row : kRows) {
    const test::ExactCopy copy(row.head);
    const Sniffed sniffed = sniff(copy.view());
    EXPECT_EQ(static_cast<int>(sniffed.content), static_cast<int>(row.content)) << row.head;
    EXPECT_EQ(sniffed.offset, row.offset) << row.head;
    EXPECT_FALSE(sniffed.reason.empty()) << row.head;
  }
}

TEST(Sniff, SaysWhyInWordsThatFitTheFile) {
  EXPECT_EQ(sniff("notes\n").reason, "the first line is neither a postmark nor a header field");
  EXPECT_EQ(sniff("a\0"sv).reason, "a control octet stands in the first line");
  EXPECT_EQ(sniff("\x1F\x8B").reason, "it is compressed (gzip)");
  EXPECT_EQ(sniff("a\rb\rc").reason, "the lines end in a bare CR");
}

}  // namespace
}  // namespace mailassay::mbox
