// Received fields of many servers, and what clients try to smuggle into them. [RFC5321 4.4]
#include "envelope/received_field.h"

#include <gtest/gtest.h>

#include <string>

#include "envelope/word.h"
#include "support/exact_copy.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

ReceivedField read(std::string_view value, const Limits& limits = {}) {
  const test::ExactCopy copy(value);
  return read_received(copy.view(), limits);
}

/// kind | helo | rdns, with `!` if it is confirmed | client | by | with
std::string told(const Hop& hop) {
  return std::string(word_of(hop.kind)) + '|' + hop.helo + '|' + hop.rdns +
         (hop.rdns_is_confirmed ? "!" : "") + '|' + test::address_text(hop.client_ip) + '|' +
         hop.by + '|' + hop.with;
}

struct Case {
  std::string_view value;
  std::string_view expected;
};

TEST(ReceivedField, FormsOfServers) {
  const Case kCases[] = {
      // Postfix
      {"from mx.alpha.test (mail.alpha.test [192.0.2.10]) by in.beta.test (Postfix) with ESMTP id "
       "4ABC for <ann@beta.test>; Mon, 1 Jan 2024 12:00:00 +0000 (UTC)",
       "smtp|mx.alpha.test|mail.alpha.test!|192.0.2.10|in.beta.test|ESMTP"},
      {"from mx.alpha.test (unknown [IPv6:2001:db8::25])\r\n\t(using TLSv1.3 with cipher "
       "TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n\t key-exchange X25519)\r\n\t(Client CN "
       "\"evil [203.0.113.66]\", Issuer \"x\" (not verified))\r\n\tby in.beta.test (Postfix) with "
       "ESMTPS id 4ABC; Mon, 1 Jan 2024 12:00:00 +0000",
       "smtp|mx.alpha.test||2001:db8::25|in.beta.test|ESMTPS"},
      {"from [10.1.1.1] (dsl.alpha.test [192.0.2.77]) (Authenticated sender: ann) by in.beta.test "
       "(Postfix) with ESMTP id 1; x",
       "authorised|[10.1.1.1]|dsl.alpha.test!|192.0.2.77|in.beta.test|ESMTP"},
      {"by in.beta.test (Postfix, from userid 33) id 77; Mon, 1 Jan 2024 12:00:00 +0000",
       "local|||-|in.beta.test|"},
      // Sendmail
      {"from mx.alpha.test (mail.alpha.test [192.0.2.10] (may be forged)) by in.beta.test "
       "(8.15.2/8.15.2) with ESMTPS id u1 (version=TLSv1.2 verify=NO); date",
       "smtp|mx.alpha.test|mail.alpha.test|192.0.2.10|in.beta.test|ESMTPS"},
      {"from mx.alpha.test (IDENT:root@mail.alpha.test [192.0.2.10]) by in.beta.test "
       "(8.12.1/8.12.1) with SMTP id g1",
       "smtp|mx.alpha.test|mail.alpha.test!|192.0.2.10|in.beta.test|SMTP"},
      {"from mx.alpha.test ([192.0.2.10]) (authenticated bits=0) by in.beta.test (8.14.4/8.14.4) "
       "with ESMTP id q",
       "authorised|mx.alpha.test||192.0.2.10|in.beta.test|ESMTP"},
      {"(from ann@localhost) by in.beta.test (8.15.2/8.15.2/Submit) id x; date",
       "local|||-|in.beta.test|"},
      // Exim
      {"from mail.alpha.test ([192.0.2.10] helo=mx.alpha.test) by in.beta.test with esmtps "
       "(TLS1.3:ECDHE:256) (Exim 4.96) (envelope-from <ann@alpha.test>) id 1a-2b-3c for "
       "bob@beta.test; date",
       "smtp|mx.alpha.test|mail.alpha.test!|192.0.2.10|in.beta.test|ESMTPS"},
      {"from [192.0.2.10] (helo=[203.0.113.9]) by in.beta.test with smtp (Exim 4.96) id 1; date",
       "smtp|[203.0.113.9]||192.0.2.10|in.beta.test|SMTP"},
      {"from [192.0.2.10]:4711 (port=4711 helo=mx.alpha.test) by in.beta.test with esmtp id 1",
       "smtp|mx.alpha.test||192.0.2.10|in.beta.test|ESMTP"},
      {"from ann by in.beta.test with local (Exim 4.96) (envelope-from <ann@beta.test>) id 1",
       "local|ann||-|in.beta.test|LOCAL"},
      {"from mail.alpha.test ([192.0.2.10]) by in.beta.test with esmtpsa (Exim 4.96) id 1",
       "authorised|mail.alpha.test|mail.alpha.test!|192.0.2.10|in.beta.test|ESMTPSA"},
      // qmail
      {"from unknown (HELO mx.alpha.test) (192.0.2.10) by in.beta.test with SMTP; date",
       "smtp|mx.alpha.test||192.0.2.10|in.beta.test|SMTP"},
      {"from mail.alpha.test (HELO mx.alpha.test) (root@192.0.2.10) by in.beta.test with SMTP",
       "smtp|mx.alpha.test|mail.alpha.test|192.0.2.10|in.beta.test|SMTP"},
      {"(qmail 4711 invoked by uid 0); 1 Jan 2024 12:00:00 -0000", "local|||-||"},
      {"(qmail 4711 invoked from network); 1 Jan 2024 12:00:00 -0000", "local|||-||"},
      // Microsoft
      {"from mx.alpha.test (192.0.2.10) by AM1EUR02FT001.mail.protection.outlook.com (10.152.1.2) "
       "with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20.1.1 via Frontend Transport; "
       "date",
       "smtp|mx.alpha.test||192.0.2.10|am1eur02ft001.mail.protection.outlook.com|MICROSOFT SMTP "
       "SERVER"},
      {"from A1.eurprd01.prod.outlook.com (2603:10a6:1::1) by B1.eurprd01.prod.outlook.com "
       "(2603:10a6:2::2) with HTTPS; date",
       "local|A1.eurprd01.prod.outlook.com||2603:10a6:1::1|b1.eurprd01.prod.outlook.com|HTTPS"},
      {"from A1.eurprd01.prod.outlook.com ([fe80::1%5]) by A1.eurprd01.prod.outlook.com "
       "([fe80::1%5]) with mapi id 15.20.1.1; date",
       "local|A1.eurprd01.prod.outlook.com||fe80::1|a1.eurprd01.prod.outlook.com|MAPI"},
      {"from mx.alpha.test ([192.0.2.10] RDNS failed) by in.beta.test with Microsoft "
       "SMTPSVC(6.0.3790.1); date",
       "smtp|mx.alpha.test||192.0.2.10|in.beta.test|MICROSOFT SMTPSVC"},
      // Gmail
      {"from mx.alpha.test (mail.alpha.test. [192.0.2.10]) by mx.google.com with ESMTPS id abc for "
       "<ann@beta.test> (version=TLS1_3 cipher=X bits=256/256); date",
       "smtp|mx.alpha.test|mail.alpha.test|192.0.2.10|mx.google.com|ESMTPS"},
      {"by 2002:a05:6214:1::1 with SMTP id abc; date", "local|||-|2002:a05:6214:1::1|SMTP"},
      // Yahoo
      {"from 192.0.2.10 (EHLO mx.alpha.test) by 10.222.1.1 with SMTPs (version=TLS1_2 cipher=X); d",
       "smtp|mx.alpha.test||192.0.2.10|10.222.1.1|SMTPS"},
      {"from 127.0.0.1 (EHLO mx.alpha.test) (192.0.2.10) by mta1.mail.bf1.yahoo.com with SMTP; d",
       "smtp|mx.alpha.test||192.0.2.10|mta1.mail.bf1.yahoo.com|SMTP"},
      {"from 127.0.0.1 by atlas-production.omega.yahoo.com pod-id x with HTTP; d",
       "local|127.0.0.1||127.0.0.1|atlas-production.omega.yahoo.com|HTTP"},
      // CommuniGate
      {"from mx.alpha.test ([192.0.2.10] verified) by in.beta.test (CommuniGate Pro SMTP 6.1) with "
       "ESMTP id 1 for ann@beta.test; d",
       "smtp|mx.alpha.test||192.0.2.10|in.beta.test|ESMTP"},
      {"from [192.0.2.77] (account ann@beta.test HELO laptop) by in.beta.test (CommuniGate Pro "
       "SMTP 6.1) with ESMTP id 1",
       "authorised|laptop||192.0.2.77|in.beta.test|ESMTP"},
      // PowerMTA: no protocol, and the sender behind the date
      {"from mx.alpha.test (192.0.2.10) by out.beta.test (PowerMTA(TM) v3.5r13) id h1 for "
       "<ann@gamma.test>; Mon, 1 Jan 2024 12:00:00 +0000 (envelope-from <b@alpha.test>)",
       "smtp|mx.alpha.test||192.0.2.10|out.beta.test|"},
      // Courier, MDaemon, Domino, Ecelerity, XMail
      {"from mx.alpha.test (mail.alpha.test [::ffff:192.0.2.10]) by in.beta.test with esmtp; d",
       "smtp|mx.alpha.test|mail.alpha.test|192.0.2.10|in.beta.test|ESMTP"},
      {"from laptop (dsl.alpha.test [::ffff:192.0.2.77]) (AUTH: LOGIN ann) by in.beta.test with "
       "esmtp; d",
       "authorised|laptop|dsl.alpha.test|192.0.2.77|in.beta.test|ESMTP"},
      {"from mx.alpha.test (mail.alpha.test [192.0.2.10]) by beta.test (MDaemon PRO v20) with "
       "ESMTP "
       "id md1.msg for <ann@beta.test>; d",
       "smtp|mx.alpha.test|mail.alpha.test|192.0.2.10|beta.test|ESMTP"},
      {"from mx.alpha.test ([192.0.2.10]) by in.beta.test (Lotus Domino Release 8.5.3) with ESMTP "
       "id 2012-1 ; d",
       "smtp|mx.alpha.test||192.0.2.10|in.beta.test|ESMTP"},
      {"from [10.0.0.9] ([192.0.2.10:51234] helo=mx.alpha.test) by in.beta.test (envelope-from "
       "<b@alpha.test>) (ecelerity 3.6.1 r(1)) with ESMTP id A/B; d",
       "smtp|mx.alpha.test||192.0.2.10|in.beta.test|ESMTP"},
      {"from mx.alpha.test (192.0.2.10:2525) by in.beta.test with [XMail 1.27 ESMTP Server] id "
       "<S1> "
       "for <ann@beta.test> from <b@alpha.test>; d",
       "smtp|mx.alpha.test||192.0.2.10|in.beta.test|[XMAIL 1.27 ESMTP SERVER]"},
      // relays and services
      {"from mx.alpha.test (unknown [192.0.2.10]) by geopod-ismtpd-1-0 (SG) with ESMTP id X; d",
       "smtp|mx.alpha.test||192.0.2.10|geopod-ismtpd-1-0|ESMTP"},
      {"by filter0001.sendgrid.net with SMTP id filter0001-1 2024-01-01 12:00:00.1 +0000 UTC m=+1",
       "local|||-|filter0001.sendgrid.net|SMTP"},
      {"by luna.mailgun.net with HTTP; d", "local|||-|luna.mailgun.net|HTTP"},
      {"from a1.smtp-out.eu-west-1.amazonses.com (a1.smtp-out.eu-west-1.amazonses.com "
       "[192.0.2.10]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id 1 for a@beta.test; d",
       "smtp|a1.smtp-out.eu-west-1.amazonses.com|a1.smtp-out.eu-west-1.amazonses.com|192.0.2.10|"
       "inbound-smtp.eu-west-1.amazonaws.com|SMTP"},
      // delivery, fetching, filters
      {"from in.beta.test ([10.0.0.2]) by box.beta.test with LMTP id 1 for <ann@beta.test>; d",
       "delivery|in.beta.test||10.0.0.2|box.beta.test|LMTP"},
      {"from imap.gamma.test [192.0.2.99] by localhost with IMAP (fetchmail-6.4.0) for <ann@x> "
       "(single-drop); d",
       "fetched|imap.gamma.test||192.0.2.99|localhost|IMAP"},
      {"from in.beta.test ([127.0.0.1]) by localhost (in.beta.test [127.0.0.1]) (amavisd-new, port "
       "10024) with ESMTP id a; d",
       "smtp|in.beta.test||127.0.0.1|localhost|ESMTP"},
      {"from (localhost[127.0.0.1]) by out.alpha.test (vm2) with SMTP id <1>; d",
       "smtp||localhost|127.0.0.1|out.alpha.test|SMTP"},
      {"from [192.0.2.77] by web1.mail.test via HTTP; d",
       "authorised|[192.0.2.77]||192.0.2.77|web1.mail.test|HTTP"},
      {"from by (by [192.0.2.10]) by by; d", "smtp|by|by|192.0.2.10|by|"},
  };
  for (const auto& [value, expected] : kCases) EXPECT_EQ(told(read(value).hop), expected) << value;
}

TEST(ReceivedField, RemainingClauses) {
  const Hop hop = read(
                      "from a.test (a.test [192.0.2.1]) by B.Test (Postfix) with ESMTP id <4A;B> "
                      "for <\"x y\"@b.test>; Mon, 1 Jan 2024 12:00:00 +0000")
                      .hop;
  EXPECT_EQ(hop.by, "b.test");
  EXPECT_EQ(hop.id, "4A;B");
  EXPECT_EQ(hop.recipient, "\"x y\"@b.test");
  ASSERT_TRUE(hop.date);
  EXPECT_EQ(hop.date->time_since_epoch().count(), 1704110400);
  EXPECT_FALSE(hop.envelope_from);
  EXPECT_EQ(
      test::address_text(read("from a.test (192.0.2.1) by b (198.51.100.7) with x").hop.by_ip),
      "198.51.100.7");
}

TEST(ReceivedField, Sender) {
  struct {
    std::string_view value;
    std::optional<std::string> sender;
  } const kCases[] = {
      {"from a by b (Exim 4) (envelope-from <x@a.test>) id 1; d", "x@a.test"},
      {"from a by b (Exim 4) (envelope-from x@a.test) id 1; d", "x@a.test"},
      {"from a by b (envelope-from <>) id 1; d", ""},
      {"from a (1.2.3.4) by b (PowerMTA) id 1; Mon, 1 Jan 2024 12:00:00 +0000 (envelope-from "
       "<\"a>b\"@a.test>)",
       "\"a>b\"@a.test"},
      {"from a (1.2.3.4) by b (envelope-sender <x@a.test>) with SMTP; d", "x@a.test"},
      {"from a (1.2.3.4:5) by b with [XMail 1] id <S> for <y@b.test> from <x@a.test>; d",
       "x@a.test"},
      {"from a by b (Exim 4) (envelope-from <\"(\"@a.test>) id 1; d", "\"(\"@a.test"},
      {"from a by b (Exim 4) (envelope-from <\"a) (envelope-from <b@b.test>) (\"@a.test>) id 1",
       "\"a) (envelope-from <b@b.test>) (\"@a.test"},
      {"from a by b (Exim 4) (sender x@a.test) id 1; d", std::nullopt},
      {"from <x@a.test> by b with SMTP", std::nullopt},
      {"from a by b (not envelope-from <x@a.test>) id 1; d", std::nullopt},
  };
  for (const auto& [value, sender] : kCases) {
    EXPECT_EQ(read(value).hop.envelope_from, sender) << value;
  }
}

// A client chooses its HELO, the name of its address and its certificate.
TEST(ReceivedField, ClientsWordsDecideNothing) {
  const Case kCases[] = {
      // The address that the server writes last counts.
      {"from x (bank.test [203.0.113.1]) (real.test [192.0.2.66]) by in.beta.test (Postfix) with "
       "SMTP",
       "smtp|x|real.test!|192.0.2.66|in.beta.test|SMTP"},
      // A HELO with a by clause in it makes the field unreadable.
      {"from x by mx.google.com with ESMTPS id 1 (real.test [192.0.2.66]) by in.beta.test with "
       "SMTP",
       "unreadable|x||-|in.beta.test|ESMTPS"},
      {"from x from y (real.test [192.0.2.66]) by in.beta.test with SMTP",
       "unreadable|y|real.test|192.0.2.66|in.beta.test|SMTP"},
      // Words of a HELO with blanks are no clauses.
      {"from x with LMTP (real.test [192.0.2.66]) by in.beta.test with SMTP",
       "smtp|x|real.test|192.0.2.66|in.beta.test|SMTP"},
      {"from x via HTTP (real.test [192.0.2.66]) by in.beta.test (Server) id 1",
       "smtp|x|real.test|192.0.2.66|in.beta.test|"},
      {"from x with IMAP (real.test [192.0.2.66]) by in.beta.test (Server) id 1",
       "smtp|x|real.test|192.0.2.66|in.beta.test|"},
      // Names of addresses that look like the server's remarks.
      {"from x (authenticated [192.0.2.66]) by in.beta.test with SMTP",
       "smtp|x|authenticated|192.0.2.66|in.beta.test|SMTP"},
      {"from x (account.evil.test [192.0.2.66]) by in.beta.test with SMTP",
       "smtp|x|account.evil.test|192.0.2.66|in.beta.test|SMTP"},
      {"from x (fetchmail.evil.test [192.0.2.66]) by in.beta.test with SMTP",
       "smtp|x|fetchmail.evil.test|192.0.2.66|in.beta.test|SMTP"},
      {"from x (qmail [192.0.2.66]) by in.beta.test with SMTP",
       "smtp|x|qmail|192.0.2.66|in.beta.test|SMTP"},
      {"from x (using.evil.test [192.0.2.66]) by in.beta.test with SMTP",
       "smtp|x|using.evil.test|192.0.2.66|in.beta.test|SMTP"},
      {"from x (tls.evil.test [192.0.2.66]) by in.beta.test with SMTP",
       "smtp|x|tls.evil.test|192.0.2.66|in.beta.test|SMTP"},
      // An ident, and a HELO, with blanks.
      {"from x ([192.0.2.66] helo=y ident=z [203.0.113.1]) by in.beta.test with SMTP",
       "smtp|y|x|192.0.2.66|in.beta.test|SMTP"},
      {"from 192.0.2.66 (EHLO x 203.0.113.1) by in.beta.test with SMTP",
       "smtp|x||192.0.2.66|in.beta.test|SMTP"},
      // A quoted local part that would end the comment and go on in the name of the server.
      {"from x ([192.0.2.66]) by in.beta.test with esmtp (Exim 4.96) (envelope-from <\"a) with "
       "LMTP "
       "(b\"@evil.test>) id 1",
       "smtp|x|x!|192.0.2.66|in.beta.test|ESMTP"},
      {"from x ([192.0.2.66]) by in.beta.test with esmtp (Exim 4.96) (envelope-from <\"\\\") "
       "(fetchmail) (\"@evil.test>) id 1",
       "smtp|x|x!|192.0.2.66|in.beta.test|ESMTP"},
      {"from x ([192.0.2.66]) by in.beta.test with esmtp (Exim 4.96) (envelope-from <\"a) by "
       "own.test (\"@evil.test>) id 1",
       "smtp|x|x!|192.0.2.66|in.beta.test|ESMTP"},
      // So would it without quotes.
      {"from x ([192.0.2.66]) by in.beta.test with esmtp (Exim 4.96) (envelope-from <a) with LMTPA "
       "(b@evil.test>) id 1",
       "smtp|x|x!|192.0.2.66|in.beta.test|ESMTP"},
      {"from Postfix (evil.test [192.0.2.66]) by in.beta.test with SMTP",
       "smtp|Postfix|evil.test|192.0.2.66|in.beta.test|SMTP"},
      {"from x (Postfix [192.0.2.66]) by in.beta.test with SMTP",
       "smtp|x|postfix|192.0.2.66|in.beta.test|SMTP"},
  };
  for (const auto& [value, expected] : kCases) EXPECT_EQ(told(read(value).hop), expected) << value;
}

TEST(ReceivedField, WhatIsNoHop) {
  for (const std::string_view value :
       {"", " ", ";", "(", ")", "((((", "\"", "<", "[", "x", "; Mon, 1 Jan 2024 12:00:00 +0000",
        "(comment) ; Mon, 1 Jan 2024 12:00:00 +0000", "for <a@b.test>", "hello world", "\\",
        "(\\"}) {
    EXPECT_EQ(read(value).hop.kind, HopKind::unreadable) << value;
  }
  for (const std::string_view value : {"from", "by", "from by", "from a by", "with", "from (by"}) {
    EXPECT_TRUE(read(value).hop.client_ip.empty()) << value;
  }
}

TEST(ReceivedField, LimitsAreSaid) {
  Limits limits;
  limits.transit_value_bytes = 10;
  EXPECT_FALSE(read("from 1234567890 by b with SMTP", limits).value_cut);
  EXPECT_TRUE(read("from 12345678901 by b with SMTP", limits).value_cut);
  EXPECT_EQ(read("from 12345678901 by b with SMTP", limits).hop.helo, "1234567890");
  const std::string_view value = "from a (a [192.0.2.1]) by b with SMTP; 1 Jan 2024 12:00:00 +0000";
  limits = {};
  limits.transit_field_bytes = value.size();
  EXPECT_FALSE(read(value, limits).field_cut);
  EXPECT_EQ(read(value, limits).hop.kind, HopKind::smtp);
  limits.transit_field_bytes = value.size() - 1;
  // What was not read could contradict what was; the date stands at the end and is read.
  EXPECT_TRUE(read(value, limits).field_cut);
  EXPECT_EQ(read(value, limits).hop.kind, HopKind::unreadable);
  EXPECT_TRUE(read(value, limits).hop.date);
}

}  // namespace
}  // namespace mailassay::envelope
