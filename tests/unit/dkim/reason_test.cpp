// The table of reasons, which is where results get their words. [RFC8601 2.7.1]
#include "dkim/reason.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace mailassay::dkim {
namespace {

bool is_word(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

TEST(ReasonTable, EachReasonHasAWordOfItsOwn) {
  std::set<std::string_view> words;
  std::set<std::string_view> sentences;
  for (const ReasonEntry& entry : reason_table()) {
    EXPECT_TRUE(is_word(entry.word)) << entry.word;
    EXPECT_TRUE(words.insert(entry.word).second) << entry.word;
    EXPECT_TRUE(sentences.insert(entry.sentence).second) << entry.word;
    EXPECT_EQ(&entry_of(entry.reason), &entry);
    EXPECT_TRUE(entry.reference.starts_with("RFC") || entry.reason == Reason::internal_error);
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(Reason::internal_error) + 1);
}

TEST(ReasonTable, OnlyNoReasonIsAPass) {
  for (const ReasonEntry& entry : reason_table()) {
    EXPECT_EQ(entry.status == Status::pass, entry.reason == Reason::none) << entry.word;
    EXPECT_NE(entry.status, Status::none) << entry.word;
  }
}

// A failure of DNS says nothing about the signature: never fail, never permerror.
TEST(ReasonTable, TemporaryFailuresAreTemporary) {
  for (const Reason reason : {Reason::dns_timeout, Reason::dns_servfail, Reason::dns_deadline,
                              Reason::no_evidence, Reason::internal_error}) {
    EXPECT_EQ(entry_of(reason).status, Status::temperror);
  }
  const auto fails =
      std::count_if(reason_table().begin(), reason_table().end(),
                    [](const ReasonEntry& entry) { return entry.status == Status::fail; });
  EXPECT_EQ(fails, 2);  // body hash and signature, nothing else
}

// [RFC8601 2.7.1]
TEST(ReasonTable, ResultWords) {
  struct {
    Status status;
    std::string_view word;
  } const kWords[] = {{Status::none, "none"},          {Status::pass, "pass"},
                      {Status::fail, "fail"},          {Status::policy, "policy"},
                      {Status::neutral, "neutral"},    {Status::temperror, "temperror"},
                      {Status::permerror, "permerror"}};
  for (const auto& [status, word] : kWords) EXPECT_EQ(word_of(status), word);
}

TEST(ReasonTable, OtherWords) {
  EXPECT_EQ(word_of(Algorithm::rsa_sha1), "rsa-sha1");
  EXPECT_EQ(word_of(Algorithm::rsa_sha256), "rsa-sha256");
  EXPECT_EQ(word_of(Algorithm::ed25519_sha256), "ed25519-sha256");
  EXPECT_EQ(word_of(HeaderCanon::relaxed), "relaxed");
  EXPECT_EQ(word_of(BodyCanon::simple), "simple");
  EXPECT_EQ(word_of(Match::mismatch), "mismatch");
  EXPECT_EQ(word_of(KeyType::ed25519), "ed25519");
  EXPECT_EQ(word_of(Alignment::strict), "strict");
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(Note::valid_under_rules_of_its_time); ++i) {
    const Note note = static_cast<Note>(i);
    EXPECT_TRUE(is_word(word_of(note)) && !sentence_of(note).empty());
    EXPECT_TRUE(words.insert(word_of(note)).second);
  }
}

}  // namespace
}  // namespace mailassay::dkim
