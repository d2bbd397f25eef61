// The table of reasons is whole and its words are unlike each other. [RFC8617 4.4]
#include "arc/reason.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace mailassay::arc {
namespace {

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

TEST(ArcReason, WordsAndSentences) {
  std::set<std::string_view> words;
  std::set<std::string_view> sentences;
  for (const ReasonEntry& entry : reason_table()) {
    EXPECT_TRUE(is_word(entry.word)) << entry.word;
    EXPECT_TRUE(words.insert(entry.word).second) << entry.word;
    EXPECT_TRUE(sentences.insert(entry.sentence).second) << entry.word;
    EXPECT_TRUE(entry.reference.starts_with("RFC8617 ") || entry.reference == "-") << entry.word;
    EXPECT_EQ(entry_of(entry.reason).word, entry.word);
    EXPECT_EQ(entry.result == Result::pass, entry.reason == Reason::none) << entry.word;
  }
}

TEST(ArcReason, ResultWords) {
  EXPECT_EQ(word_of(Result::none), "none");
  EXPECT_EQ(word_of(Result::pass), "pass");
  EXPECT_EQ(word_of(Result::fail), "fail");
  EXPECT_EQ(word_of(Result::undetermined), "undetermined");
  EXPECT_EQ(word_of(ChainStatus::none), "none");
  EXPECT_EQ(word_of(ChainStatus::fail), "fail");
  EXPECT_EQ(word_of(ChainStatus::pass), "pass");
}

// All failures are permanent. [RFC8617 5.2.1]
TEST(ArcReason, UndeterminedIsFailInTheWordsOfTheRfc) {
  EXPECT_EQ(in_rfc_wording(Result::undetermined), Result::fail);
  for (const Result result : {Result::none, Result::pass, Result::fail}) {
    EXPECT_EQ(in_rfc_wording(result), result);
  }
}

}  // namespace
}  // namespace mailassay::arc
