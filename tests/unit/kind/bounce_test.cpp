#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kind/bounce_category.h"
#include "support/kind_case.h"

namespace mailassay::kind {
namespace {

/// "address action status reply category/cause" of each recipient, one a line.
std::string recipients_of(const KindFacts& facts) {
  std::string out;
  if (!facts.dsn) return "no dsn";
  for (const DsnRecipient& one : facts.dsn->recipients) {
    out.append(one.final_recipient).append(" ").append(word_of(one.action)).append(" ");
    out.append(one.status).append(" ").append(std::to_string(one.reply)).append(" ");
    out.append(word_of(one.category)).append("/").append(word_of(one.cause)).append("\n");
  }
  return out;
}

std::string report(const std::string& status, const std::string& encoding = "") {
  return "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n"
         "It failed.\n--b\nContent-Type: message/delivery-status\n" +
         encoding + "\n" + status + "--b--\n";
}

// [RFC3464 2.2] [RFC3464 2.3] [RFC3464 2.3.4] [RFC3464 2.3.6] [RFC6522 3]
TEST(Bounce, EveryField) {
  const std::string original =
      "Received: from x\nMessage-ID: <1@example.org>\nFrom: A <a@example.org>\n\nHello\n";
  const std::string text =
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n"
      "It failed.\n--b\nContent-Type: message/delivery-status\n\n"
      "Reporting-MTA: dns; mx.example.org\nOriginal-Envelope-Id: E1\nArrival-Date: today\n\n"
      "Original-Recipient: rfc822;alias@example.net\nFinal-Recipient: rfc822; B@example.net\n"
      "Action: failed\nStatus: 5.1.1 (no such user)\nRemote-MTA: dns; mx.example.net (192.0.2.1)\n"
      "Diagnostic-Code: SMTP; 550 5.1.1\n  <B@example.net>: User unknown\n  here\n--b\n"
      "Content-Type: message/rfc822\n\n" +
      original + "\n--b--\n";
  const KindFacts facts = test::kind_facts(text);
  ASSERT_TRUE(facts.dsn);
  EXPECT_EQ(facts.dsn->form, DsnForm::standard);
  EXPECT_EQ(facts.dsn->reporting_mta, "mx.example.org");
  EXPECT_EQ(facts.dsn->original_envelope_id, "E1");
  EXPECT_EQ(facts.dsn->original_message_id, "<1@example.org>");
  EXPECT_EQ(facts.dsn->original_from, "A <a@example.org>");
  EXPECT_TRUE(facts.dsn->returned_whole);
  ASSERT_TRUE(facts.dsn->returned);
  EXPECT_EQ(test::at(text, *facts.dsn->returned), original);
  EXPECT_FALSE(facts.attached_message);
  EXPECT_EQ(recipients_of(facts), "B@example.net failed 5.1.1 550 hard/unknown-user\n");
  const DsnRecipient& recipient = facts.dsn->recipients.front();
  EXPECT_EQ(recipient.original_recipient, "alias@example.net");
  EXPECT_EQ(recipient.remote_mta, "mx.example.net");
  EXPECT_EQ(recipient.diagnostic_type, "smtp");
  EXPECT_EQ(recipient.diagnostic, "550 5.1.1 <B@example.net>: User unknown here");
}

struct Case {
  const char* name;
  std::string status;
  const char* expected;
};

const std::string kTwo =
    "a@x.org failed 5.1.1 0 hard/unknown-user\nb@x.org delayed 4.4.1 0 soft/network\n";

// Empty lines that are missing, doubled or made of blanks. [RFC3464 2.1] [RFC3464 2.1.2]
TEST(Bounce, WhereARecipientBegins) {
  const std::string first = "Final-Recipient: rfc822;a@x.org\nAction: failed\nStatus: 5.1.1\n";
  const std::string second = "Final-Recipient: rfc822;b@x.org\nAction: delayed\nStatus: 4.4.1\n";
  const std::string mta = "Reporting-MTA: dns; m\n";
  const Case kCases[] = {
      {"as it should be", mta + "\n" + first + "\n" + second, kTwo.c_str()},
      {"none between blocks", mta + first + second, kTwo.c_str()},
      {"twice", mta + "\n\n" + first + "\n\n\n" + second + "\n\n", kTwo.c_str()},
      {"of blanks", mta + " \n" + first + " \t \n" + second, kTwo.c_str()},
      {"no block of the message", first + "\n" + second, kTwo.c_str()},
      {"inside a block",
       mta + "\nFinal-Recipient: rfc822;a@x.org\n\nAction: failed\n\nStatus: 5.1.1\n\n" + second,
       kTwo.c_str()},
      {"the original recipient behind the final one",
       mta +
           "\nFinal-Recipient: rfc822;a@x.org\nOriginal-Recipient: rfc822;c@x.org\n"
           "Action: failed\nStatus: 5.1.1\n" +
           second,
       kTwo.c_str()},
      {"the original recipient in front",
       mta + first + "\nOriginal-Recipient: rfc822;c@x.org\n" + second, kTwo.c_str()},
      {"the action in front",
       mta + "\nAction: failed\nFinal-Recipient: rfc822;a@x.org\nStatus: 5.1.1\n\n"
             "Action: delayed\nFinal-Recipient: rfc822;b@x.org\nStatus: 4.4.1\n",
       kTwo.c_str()},
      {"no address type",
       mta + "\nFinal-Recipient: a@x.org\nAction: FAILED\nStatus: 5.1.1\n" + second, kTwo.c_str()},
      {"angle brackets",
       mta + "\nFinal-Recipient: RFC822; <a@x.org>\nAction: failed\nStatus: 5.1.1\n" + second,
       kTwo.c_str()},
      {"a comment behind the action",
       mta + "\nFinal-Recipient: rfc822; a@x.org\nAction: failed (x)\nStatus: 5.1.1(bad)\n" +
           second,
       kTwo.c_str()},
      {"lines that are none", mta + "\nhello\n" + first + ": x\n" + second, kTwo.c_str()},
      {"nothing", mta, ""},
  };
  for (const Case& one : kCases) {
    EXPECT_EQ(recipients_of(test::kind_facts(report(one.status))), one.expected) << one.name;
    std::string crlf;
    for (const char c : report(one.status))
      crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(recipients_of(test::kind_facts(crlf)), one.expected) << one.name << ", CRLF";
  }
}

TEST(Bounce, TheReasonBesideTheStatus) {
  const std::string recipient = "Final-Recipient: rfc822;a@x.org\nAction: failed\n";
  EXPECT_EQ(recipients_of(test::kind_facts(report(recipient + "Status: 5.0.0 (over quota)\n"))),
            "a@x.org failed 5.0.0 0 mailbox-full/mailbox-full\n");
  EXPECT_EQ(
      recipients_of(test::kind_facts(report(recipient + "Status: 5.0.0 (over quota)\n"
                                                        "Diagnostic-Code: smtp; 550 spam\n"))),
      "a@x.org failed 5.0.0 550 blocked/content\n");
  EXPECT_EQ(recipients_of(test::kind_facts(report(recipient + "Status: 5.0.0 (\n"))),
            "a@x.org failed 5.0.0 0 hard/undetermined\n");
}

TEST(Bounce, EncodedParts) {
  // "Final-Recipient: rfc822;a@x.org\nAction: failed\nStatus: 5.1.1\n"
  EXPECT_EQ(recipients_of(test::kind_facts(report(
                "RmluYWwtUmVjaXBpZW50OiByZmM4MjI7YUB4Lm9yZwpBY3Rpb246IGZhaWxlZApTdGF0dXM6IDUu\n"
                "MS4xCg==\n",
                "Content-Transfer-Encoding: base64\n"))),
            "a@x.org failed 5.1.1 0 hard/unknown-user\n");
  EXPECT_EQ(recipients_of(test::kind_facts(
                report("Final-Recipient: rfc822;a=40x.org\nAction: fai=\nled\nStatus: 5.1.1\n",
                       "Content-Transfer-Encoding: quoted-printable\n"))),
            "a@x.org failed 5.1.1 0 hard/unknown-user\n");
}

TEST(Bounce, AtTheLimitAndOnePast) {
  Limits limits;
  limits.dsn_recipients = 2;
  limits.kind_string_bytes = 8;
  const std::string two = "Final-Recipient: rfc822;a@xx.org\n\nFinal-Recipient: rfc822;b@xx.org\n";
  KindFacts facts = test::kind_facts(report(two), limits);
  EXPECT_EQ(facts.dsn->recipients.size(), 2U);
  EXPECT_TRUE(facts.notes.empty());
  facts = test::kind_facts(report(two + "\nFinal-Recipient: rfc822;c@xx.org\n"), limits);
  EXPECT_EQ(facts.dsn->recipients.size(), 2U);
  EXPECT_EQ(facts.dsn->recipients_seen, 3U);
  EXPECT_EQ(facts.notes, std::vector<Note>{Note::cut});
  facts = test::kind_facts(report("Final-Recipient: rfc822;a@xxx.org\n"), limits);
  EXPECT_EQ(facts.dsn->recipients.front().final_recipient, "a@xxx.or");
  EXPECT_EQ(facts.notes, std::vector<Note>{Note::cut});
}

struct Text {
  const char* name;
  const char* message;
  DsnForm form;
  const char* expected;
};

TEST(Bounce, TextsForPeople) {
  const std::vector<Text> kTexts = {
      {"qmail",
       "From: MAILER-DAEMON@a.example\nSubject: failure notice\n\n"
       "Hi. This is the qmail-send program at a.example.\n"
       "I'm afraid I wasn't able to deliver your message to the following addresses.\n\n"
       "<b@x.org>:\n192.0.2.1 does not like recipient.\n"
       "Remote host said: 550 5.1.1 <b@x.org>... User unknown\nGiving up on 192.0.2.1.\n\n"
       "<c@x.org>:\nSorry, I couldn't find any host named x.org. (#5.1.2)\n\n"
       "--- Below this line is a copy of the message.\n\nMessage-ID: <1@a>\n\nhi d@x.org\n",
       DsnForm::qsbmf,
       "b@x.org failed 5.1.1 550 hard/unknown-user\nc@x.org failed 5.1.2 0 hard/bad-domain\n"},
      {"Exim",
       "From: Mail Delivery System <Mailer-Daemon@a.example>\nX-Failed-Recipients: b@x.org\n\n"
       "This message was created automatically by mail delivery software.\n\n"
       "A message that you sent could not be delivered to one or more of its\n"
       "recipients. This is a permanent error. The following address(es) failed:\n\n"
       "  b@x.org\n    host mx.x.org [192.0.2.1]\n"
       "    SMTP error from remote mail server after RCPT TO:<b@x.org>:\n"
       "    552 5.2.2 mailbox full\n\n"
       "------ This is a copy of the message, including all the headers. ------\n\n"
       "Message-ID: <1@a>\n\nhi\n",
       DsnForm::exim, "b@x.org failed 5.2.2 552 mailbox-full/mailbox-full\n"},
      {"Postfix",
       "From: MAILER-DAEMON@a.example\n\nThis is the mail system at host a.example.\n\n"
       "I'm sorry to have to inform you.\n\n<b@x.org>: host mx.x.org[192.0.2.1] said: 550-5.7.26\n"
       "    Unauthenticated email from a.example is not accepted due to domain's DMARC\n"
       "    policy. (in reply to end of DATA command)\n",
       DsnForm::postfix, "b@x.org failed 5.7.26 550 authentication/dmarc\n"},
      {"Sendmail",
       "From: Mail Delivery Subsystem <MAILER-DAEMON@a.example>\n\n"
       "The original message was received at Mon, 1 Jan 2024\n\n"
       "   ----- The following addresses had permanent fatal errors -----\n<b@x.org>\n"
       "    (reason: 550 Host unknown)\n\n   ----- Transcript of session follows -----\n"
       "550 5.1.2 <c@x.org>... Host unknown\n",
       DsnForm::sendmail, "b@x.org failed  550 hard/bad-domain\n"},
      {"Gmail",
       "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\n"
       "X-Failed-Recipients: b@x.org\n\n"
       "Delivery to the following recipient failed permanently:\n\n     b@x.org\n\n"
       "Technical details of permanent failure:\n"
       "The email account that you tried to reach does not exist. 550 5.1.1 x\n\n"
       "----- Original message -----\n\nMessage-ID: <1@a>\n\nhi\n",
       DsnForm::gmail, "b@x.org failed 5.1.1 550 hard/unknown-user\n"},
      {"Exchange",
       "From: postmaster@a.example\n\n"
       "Delivery has failed to these recipients or groups:\n\n"
       "b@x.org<mailto:b@x.org>\nThe e-mail address you entered couldn't be found.\n\n"
       "Diagnostic information for administrators:\n\nc@x.org\n",
       DsnForm::exchange, "b@x.org failed  0 hard/undetermined\n"},
      {"MS SMTP",
       "From: postmaster@a.example\n\nThis is an automatically generated Delivery Status "
       "Notification.\n\nDelivery to the following recipients failed.\n\n       b@x.org\n",
       DsnForm::exchange, "b@x.org failed  0 hard/undetermined\n"},
      {"Notes",
       "Return-Path: <>\nFrom: Postmaster@a.example\nSubject: DELIVERY FAILURE: x\n\n"
       "Your message\n\n  Subject: x\n\nwas not delivered to:\n\n  b@x.org\n\nbecause:\n\n"
       "  User b (b@x.org) not listed in Domino Directory\n\n",
       DsnForm::notes, "b@x.org failed  0 hard/unknown-user\n"},
      {"Exim's warning",
       "From: Mailer-Daemon@a.example\n\n"
       "This message was created automatically by mail delivery software.\n"
       "A message that you sent has not yet been delivered to one or more of its\n"
       "recipients after more than 24 hours on the queue.\n\n"
       "The address to which the message has not yet been delivered is:\n\n"
       "  b@x.org\n    host mx.x.org: connection timed out\n",
       DsnForm::exim, "b@x.org delayed  0 soft/network\n"},
      {"another, with the recipients in the header",
       "From: MAILER-DAEMON@a.example\nReturn-Path: <>\nX-Failed-Recipients: b@x.org, c@x.org\n\n"
       "No.\n",
       DsnForm::other,
       "b@x.org failed  0 hard/undetermined\nc@x.org failed  0 hard/undetermined\n"},
  };
  for (const Text& one : kTexts) {
    const KindFacts facts = test::kind_facts(one.message);
    EXPECT_EQ(facts.kind, Kind::dsn) << one.name;
    ASSERT_TRUE(facts.dsn) << one.name;
    EXPECT_EQ(word_of(facts.dsn->form), word_of(one.form)) << one.name;
    EXPECT_EQ(recipients_of(facts), one.expected) << one.name;
    const bool came_back = std::string_view(one.message).find("<1@a>") != std::string_view::npos;
    ASSERT_EQ(facts.dsn->returned.has_value(), came_back) << one.name;
    if (!came_back) continue;
    EXPECT_EQ(facts.dsn->original_message_id, "<1@a>") << one.name;
    EXPECT_TRUE(test::at(one.message, *facts.dsn->returned).starts_with("Message-ID: <1@a>"))
        << one.name;
  }
}

TEST(Bounce, ATextInAPart) {
  const std::string text =
      "From: MAILER-DAEMON@a.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
      "Hi. This is the qmail-send program at a.example.\n\n<b@x.org>:\nno\n\n"
      "--- Below this line is a copy of the message.\n\nMessage-ID: <1@a>\n\nhi\n--b--\n";
  const KindFacts facts = test::kind_facts(text);
  EXPECT_EQ(test::kind_words(facts), "dsn qsbmf-text");
  ASSERT_TRUE(facts.dsn && facts.dsn->returned);
  EXPECT_EQ(facts.dsn->reporting_mta, "a.example");
  EXPECT_EQ(test::at(text, *facts.dsn->returned), "Message-ID: <1@a>\n\nhi");
}

// What came back may be large; only its header is read.
TEST(Bounce, LargeMessagesThatCameBack) {
  const std::string large = "Message-ID: <1@a>\n\n" + std::string(1 << 20, 'x');
  const std::string text =
      "From: MAILER-DAEMON@a.example\n\nHi. This is the qmail-send program at a.example.\n\n"
      "<b@x.org>:\nno\n\n--- Below this line is a copy of the message.\n\n" +
      large;
  KindFacts facts = test::kind_facts(text);
  EXPECT_TRUE(facts.notes.empty());
  ASSERT_TRUE(facts.dsn && facts.dsn->returned);
  EXPECT_EQ(facts.dsn->returned->length, large.size());

  facts =
      test::kind_facts(report("Final-Recipient: rfc822;a@x.org\n--b\n"
                              "Content-Type: message/rfc822\n\n" +
                              large + "\n"));
  EXPECT_TRUE(facts.notes.empty());
  ASSERT_TRUE(facts.dsn && facts.dsn->returned);
  EXPECT_EQ(facts.dsn->returned->length, large.size());
  EXPECT_EQ(facts.dsn->original_message_id, "<1@a>");
}

TEST(Bounce, TextsAtTheLimitAndOnePast) {
  Limits limits;
  const std::string status = "Final-Recipient: rfc822;a@x.org\nStatus: 5.1.1\n\n";
  limits.kind_text_bytes = status.size() - 1;  // the last line end is the delimiter's
  EXPECT_TRUE(test::kind_facts(report(status), limits).notes.empty());
  limits.kind_text_bytes -= 1;
  EXPECT_EQ(test::kind_facts(report(status), limits).notes, std::vector<Note>{Note::cut});
  // A text without an end is read so far.
  const std::string endless = "From: MAILER-DAEMON@a\n\nThis is the mail system at host a.\n" +
                              std::string(64 * 1024, '\n');
  EXPECT_EQ(test::kind_facts(endless).notes, std::vector<Note>{Note::cut});
}

struct Code {
  const char* status;
  const char* diagnostic;
  const char* expected;
};

// [RFC3463 2] [RFC3463 3] [RFC7372 3.1] [RFC7505 4.1] [RFC7505 4.2] [RFC8617 10.4] [RFC8689]
TEST(BounceCategory, Codes) {
  constexpr Code kCodes[] = {
      {"5.1.1", "", "hard/unknown-user"},
      {"4.1.1", "", "soft/unknown-user"},
      {"5.1.2", "", "hard/bad-domain"},
      {"5.1.10", "556 5.1.10 Domain does not accept mail", "hard/null-mx"},
      {"5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; x", "hard/unknown-user"},
      {"5.7.27", "550 5.7.27 Sender address has null MX", "hard/null-mx"},
      {"5.2.1", "", "hard/disabled"},
      {"4.2.2", "", "mailbox-full/mailbox-full"},
      {"5.2.2", "", "mailbox-full/mailbox-full"},
      {"5.3.4", "", "blocked/too-big"},
      {"4.4.7", "", "soft/expired"},
      {"5.4.7", "", "soft/expired"},
      {"4.4.7", "450 4.2.2 mailbox full", "mailbox-full/mailbox-full"},
      {"5.4.6", "", "hard/loop"},
      {"5.4.1", "550 5.4.1 Recipient address rejected: Access denied", "hard/unknown-user"},
      {"5.7.1", "550 5.7.1 Relaying denied", "blocked/relaying-denied"},
      {"5.7.1", "550 5.7.1 blocked using zen.spamhaus.org", "blocked/reputation"},
      {"5.7.1", "550 5.7.1 no SPF record", "authentication/spf"},
      {"5.7.1", "550 5.7.1 host spf.example.org says no", "blocked/not-authorized"},
      {"5.7.1", "", "blocked/not-authorized"},
      {"5.7.20", "", "authentication/dkim"},
      {"5.7.21", "", "authentication/dkim"},
      {"5.7.22", "", "authentication/dkim"},
      {"5.7.23", "", "authentication/spf"},
      {"5.7.24", "", "authentication/spf"},
      {"5.7.25", "", "authentication/reverse-dns"},
      {"5.7.26", "", "authentication/dmarc"},
      {"4.7.26", "421-4.7.26 unauthenticated 1-gsmtp", "authentication/dmarc"},
      {"4.7.27", "421-4.7.27 SPF did not pass 1-gsmtp", "authentication/spf"},
      {"4.7.30", "421-4.7.30 DKIM did not pass 1-gsmtp", "authentication/dkim"},
      {"5.7.29", "", "authentication/arc"},
      {"5.7.30", "", "authentication/tls"},
      {"5.7.509", "", "authentication/dmarc"},
      {"5.7.515",
       "550 5.7.515 Access denied, sending domain x does not meet the required "
       "authentication level",
       "authentication/dmarc"},
      {"5.7.511", "", "blocked/reputation"},
      {"5.7.606", "", "blocked/reputation"},
      {"5.7.708", "", "blocked/reputation"},
      {"4.7.28", "", "soft/rate-limited"},
      {"5.7.0", "552-5.7.0 Our system detected an illegal attachment", "blocked/content"},
      {"5.7.99", "", "blocked/policy"},
      {"5.6.0", "", "blocked/content"},
      {"4.7.1", "450 4.7.1 Greylisting in action", "soft/greylisted"},
      {"5.0.0", "550 5.1.1 user unknown", "hard/unknown-user"},
      {"5.0.0", "552 5.2.2 x", "mailbox-full/mailbox-full"},
      {"5.0.0", "", "hard/undetermined"},
      {"4.0.0", "", "soft/undetermined"},
      {"", "550 Mailbox quota exceeded", "mailbox-full/mailbox-full"},
      {"", "connection refused", "hard/network"},
      {"", "", "hard/undetermined"},
  };
  for (const Code& one : kCodes) {
    DsnRecipient recipient;
    recipient.action = Action::failed;
    recipient.status = one.status;
    recipient.diagnostic = one.diagnostic;
    categorize(recipient);
    EXPECT_EQ(
        std::string(word_of(recipient.category)) + "/" + std::string(word_of(recipient.cause)),
        one.expected)
        << one.status << " " << one.diagnostic;
  }
}

// [RFC3464 2.3.3]
TEST(BounceCategory, Actions) {
  const auto category = [](Action action, const char* status) {
    DsnRecipient recipient;
    recipient.action = action;
    recipient.status = status;
    categorize(recipient);
    return std::string(word_of(recipient.category));
  };
  EXPECT_EQ(category(Action::delivered, "2.1.5"), "delivered");
  EXPECT_EQ(category(Action::relayed, "2.0.0"), "delivered");
  EXPECT_EQ(category(Action::expanded, "2.0.0"), "delivered");
  EXPECT_EQ(category(Action::delayed, "4.4.1"), "soft");
  EXPECT_EQ(category(Action::delayed, ""), "soft");
  // A transient code may come with a final failure.
  EXPECT_EQ(category(Action::failed, "4.4.7"), "soft");
  EXPECT_EQ(category(Action::unknown, ""), "undetermined");
  EXPECT_EQ(category(Action::unknown, "5.1.1"), "hard");
}

TEST(BounceCategory, CodesInTexts) {
  struct Found {
    const char* text;
    const char* status;
    int reply;
  };
  constexpr Found kFound[] = {
      {"550 5.7.26 x", "5.7.26", 550},
      {"550-5.7.515 x", "5.7.515", 550},
      {"(#5.1.2)", "5.1.2", 0},
      {"smtp;550", "", 550},
      {"192.0.2.1 said 4.3.2", "4.3.2", 0},
      {"5.1.1.1", "", 0},
      {"15.1.1", "", 0},
      {"5.1", "", 0},
      {"5.1234.1", "", 0},
      {"5.1.1234", "", 0},
      {"3.1.1", "", 0},
      {"5.1.1a", "", 0},
      {"port 5500", "", 0},
      {"code 599", "", 0},
      {"654", "", 0},
      {"", "", 0},
      {"5", "", 0},
      {"5.", "", 0},
      {"status 5.1.1.", "5.1.1", 0},
  };
  for (const Found& one : kFound) {
    const test::ExactCopy copy(one.text);
    EXPECT_EQ(find_status(copy.view()), one.status) << one.text;
    EXPECT_EQ(find_reply(copy.view()), one.reply) << one.text;
  }
}

}  // namespace
}  // namespace mailassay::kind
