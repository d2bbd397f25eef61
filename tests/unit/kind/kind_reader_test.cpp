#include "kind/kind_reader.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "kind/body_glance.h"
#include "kind/field_table.h"
#include "support/kind_case.h"

namespace mailassay::kind {
namespace {

struct Case {
  const char* name;
  const char* message;
  const char* expected;  ///< kind and reasons
};

void expect_all(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(test::kind_words(test::kind_facts(one.message)), one.expected) << one.name;
  }
}

TEST(KindReader, Ordinary) {
  expect_all({
      {"nothing", "", "ordinary"},
      {"a letter", "From: a@example.org\nTo: b@example.org\nSubject: Hello\n\nHi.\n", "ordinary"},
      {"a reply", "From: a@example.org\nSubject: Re: Out of office\n\nHi.\n", "ordinary"},
      {"words in the middle", "Subject: Who is out of office: a list\n\nHi.\n", "ordinary"},
      {"a word that only begins so", "Subject: Automatic replying machine\n\nHi.\n", "ordinary"},
      {"not automatic", "Auto-Submitted: no\n\nHi.\n", "ordinary"},
      {"not automatic, with a comment", "Auto-Submitted: NO (a person)\n\nHi.\n", "ordinary"},
      {"an empty word", "Auto-Submitted:\n\nHi.\n", "ordinary"},
      {"first class", "Precedence: first-class\n\nHi.\n", "ordinary"},
      {"no reply wanted", "X-Auto-Response-Suppress: All\n\nHi.\n", "ordinary"},
      {"no auto reply", "X-Autoreply: no\n\nHi.\n", "ordinary"},
      {"a list that takes no postings, and no more", "List-Post: NO\n\nHi.\n", "ordinary"},
      {"a person at postmaster", "From: postmaster@example.org\n\nHi, what of your quota?\n",
       "ordinary"},
      {"a null sender alone", "Return-Path: <>\nFrom: a@example.org\n\nHi.\n", "ordinary"},
      {"a subject of bounces", "From: a@example.org\nSubject: failure notice\n\nLook at this.\n",
       "ordinary"},
      {"a subject of mail servers", "From: a@example.org\nSubject: Undeliverable: x\n\nWhy?\n",
       "ordinary"},
      {"a bounce told of by a person",
       "From: a@example.org\nSubject: Fwd: failure\n\nIt said:\n"
       "Hi. This is the qmail-send program at example.org.\n<b@example.org>:\nno\n",
       "ordinary"},
      {"failed recipients from a person",
       "From: a@example.org\nX-Failed-Recipients: b@example.org\n\nHi.\n", "ordinary"},
      {"a mailbox named like it", "From: mailer@example.org\nReturn-Path: <>\n\nHi.\n", "ordinary"},
      {"a file with a calendar",
       "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n--b\n"
       "Content-Type: text/calendar; name=x.ics\nContent-Disposition: "
       "attachment\n\nBEGIN:VCALENDAR\n"
       "--b--\n",
       "ordinary"},
      {"a booking",
       "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n--b\n"
       "Content-Type: text/calendar; method=PUBLISH\nContent-Disposition: attachment\n\nx\n--b--\n",
       "ordinary"},
      {"a file with exclamation marks",
       "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n--b\n"
       "Content-Type: application/zip; name=\"wow!new!prices!now.zip\"\n\nx\n--b--\n",
       "ordinary"},
      {"a report of a type that nobody knows",
       "Content-Type: multipart/report; report-type=weather; boundary=b\n\n--b\n\nrain\n--b--\n",
       "ordinary"},
      {"a report type of no report",
       "Content-Type: multipart/mixed; report-type=delivery-status; "
       "boundary=b\n\n--b\n\nx\n--b--\n",
       "ordinary"},
      {"a bounce passed on by a person",
       "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n--b\n"
       "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\n"
       "Final-Recipient: rfc822; c@d\nAction: failed\nStatus: 5.1.1\n--b--\n",
       "ordinary"},
      {"a bounce attached",
       "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee\n--b\n"
       "Content-Type: message/rfc822\n\nFrom: MAILER-DAEMON@x\n"
       "Content-Type: multipart/report; report-type=delivery-status; boundary=c\n\n--c\n"
       "Content-Type: message/delivery-status\n\nReporting-MTA: dns; a\n--c--\n--b--\n",
       "ordinary"},
  });
}

// [RFC6522 3] [RFC3464 2]
TEST(KindReader, Bounces) {
  expect_all({
      {"the header says so", "Content-Type: multipart/report; report-type=delivery-status\n\n",
       "dsn report-type-delivery-status"},
      {"in quotes and capitals",
       "Content-Type: Multipart/Report;\n\tReport-Type=\"Delivery-Status\"; boundary=b\n\n",
       "dsn report-type-delivery-status"},
      {"the part says so",
       "Content-Type: multipart/report; boundary=b\n\n--b\n"
       "Content-Type: message/delivery-status\n\nStatus: 5.0.0\n--b--\n",
       "dsn delivery-status-part"},
      {"for other alphabets",  // [RFC6533 4.1]
       "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
       "Content-Type: message/global-delivery-status\n\nStatus: 5.0.0\n--b--\n",
       "dsn report-type-delivery-status delivery-status-part"},
      {"nothing else", "Content-Type: message/delivery-status\n\nStatus: 5.0.0\n",
       "dsn delivery-status-part"},
      {"in multipart/mixed by a daemon",
       "From: <MAILER-DAEMON@example.org>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
       "Content-Type: message/delivery-status\n\nStatus: 5.0.0\n--b--\n",
       "dsn delivery-status-part"},
      {"Exchange", "X-MS-Exchange-Message-Is-Ndr:\nContent-Type: multipart/mixed; boundary=b\n\n",
       "dsn exchange-ndr-field"},
      {"a bounce to a list",
       "List-Id: <l.example.org>\nPrecedence: list\n"
       "Content-Type: multipart/report; report-type=delivery-status\n\n",
       "dsn report-type-delivery-status"},
      {"automatic, too",
       "Auto-Submitted: auto-replied\n"
       "Content-Type: multipart/report; report-type=delivery-status\n\n",
       "dsn report-type-delivery-status"},
      {"Exim",
       "From: Mailer-Daemon@example.org\nX-Failed-Recipients: b@example.org\n\n"
       "This message was created automatically by mail delivery software.\n",
       "dsn failed-recipients-field bounce-text"},
      {"of a form that nobody knows",
       "Return-Path: <>\nFrom: MAILER-DAEMON@example.org\n\nSorry.\n", "dsn daemon-sender"},
      {"the null path as Sendmail wrote it",
       "Return-Path: <MAILER-DAEMON>\nFrom: MAILER-DAEMON\n\nSorry.\n", "dsn daemon-sender"},
      {"qmail", "Subject: failure notice\n\nHi. This is the qmail-send program at a.example.\n",
       "dsn qsbmf-text"},
  });
}

TEST(KindReader, Reports) {
  expect_all({
      {"a receipt",  // [RFC8098 3]
       "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n"
       "Content-Type: message/disposition-notification\n\nDisposition: x; displayed\n--b--\n",
       "mdn report-type-disposition disposition-part"},
      {"a receipt from a daemon's path",
       "Return-Path: <>\nContent-Type: multipart/report; report-type=disposition-notification\n\n",
       "mdn report-type-disposition"},
      {"a complaint",  // [RFC5965 2]
       "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n"
       "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--\n",
       "arf report-type-feedback feedback-part"},
      {"a complaint from mailer-daemon",
       "Return-Path: <>\nFrom: mailer-daemon@example.org\n"
       "Content-Type: multipart/report; report-type=feedback-report\n\n",
       "arf report-type-feedback"},
      {"DMARC by subject",  // [RFC9990 3.5.2]
       "Subject: Report Domain: example.com\n  Submitter: mail.example\n  Report-ID: <1@a>\n\nx\n",
       "dmarc-report dmarc-subject"},
      {"DMARC by file name",
       "Subject: your report\nContent-Type: application/gzip;\n"
       " name=\"mail.example!example.com!1013662812!1013749130.xml.gz\"\n\nx\n",
       "dmarc-report dmarc-filename"},
      {"DMARC by the name of a part",
       "Subject: your report\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\n"
       "Content-Type: application/zip\nContent-Disposition: attachment;\n"
       " filename=\"mail.example!example.com!1013662812!1013749130!abc.zip\"\n\nx\n--b--\n",
       "dmarc-report dmarc-filename"},
      {"a DMARC report passed on",
       "Subject: Fwd: your report\nContent-Type: application/gzip;\n"
       " name=\"mail.example!example.com!1013662812!1013749130.xml.gz\"\n\nx\n",
       "ordinary"},
      {"TLS",  // [RFC8460 5.3]
       "Subject: Report Domain: example.com Submitter: mail.example Report-ID: <1@a>\n"
       "TLS-Report-Domain: example.com\nTLS-Report-Submitter: mail.example\n"
       "Content-Type: multipart/report; report-type=\"tlsrpt\"; boundary=b\n\n--b\n\nhi\n--b\n"
       "Content-Type: application/tlsrpt+gzip\n\nx\n--b--\n",
       "tls-report report-type-tls tls-report-part tls-report-fields"},
      {"half of TLS", "TLS-Report-Domain: example.com\n\nx\n", "ordinary"},
  });
}

// [RFC3834 5]
TEST(KindReader, AutomaticMail) {
  expect_all({
      {"replied", "Auto-Submitted: auto-replied\n\n", "auto-reply auto-replied"},
      {"with parameters", "Auto-Submitted: Auto-Replied; owner=x (vacation)\n\n",
       "auto-reply auto-replied"},
      {"generated", "Auto-Submitted: auto-generated (cron)\n\n", "auto-reply auto-generated"},
      {"notified", "Auto-Submitted: auto-notified; owner-email=\"a@b.org\"\n\n",  // [RFC5436 2.7.1]
       "auto-reply auto-notified"},
      {"another word", "Auto-Submitted: auto-whatever\n\n", "auto-reply auto-submitted"},
      {"generated for a list", "Auto-Submitted: auto-generated\nList-Id: <l.example.org>\n\n",
       "list list-id"},
      {"generated for many", "Auto-Submitted: auto-generated\nPrecedence: bulk\n\n",
       "bulk precedence-bulk"},
      {"a vacation reply in bulk", "Auto-Submitted: auto-replied\nPrecedence: bulk\n\n",
       "auto-reply auto-replied"},
      {"the subject", "Subject: Automatic reply: Hello\n\n", "auto-reply auto-reply-subject"},
      {"the subject in German", "Subject: Abwesenheitsnotiz: Hallo\n\n",
       "auto-reply auto-reply-subject"},
      {"the subject encoded",
       "X-Auto-Response-Suppress: All\nSubject: =?utf-8?q?R=C3=A9ponse_automatique_:_x?=\n\n",
       "auto-reply auto-reply-subject"},
      {"the subject encoded, and nothing else",
       "Subject: =?utf-8?q?R=C3=A9ponse_automatique_:_x?=\n\n", "ordinary"},
      {"the subject, from a machine", "From: root@example.org\nSubject: auto: x\n\n", "ordinary"},
      {"fields", "X-Autoreply: yes\nX-Vacation: 1\n\n", "auto-reply auto-reply-field"},
      {"Apple", "X-Apple-Action: VACATION\n\n", "auto-reply auto-reply-field"},
      {"precedence", "Precedence: auto_reply\n\n", "auto-reply precedence-auto-reply"},
      {"with an invitation",
       "Auto-Submitted: auto-replied\nContent-Type: text/calendar; method=REPLY\n\n",
       "auto-reply auto-replied"},
  });
}

// [RFC6047 2.4]
TEST(KindReader, Calendars) {
  expect_all({
      {"the whole body", "Content-Type: text/calendar; method=reply\n\n", "calendar calendar-part"},
      {"a part of alternatives",
       "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nhi\n--b\n"
       "Content-Type: text/calendar; charset=utf-8; method=REQUEST\n\nBEGIN:VCALENDAR\n--b--\n",
       "calendar calendar-part"},
      {"a part of a part",
       "Content-Type: multipart/mixed; boundary=o\n\n--o\n"
       "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nhi\n--b\n"
       "Content-Type: text/calendar; method=CANCEL\n\nBEGIN:VCALENDAR\n--b--\n--o--\n",
       "calendar calendar-part"},
      {"Exchange", "Content-class: urn:content-classes:calendarmessage\n\n",
       "calendar calendar-class"},
      {"the object has the method",
       "Content-class: urn:content-classes:calendarmessage\nContent-Type: text/calendar\n\n"
       "BEGIN:VCALENDAR\nMETHOD:REQUEST\n",
       "calendar calendar-part calendar-class"},
      {"no method", "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\n", "ordinary"},
      {"another class", "Content-class: urn:content-classes:message\n\n", "ordinary"},
      {"for a list", "List-Id: <l.example.org>\nContent-Type: text/calendar; method=PUBLISH\n\n",
       "calendar calendar-part"},
  });
  EXPECT_EQ(test::kind_facts("Content-Type: text/calendar; method=reply\n\n").calendar_method,
            "REPLY");
}

// [RFC2919 3] [RFC2369 3.4]
TEST(KindReader, ListsAndBulk) {
  expect_all({
      {"an identifier", "List-Id: A list <l.example.org>\n\n", "list list-id"},
      {"postings", "List-Post: <mailto:l@example.org>\n\n", "list list-post"},
      {"precedence", "Precedence: list\n\n", "list precedence-list"},
      {"Mailman",
       "X-Mailman-Version: 2.1\nX-BeenThere: l@example.org\nList-Id: <l.example.org>\n\n",
       "list list-id list-manager"},
      {"ezmlm", "Delivered-To: mailing list l@example.org\n\n", "list list-manager"},
      {"announcements of a service",
       "List-Id: <x.list-id.mcsv.net>\nX-MC-User: abc\n"
       "List-Unsubscribe: <https://x.example/u>\n\n",
       "bulk list-unsubscribe esp-field"},
      {"an identifier and a feedback id", "List-Id: <x>\nFeedback-ID: 1:2:3:x\n\n",
       "bulk feedback-id"},
      {"unsubscribe alone", "List-Unsubscribe: <mailto:u@example.org>\n\n",
       "bulk list-unsubscribe"},
      {"junk", "Precedence: junk\n\n", "bulk precedence-bulk"},
      {"a list on a service", "List-Post: <mailto:l@example.org>\nX-SG-EID: x\n\n",
       "list list-post"},
      {"Majordomo", "Sender: owner-l@example.org\nPrecedence: bulk\n\n", "list list-manager"},
      {"bounces of a list", "Errors-To: <l-bounces@example.org>\n\n", "list list-manager"},
      {"an owner", "Sender: Owner <ann.owner@example.org>\n\n", "ordinary"},
      {"help alone", "List-Help: <mailto:h@example.org>\n\n", "ordinary"},
  });
}

// What the envelope tells of a journal report stands in its text.
TEST(KindReader, Journals) {
  const std::string inner = "From: a@example.org\nTo: b@example.org\n\nHello\n";
  const std::string text =
      "Sender: a@example.org\nSubject: Hello\nMessage-Id: <1@example.org>\nTo: b@example.org\n"
      "Cc: c@example.org\nBcc: secret@example.org, Expanded: all@example.org\n"
      "Recipient: <d@example.org>\n\n";
  const auto message = [&](const std::string& fields, const std::string& words) {
    return fields + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + words +
           "--b\nContent-Type: message/rfc822\n\n" + inner + "\n--b--\n";
  };
  const std::string journal = message("X-MS-Journal-Report:\n", text);
  const KindFacts facts = test::kind_facts(journal);
  EXPECT_EQ(test::kind_words(facts), "journal journal-report-field journal-envelope");
  ASSERT_TRUE(facts.journal);
  EXPECT_EQ(facts.journal->sender, "a@example.org");
  EXPECT_EQ(facts.journal->message_id, "<1@example.org>");
  EXPECT_EQ(facts.journal->to, (std::vector<std::string>{"b@example.org", "d@example.org"}));
  EXPECT_EQ(facts.journal->cc, std::vector<std::string>{"c@example.org"});
  EXPECT_EQ(facts.journal->bcc, std::vector<std::string>{"secret@example.org"});
  EXPECT_EQ(facts.journal->recipients_seen, 4U);
  ASSERT_TRUE(facts.journal->message);
  EXPECT_EQ(test::at(journal, *facts.journal->message), inner);
  EXPECT_FALSE(facts.attached_message);

  EXPECT_EQ(test::kind_words(test::kind_facts(message("", text))), "journal journal-envelope");
  // The field is anybody's to write: without the envelope, or without the message, it is nothing.
  EXPECT_EQ(test::kind_words(test::kind_facts(message("X-MS-Journal-Report:\n", "Hello\n"))),
            "ordinary");
  EXPECT_EQ(test::kind_words(test::kind_facts("X-MS-Journal-Report:\n\n" + text)), "ordinary");
  // A person who writes such words writes others, too.
  EXPECT_EQ(test::kind_words(test::kind_facts(message("", "See below.\n" + text))), "ordinary");
  EXPECT_EQ(test::kind_words(test::kind_facts(message("", "Sender: a@example.org\n"))), "ordinary");
  // A message that is only attached is told of.
  const std::string forwarded = message("", "See below.\n");
  const KindFacts attached = test::kind_facts(forwarded);
  ASSERT_TRUE(attached.attached_message);
  EXPECT_EQ(test::at(forwarded, *attached.attached_message), inner);
}

TEST(KindReader, JournalRecipientsAtTheLimitAndOnePast) {
  const auto journal = [](const std::string& more) {
    return "X-MS-Journal-Report:\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
           "Sender: a@x.org\nMessage-Id: <1@x.org>\nTo: b@x.org\nBcc: c@x.org\n" +
           more + "\n--b\nContent-Type: message/rfc822\n\nhi: hi\n\n--b--\n";
  };
  Limits limits;
  limits.journal_recipients = 2;
  KindFacts facts = test::kind_facts(journal(""), limits);
  ASSERT_TRUE(facts.journal);
  EXPECT_TRUE(facts.notes.empty());
  facts = test::kind_facts(journal("Cc: d@x.org\n"), limits);
  ASSERT_TRUE(facts.journal);
  EXPECT_EQ(facts.notes, std::vector<Note>{Note::cut});
  EXPECT_EQ(facts.journal->recipients_seen, 3U);
  EXPECT_TRUE(facts.journal->cc.empty());
}

TEST(KindReader, AMessageAsTheWholeBody) {
  const std::string text = "Content-Type: message/rfc822\n\nFrom: a@x.org\n\nhi\n";
  const KindFacts facts = test::kind_facts(text);
  EXPECT_EQ(facts.kind, Kind::ordinary);
  ASSERT_TRUE(facts.attached_message);
  EXPECT_EQ(test::at(text, *facts.attached_message), "From: a@x.org\n\nhi\n");
}

TEST(KindReader, WhatMayHoldMessages) {
  const std::string parts = "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n";
  const std::string message = "--b\nContent-Type: message/rfc822\n\nSubject: x\n\n--b--\n";
  const std::string text = "--b\nContent-Type: text/plain\n\nx\n";
  const struct {
    std::string name, text;
    bool whole, by_header;
  } cases[] = {
      {"text", "From: a@example.org\n\n" + message, false, false},
      {"parts", parts + text, false, true},
      {"a message in parts", parts + text + message, true, true},
      {"a message behind many parts",
       parts + std::string(70 * 3, '-') + "\n" +
           [&] {
             std::string all;
             for (int i = 0; i < 70; ++i) all += text;
             return all;
           }() +
           message,
       true, true},
      {"a message behind a large part",
       parts + text + std::string(kMostGlance, 'x') + "\n" + message, true, true},
      {"where the look ends",
       parts + text + std::string(kMostGlance - text.size() - 20, 'x') + "\n" + message, true,
       true},
      {"a delivery status", parts + "--b\nContent-Type: message/delivery-status\n\nx\n--b--\n",
       false, true},
      {"a message as the whole", "Content-Type: message/rfc822\n\nSubject: x\n\n", true, true},
      {"a digest", "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\n--b--\n",
       true, true},
      {"a calendar", parts + "--b\nContent-Type: text/calendar\n\nx\n--b--\n", false, true},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(test::kind_facts(one.text).may_hold_messages, one.whole) << one.name;
    EXPECT_EQ(test::kind_facts_of_header(one.text).may_hold_messages, one.by_header) << one.name;
  }
}

TEST(KindReader, HeaderAlone) {
  KindFacts facts = test::kind_facts_of_header(
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n");
  EXPECT_EQ(facts.kind, Kind::dsn);
  EXPECT_EQ(facts.notes, std::vector<Note>{Note::header_only});
  ASSERT_TRUE(facts.dsn);
  EXPECT_TRUE(facts.dsn->recipients.empty());

  facts = test::kind_facts_of_header("List-Id: <l.example.org>\nContent-Type: text/plain\n\n");
  EXPECT_EQ(facts.kind, Kind::list);
  EXPECT_TRUE(facts.notes.empty());
}

TEST(KindReader, WordsAreDistinct) {
  std::set<std::string_view> words;
  for (std::size_t i = 0; i < kReasons; ++i) {
    EXPECT_TRUE(words.insert(word_of(static_cast<Reason>(i))).second) << i;
    EXPECT_NE(kind_of(static_cast<Reason>(i)), Kind::ordinary);
  }
  words.clear();
  for (std::size_t i = 0; i < kKinds; ++i) {
    EXPECT_TRUE(words.insert(word_of(static_cast<Kind>(i))).second) << i;
  }
  words.clear();
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Esp::zendesk); ++i) {
    EXPECT_TRUE(words.insert(word_of(static_cast<Esp>(i))).second) << i;
  }
  EXPECT_EQ(word_of(Kind::dmarc_report), "dmarc-report");
  EXPECT_EQ(word_of(Kind::tls_report), "tls-report");
  EXPECT_EQ(word_of(Kind::auto_reply), "auto-reply");
  EXPECT_EQ(word_of(Esp::salesforce_mc), "salesforce-mc");
  EXPECT_EQ(word_of(Cause::tls), "tls");
  EXPECT_EQ(word_of(Cause::reverse_dns), "reverse-dns");
  EXPECT_EQ(word_of(Category::authentication), "authentication");
  EXPECT_EQ(word_of(Gateway::hornetsecurity), "hornetsecurity");
  EXPECT_EQ(word_of(Rewriting::verp), "verp");
  EXPECT_EQ(word_of(DsnForm::other), "other");
}

TEST(FieldTable, EveryNameIsFoundInWhateverCase) {
  std::set<std::string_view> names;
  for (const FieldRule& rule : field_rules()) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    std::string upper(rule.name);
    for (char& c : upper) {
      EXPECT_FALSE(c >= 'A' && c <= 'Z') << rule.name;
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    EXPECT_EQ(find_rule(rule.name), &rule) << rule.name;
    EXPECT_EQ(find_rule(upper), &rule) << rule.name;
    EXPECT_EQ(find_rule(upper + "x"), nullptr) << rule.name;
  }
  for (const char* name : {"", "x", "received", "dkim-signature", "list", "list-i", "x-list-id"}) {
    EXPECT_EQ(find_rule(name), nullptr) << name;
  }
}

}  // namespace
}  // namespace mailassay::kind
