// What recover() makes of facts and trust: values, sources, confidence, conflicts, witnesses.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "envelope/word.h"
#include "mailassay/envelope.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

TrustOptions receivers(const std::vector<std::string_view>& texts) {
  TrustOptions options;
  for (const std::string_view text : texts) EXPECT_TRUE(add_receiver(options, text)) << text;
  return options;
}

std::string told(const std::optional<Value>& value, bool is_address = false) {
  if (!value) return "-";
  return (is_address ? test::address_text(value->text) : '<' + value->text + '>') + ' ' +
         std::string(word_of(value->source)) + ' ' + std::string(word_of(value->confidence)) +
         (value->is_domain_only ? " domain" : "");
}

std::string conflicts(const Envelope& envelope) {
  std::string out;
  for (const Conflict& conflict : envelope.conflicts) {
    const bool is_address = conflict.subject == ConflictSubject::client_ip;
    out += std::string(word_of(conflict.subject)) + ": " + told(conflict.other, is_address) + '\n';
  }
  return out;
}

std::string witnesses(const Envelope& envelope) {
  std::string out;
  for (const Witness& witness : envelope.witnesses) {
    out += (out.empty() ? "" : ", ") + std::string(word_of(witness.place)) +
           (witness.trusted ? " trusted" : "");
  }
  return out;
}

Envelope recovered(const std::string& header, const TrustOptions& options = {}) {
  return recover(test::trace(header), options);
}

const std::string kHop =
    "Received: from mx.alpha.test (ptr.alpha.test [192.0.2.10]) by in.beta.test (Postfix) with "
    "ESMTP id 1 for <bob@beta.test>; Mon, 1 Jan 2024 12:00:00 +0000\n";
const std::string kLower =
    "Received: from pc by mx.alpha.test with SMTP; Mon, 1 Jan 2024 11:59:00 +0000\n";

TEST(Recovery, SureValues) {
  const Envelope envelope =
      recovered("Return-Path: <ann@alpha.test>\n" + kHop + kLower + "\n", receivers({"beta.test"}));
  EXPECT_EQ(envelope.border.sureness, Sureness::sure);
  EXPECT_EQ(envelope.border.hop, 0U);
  EXPECT_EQ(told(envelope.client_ip, true), "192.0.2.10 received sure");
  EXPECT_EQ(told(envelope.helo), "<mx.alpha.test> received sure");
  EXPECT_EQ(told(envelope.rdns), "<ptr.alpha.test> received sure");
  EXPECT_EQ(told(envelope.mail_from), "<ann@alpha.test> return-path sure");
  ASSERT_TRUE(envelope.received_at);
  EXPECT_EQ(envelope.received_at->time.time_since_epoch().count(), 1704110400);
  EXPECT_EQ(envelope.received_at->source, ValueSource::received);
  EXPECT_EQ(envelope.received_at->confidence, Confidence::sure);
  EXPECT_EQ(envelope.clients_word_from, 1U);
  EXPECT_EQ(conflicts(envelope), "");
}

TEST(Recovery, InferredValues) {
  const Envelope envelope = recovered("Return-Path: <>\n" + kHop + "\n");
  EXPECT_EQ(told(envelope.client_ip, true), "192.0.2.10 received inferred");
  EXPECT_EQ(told(envelope.mail_from), "<> return-path inferred");
  EXPECT_EQ(envelope.received_at->confidence, Confidence::inferred);
}

TEST(Recovery, WithoutBorder) {
  struct {
    std::string header;
    std::string_view mail_from;
    std::optional<std::int64_t> received_at;
  } const kCases[] = {
      {"Subject: x\n\n", "-", {}},
      {"Return-Path: <a@b.test>\nSubject: x\n\n", "<a@b.test> return-path weak", {}},
      {"Return-Path: <a@b.test>\nReceived: (qmail 1 invoked by uid 0); 1 Jan 2024 12:00:00 "
       "-0000\n\n",
       "<a@b.test> return-path weak", 1704110400},
      // Below a hop anyone may have written it.
      {"Received: (qmail 1 invoked by uid 0); 1 Jan 2024 12:00:00 -0000\nReturn-Path: "
       "<a@b.test>\n\n",
       "-", 1704110400},
      {"Received: from pc (dsl [192.0.2.77]) by in.beta.test (Postfix) with ESMTPSA id 1; Mon, 1 "
       "Jan "
       "2024 12:00:00 +0000\n" +
           kHop + "\n",
       "-", 1704110400},
      // The newest that is plausible.
      {"Received: by a with HTTP; yesterday\nReceived: by a with HTTP; 1 Jan 1970 00:00:00 +0000\n"
       "Received: by a with HTTP; 1 Jan 2024 12:00:00 +0000\n"
       "Received: by a with HTTP; 1 Jan 2023 12:00:00 +0000\n\n",
       "-", 1704110400},
  };
  for (const auto& [header, mail_from, received_at] : kCases) {
    const Envelope envelope = recovered(header, receivers({"beta.test"}));
    EXPECT_EQ(envelope.border.sureness, Sureness::none) << header;
    EXPECT_FALSE(envelope.border.hop) << header;
    EXPECT_FALSE(envelope.clients_word_from) << header;
    EXPECT_EQ(told(envelope.client_ip, true), "-") << header;
    EXPECT_EQ(told(envelope.helo), "-") << header;
    EXPECT_EQ(told(envelope.mail_from), mail_from) << header;
    ASSERT_EQ(envelope.received_at.has_value(), received_at.has_value()) << header;
    if (!received_at) continue;
    EXPECT_EQ(envelope.received_at->time.time_since_epoch().count(), *received_at) << header;
    EXPECT_EQ(envelope.received_at->source, ValueSource::newest_received) << header;
    EXPECT_EQ(envelope.received_at->confidence, Confidence::weak) << header;
  }
}

TEST(Recovery, SourcesOfMailFrom) {
  const std::string exim =
      "Received: from mx.alpha.test ([192.0.2.10]) by in.beta.test with esmtp (Exim 4.96) "
      "(envelope-from <exim@alpha.test>) id 1; Mon, 1 Jan 2024 12:00:00 +0000\n";
  const std::string results = "Authentication-Results: in.beta.test; spf=pass smtp.mailfrom=";
  TrustOptions options = receivers({"beta.test"});
  options.authserv_ids = {"in.beta.test"};
  struct {
    std::string header;
    std::string_view expected;
    std::string_view conflicts;
  } const kCases[] = {
      {exim, "<exim@alpha.test> received sure", ""},
      {"Return-Path: <exim@ALPHA.test>\n" + exim, "<exim@ALPHA.test> return-path sure", ""},
      {"Return-Path: <other@alpha.test>\n" + exim, "<other@alpha.test> return-path sure",
       "mail-from: <exim@alpha.test> received sure\n"},
      {exim + "Return-Path: <forged@bank.test>\n", "<exim@alpha.test> received sure", ""},
      {results + "a@alpha.test\n" + kHop, "<a@alpha.test> authentication-results sure", ""},
      {results + "alpha.test\n" + kHop, "<alpha.test> authentication-results sure domain", ""},
      {results + "alpha.test\n" + exim, "<exim@alpha.test> received sure", ""},
      {results + "gamma.test\n" + exim, "<exim@alpha.test> received sure",
       "mail-from: <gamma.test> authentication-results sure domain\n"},
      {"Authentication-Results: other; spf=pass smtp.mfrom=a@alpha.test\n" + kHop,
       "<a@alpha.test> authentication-results weak", ""},
      {"Authentication-Results: in.beta.test; dkim=pass smtp.mailfrom=a@alpha.test\n" + kHop, "-",
       ""},
      {kHop + results + "forged@bank.test\n", "-", ""},
      {"Received-SPF: pass (x) envelope-from=a@alpha.test\n" + kHop,
       "<a@alpha.test> received-spf weak", ""},
      {"Received-SPF: pass receiver=in.beta.test; envelope-from=<>\n" + kHop,
       "<> received-spf sure", ""},
      {"X-Envelope-From: <a@alpha.test>\n" + kHop, "<a@alpha.test> envelope-from weak", ""},
      {kHop + "X-Envelope-From: <forged@bank.test>\n", "-", ""},
      {"Return-Path: <one@a.test>\nReturn-Path: <two@a.test>\n" + kHop,
       "<one@a.test> return-path sure", "mail-from: <two@a.test> return-path sure\n"},
      {kHop, "-", ""},
  };
  for (const auto& [header, expected, others] : kCases) {
    const Envelope envelope = recovered(header + "\n", options);
    EXPECT_EQ(told(envelope.mail_from), expected) << header;
    EXPECT_EQ(conflicts(envelope), others) << header;
  }
}

TEST(Recovery, ConflictsOfClientAndHelo) {
  TrustOptions options = receivers({"beta.test"});
  options.authserv_ids = {"in.beta.test"};
  const std::string no_address =
      "Received: from mx.alpha.test by in.beta.test with SMTP; Mon, 1 Jan 2024 12:00:00 +0000\n";
  struct {
    std::string header;
    std::string_view client;
    std::string_view conflicts;
  } const kCases[] = {
      {"Received-SPF: pass receiver=in.beta.test; client-ip=192.0.2.10; helo=MX.alpha.test.\n" +
           kHop,
       "192.0.2.10 received sure", ""},
      {"Received-SPF: pass receiver=in.beta.test; client-ip=192.0.2.11; helo=a\n" + kHop,
       "192.0.2.10 received sure",
       "client-ip: 192.0.2.11 received-spf sure\nhelo: <a> received-spf sure\n"},
      {"Authentication-Results: x; iprev=pass policy.iprev=192.0.2.11\n" + kHop,
       "192.0.2.10 received sure", "client-ip: 192.0.2.11 authentication-results weak\n"},
      {kHop + "Received-SPF: pass receiver=in.beta.test; client-ip=203.0.113.1\n",
       "192.0.2.10 received sure", ""},
      // A border hop without address: the results above it may know.
      {"Received-SPF: pass receiver=in.beta.test; client-ip=192.0.2.12\n" + no_address,
       "192.0.2.12 received-spf sure", ""},
      {no_address + "Received-SPF: pass receiver=in.beta.test; client-ip=203.0.113.1\n", "-", ""},
      {"X-Forefront-Antispam-Report: CIP:203.0.113.1;\n" + no_address, "-", ""},
  };
  for (const auto& [header, client, others] : kCases) {
    const Envelope envelope = recovered(header + "\n", options);
    EXPECT_EQ(told(envelope.client_ip, true), client) << header;
    EXPECT_EQ(conflicts(envelope), others) << header;
  }
}

TEST(Recovery, ClocksThatDisagree) {
  const auto at = [](std::string_view hour) {
    return "Received: from in.beta.test (in.beta.test [127.0.0.1]) by in.beta.test (Postfix); Mon, "
           "1 "
           "Jan 2024 " +
           std::string(hour) + ":00:00 +0000\n";
  };
  EXPECT_EQ(conflicts(recovered(at("11") + kHop + "\n", receivers({"beta.test"}))), "");
  EXPECT_EQ(conflicts(recovered(at("23") + kHop + "\n", receivers({"beta.test"}))), "");
  EXPECT_EQ(conflicts(recovered(at("10") + kHop + "\n", receivers({"beta.test"}))),
            "received-time: <1704103200> newest-received sure\n");
}

// [RFC8601 1.6] [RFC8601 2.5]
TEST(Recovery, PlacesOfResults) {
  const std::string results = "Authentication-Results: in.beta.test; dkim=pass\n";
  const std::string others = "Authentication-Results: bank.test; dkim=pass\n";
  const std::string inner =
      "Received: from in.beta.test ([10.0.0.2]) by box.beta.test with ESMTP; d\n";
  const std::string all =
      results + others + kHop + results + "Subject: x\n" + kLower + results + "\n";
  TrustOptions options = receivers({"beta.test"});
  EXPECT_EQ(witnesses(recovered(all, options)),
            "above-border, above-border, adjoining, below-border");
  options.authserv_ids = {"BETA.test"};
  EXPECT_EQ(witnesses(recovered(all, options)),
            "above-border trusted, above-border, adjoining, below-border");
  options.authserv_ids = {"IN.beta.test"};
  EXPECT_EQ(witnesses(recovered(all, options)),
            "above-border trusted, above-border, adjoining, below-border");
  options.receivers_strip_results = true;
  EXPECT_EQ(witnesses(recovered(all, options)),
            "above-border trusted, above-border, adjoining trusted, below-border");
  // A receiver that removes its own name may keep those below it.
  options.authserv_ids = {"beta.test"};
  EXPECT_EQ(witnesses(recovered(all, options)),
            "above-border trusted, above-border, adjoining, below-border");
  options.authserv_ids = {"IN.beta.test"};
  // An inferred border: what adjoins it is not believed.
  options.hosts.clear();
  EXPECT_EQ(witnesses(recovered(all, options)),
            "above-border trusted, above-border, adjoining, below-border");
  EXPECT_EQ(witnesses(recovered(results + "Subject: x\n\n", options)), "no-border");
  // Below a client that had to be guessed, a stranger may have written it.
  EXPECT_EQ(witnesses(recovered(results + inner + results + kHop + "\n", options)),
            "above-border trusted, above-border");
  EXPECT_EQ(witnesses(recovered(results + inner + results + kHop + "\n",
                                [] {
                                  TrustOptions named = receivers({"beta.test", "10.0.0.2"});
                                  named.authserv_ids = {"in.beta.test"};
                                  return named;
                                }())),
            "above-border trusted, above-border trusted");
}

// An inferred border that a believed result names too. STANDING's third way to a sure one.
TEST(Recovery, ConfirmedBorder) {
  const std::string result =
      "Authentication-Results: in.beta.test; iprev=pass policy.iprev=192.0.2.10\n";
  const std::string other =
      "Authentication-Results: in.beta.test; iprev=pass policy.iprev=192.0.2.11\n";
  TrustOptions options;
  const auto border = [&](const std::string& header) {
    const Envelope envelope = recovered(header + "\n", options);
    return std::string(word_of(envelope.border.sureness)) + ' ' +
           std::string(word_of(envelope.border.reason));
  };
  EXPECT_EQ(border(result + kHop), "inferred first-outsider");
  options.authserv_ids = {"in.beta.test"};
  EXPECT_EQ(border(result + kHop), "sure confirmed");
  EXPECT_EQ(border(other + kHop), "inferred first-outsider");
  EXPECT_EQ(border(kHop + result), "inferred first-outsider");
  EXPECT_EQ(border(kHop), "inferred first-outsider");
  // Behind address translation: a stranger wrote the result and the hop below it.
  EXPECT_EQ(border("Received: from evil.test (x [172.17.0.1]) by in.beta.test (Postfix); d\n" +
                   result + kHop),
            "inferred below-unknown-hop");
}

// The provider's results are believed as ever, but they do not tell whose the filter is.
TEST(Recovery, FilterGateway) {
  const std::string hop =
      "Received: from us-smtp-1.mimecast.com (192.0.2.5) by D1.mail.protection.outlook.com "
      "(10.1.1.1) with Microsoft SMTP Server; d\n\n";
  const std::string result =
      "Authentication-Results: spf=fail (sender IP is 192.0.2.5) smtp.mailfrom=alpha.test; "
      "dkim=pass header.d=alpha.test\n";
  const Envelope envelope = recovered(result + hop);
  EXPECT_EQ(envelope.border.sureness, Sureness::inferred);
  EXPECT_EQ(envelope.border.reason, BorderReason::filter_gateway);
  EXPECT_EQ(witnesses(envelope), "above-border trusted");
  // Named as a receiver it is no border at all.
  TrustOptions options = receivers({"192.0.2.5"});
  const std::string below =
      "Received: from mx.alpha.test (mx.alpha.test [192.0.2.10]) by relay.mimecast.com with ESMTP; "
      "d\n";
  EXPECT_EQ(
      told(recovered(result + hop.substr(0, hop.size() - 1) + below + "\n", options).client_ip,
           true),
      "192.0.2.10 received sure");
}

TEST(Recovery, Gmail) {
  const std::string header =
      "Delivered-To: bob@beta.test\n"
      "Received: by 2002:a05:6214:1::1 with SMTP id x; Mon, 1 Jan 2024 04:00:01 -0800 (PST)\n"
      "X-Received: by 2002:a05:620a:1::1 with SMTP id y; Mon, 1 Jan 2024 04:00:01 -0800 (PST)\n"
      "Return-Path: <bounces+bob=beta.test@alpha.test>\n"
      "Received: from mx.alpha.test (mx.alpha.test. [192.0.2.10]) by mx.google.com with ESMTPS id "
      "z "
      "for <bob@beta.test> (version=TLS1_3 cipher=X); Mon, 1 Jan 2024 04:00:00 -0800 (PST)\n"
      "Received-SPF: pass (google.com: domain of bounces+bob=beta.test@alpha.test designates "
      "192.0.2.10 as permitted sender) client-ip=192.0.2.10;\n"
      "Authentication-Results: mx.google.com; spf=pass (google.com: domain of "
      "bounces+bob=beta.test@alpha.test designates 192.0.2.10 as permitted sender) "
      "smtp.mailfrom=\"bounces+bob=beta.test@alpha.test\"\n"
      "Subject: x\n\n";
  const Envelope envelope = recovered(header);
  EXPECT_EQ(envelope.border.reason, BorderReason::provider);
  EXPECT_EQ(envelope.border.provider, Provider::gmail);
  EXPECT_EQ(told(envelope.client_ip, true), "192.0.2.10 received sure");
  EXPECT_EQ(told(envelope.mail_from), "<bounces+bob=beta.test@alpha.test> return-path sure");
  ASSERT_EQ(envelope.rewrites.size(), 1U);
  EXPECT_EQ(envelope.rewrites[0].kind, RewriteKind::verp);
  EXPECT_EQ(envelope.rewrites[0].address, "bob@beta.test");
}

std::string exchange_mail(std::string_view result, std::string_view below) {
  return "Received: from C1.eurprd01.prod.outlook.com (2603:10a6:3::1) by "
         "A1.eurprd01.prod.outlook.com (2603:10a6:1::1) with Microsoft SMTP Server id 15.20; d\n"
         "Authentication-Results: " +
         std::string(result) +
         "\nReceived: from mx.alpha.test (192.0.2.10) by D1.mail.protection.outlook.com "
         "(10.152.1.1) "
         "with Microsoft SMTP Server id 15.20 via Frontend Transport; Mon, 1 Jan 2024 12:00:00 "
         "+0000\nSubject: x\n" +
         std::string(below) + "\n\n";
}

// Exchange Online writes Return-Path at the foot.
TEST(Recovery, ExchangeOnline) {
  const std::string_view kPass =
      "spf=pass (sender IP is 192.0.2.10) smtp.mailfrom=alpha.test; dmarc=pass action=none "
      "header.from=alpha.test;compauth=pass reason=100";
  struct {
    std::string header;
    std::string_view mail_from;
    std::string_view conflicts;
  } const kCases[] = {
      {exchange_mail(kPass, "Return-Path: b@alpha.test"), "<b@alpha.test> return-path sure", ""},
      {exchange_mail(kPass, "X-A: a"), "<alpha.test> authentication-results sure domain", ""},
      {exchange_mail(kPass, "Return-Path: b@bank.test"),
       "<alpha.test> authentication-results sure domain",
       "mail-from: <b@bank.test> return-path weak\n"},
      {exchange_mail(kPass, "Return-Path: b@alpha.test\nReturn-Path: c@alpha.test"),
       "<alpha.test> authentication-results sure domain", ""},
      {exchange_mail("dkim=none", "Return-Path: b@alpha.test"), "<b@alpha.test> return-path weak",
       ""},
      {exchange_mail("other.test; spf=pass smtp.mailfrom=alpha.test", "Return-Path: b@alpha.test"),
       "<alpha.test> authentication-results weak domain", ""},
      {exchange_mail(kPass, "X-Forefront-Antispam-Report: CIP:192.0.2.10;H:mx.alpha.test;"),
       "<alpha.test> authentication-results sure domain", ""},
      {exchange_mail(kPass, "X-Forefront-Antispam-Report: CIP:192.0.2.99;"),
       "<alpha.test> authentication-results sure domain", "client-ip: 192.0.2.99 forefront weak\n"},
  };
  for (const auto& [header, mail_from, others] : kCases) {
    const Envelope envelope = recovered(header);
    EXPECT_EQ(told(envelope.client_ip, true), "192.0.2.10 received sure") << header;
    EXPECT_EQ(told(envelope.mail_from), mail_from) << header;
    EXPECT_EQ(conflicts(envelope), others) << header;
  }
  EXPECT_EQ(witnesses(recovered(exchange_mail(kPass, "X-A: a"))), "above-border trusted");
  EXPECT_EQ(witnesses(recovered(exchange_mail("other.test; dkim=pass", "X-A: a"))), "above-border");
}

}  // namespace
}  // namespace mailassay::envelope
