#include "spf/reason.h"

#include <gtest/gtest.h>

#include <set>

namespace mailassay::spf {
namespace {

TEST(SpfReason, WordsAreDistinctAndSentencesAreThere) {
  std::set<std::string_view> words;
  for (const ReasonEntry& entry : reason_table()) {
    EXPECT_TRUE(words.insert(entry.word).second) << entry.word;
    EXPECT_FALSE(entry.sentence.empty()) << entry.word;
    EXPECT_TRUE(entry.reference.starts_with("RFC7208 ")) << entry.word;
    EXPECT_EQ(&entry_of(entry.reason), &entry);
  }
}

// [RFC8601 2.7.2]
TEST(SpfReason, ResultWords) {
  EXPECT_EQ(word_of(Status::none), "none");
  EXPECT_EQ(word_of(Status::neutral), "neutral");
  EXPECT_EQ(word_of(Status::pass), "pass");
  EXPECT_EQ(word_of(Status::fail), "fail");
  EXPECT_EQ(word_of(Status::softfail), "softfail");
  EXPECT_EQ(word_of(Status::temperror), "temperror");
  EXPECT_EQ(word_of(Status::permerror), "permerror");
}

}  // namespace
}  // namespace mailassay::spf
