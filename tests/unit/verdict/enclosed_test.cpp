// A message that lies in another one: what whoever wrote that one claims is not believed.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "mailassay/dossier.h"
#include "mailassay/verdict.h"
#include "support/growing_view.h"
#include "support/signed_message.h"
#include "verdict/standing_word.h"

namespace mailassay {
namespace {

constexpr const char* kKeyName = "s1._domainkey.example.com";
/// Claims of whoever encloses the message: a host that is believed received it, from a client that
/// SPF lets pass, and recorded that all is well.
constexpr const char* kClaims =
    "Return-Path: <a@example.com>\r\n"
    "Authentication-Results: mx.own.example; dkim=pass header.d=example.com;\r\n"
    "\tspf=pass smtp.mailfrom=a@example.com; dmarc=pass header.from=example.com\r\n"
    "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.own.example\r\n"
    "\t(Postfix) with ESMTP id 4ABC; Mon, 1 May 2023 10:00:00 +0000\r\n";

/// The same from a client that SPF does not let pass.
std::string with_other_client() {
  std::string claims(kClaims);
  for (std::size_t at; (at = claims.find("192.0.2.1]")) != std::string::npos;) {
    claims.replace(at, 10, "198.51.100.7]");
  }
  claims.erase(claims.find("Authentication"),
               claims.find("Received: ") - claims.find("Authentication"));
  return claims;
}

test::LearningView table(const std::string& key) {
  test::LearningView made;
  made.add_txt(kKeyName, key);
  made.add_txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
  made.add_txt("_dmarc.example.com", "v=DMARC1; p=reject");
  return made;
}

JudgeOptions trusting() {
  JudgeOptions options;
  EXPECT_TRUE(envelope::add_receiver(options.receivers, "mx.own.example"));
  options.receivers.authserv_ids = {"mx.own.example"};
  options.own_domains = {"own.example"};
  return options;
}

Verdict judged(const std::string& message, std::optional<Enclosure> enclosure,
               const std::string& key = test::plain_key_record()) {
  Dossier dossier = digest({message});
  dossier.enclosure = enclosure;
  test::LearningView view = table(key);
  for (int round = 0; round < 8; ++round) {
    dns::Needs needs;
    if (auto verdict = judge(dossier, view, needs, trusting())) return std::move(*verdict);
    for (const dns::Question& question : needs.questions()) {
      view.learn(question, {{test::negative_sighting(dns::AnswerKind::no_such_name)}});
    }
  }
  ADD_FAILURE() << "needs answers for ever";
  return {};
}

std::string told(const Verdict& verdict) {
  std::string text(standing::entry_of(verdict.standing.value).text);
  for (const auto& reason : verdict.standing.reasons) text += " " + standing::text_of(reason);
  return text;
}

std::string unsigned_from(const std::string& author, const std::string& claims = kClaims) {
  return claims + "From: " + author + "\r\nSubject: x\r\n\r\nPay now.\r\n";
}

TEST(Enclosed, WhatIsClaimedIsNotBelieved) {
  const std::string sound = test::signed_plain_message();
  const std::string other_body = sound + "Pay now.\r\n";
  std::string other_header = sound;
  other_header.insert(other_header.find("Subject: ") + 9, "[x] ");
  const struct {
    const char* name;
    std::string message;
    standing::Value stored, enclosed;
    const char* form;
  } cases[] = {
      {"SPF passes", unsigned_from("a@example.com"), standing::Value::authenticated,
       standing::Value::unverifiable, "enclosed"},
      {"from an own domain, without a trace", unsigned_from("chief@own.example", ""),
       standing::Value::local, standing::Value::unverifiable, "enclosed"},
      {"a signature", sound, standing::Value::authenticated, standing::Value::authenticated,
       "enclosed"},
      {"spoofed", unsigned_from("a@example.com", with_other_client()), standing::Value::disowned,
       standing::Value::unverifiable, "enclosed"},
      {"another body", with_other_client() + other_body, standing::Value::altered,
       standing::Value::unverifiable, "enclosed"},
      {"another body, and a record that says pass", kClaims + other_body,
       standing::Value::authenticated, standing::Value::unverifiable, "enclosed"},
      {"another header", with_other_client() + other_header, standing::Value::altered,
       standing::Value::unverifiable, "enclosed"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.name);
    const Verdict stored = judged(one.message, std::nullopt);
    EXPECT_EQ(stored.standing.value, one.stored) << told(stored);
    const Verdict enclosed = judged(one.message, Enclosure{});
    EXPECT_EQ(enclosed.standing.value, one.enclosed) << told(enclosed);
    EXPECT_EQ(standing::word_of(enclosed.form.form), one.form);
    EXPECT_EQ(enclosed.envelope.border.sureness, envelope::Sureness::none);
    EXPECT_EQ(enclosed.envelope.border.reason, envelope::BorderReason::enclosed);
    EXPECT_FALSE(enclosed.envelope.client_ip);
    EXPECT_EQ(enclosed.spf.absence, SpfVerdict::Absence::no_client_ip);
    EXPECT_EQ(enclosed.direction, standing::Direction::unknown);
    EXPECT_NE(enclosed.integrity.value, standing::Integrity::altered);
    for (const RecordedVerdict& recorded : enclosed.recorded) {
      EXPECT_FALSE(recorded.witness.trusted);
    }
  }
}

/// The header is as it was signed; without a body there is nothing that could be slipped in.
TEST(Enclosed, AHeaderAlone) {
  const std::string sound = test::signed_plain_message();
  const std::string header = sound.substr(0, sound.find("\r\n\r\n") + 2);
  EXPECT_EQ(told(judged(header, Enclosure{EnclosureRole::returned, true})),
            "attested headers-proven");
  const Verdict changed = judged("Subject: y\r\n" + unsigned_from("a@example.com", ""),
                                 Enclosure{EnclosureRole::returned, true});
  EXPECT_EQ(changed.standing.value, standing::Value::unverifiable) << told(changed);
  EXPECT_EQ(changed.form.form, Form::headers_only);
}

/// A time of receipt that the enclosing message claims brings no obsolete algorithm back.
TEST(Enclosed, OldRulesAreNotInForce) {
  const mkcorpus::SigningKey& key = test::rsa_key(768);
  const std::string message =
      "Received: from a.example ([192.0.2.9]) by b.example with SMTP; Thu, 2 May 2013 10:00:00 "
      "+0000\r\n" +
      test::signed_message(test::plain_fields(), test::plain_body(), {}, key);
  const std::string record = test::key_record(key);
  const Verdict stored = judged(message, std::nullopt, record);
  EXPECT_EQ(stored.standing.value, standing::Value::authenticated) << told(stored);
  const Verdict enclosed = judged(message, Enclosure{}, record);
  EXPECT_EQ(enclosed.standing.value, standing::Value::unverifiable) << told(enclosed);
}

}  // namespace
}  // namespace mailassay
