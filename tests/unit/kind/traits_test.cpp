#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kind/list_facts.h"
#include "support/kind_case.h"

namespace mailassay::kind {
namespace {

/// Traits as words, in the order of STANDING: "smime encrypted via-esp:x".
std::string words(const KindFacts& facts) {
  std::string out;
  const auto add = [&](bool has, const std::string& word) {
    if (has) out += (out.empty() ? "" : " ") + word;
  };
  const Traits& traits = facts.traits;
  add(traits.encrypted, "encrypted");
  add(traits.smime, "smime");
  add(traits.pgp, "pgp");
  add(traits.confidential_stub, "confidential-stub");
  add(traits.from_munged, "from-munged");
  add(traits.rewriting != Rewriting::none, std::string(word_of(traits.rewriting)));
  add(traits.esp != Esp::none, "via-esp:" + std::string(word_of(traits.esp)));
  return out;
}

struct Case {
  const char* name;
  const char* message;
  const char* expected;
};

void expect_all(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(words(test::kind_facts(one.message)), one.expected) << one.name;
  }
}

// [RFC8551 3.2] [RFC3156 4] [RFC3156 5]
TEST(Traits, Protection) {
  expect_all({
      {"nothing", "Content-Type: text/plain\n\nhi\n", ""},
      {"S/MIME signed",
       "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\n\n",
       "smime"},
      {"S/MIME signed, old name",
       "Content-Type: multipart/signed; protocol=\"application/x-pkcs7-signature\"\n\n", "smime"},
      {"S/MIME encrypted", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\n",
       "encrypted smime"},
      {"S/MIME opaque", "Content-Type: application/x-pkcs7-mime; smime-type=signed-data\n\n",
       "smime"},
      {"S/MIME without a type", "Content-Type: application/pkcs7-mime; name=smime.p7m\n\n",
       "encrypted smime"},
      {"PGP signed", "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"\n\n",
       "pgp"},
      {"PGP encrypted",
       "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"\n\n",
       "encrypted pgp"},
      {"PGP inline", "From: a\n\nhi\n-----BEGIN PGP MESSAGE-----\n\nx\n", "encrypted pgp"},
      {"PGP inline, signed", "From: a\n\n-----BEGIN PGP SIGNED MESSAGE-----\n", "pgp"},
      {"PGP quoted", "From: a\n\n> -----BEGIN PGP MESSAGE-----\n", ""},
      {"a PGP key", "From: a\n\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n", ""},
      {"signed by something else", "Content-Type: multipart/signed; protocol=x\n\n", ""},
      {"a signature below a list's footer",
       "Content-Type: multipart/mixed; boundary=o\n\n--o\n"
       "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\n\n"
       "--b\n\nhi\n--b\nContent-Type: "
       "application/pgp-signature\n\nx\n--b--\n--o\n\nfooter\n--o--\n",
       "pgp"},
  });
}

TEST(Traits, ConfidentialStubs) {
  expect_all({
      {"Microsoft",
       "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nopen it\n--b\n"
       "Content-Type: application/x-microsoft-rpmsg-message\n"
       "Content-Disposition: attachment; filename=message.rpmsg\n\nx\n--b--\n",
       "confidential-stub"},
      {"Microsoft, newer",
       "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nopen it\n--b\n"
       "Content-Type: application/octet-stream;\n name=\"message_v4.rpmsg\"\n\n"
       "x\n--b--\n",
       "confidential-stub"},
      {"Proofpoint",
       "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nopen it\n--b\n"
       "Content-Type: text/html; name=\"SecureMessageAtt.html\"\n\nx\n--b--\n",
       "confidential-stub"},
      {"Gmail",
       "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n"
       "https://confidential-mail.google.com/msg/x\n--b--\n",
       "confidential-stub"},
      {"Zix", "From: a\n\n<a href=\"https://web1.zixmail.net/s/e?b=x\">\n", "confidential-stub"},
      {"a host that ends like it", "From: a\n\nhttps://notzixmail.net/\n", ""},
      {"another host", "From: a\n\nhttps://confidential-mail.google.com.example.org/msg/x\n", ""},
      {"a word", "From: a\n\nconfidential-mail.google.com\n", ""},
      {"a file of another name",
       "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n"
       "Content-Type: text/html; name=\"message.html\"\n\nx\n--b--\n",
       ""},
  });
}

TEST(Traits, SendersForOthers) {
  expect_all({
      {"Mailchimp", "X-MC-User: a\n\n", "via-esp:mailchimp"},
      {"Mailchimp by its mailer", "X-Mailer: MailChimp Mailer - **CID**\n\n", "via-esp:mailchimp"},
      {"SendGrid", "X-SG-EID: a\n\n", "via-esp:sendgrid"},
      {"SES", "X-SES-Outgoing: 2024.01.01-192.0.2.1\n\n", "via-esp:amazon-ses"},
      {"SES by its feedback id", "Feedback-ID: 1.eu-west-1.x=:AmazonSES\n\n", "via-esp:amazon-ses"},
      {"HubSpot", "X-HS-Cid: a\n\n", "via-esp:hubspot"},
      {"Salesforce Marketing Cloud", "X-SFMC-Stack: 7\n\n", "via-esp:salesforce-mc"},
      {"Mailgun", "X-Mailgun-Sid: a\n\n", "via-esp:mailgun"},
      {"Postmark", "X-PM-Message-Id: a\n\n", "via-esp:postmark"},
      {"the first counts", "X-PM-Message-Id: a\nX-SG-EID: b\n\n", "via-esp:postmark"},
      {"a mailer", "X-Mailer: Apple Mail\n\n", ""},
      {"a feedback id", "Feedback-ID: a:b:c\n\n", ""},
  });
}

TEST(Traits, Rewriting) {
  expect_all({
      {"SRS0", "Return-Path: <SRS0=HHH=TT=example.org=user@fwd.example>\n\n", "srs"},
      {"SRS1", "Return-Path: <SRS1=HHH=fwd.example==HHH=TT=example.org=user@b.example>\n\n", "srs"},
      {"SRS with plus", "Return-Path: <srs0+HHH=TT=example.org=user@fwd.example>\n\n", "srs"},
      {"BATV", "Return-Path: <prvs=1234abcdef=user@example.org>\n\n", "batv"},
      {"Gmail", "Return-Path: <user+caf_=other=example.org@gmail.com>\n\n", "gmail-caf"},
      {"VERP", "Return-Path: <list-bounces+user=example.org@lists.example>\n\n", "verp"},
      {"an equal sign", "Return-Path: <a=b@example.org>\n\n", ""},
      {"an address", "Return-Path: <user@example.org>\n\n", ""},
      {"a name like it", "Return-Path: <srs0@example.org>\n\n", ""},
      {"none", "Return-Path: <>\n\n", ""},
  });
  struct Path {
    const char* path;
    const char* sender;
  };
  constexpr Path kPaths[] = {
      {" <SRS0=HHH=TT=example.org=user@fwd.example>", "user@example.org"},
      {"<SRS1=HHH=fwd.example==HHH=TT=example.org=user@b.example>", "user@example.org"},
      {"<SRS0=HHH=TT=example.org=a=b@fwd.example>", "a=b@example.org"},
      {"<SRS0=HHH=TT=example.org@fwd.example>", ""},
      {"<SRS0=HHH@fwd.example>", ""},
      {"<SRS0=HHH=TT==user@fwd.example>", ""},
      {"<SRS1=HHH=fwd.example@b.example>", ""},
      {"<SRS1=HHH=@b.example>", ""},
      {"<user@example.org>", ""},
      {"", ""},
  };
  for (const Path& one : kPaths) EXPECT_EQ(srs_sender(one.path), one.sender) << one.path;
}

TEST(Traits, FromMunged) {
  expect_all({
      {"a field has the author",
       "List-Id: <l.example>\nFrom: A <l@example.org>\nX-Original-From: a@example.net\n\n",
       "from-munged"},
      {"via the list", "List-Id: <l.example>\nFrom: A via L <l@example.org>\n\n", "from-munged"},
      {"the address in the local part",
       "List-Id: <l.example>\nFrom: A <a=example.net@lists.example.org>\n\n", "from-munged"},
      {"the author himself", "List-Id: <l.example>\nFrom: A <a@example.net>\n\n", ""},
      {"no list", "From: A via B <a@example.net>\n\n", ""},
      {"a name with via", "List-Id: <l.example>\nFrom: Olivia <a@example.net>\n\n", ""},
  });
}

// [RFC2919 3] [RFC2919 6] [RFC8058 3.1]
TEST(ListFacts, OneClick) {
  struct OneClick {
    const char* fields;
    bool https;
    bool one_click;
  };
  constexpr OneClick kCases[] = {
      {"List-Unsubscribe: <https://a.example/u>\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       true, true},
      {"List-Unsubscribe: <mailto:u@a.example>,\n <HTTPS://a.example/u>\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       true, true},
      {"List-Unsubscribe: <http://a.example/u>\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       false, false},
      {"List-Unsubscribe: <mailto:u@a.example>\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       false, false},
      {"List-Unsubscribe: <https://a.example/u>\n", true, false},
      {"List-Unsubscribe: <https://a.example/u>\nList-Unsubscribe-Post: One-Click\n", true, false},
      {"List-Unsubscribe: <https://a.example/u>\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click; x\n",
       true, false},
      {"List-Unsubscribe: <https://a.example/u>\nList-Unsubscribe: <https://b.example/u>\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       true, false},
      {"List-Unsubscribe: <https://a.example/u>\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       true, false},
      {"List-Unsubscribe:\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n", false, false},
      {"List-Unsubscribe: https://a.example/u\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       false, false},
      {"List-Unsubscribe: <https://a.example/u\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       false, false},
      {"List-Unsubscribe: <https://a.example/u>, <HTTP://a.example/u>\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       true, false},
      {"List-Unsubscribe: <https://a.example/>,<HTTPS://b.example/>\n"
       "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n",
       true, false},
      {"List-Unsubscribe: < https://a.example/u >\n"
       "List-Unsubscribe-Post: list-unsubscribe=one-click \n",
       true, true},
  };
  for (const OneClick& one : kCases) {
    const KindFacts facts = test::kind_facts(std::string(one.fields) + "\n");
    ASSERT_TRUE(facts.list) << one.fields;
    EXPECT_GT(facts.list->unsubscribe_fields, 0U) << one.fields;
    EXPECT_EQ(facts.list->https_uris > 0, one.https) << one.fields;
    EXPECT_EQ(facts.list->one_click(), one.one_click) << one.fields;
  }
  EXPECT_EQ(test::kind_facts("List-Id: \"A <b>\" <My.List.Example>\n\n").list->list_id,
            "my.list.example");
  EXPECT_EQ(test::kind_facts("List-Id: bare.example\n\n").list->list_id, "bare.example");
  EXPECT_FALSE(test::kind_facts("Precedence: list\n\n").list);
  EXPECT_FALSE(test::kind_facts("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n\n").list);
}

TEST(Handling, WhatSpeaksForTraitsThatNeedMore) {
  Handling handling =
      test::kind_facts("Delivered-To: b@example.org\nTo: B <B@Example.org>\n\n").handling;
  EXPECT_FALSE(handling.delivered_elsewhere);
  EXPECT_FALSE(handling.no_recipients);
  handling =
      test::kind_facts("Delivered-To: crm@example.org\nTo: b@example.org\nCc: c@a\n\n").handling;
  EXPECT_TRUE(handling.delivered_elsewhere);
  handling =
      test::kind_facts("X-Original-To: c@example.org\nTo: b@example.org\nCc: c@example.org\n\n")
          .handling;
  EXPECT_FALSE(handling.delivered_elsewhere);
  handling =
      test::kind_facts("Bcc: c@example.org\nSubject: [EXTERNAL] hi\nX-Mimecast-Spam-Score: 1\n\n")
          .handling;
  EXPECT_TRUE(handling.has_bcc);
  EXPECT_TRUE(handling.no_recipients);
  EXPECT_TRUE(handling.external_tag);
  EXPECT_EQ(handling.gateway, Gateway::mimecast);
  handling = test::kind_facts("Subject: an [EXTERNAL] word\nTo: x\n\n").handling;
  EXPECT_EQ(handling, Handling());
}

}  // namespace
}  // namespace mailassay::kind
