// What a person is told. Every line comes from a message or from the table of reasons.
#include "report/explain.h"

#include <gtest/gtest.h>

#include <string>

#include "mailassay/verdict.h"
#include "support/growing_view.h"
#include "support/signed_message.h"

namespace mailassay::report {
namespace {

std::string explain(const std::string& message, const dns::View& view) {
  dns::Needs needs;
  const Dossier dossier = digest({message});
  const auto verdict = judge(dossier, view, needs, {});
  EXPECT_TRUE(verdict);
  return verdict ? explain_text({"a.mbox", "", 3, 17, message.size()}, dossier, *verdict) : "";
}

test::GrowingView table() {
  test::GrowingView made;
  made.add_txt("s1._domainkey.example.com", test::plain_key_record());
  return made;
}

void expect_lines(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t at = 0;
  for (const std::string& part : parts) {
    const std::size_t found = text.find(part, at);
    ASSERT_NE(found, std::string::npos) << part << "\nis not in\n" << text.substr(at);
    at = found + part.size();
  }
}

TEST(Explain, APass) {
  const std::string text = explain(test::signed_plain_message(), table());
  expect_lines(text, {"Message 3 of a.mbox\n", "from offset 17\n", "Message-ID <1@example.com>\n",
                      "From       jo@example.com\n", "Subject    one  two\n",
                      "Date       2024-01-01T09:59:58Z\n",
                      "Received   2024-01-01T10:00:00Z (the border hop)\n",
                      "DKIM-Signature 1 of 1: d=example.com s=s1 b=",
                      "1 field       well-formed; "
                      "rsa-sha256, relaxed/relaxed\n",
                      "signs from:subject\n",
                      "2 body hash   match: ", "3 key         TXT s1._domainkey.example.com\n",
                      "rsa of 2048 bits\n", "v=DKIM1; p=", "source zone, undated\n",
                      "4 signature   match: b= signs header hash ",
                      "= pass: the signature verifies [RFC6376 6.1]\n"});
}

TEST(Explain, Failures) {
  expect_lines(explain(test::signed_plain_message() + "more", table()),
               {"2 body hash   MISMATCH\n", "bh= says ", "this body ", "4 signature   match",
                "= fail (body-hash-mismatch): "});
  expect_lines(explain(test::signed_plain_message(test::with_tags("l=1000")), table()),
               {"2 body hash   not checked: l=1000 and the canonical body has ",
                "= permerror (body-length-exceeds)"});
  expect_lines(
      explain(test::signed_plain_message(test::replaced("v=1", "v=2")), table()),
      {"1 field       refused: v= is not 1 [RFC6376 6.1.1]\n", "2 body hash   not checked\n",
       "3 key         not needed\n", "4 signature   not checked\n", "= neutral (unknown-version)"});
  test::GrowingView none;
  none.add("s1._domainkey.example.com", test::negative_sighting(dns::AnswerKind::no_such_name));
  expect_lines(explain(test::signed_plain_message(), none),
               {"key         TXT s1._domainkey.example.com\n                none\n",
                "= permerror (no-key)"});
  expect_lines(explain("From: a@b.org\n\n", none), {"No DKIM-Signature field: result none\n"});
}

// l= leaves octets that no finding speaks of. [RFC6376 8.2]
TEST(Explain, WhatALengthLeavesOut) {
  test::SignatureForm form = test::with_tags("l=5");
  form.length = 5;
  std::string message = test::signed_plain_message(form);
  const std::string text = explain(message + "behind\r\n", table());
  EXPECT_EQ(text.find("behind l="), std::string::npos);  // nothing has to be explained
  const std::size_t body = message.find("\r\n\r\n") + 4;
  message.insert(body, "\r\n");
  expect_lines(explain(message + "behind\r\n", table()),
               {"2 body hash   MISMATCH\n", "blank-lines-restore: ",
                "no content is removed by that from what l= covers; the result stays what it is\n",
                "octets behind l= were not signed and not looked at: a reader sees them too\n"});
}

TEST(Explain, TheGapOfRecordedKeys) {
  test::GrowingView late;
  late.add("s1._domainkey.example.com",
           test::seen(test::txt_sighting({test::plain_key_record()}, "pdns"),
                      1704103200 + 86400 * 3, 1704103200 + 86400 * 4));
  expect_lines(explain(test::signed_plain_message(), late),
               {"source pdns, seen 2024-01-04T10:00:00Z to ",
                "first seen 3 days after the message\n", "note dns-postdates-message"});
}

TEST(Explain, NothingDrivesTheTerminal) {
  const std::string text = explain(
      "From: \x1B[31m@b.org\nSubject: \x1B]0;x\x07\nMessage-ID: \x9B\nDKIM-Signature: v=1; d=\x1B; "
      "s="
      "\xC2\x9B; a=x\n\n",
      table());
  for (const char c : text) {
    EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
  }
  EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos);
}

TEST(Explain, KeyRecords) {
  expect_lines(explain_key_record(test::plain_key_record()),
               {"rsa key of 2048 bits\n", "usable\n"});
  expect_lines(explain_key_record(test::key_record(test::rsa_key(512))), {"512 bits\n", "wrong: "});
  expect_lines(explain_key_record(test::key_record(test::rsa_key(1024))),
               {"1024 bits\n", "weak: "});
  expect_lines(explain_key_record("v=DKIM1; p="), {"wrong: ", "key-revoked"});
  expect_lines(explain_key_record("v=spf1 -all"), {"not a key record"});
  expect_lines(explain_key_record("v=DKIM1; t=y:s; h=sha1; p="),
               {"wrong: ", "h= does not admit sha256", "t=y: ", "t=s: "});
  expect_lines(explain_key_record(test::key_record(test::rsa_key(1024), "g=*")), {"  g=: "});
  EXPECT_EQ(explain_key_record("v=DKIM1; p=").find("usable\n"), std::string::npos);
}

}  // namespace
}  // namespace mailassay::report
