// From a header signature that does not verify to why. [RFC6376 6.1.3] [RFC8017 9.2]
#include "verdict/header_diagnosis.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "mailassay/verdict.h"
#include "support/growing_view.h"
#include "support/signed_message.h"

namespace mailassay {
namespace {

using State = Finding::State;

std::string changed(std::string message, std::string_view from, std::string_view to) {
  message.replace(message.find(from), from.size(), to);
  return message;
}

dkim::SignatureVerdict judged(const std::string& message, const std::string& record,
                              const Limits& limits = {}, bool keep_block = true) {
  Dossier dossier = digest({message}, limits);
  if (!keep_block) dossier.header_block.clear();
  test::GrowingView table;
  table.add("s1._domainkey.example.com", test::txt_sighting({record}));
  dns::Needs needs;
  JudgeOptions options;
  options.limits = limits;
  const auto verdict = judge(dossier, table, needs, options);
  EXPECT_TRUE(verdict);
  return verdict->signatures.front();
}

bool is_of_another_key(const dkim::SignatureVerdict& signature) {
  return std::count(signature.notes.begin(), signature.notes.end(),
                    dkim::Note::made_with_another_key) == 1;
}

const std::string& tagged() {
  static const std::string kTagged =
      changed(test::signed_plain_message(), "Subject: one", "Subject: [list] one");
  return kTagged;
}

TEST(HeaderDiagnosis, FindsWhatChangedAndKeepsTheResult) {
  const dkim::SignatureVerdict signature = judged(tagged(), test::plain_key_record());
  EXPECT_EQ(signature.status, dkim::Status::fail);
  EXPECT_EQ(signature.reason, dkim::Reason::signature_mismatch);
  EXPECT_FALSE(is_of_another_key(signature));
  ASSERT_TRUE(signature.finding);
  EXPECT_EQ(signature.finding->state, State::found);
  EXPECT_EQ(signature.finding->part, Finding::Part::header);
  EXPECT_TRUE(signature.finding->complete);
  EXPECT_TRUE(signature.finding->removes_content);
}

TEST(HeaderDiagnosis, SaysNothingOfWhatVerifies) {
  const auto signature = judged(test::signed_plain_message(), test::plain_key_record());
  EXPECT_EQ(signature.status, dkim::Status::pass);
  EXPECT_FALSE(signature.finding);
}

// Another key is no change of the message: nothing is said to be altered.
TEST(HeaderDiagnosis, AnotherKeyIsNoAlteration) {
  const std::string other = test::key_record(test::key_pool().rsa_2048.back());
  for (const std::string& message : {test::signed_plain_message(), tagged()}) {
    const dkim::SignatureVerdict signature = judged(message, other);
    EXPECT_EQ(signature.reason, dkim::Reason::signature_mismatch);
    EXPECT_TRUE(is_of_another_key(signature));
    EXPECT_FALSE(signature.finding);
  }
}

TEST(HeaderDiagnosis, Ed25519IsSearchedByVerifying) {
  test::SignatureForm form = test::replaced("rsa-sha256", "ed25519-sha256");
  const mkcorpus::SigningKey& key = test::key_pool().ed25519.front();
  const std::string message =
      test::signed_message(test::plain_fields(), test::plain_body(), form, key);
  const std::string other = test::key_record(test::key_pool().ed25519.back());
  const std::string with_tag = changed(message, "Subject: one", "Subject: [list] one");
  const dkim::SignatureVerdict found = judged(with_tag, test::key_record(key));
  ASSERT_TRUE(found.finding);
  EXPECT_EQ(found.finding->state, State::found);
  // Whether it was another key cannot be told: only that nothing brings it back.
  const dkim::SignatureVerdict unknown = judged(message, other);
  ASSERT_TRUE(unknown.finding);
  EXPECT_EQ(unknown.finding->state, State::none);
  EXPECT_FALSE(is_of_another_key(unknown));
}

TEST(HeaderDiagnosis, TrulyChangedTextHasNoReversal) {
  const std::string message =
      changed(test::signed_plain_message(), "Subject: one", "Subject: [list] two");
  const dkim::SignatureVerdict signature = judged(message, test::plain_key_record());
  ASSERT_TRUE(signature.finding);
  EXPECT_EQ(signature.finding->state, State::none);
}

// At the limit and one past it.
TEST(HeaderDiagnosis, ALargeHeaderIsNotKept) {
  const std::size_t size = tagged().find("\r\n\r\n") + 2;
  for (const bool fits : {true, false}) {
    Limits limits;
    limits.header_block_bytes = fits ? size : size - 1;
    EXPECT_EQ(digest({tagged()}, limits).header_block.size(), fits ? size : 0);
    const dkim::SignatureVerdict signature = judged(tagged(), test::plain_key_record(), limits);
    ASSERT_TRUE(signature.finding);
    EXPECT_EQ(signature.finding->state, fits ? State::found : State::not_available);
  }
  const dkim::SignatureVerdict stored = judged(tagged(), test::plain_key_record(), {}, false);
  ASSERT_TRUE(stored.finding);
  EXPECT_EQ(stored.finding->state, State::not_available);
}

TEST(HeaderDiagnosis, CanBeTurnedOff) {
  Limits limits;
  limits.diagnosis = false;
  EXPECT_TRUE(digest({tagged()}, limits).header_block.empty());
  const dkim::SignatureVerdict signature = judged(tagged(), test::plain_key_record(), limits);
  EXPECT_FALSE(signature.finding);
  EXPECT_EQ(signature.reason, dkim::Reason::signature_mismatch);
}

TEST(HeaderDiagnosis, UnsignedMailKeepsNoHeader) {
  EXPECT_TRUE(digest({"From: a@b.example\r\n\r\ntext\r\n"}).header_block.empty());
  EXPECT_TRUE(digest({"DKIM-Signature: junk\r\nFrom: a@b.example\r\n\r\n"}).header_block.empty());
}

}  // namespace
}  // namespace mailassay
