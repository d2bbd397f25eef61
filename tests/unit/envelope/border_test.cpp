// Where the border is, and what strangers can do about it: nothing.
#include "envelope/border.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "envelope/word.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

TrustOptions receivers(const std::vector<std::string_view>& texts) {
  TrustOptions options;
  for (const std::string_view text : texts) EXPECT_TRUE(add_receiver(options, text)) << text;
  return options;
}

/// sureness reason client-of-the-border-hop
std::string border(std::string_view header, const TrustOptions& options = {}) {
  const TransitFacts facts = test::trace(header);
  const FoundBorder found = find_border(facts, options);
  std::string out(word_of(found.border.sureness));
  out += ' ' + std::string(word_of(found.border.reason));
  if (found.border.hop) out += ' ' + test::address_text(facts.hops[*found.border.hop].client_ip);
  return out;
}

constexpr std::string_view kOutside =
    "Received: from mx.alpha.test (mx.alpha.test [192.0.2.10]) by in.beta.test (Postfix) with "
    "ESMTP;"
    " Mon, 1 Jan 2024 12:00:00 +0000\n";
constexpr std::string_view kForged =
    "Received: from bank.test (bank.test [203.0.113.1]) by in.beta.test (Postfix) with ESMTP; d\n";
constexpr std::string_view kForgedGmail =
    "Received: from bank.test (bank.test. [203.0.113.1]) by mx.google.com with ESMTPS id x; d\n";
constexpr std::string_view kFilter =
    "Received: from in.beta.test ([127.0.0.1]) by localhost (in.beta.test [127.0.0.1]) "
    "(amavisd-new, port 10024) with ESMTP id x; d\n";
constexpr std::string_view kReinjected =
    "Received: from localhost (localhost [127.0.0.1]) by in.beta.test (Postfix) with ESMTP; d\n";
constexpr std::string_view kInner =
    "Received: from in.beta.test (in.beta.test [10.0.0.2]) by box.beta.test (Postfix) with ESMTP; "
    "d\n";
constexpr std::string_view kLmtp =
    "Received: from box.beta.test ([10.0.0.3]) by store.beta.test with LMTP id x; d\n";
constexpr std::string_view kFetched =
    "Received: from imap.gmail.test [203.0.113.9] by localhost with IMAP (fetchmail-6.4); d\n";

std::string lines(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out + "\n";
}

TEST(Border, WithoutConfiguration) {
  struct {
    std::string header;
    std::string_view expected;
  } const kCases[] = {
      {lines({}), "none no-trace"},
      {lines({"Subject: x\n"}), "none no-trace"},
      {lines({kOutside}), "inferred first-outsider 192.0.2.10"},
      {lines({kOutside, kForged}), "inferred first-outsider 192.0.2.10"},
      {lines({kOutside, kForgedGmail}), "inferred first-outsider 192.0.2.10"},
      {lines({kLmtp, kOutside}), "inferred first-outsider 192.0.2.10"},
      {lines({kInner, kOutside, kForged}), "inferred below-unknown-hop 192.0.2.10"},
      {lines({kReinjected, kFilter, kOutside}), "inferred below-unknown-hop 192.0.2.10"},
      {lines({kReinjected}), "none own-hops-only"},
      {lines({kInner}), "none own-hops-only"},
      {lines({"Received: by in.beta.test (Postfix, from userid 0) id 1; d\n"}),
       "none own-hops-only"},
      {lines({"Received: (qmail 1 invoked by uid 0); d\n", kOutside}),
       "inferred first-outsider 192.0.2.10"},
      {lines({"Received: from pc (dsl [192.0.2.77]) by in.beta.test (Postfix) with ESMTPSA; d\n",
              kForged}),
       "none submission"},
      {lines({"Received: hello\n", kOutside}), "none unreadable-hop"},
      // A host of the same organization, if the writer confirms its name.
      {lines({"Received: from x (out.beta.test [192.0.2.20]) by box.beta.test (Postfix); d\n",
              kOutside}),
       "inferred below-unknown-hop 192.0.2.10"},
      {lines({"Received: from x (out.beta.test [192.0.2.20]) by box.beta.test with ESMTP; d\n",
              kForged}),
       "inferred first-outsider 192.0.2.20"},
      {lines(
           {"Received: from out.beta.test (evil.test [192.0.2.66]) by box.beta.test (Postfix); d\n",
            kForged}),
       "inferred first-outsider 192.0.2.66"},
      {lines({"Received: from x (out.beta.test [192.0.2.66] (may be forged)) by box.beta.test "
              "(8.15.2/8.15.2) with ESMTP; d\n",
              kForged}),
       "inferred first-outsider 192.0.2.66"},
      // No address was recorded: the hop is the border all the same.
      {lines({"Received: from mx.alpha.test by in.beta.test with SMTP; d\n", kForged}),
       "inferred first-outsider -"},
      {lines({"Received: from localhost by in.beta.test with SMTP; d\n", kForged}),
       "inferred first-outsider -"},
      {lines({"Received: from in.beta.test by in.beta.test with SMTP; d\n", kForged}),
       "inferred first-outsider -"},
  };
  for (const auto& [header, expected] : kCases) EXPECT_EQ(border(header), expected) << header;
}

TEST(Border, ConfiguredReceivers) {
  struct {
    std::string header;
    std::vector<std::string_view> receivers;
    std::string_view expected;
  } const kCases[] = {
      {lines({kOutside, kForged}), {"beta.test"}, "sure receiver 192.0.2.10"},
      {lines({kOutside, kForged}), {"in.beta.test"}, "sure receiver 192.0.2.10"},
      {lines({kOutside, kForged}), {"gamma.test"}, "inferred first-outsider 192.0.2.10"},
      // A relay that is believed, but the host that tells of it is not.
      {lines({kOutside, kForged}), {"mx.alpha.test"}, "inferred below-unknown-hop 203.0.113.1"},
      {lines({kReinjected, kFilter, kOutside, kForged}), {"beta.test"}, "sure receiver 192.0.2.10"},
      // A private address is the receiver's own only if it is named: behind address translation
      // all clients have one.
      {lines({kInner, kOutside}), {"beta.test"}, "inferred below-unknown-hop 192.0.2.10"},
      {lines({kInner, kOutside}), {"beta.test", "10.0.0.0/8"}, "sure receiver 192.0.2.10"},
      {lines({kInner, kForgedGmail}), {"beta.test"}, "inferred below-unknown-hop 203.0.113.1"},
      // What a configured address hands on was written by its host, whatever its name.
      {lines({"Received: from g (x [198.51.100.5]) by in.beta.test (Postfix) with ESMTP; d\n",
              "Received: from mx.alpha.test (192.0.2.10) by gw-7 with ESMTP; d\n", kForged}),
       {"beta.test", "198.51.100.0/24"},
       "sure receiver 192.0.2.10"},
      // Even if that is a host of a provider that takes submissions.
      {lines({"Received: from g (x [198.51.100.5]) by in.beta.test (Postfix) with ESMTP; d\n",
              "Received: from pc (192.0.2.10) by A1.prod.outlook.com with Microsoft SMTP Server; "
              "d\n"}),
       {"beta.test", "198.51.100.0/24"},
       "sure provider 192.0.2.10"},
      // Networks alone do not say who wrote the top hop.
      {lines({kOutside}), {"198.51.100.0/24"}, "inferred first-outsider 192.0.2.10"},
      // A name that is confirmed and configured.
      {lines({"Received: from g (gw.delta.test [198.51.100.5]) by in.beta.test (Postfix); d\n",
              "Received: from mx.alpha.test (192.0.2.10) by gw.delta.test with ESMTP; d\n"}),
       {"beta.test", "delta.test"},
       "sure receiver 192.0.2.10"},
      // The same name as a HELO, or looked up but not confirmed.
      {lines(
           {"Received: from gw.delta.test (evil.test [192.0.2.66]) by in.beta.test (Postfix); d\n",
            "Received: from bank.test (203.0.113.1) by gw.delta.test with ESMTP; d\n"}),
       {"beta.test", "delta.test"},
       "sure receiver 192.0.2.66"},
      {lines({"Received: from gw.delta.test (HELO gw.delta.test) (192.0.2.66) by in.beta.test with "
              "SMTP; d\n",
              "Received: from bank.test (203.0.113.1) by gw.delta.test with ESMTP; d\n"}),
       {"beta.test", "delta.test"},
       "sure receiver 192.0.2.66"},
      {lines({kReinjected}), {"beta.test"}, "none own-hops-only"},
      {lines({"Received: from pc (dsl [192.0.2.77]) by in.beta.test (Postfix) with ESMTPSA; d\n"}),
       {"beta.test"},
       "none submission"},
  };
  for (const auto& [header, texts, expected] : kCases) {
    EXPECT_EQ(border(header, receivers(texts)), expected) << header;
  }
}

constexpr std::string_view kGmail =
    "Received: by 2002:a05:6214:1::1 with SMTP id x; d\n"
    "X-Received: by 2002:a05:620a:1::1 with SMTP id y; d\n"
    "Received: from mx.alpha.test (mx.alpha.test. [192.0.2.10]) by mx.google.com with ESMTPS id z "
    "for <ann@beta.test> (version=TLS1_3); d\n";
constexpr std::string_view kExchange =
    "Received: from A1.eurprd01.prod.outlook.com (2603:10a6:1::1) by B1.eurprd01.prod.outlook.com "
    "with HTTPS; d\n"
    "Received: from C1.eurprd01.prod.outlook.com (2603:10a6:3::1) by A1.eurprd01.prod.outlook.com "
    "(2603:10a6:1::1) with Microsoft SMTP Server (version=TLS1_2) id 15.20; d\n"
    "Received: from D1.eop-EUR01.prod.protection.outlook.com (2603:10a6:4:cafe::1) by "
    "C1.outlook.office365.com (2603:10a6:3::2) with Microsoft SMTP Server id 15.20 via Frontend "
    "Transport; d\n"
    "Received: from mx.alpha.test (192.0.2.10) by D1.mail.protection.outlook.com (10.152.1.1) with "
    "Microsoft SMTP Server (version=TLS1_2) id 15.20 via Frontend Transport; d\n";
constexpr std::string_view kYahoo =
    "Received: from 127.0.0.1 by atlas-production.v2.omega.yahoo.com pod-id x with HTTP; d\n"
    "Received: from 192.0.2.10 (EHLO mx.alpha.test) by 10.222.1.1 with SMTPs (version=TLS1_2); d\n";

TEST(Border, Providers) {
  const std::string submitted =
      "Received: from [10.1.1.1] (192.0.2.77) by A1.eurprd01.prod.outlook.com (2603:10a6:1::1) "
      "with "
      "Microsoft SMTP Server (version=TLS1_2) id 15.20; d\n";
  const std::string by_mapi =
      "Received: from A1.prod.outlook.com ([fe80::1%5]) by A1.prod.outlook.com ([fe80::1%5]) with "
      "mapi id 15.20; d\n";
  const std::string forged_edge =
      "Received: from bank.test (203.0.113.1) by D1.mail.protection.outlook.com (10.1.1.1) with "
      "Microsoft SMTP Server; d\n";
  struct {
    std::string header;
    std::string_view expected;
  } const kCases[] = {
      {lines({kGmail, kForged}), "sure provider 192.0.2.10"},
      {lines({kExchange, kForged}), "sure provider 192.0.2.10"},
      {lines({kYahoo, kForged}), "sure provider 192.0.2.10"},
      {lines({kFetched, kGmail}), "sure provider 192.0.2.10"},
      {lines({kLmtp, kGmail}), "sure provider 192.0.2.10"},
      // Submissions within Exchange Online.
      {lines({by_mapi}), "none own-hops-only"},
      {lines({by_mapi, forged_edge}), "inferred below-submission 203.0.113.1"},
      {lines({submitted, forged_edge}), "inferred inner-host 192.0.2.77"},
      // Others rent addresses of Exchange's block; at the entrance all are outsiders.
      {"Received: from bank.test (2603:1000::66) by D1.mail.protection.outlook.com (10.1.1.1) with "
       "Microsoft SMTP Server; d\nReceived: from bank.test (203.0.113.1) by "
       "D1.mail.protection.outlook.com with Microsoft SMTP Server; d\n\n",
       "sure provider 2603:1000::66"},
      // A rented filter may be the receiver's own: then every sender would be a stranger.
      {"Received: from us-smtp-1.mimecast.com (192.0.2.5) by D1.mail.protection.outlook.com "
       "(10.1.1.1) with Microsoft SMTP Server; d\n\n",
       "inferred filter-gateway 192.0.2.5"},
      {"Received: from x (mx0a.pphosted.com. [192.0.2.5]) by mx.google.com with ESMTPS id x; d\n\n",
       "inferred filter-gateway 192.0.2.5"},
      {"Received: from mimecast.com (bank.test. [192.0.2.5]) by mx.google.com with ESMTPS id x; "
       "d\n\n",
       "sure provider 192.0.2.5"},
      {"Received: from x (mx.notmimecast.com. [192.0.2.5]) by mx.google.com with ESMTPS id x; "
       "d\n\n",
       "sure provider 192.0.2.5"},
      // A provider's name below a stranger's hop or a guess is the stranger's word.
      {lines({kOutside, kGmail}), "inferred first-outsider 192.0.2.10"},
      {lines({kInner, kGmail}), "inferred below-unknown-hop 192.0.2.10"},
      {lines({kReinjected, kGmail}), "inferred below-unknown-hop 192.0.2.10"},
      {lines({"Received: from x (HELO y) (192.0.2.66) by mx.google.com.evil.test with SMTP; d\n"}),
       "inferred first-outsider 192.0.2.66"},
      {lines({"Received: from x (192.0.2.66) by evil-mail.protection.outlook.com.test; d\n"}),
       "inferred first-outsider 192.0.2.66"},
  };
  for (const auto& [header, expected] : kCases) EXPECT_EQ(border(header), expected) << header;
  TrustOptions nobody;
  nobody.providers.clear();
  for (const std::string_view header : {kGmail, kExchange, kYahoo}) {
    EXPECT_NE(border(lines({header}), nobody).substr(0, 4), "sure") << header;
  }
}

TEST(Border, TheOrganizationalDomainIsTheCallers) {
  const std::string header =
      "Received: from x (mail.evil.co.test [192.0.2.66]) by mx.beta.co.test (Postfix) with ESMTP; "
      "d\n"
      "Received: from bank.test (203.0.113.1) by mail.evil.co.test with ESMTP; d\n\n";
  EXPECT_EQ(border(header), "inferred below-unknown-hop 203.0.113.1");
  TrustOptions options;
  options.organizational_domain = [](std::string_view name) { return std::string(name); };
  EXPECT_EQ(border(header, options), "inferred first-outsider 192.0.2.66");
}

TEST(Border, WhereTheReceiversWordEnds) {
  const auto until = [](const std::string& header, const TrustOptions& options) {
    return find_border(test::trace(header), options).receivers_word_until;
  };
  const std::string header = lines({"X-A: a\n", kInner, "X-B: b\n", kOutside});
  EXPECT_EQ(until(header, receivers({"beta.test"})), 1U);
  EXPECT_EQ(until(header, receivers({"beta.test", "10.0.0.0/8"})), 3U);
}

}  // namespace
}  // namespace mailassay::envelope
