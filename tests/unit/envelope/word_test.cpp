// Each closed list has a word for each of its members, and no word twice.
#include "envelope/word.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mailassay::envelope {
namespace {

template <typename Enum>
void expect_words(Enum last, std::string_view word_of_last) {
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const std::string_view word = word_of(static_cast<Enum>(i));
    EXPECT_TRUE(words.insert(word).second) << word;
    EXPECT_EQ(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
              std::string_view::npos)
        << word;
    EXPECT_FALSE(word.empty());
  }
  EXPECT_EQ(word_of(last), word_of_last);
}

TEST(EnvelopeWords, OneEach) {
  expect_words(HopKind::unreadable, "unreadable");
  expect_words(MarkKind::exchange_auth_as, "exchange-auth-as");
  expect_words(TransitNote::value_cut, "value-cut");
  expect_words(Provider::yahoo, "yahoo");
  expect_words(Sureness::sure, "sure");
  expect_words(BorderReason::enclosed, "enclosed");
  expect_words(ValueSource::newest_received, "newest-received");
  expect_words(Confidence::sure, "sure");
  expect_words(ConflictSubject::received_time, "received-time");
  expect_words(Place::below_border, "below-border");
  expect_words(RewriteKind::gmail_forward, "gmail-forward");
  expect_words(RecordedField::received_spf, "received-spf");
  expect_words(RecordedFault::over_limit, "over-limit");
  expect_words(ResultWord::unknown, "unknown");
  expect_words(Agreement::not_comparable, "not-comparable");
  expect_words(ComparisonReason::no_session_data, "no-session-data");
}

template <typename Enum>
void expect_sentences(Enum last) {
  std::set<std::string_view> sentences;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const std::string_view sentence = sentence_of(static_cast<Enum>(i));
    EXPECT_TRUE(sentences.insert(sentence).second) << sentence;
    EXPECT_NE(sentence.find(' '), std::string_view::npos) << sentence;
  }
}

TEST(EnvelopeWords, Sentences) {
  expect_sentences(BorderReason::enclosed);
  expect_sentences(ComparisonReason::no_session_data);
  EXPECT_EQ(word_of(BorderReason::confirmed), "confirmed");
  EXPECT_EQ(word_of(ComparisonReason::key_gone), "key-gone");
  EXPECT_EQ(word_of(ComparisonReason::signature_not_found), "signature-not-found");
}

}  // namespace
}  // namespace mailassay::envelope
