// Headers as stores and exporters leave them.
#include "dossier/form_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay {
namespace {

FormFacts facts_of(const std::string& header) {
  const test::ExactCopy copy(header);
  message::HeaderIndex index;
  index.build(copy.view());
  return read_form(index);
}

constexpr const char* kReceived =
    "Received: from a.example (a.example [192.0.2.1]) by b.example; Wed, 1 May 2024 10:00:00 "
    "+0000\n"
    "From: Ann <ann@example.com>\n"
    "Subject: of the status\n"
    "Content-Type: text/plain\n";

TEST(FormReader, StoreFields) {
  const FormFacts plain{.has_transit = true};
  EXPECT_EQ(facts_of(kReceived), plain);
  for (const char* field : {"X-Mozilla-Status: 0001", "X-Mozilla-Keys:", "X-Account-Key: account1",
                            "X-UIDL: 1", "X-GM-THRID: 1", "X-Gmail-Labels: Inbox", "Status: RO",
                            "X-Status: A", "X-Keywords:", "X-UID: 7", "X-IMAPbase: 1 2",
                            "Content-Length: 12", "Lines: 4", "x-mozilla-status2: 0"}) {
    FormFacts facts = plain;
    facts.store_fields = true;
    EXPECT_EQ(facts_of(std::string(field) + "\n" + kReceived), facts) << field;
  }
  for (const char* field :
       {"X-Mozilla: 1", "X-Mozilla-: 1", "Statuses: 1", "X-Statistics: 1", "Content-Language: en",
        "List-Id: <a.example>", "X-Mailer: Thunderbird", "X-GMail: 1", "X-UIDLs: 1",
        "Sender: a@example.com", "X-Spam-Status: No"}) {
    EXPECT_EQ(facts_of(std::string(field) + "\n" + kReceived), plain) << field;
  }
}

TEST(FormReader, Drafts) {
  for (const char* field :
       {"X-Unsent: 1", "x-unsent:1 ", "X-Mozilla-Draft-Info: internal/draft; vcard=0",
        "X-Mozilla-Draft-Info:", "X-Apple-Auto-Saved: 1",
        "X-Uniform-Type-Identifier: com.apple.mail-draft", "X-Gmail-Labels: Drafts",
        "X-Gmail-Labels: Important, drafts,Work"}) {
    EXPECT_TRUE(facts_of(std::string(field) + "\n" + kReceived).draft_marks) << field;
  }
  for (const char* field :
       {"X-Unsent: 0", "X-Unsent:", "X-Unsent: 11", "X-Apple-Auto-Saved: 0",
        "X-Uniform-Type-Identifier: com.apple.mail-note", "X-Gmail-Labels: Sent",
        "X-Gmail-Labels: Old drafts,Draftsman", "X-Gmail-Labels:", "Draft: 1", "X-Mozilla-Draft: 1",
        "Subject: X-Unsent: 1", "Unsent: 1"}) {
    EXPECT_FALSE(facts_of(std::string(field) + "\n" + kReceived).draft_marks) << field;
  }
}

TEST(FormReader, CustomerSystems) {
  for (const char* field : {"X-CRM-Activity: 7", "x-crm-id:", "X-Odoo-Objects: sale.order-1",
                            "X-SFDC-User: 005", "X-HubSpot-Owner: 1", "X-Zendesk-Ticket: 1"}) {
    EXPECT_TRUE(facts_of(std::string(field) + "\n" + kReceived).crm_marks) << field;
  }
  for (const char* field : {"X-CRM: 1", "X-CRM-: 1", "X-CRMs-Id: 1", "CRM-Id: 1", "X-Mailer: CRM",
                            "Subject: X-CRM-Id", "X-Odd-Objects: 1"}) {
    EXPECT_FALSE(facts_of(std::string(field) + "\n" + kReceived).crm_marks) << field;
  }
}

TEST(FormReader, Readpst) {
  const FormFacts boundary = facts_of(
      "From: a@example.com\nMIME-Version: 1.0\n"
      "Content-Type: "
      "multipart/mixed;\n\tboundary=\"--boundary-LibPST-iamunique-1188747394_-_-\"\n");
  EXPECT_TRUE(boundary.libpst_boundary);
  EXPECT_TRUE(boundary.names_parts);
  EXPECT_FALSE(boundary.libpst_fields);
  const FormFacts fields = facts_of("From: a@example.com\nX-libpst-forensic-bcc: b@example.com\n");
  EXPECT_TRUE(fields.libpst_fields);
  EXPECT_FALSE(fields.libpst_boundary);
  EXPECT_FALSE(facts_of("Subject: boundary-LibPST-iamunique-1\n").libpst_boundary);
  EXPECT_FALSE(facts_of("Content-Type: multipart/mixed; boundary=\"LibPST\"\n").libpst_boundary);
  EXPECT_FALSE(facts_of("X-libpst-forensics: 1\n").libpst_fields);
}

TEST(FormReader, Exchange) {
  const std::string has_attach = "X-MS-Has-Attach:\n";
  const std::string correlator = "X-MS-TNEF-Correlator:\n";
  const std::string review = "X-MS-Exchange-Organization-RecordReviewCfmType: 0\n";
  EXPECT_TRUE(facts_of(has_attach + correlator + review).exchange_fields);
  // Two of them, or one twice, are in mail that Exchange sent and others received.
  EXPECT_FALSE(facts_of(has_attach + correlator).exchange_fields);
  EXPECT_FALSE(facts_of(has_attach + review).exchange_fields);
  EXPECT_FALSE(facts_of(correlator + review + correlator).exchange_fields);
  EXPECT_FALSE(
      facts_of(has_attach + correlator + "X-MS-Exchange-Organization-SCL: -1\n").exchange_fields);
}

TEST(FormReader, Pipermail) {
  const std::string header =
      "From: ann at example.com (Ann)\nDate: Wed, 1 May 2024 10:00:00 +0000\n"
      "Subject: [list] of this\nIn-Reply-To: <1@example.com>\nReferences: <1@example.com>\n"
      "Message-ID: <2@example.com>\n";
  const FormFacts facts = facts_of(header);
  EXPECT_TRUE(facts.few_fields);
  EXPECT_TRUE(facts.obfuscated_from);
  EXPECT_FALSE(facts.has_transit);
  EXPECT_FALSE(facts_of(header + "To: list@example.com\n").few_fields);
  EXPECT_FALSE(facts_of(header + "X-Any: 1\n").few_fields);
  EXPECT_FALSE(facts_of("From: Ann at work <ann@example.com>\n").obfuscated_from);
  EXPECT_FALSE(facts_of("From: annatexample.com\n").obfuscated_from);
  EXPECT_TRUE(facts_of(header + "Delivered-To: b@example.com\n").has_transit);
  EXPECT_FALSE(facts_of("").few_fields);
}

TEST(FormReader, Transit) {
  for (const char* field : {"Received: x", "Return-Path: <>", "Delivered-To: a@example.com",
                            "X-Original-To: a@example.com", "X-Received: x"}) {
    EXPECT_TRUE(facts_of(std::string(field) + "\n").has_transit) << field;
  }
  for (const char* field : {"Received-SPF: pass", "X-Return-Path: <>", "Date: x", "To: x"}) {
    EXPECT_FALSE(facts_of(std::string(field) + "\n").has_transit) << field;
  }
}

}  // namespace
}  // namespace mailassay
