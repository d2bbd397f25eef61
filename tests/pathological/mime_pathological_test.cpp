// Mail that attacks whoever reads its structure. Alone, libmimetic takes 6 s for a header line of
// 1 MB or for 100,000 parameters, and a nesting of 100,000 ends the process.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <string>

#include "support/kind_case.h"

namespace mailassay {
namespace {

bool has_note(const kind::KindFacts& facts, kind::Note note) {
  return std::find(facts.notes.begin(), facts.notes.end(), note) != facts.notes.end();
}

/// Reads; fails if it takes a second of the processor or more: other work on it does not count.
kind::KindFacts within_a_second(const std::string& text) {
  const std::clock_t start = std::clock();
  kind::KindFacts facts = test::kind_facts(text);
  EXPECT_LT(std::clock() - start, CLOCKS_PER_SEC);
  return facts;
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

const std::string kReport =
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n";
const std::string kReportBody =
    "\n--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; "
    "a.example\n\n"
    "Final-Recipient: rfc822; b@example.org\nAction: failed\nStatus: 5.1.1\n--b--\n";

TEST(MimePathological, HeaderLineOfAMegabyte) {
  for (const std::string name : {"X-Long: ", "To: ", "Content-Disposition: a; x="}) {
    const auto facts =
        within_a_second(name + std::string(1 << 20, 'x') + "\n" + kReport + kReportBody);
    EXPECT_EQ(facts.kind, kind::Kind::dsn) << name;
    EXPECT_TRUE(has_note(facts, kind::Note::mime_limit)) << name;
  }
  const auto facts = within_a_second("Content-Type: multipart/report; x=\"" +
                                     std::string(1 << 20, 'x') + "\"\n" + kReportBody);
  EXPECT_EQ(facts.kind, kind::Kind::ordinary);
}

TEST(MimePathological, HundredThousandParameters) {
  const std::string parameters = repeated("; a=b", 100000);
  auto facts = within_a_second("Content-Type: multipart/report" + parameters + "\n" + kReportBody);
  EXPECT_EQ(facts.kind, kind::Kind::ordinary);
  // Ten thousand fit into a field, and are over the limit of parameters.
  facts =
      within_a_second("Content-Type: multipart/report; report-type=delivery-status; boundary=b" +
                      repeated("; a=b", 10000) + "\n" + kReportBody);
  EXPECT_EQ(facts.kind, kind::Kind::dsn);
  EXPECT_TRUE(has_note(facts, kind::Note::mime_limit));
  ASSERT_TRUE(facts.dsn);
  EXPECT_EQ(facts.dsn->recipients.size(), 1U);
}

TEST(MimePathological, HundredThousandRecipients) {
  const auto facts = within_a_second("To: " + repeated("a@example.org,\n ", 100000) + "b@c.org\n" +
                                     kReport + kReportBody);
  EXPECT_EQ(facts.kind, kind::Kind::dsn);
  EXPECT_TRUE(has_note(facts, kind::Note::mime_limit));
}

TEST(MimePathological, NestingOfAHundredThousand) {
  std::string text = kReport + "\n";
  for (int i = 0; i < 100000; ++i) {
    const std::string level = i == 0 ? "b" : std::to_string(i);
    text += "--" + level + "\nContent-Type: multipart/mixed; boundary=" + std::to_string(i + 1) +
            "\n\n";
  }
  const auto facts = within_a_second(text);
  EXPECT_EQ(facts.kind, kind::Kind::dsn);
  EXPECT_TRUE(has_note(facts, kind::Note::mime_limit));
}

TEST(MimePathological, AMillionParts) {
  const auto facts = within_a_second(kReport + "\n" + repeated("--b\n\n", 1000000));
  EXPECT_TRUE(has_note(facts, kind::Note::mime_limit));
}

TEST(MimePathological, BoundariesThatNearlyMatch) {
  std::string text = kReport + "\n--b\n";
  for (int i = 0; i < 60; ++i) {
    const std::string boundary = std::string(1000, 'x') + std::to_string(i);
    text += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  text += "\n" + repeated("--" + std::string(1000, 'x') + "\n", 5000);
  EXPECT_EQ(within_a_second(text).kind, kind::Kind::dsn);
}

TEST(MimePathological, HyphensAndPartHeadersWithoutEnd) {
  within_a_second("Content-Type: multipart/mixed; boundary=b\n\n" + std::string(10 << 20, '-'));
  within_a_second("Content-Type: multipart/mixed; boundary=b\n\n" + repeated("-\n--x\n", 1000000));
  const auto facts = within_a_second(kReport + "\n--b\n" + repeated("X: y\n", 1000000));
  EXPECT_TRUE(has_note(facts, kind::Note::mime_limit));
  within_a_second(kReport + "\n" + repeated("--b\nX: y\n", 500000));
}

TEST(MimePathological, QuotesAndCommentsWithoutEnd) {
  for (const char* piece : {"(", "\"", "\\", "\"\\", "(\\", ";\"", "a*0=\"", "%"}) {
    const std::string text =
        "Content-Type: multipart/report; boundary=" + repeated(piece, 30000) + "\n" + kReportBody;
    within_a_second(text);
  }
}

TEST(MimePathological, BouncesOfAMillionRecipients) {
  const std::string recipient =
      "\nFinal-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n"
      "Diagnostic-Code: smtp; 550 5.1.1 user unknown\n";
  const auto facts = within_a_second(
      kReport + "\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n" +
      repeated(recipient, 100000) + "--b--\n");
  EXPECT_EQ(facts.kind, kind::Kind::dsn);
  EXPECT_TRUE(has_note(facts, kind::Note::cut));
  ASSERT_TRUE(facts.dsn);
  EXPECT_EQ(facts.dsn->recipients.size(), Limits().dsn_recipients);
  within_a_second("From: MAILER-DAEMON@a\n\nHi. This is the qmail-send program at a.\n\n" +
                  repeated("<a@b.org>:\n", 1000000));
  within_a_second("From: MAILER-DAEMON@a\nX-Failed-Recipients: " + repeated("a@b.org,", 1000000) +
                  "\n\ntext\n");
}

}  // namespace
}  // namespace mailassay
