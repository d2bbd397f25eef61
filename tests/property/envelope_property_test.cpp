// What must hold of the border and the envelope, whatever the trace fields say.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "mailassay/envelope.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

template <std::size_t kSize>
std::string one_of(std::mt19937& random, const char* const (&texts)[kSize]) {
  return texts[random() % kSize];
}

constexpr const char* kAddresses[] = {"192.0.2.10", "203.0.113.1",     "198.51.100.5",
                                      "10.0.0.2",   "127.0.0.1",       "IPv6:2603:10a6::1",
                                      "172.17.0.1", "IPv6:2001:db8::1"};
constexpr const char* kHosts[] = {"in.beta.test",        "box.beta.test",
                                  "mx.alpha.test",       "bank.test",
                                  "localhost",           "unknown",
                                  "mx.google.com",       "D1.mail.protection.outlook.com",
                                  "A1.prod.outlook.com", "mta1.mail.bf1.yahoo.com"};
constexpr const char* kPrograms[] = {" (Postfix)", " (8.15.2/8.15.2)", "", " (Exim 4.96)"};
constexpr const char* kProtocols[] = {"ESMTP", "ESMTPS",           "SMTP", "ESMTPSA", "LMTP",
                                      "HTTP",  "IMAP (fetchmail)", "mapi"};

std::string any_hop(std::mt19937& random) {
  if (random() % 8 == 0) return "Received: (qmail 1 invoked from network); d\n";
  if (random() % 16 == 0) return "Received: nonsense\n";
  std::string hop = "Received: ";
  if (random() % 8 != 0) {
    hop += "from " + one_of(random, kHosts) + " (" + one_of(random, kHosts);
    if (random() % 8 != 0) hop += " [" + one_of(random, kAddresses) + ']';
    hop += ") ";
  }
  hop += "by " + one_of(random, kHosts) + one_of(random, kPrograms) + " with " +
         one_of(random, kProtocols) + "; " + std::to_string(1 + random() % 28) +
         " Jan 2024 12:00:00 +0000\n";
  return hop;
}

std::string any_field(std::mt19937& random) {
  switch (random() % 8) {
    case 0:
      return "Return-Path: <ann@" + one_of(random, kHosts) + ">\n";
    case 1:
      return "Authentication-Results: " + one_of(random, kHosts) + "; iprev=pass policy.iprev=\"" +
             one_of(random, kAddresses) + "\"; spf=pass smtp.mailfrom=" + one_of(random, kHosts) +
             '\n';
    case 2:
      return "Received-SPF: pass receiver=" + one_of(random, kHosts) +
             "; client-ip=" + one_of(random, kAddresses) + "; helo=" + one_of(random, kHosts) +
             '\n';
    case 3:
      return "X-Forefront-Antispam-Report: CIP:" + one_of(random, kAddresses) + ";\n";
    case 4:
      return "X-Envelope-From: <ann@" + one_of(random, kHosts) + ">\n";
    default:
      return any_hop(random);
  }
}

std::string any_header(std::mt19937& random) {
  std::string header;
  for (auto i = random() % 8; i > 0; --i) header += any_field(random);
  return header;
}

TrustOptions any_trust(std::mt19937& random) {
  TrustOptions options;
  if (random() % 2 == 0) options.hosts.push_back("beta.test");
  if (random() % 4 == 0) options.hosts.push_back("mx.alpha.test");
  if (random() % 3 == 0) add_receiver(options, "10.0.0.0/8");
  if (random() % 3 == 0) add_receiver(options, "198.51.100.0/24");
  if (random() % 2 == 0) options.authserv_ids.push_back("in.beta.test");
  if (random() % 3 == 0) options.providers.clear();
  options.receivers_strip_results = random() % 2 == 0;
  return options;
}

constexpr int kRounds = 30000;

bool is_sure(const TransitFacts& facts, const TrustOptions& options) {
  return recover(facts, options).border.sureness == Sureness::sure;
}

TEST(EnvelopeProperty, WhatIsSaidIsConsistent) {
  std::mt19937 random(5321);
  int sure = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::string header = any_header(random) + '\n';
    const TransitFacts facts = test::trace(header);
    const Envelope envelope = recover(facts, any_trust(random));
    const Border& border = envelope.border;
    ASSERT_EQ(border.hop.has_value(), border.sureness != Sureness::none) << header;
    ASSERT_EQ(envelope.clients_word_from.has_value(), border.hop.has_value()) << header;
    const bool is_sure_reason = border.reason == BorderReason::receiver ||
                                border.reason == BorderReason::provider ||
                                border.reason == BorderReason::confirmed;
    ASSERT_EQ(border.sureness == Sureness::sure, is_sure_reason) << header;
    ASSERT_EQ(envelope.witnesses.size(), facts.recorded.size()) << header;
    if (border.sureness == Sureness::sure) ++sure;
    if (border.sureness == Sureness::none) {
      ASSERT_FALSE(envelope.client_ip || envelope.helo || envelope.rdns) << header;
      ASSERT_TRUE(std::none_of(envelope.witnesses.begin(), envelope.witnesses.end(),
                               [](const Witness& witness) { return witness.trusted; }))
          << header;
    }
    for (const auto& value : {envelope.client_ip, envelope.helo, envelope.mail_from}) {
      if (!value || value->confidence != Confidence::sure) continue;
      ASSERT_EQ(border.sureness, Sureness::sure) << header;
    }
    for (const Witness& witness : envelope.witnesses) {
      if (!witness.trusted) continue;
      ASSERT_TRUE(witness.place == Place::above_border || witness.place == Place::adjoining)
          << header;
    }
  }
  EXPECT_GT(sure, kRounds / 50) << "the generator makes nothing worth testing";
}

/// Envelope without what a stranger may add: witnesses of his fields, and at Exchange Online, which
/// writes at the foot as well, doubt.
void expect_same(const Envelope& before, const Envelope& after, const std::string& header) {
  ASSERT_EQ(after.border.sureness, before.border.sureness) << header;
  ASSERT_EQ(after.border.reason, before.border.reason) << header;
  ASSERT_EQ(after.border.hop, before.border.hop) << header;
  ASSERT_EQ(after.client_ip, before.client_ip) << header;
  ASSERT_EQ(after.helo, before.helo) << header;
  ASSERT_EQ(after.rdns, before.rdns) << header;
  ASSERT_EQ(after.clients_word_from, before.clients_word_from) << header;
  ASSERT_EQ(after.received_at.has_value(), before.received_at.has_value()) << header;
  if (after.received_at) {
    ASSERT_EQ(after.received_at->time, before.received_at->time) << header;
  }
  for (std::size_t i = 0; i < before.witnesses.size(); ++i) {
    ASSERT_EQ(after.witnesses[i].trusted, before.witnesses[i].trusted) << header;
  }
  for (std::size_t i = before.witnesses.size(); i < after.witnesses.size(); ++i) {
    ASSERT_FALSE(after.witnesses[i].trusted) << header;
  }
  if (before.border.provider == Provider::microsoft365) return;
  ASSERT_EQ(after.mail_from, before.mail_from) << header;
  ASSERT_EQ(after.conflicts.size(), before.conflicts.size()) << header;
}

TEST(EnvelopeProperty, WhatAStrangerAddsBelowTheBorderChangesNothing) {
  std::mt19937 random(8601);
  int tried = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::string header = any_header(random);
    TrustOptions options = any_trust(random);
    options.receivers_strip_results = false;  // else the receiver removes what adjoins the border
    const Envelope before = recover(test::trace(header + '\n'), options);
    if (!before.border.hop || !before.client_ip) continue;
    ++tried;
    std::string longer = header;
    for (auto i = 1 + random() % 4; i > 0; --i) longer += any_field(random);
    expect_same(before, recover(test::trace(longer + '\n'), options), longer);
  }
  EXPECT_GT(tried, kRounds / 10) << "the generator makes nothing worth testing";
}

TEST(EnvelopeProperty, WithoutTrustNothingIsSure) {
  std::mt19937 random(7208);
  for (int round = 0; round < kRounds; ++round) {
    const std::string header = any_header(random) + '\n';
    const TransitFacts facts = test::trace(header);
    TrustOptions nobody;
    nobody.providers.clear();
    ASSERT_FALSE(is_sure(facts, nobody)) << header;
    // A network says who a client is, never who wrote the top hop.
    add_receiver(nobody, "198.51.100.0/24");
    add_receiver(nobody, "10.0.0.0/8");
    ASSERT_FALSE(is_sure(facts, nobody)) << header;
  }
}

// Fewer networks are another matter: a relay that is no longer known becomes an outsider, and the
// border is at the hop that it handed in.
TEST(EnvelopeProperty, LessTrustNeverMakesSure) {
  std::mt19937 random(9989);
  for (int round = 0; round < kRounds; ++round) {
    const std::string header = any_header(random) + '\n';
    const TransitFacts facts = test::trace(header);
    const TrustOptions full = any_trust(random);
    if (is_sure(facts, full)) continue;
    TrustOptions less = full;
    less.authserv_ids.clear();
    ASSERT_FALSE(is_sure(facts, less)) << header;
    less.providers.clear();
    ASSERT_FALSE(is_sure(facts, less)) << header;
  }
}

}  // namespace
}  // namespace mailassay::envelope
