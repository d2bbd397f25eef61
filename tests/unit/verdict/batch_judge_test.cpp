// Many dossiers at once are judged as one by one. [RFC6376 6.1] [RFC9989 4.4] [RFC8463 6]
#include "verdict/batch_judge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/growing_view.h"
#include "support/signed_message.h"

namespace mailassay {
namespace {

using dkim::Reason;
using dkim::Status;

constexpr const char* kName = "s1._domainkey.example.com";

std::vector<Reason> reasons(const Verdict& verdict) {
  std::vector<Reason> out;
  for (const auto& signature : verdict.signatures) out.push_back(signature.reason);
  return out;
}

Verdict judged(const std::string& message, const dns::View& view,
               const JudgeOptions& options = {}) {
  dns::Needs needs;
  auto verdict = judge(digest({message}), view, needs, options);
  EXPECT_TRUE(verdict && needs.empty());
  return verdict.value_or(Verdict{});
}

test::GrowingView table() {
  test::GrowingView made;
  made.add_txt(kName, test::plain_key_record());
  made.add_txt("s2._domainkey.example.com", test::key_record(test::key_pool().ed25519.front()));
  made.add("gone._domainkey.example.com", test::negative_sighting(dns::AnswerKind::no_such_name));
  return made;
}

/// Two signatures of both kinds side by side. [RFC8463 6]
std::string doubly_signed() {
  const auto form = test::replaced("s=s1", "s=s2", test::replaced("rsa-sha256", "ed25519-sha256"));
  return test::signature_field(test::plain_fields(), test::plain_body(), form,
                               test::key_pool().ed25519.front()) +
         "\r\n" + test::signed_plain_message();
}

std::ptrdiff_t keys_asked(const Verdict& verdict) {
  return std::count_if(verdict.evidence.begin(), verdict.evidence.end(),
                       [](const dns::Question& question) {
                         return question.name.find("._domainkey.") != std::string::npos;
                       });
}

// A question that has no answer yet is asked once, and there is no verdict.
TEST(BatchJudge, AsksForWhatIsMissing) {
  const Dossier dossier = digest({doubly_signed()});
  dns::Needs needs;
  EXPECT_FALSE(judge(dossier, test::GrowingView(), needs));
  ASSERT_EQ(needs.questions().size(), 2U);
  EXPECT_EQ(needs.questions()[0].name, "s2._domainkey.example.com");
  EXPECT_EQ(needs.questions()[1].name, kName);
  EXPECT_FALSE(judge(dossier, test::GrowingView(), needs));
  EXPECT_EQ(needs.questions().size(), 2U);
}

TEST(BatchJudge, AsksNothingForWhatIsRefused) {
  const Dossier dossier = digest({test::signed_plain_message(test::replaced("v=1", "v=2"))});
  dns::Needs needs;
  const auto verdict = judge(dossier, test::GrowingView(), needs);
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(needs.empty());
  EXPECT_EQ(keys_asked(*verdict), 0);
  EXPECT_EQ(reasons(*verdict), (std::vector<Reason>{Reason::unknown_version}));
}

TEST(BatchJudge, MessagesWithoutSignature) {
  const Verdict verdict = judged("From: jo@example.com\n\n", test::GrowingView());
  EXPECT_TRUE(verdict.signatures.empty());
  EXPECT_EQ(keys_asked(verdict), 0);
}

// After a signature that fails the others are tried; a bad one does not spoil a good one.
// [RFC6376 6.1]
TEST(BatchJudge, EverySignatureIsJudged) {
  EXPECT_EQ(reasons(judged(doubly_signed(), table())),
            (std::vector<Reason>{Reason::none, Reason::none}));
  std::string message = doubly_signed();
  message = "DKIM-Signature: broken\r\n" + message;
  EXPECT_EQ(reasons(judged(message, table())),
            (std::vector<Reason>{Reason::signature_syntax, Reason::none, Reason::none}));
  const auto gone = test::replaced("s=s1", "s=gone");
  message = test::signature_field(test::plain_fields(), test::plain_body(), gone,
                                  test::key_pool().rsa_2048.front()) +
            "\r\n" + doubly_signed();
  EXPECT_EQ(reasons(judged(message, table())),
            (std::vector<Reason>{Reason::no_key, Reason::none, Reason::none}));
}

// Questions in order of use, each once.
TEST(BatchJudge, EvidenceInOrderOfUse) {
  const std::string message = test::signed_plain_message();
  const std::string field = message.substr(0, message.find("Received:"));
  const Verdict verdict = judged(field + doubly_signed(), table());
  // Then follow the questions of SPF and DMARC.
  ASSERT_EQ(keys_asked(verdict), 2);
  EXPECT_EQ(verdict.evidence[0].name, kName);
  EXPECT_EQ(verdict.evidence[1].name, "s2._domainkey.example.com");
  EXPECT_EQ(verdict.signatures.size(), 3U);
  EXPECT_EQ(verdict.signatures[0].question->name, kName);
}

// [RFC9989 4.4] the same domain, and one Author Domain.
TEST(BatchJudge, StrictAlignment) {
  struct {
    std::string from;
    bool aligned;
  } const kCases[] = {
      {"From: jo@example.com", true},
      {"From: Jo <jo@EXAMPLE.com>", true},
      {"From: jo@news.example.com", false},
      {"From: jo@badexample.com", false},
      {"From: jo@com", false},
      {"From: jo", false},
      {"From: \"jo@example.com\" <ceo@bank.org>", false},
      {"From: \"@example.com\"@bank.org", false},
      {"From: a@example.com, b@example.com", true},
      {"From: a@example.com\r\nFrom: b@example.com", false},
      {"From: a@example.com, b@bank.org", false},
      {"To: x@example.com", false},
  };
  for (const auto& [from, aligned] : kCases) {
    const std::string message = test::signed_message({from, "Subject: x"}, "body\r\n", {},
                                                     test::key_pool().rsa_2048.front());
    const Verdict verdict = judged(message, table());
    EXPECT_EQ(verdict.signatures.front().aligned.has_value(), aligned) << from;
  }
}

TEST(BatchJudge, TimeOfTheCheck) {
  const std::string message = test::signed_plain_message(test::with_tags("x=1600000000"));
  JudgeOptions options;
  Verdict verdict = judged(message, table(), options);
  EXPECT_EQ(verdict.judged_at->time_since_epoch().count(), 1704103200);
  EXPECT_EQ(verdict.signatures.front().reason, Reason::expired);
  options.time.mode = JudgeTime::Mode::fixed;
  options.time.fixed_time = std::chrono::sys_seconds(std::chrono::seconds(1600000000));
  verdict = judged(message, table(), options);
  EXPECT_EQ(verdict.judged_at, options.time.fixed_time);
  EXPECT_EQ(verdict.signatures.front().reason, Reason::none);
  // No Received field and no fixed time: not judged at any.
  std::string timeless = message;
  timeless.replace(timeless.find("Received:"), 9, "X-Nothing:");
  verdict = judged(timeless, table());
  EXPECT_FALSE(verdict.judged_at);
  EXPECT_EQ(verdict.signatures.front().reason, Reason::none);
}

// A store that lost octets which l= counts: what the key of the signer proves, and no accusation
// without it. [RFC6376 3.5]
TEST(BatchJudge, LessBodyThanSigned) {
  test::SignatureForm form = test::with_tags("l=20");
  form.length = 20;
  const std::string message = test::signed_plain_message(form);
  const std::string cut = message.substr(0, message.find("  more"));
  const std::string header = message.substr(0, message.find("Dear"));
  test::GrowingView unknown;
  unknown.add(kName, test::negative_sighting(dns::AnswerKind::no_evidence));
  EXPECT_EQ(judged(message, table()).standing.value, standing::Value::authenticated);
  EXPECT_EQ(judged(cut, table()).signatures.front().reason, Reason::body_length_exceeds);
  EXPECT_EQ(judged(cut, table()).integrity.value, standing::Integrity::altered);
  EXPECT_EQ(judged(cut, unknown).integrity.value, standing::Integrity::unknown);
  EXPECT_EQ(judged(cut, unknown).standing.value, standing::Value::unverifiable);
  EXPECT_EQ(judged(header, table()).form.form, Form::headers_only);
  EXPECT_EQ(judged(header, table()).standing.value, standing::Value::attested);
  EXPECT_EQ(judged(header, unknown).standing.value, standing::Value::unverifiable);
}

// What a believed receiver recorded counts if it is a pass for this From: of MAIL FROM, and of no
// other name where the record asks for that. [RFC7208 9.1] [RFC9989 4.4]
TEST(BatchJudge, RecordedPasses) {
  struct {
    std::string results;
    bool relaxed;
    bool strict;
  } const kCases[] = {
      {"Authentication-Results: in.beta.test; dkim=pass header.d=example.com", true, true},
      {"Authentication-Results: in.beta.test; dkim=pass header.d=news.example.com", true, false},
      {"Authentication-Results: in.beta.test; spf=pass smtp.mailfrom=a@example.com", true, true},
      {"Authentication-Results: in.beta.test; spf=pass smtp.mailfrom=news.example.com", true,
       false},
      {"Authentication-Results: in.beta.test; dkim=pass header.d=bank.test", false, false},
      {"Received-SPF: pass identity=mailfrom; envelope-from=a@example.com; receiver=in.beta.test",
       true, true},
      {"Received-SPF: pass identity=helo; envelope-from=a@example.com; helo=mx.bank.test; "
       "receiver=in.beta.test",
       false, false},
  };
  JudgeOptions options;
  options.receivers.hosts = {"in.beta.test"};
  options.receivers.authserv_ids = {"in.beta.test"};
  for (const auto& [results, relaxed, strict] : kCases) {
    const std::string message =
        results +
        "\r\nReceived: from x (unknown [192.0.2.1]) by in.beta.test (Postfix) with ESMTP; "
        "Mon, 1 Jan 2024 10:00:00 +0000\r\nFrom: jo@example.com\r\n\r\nbody\r\n";
    for (const bool is_strict : {false, true}) {
      test::GrowingView view;
      view.add_txt("_dmarc.example.com",
                   is_strict ? "v=DMARC1; p=reject; adkim=s; aspf=s" : "v=DMARC1; p=reject");
      const bool is_attested =
          judged(message, view, options).standing.value == standing::Value::attested;
      EXPECT_EQ(is_attested, is_strict ? strict : relaxed) << results;
    }
  }
}

// Without a client DMARC does not fail, whoever Return-Path names.
TEST(BatchJudge, NoClientNoFailure) {
  test::GrowingView view;
  view.add_txt("_dmarc.example.com", "v=DMARC1; p=reject");
  for (const std::string trace : {"", "Return-Path: <a@bank.test>\r\n"}) {
    const Verdict verdict = judged(trace + "From: jo@example.com\r\n\r\nbody\r\n", view);
    EXPECT_EQ(verdict.dmarc->rfc9989.status, dmarc::Status::temperror) << trace;
    EXPECT_EQ(verdict.dmarc->rfc9989.reason, dmarc::Reason::spf_unknown) << trace;
  }
}

// Of the mail of a domain with pct nobody knows to which share it belonged. [RFC7489 6.6.4]
TEST(BatchJudge, ShareOfThePolicy) {
  struct {
    std::string_view record;
    standing::Value value;
    std::string word;
  } const kCases[] = {
      {"p=reject", standing::Value::disowned, "policy-reject"},
      {"p=reject; pct=100", standing::Value::disowned, "policy-reject"},
      {"p=reject; pct=99", standing::Value::disowned, "policy-quarantine"},
      {"p=reject; pct=0", standing::Value::disowned, "policy-quarantine"},
      {"p=quarantine; pct=99", standing::Value::unauthenticated, "policy-test"},
      {"p=quarantine; pct=0", standing::Value::unauthenticated, "policy-test"},
      {"p=none; pct=50", standing::Value::unauthenticated, "policy-none"},
      {"p=none; pct=0", standing::Value::unauthenticated, "policy-test"},
  };
  JudgeOptions options;
  options.receivers.hosts = {"in.beta.test"};
  const std::string message =
      "Return-Path: <a@bank.test>\r\nReceived: from x (unknown [192.0.2.1]) by in.beta.test "
      "(Postfix) with ESMTP; Mon, 1 Jan 2024 10:00:00 +0000\r\n"
      "From: jo@example.com\r\n\r\nbody\r\n";
  for (const auto& [record, value, word] : kCases) {
    test::GrowingView view;
    view.add_txt("_dmarc.example.com", "v=DMARC1; " + std::string(record));
    const auto standing = judged(message, view, options).standing;
    EXPECT_EQ(standing.value, value) << record;
    EXPECT_TRUE(std::any_of(standing.reasons.begin(), standing.reasons.end(),
                            [&](const auto& reason) { return text_of(reason) == word; }))
        << record;
  }
}

// A trusted list that signs with l= does not vouch for what is appended. [RFC6376 8.2]
TEST(BatchJudge, TrustedListThatSignsInPart) {
  test::SignatureForm form = test::with_tags("l=6");
  form.length = 6;
  const std::string message = test::signed_message({"From: jo@bank.test", "Subject: x"}, "body\r\n",
                                                   form, test::key_pool().rsa_2048.front());
  JudgeOptions options;
  options.trusted_lists = {"example.com"};
  EXPECT_EQ(judged(message, table(), options).standing.value, standing::Value::forwarded);
  EXPECT_NE(judged(message + "more\r\n", table(), options).standing.value,
            standing::Value::forwarded);
  EXPECT_EQ(judged(message + "more\r\n", table(), options).signatures.front().reason, Reason::none);
}

TEST(BatchJudge, CountsTheChecks) {
  const std::vector<Dossier> dossiers(5, digest({doubly_signed()}));
  BatchJudge batch({});
  dns::Needs needs;
  const auto verdicts = batch.judge(dossiers, table(), needs);
  ASSERT_TRUE(verdicts);
  EXPECT_EQ(verdicts->size(), 5U);
  EXPECT_EQ(batch.verifications(), 10U);
  EXPECT_TRUE(batch.judge({}, table(), needs)->empty());
  EXPECT_TRUE(needs.empty());
}

TEST(BatchJudge, ChecksNothingWhileAnswersAreMissing) {
  const std::vector<Dossier> dossiers(5, digest({doubly_signed()}));
  BatchJudge batch({});
  dns::Needs needs;
  EXPECT_FALSE(batch.judge(dossiers, test::GrowingView(), needs));
  EXPECT_EQ(needs.questions().size(), 2U);
  EXPECT_EQ(batch.verifications(), 0U);
}

}  // namespace
}  // namespace mailassay
