#include "dmarc/reason.h"

#include <gtest/gtest.h>

#include <set>

#include "dmarc/remark.h"

namespace mailassay::dmarc {
namespace {

TEST(DmarcReason, WordsAreDistinctAndSentencesAreThere) {
  std::set<std::string_view> words;
  for (const ReasonEntry& entry : reason_table()) {
    EXPECT_TRUE(words.insert(entry.word).second) << entry.word;
    EXPECT_FALSE(entry.sentence.empty()) << entry.word;
    EXPECT_TRUE(entry.reference.starts_with("RFC9989 ")) << entry.word;
    EXPECT_EQ(&entry_of(entry.reason), &entry);
  }
}

// [RFC9989 9.1] [RFC9989 9.2]
TEST(DmarcReason, ResultWords) {
  EXPECT_EQ(word_of(Status::none), "none");
  EXPECT_EQ(word_of(Status::pass), "pass");
  EXPECT_EQ(word_of(Status::fail), "fail");
  EXPECT_EQ(word_of(Status::temperror), "temperror");
  EXPECT_EQ(word_of(Status::permerror), "permerror");
  EXPECT_EQ(word_of(Policy::none), "none");
  EXPECT_EQ(word_of(Policy::quarantine), "quarantine");
  EXPECT_EQ(word_of(Policy::reject), "reject");
}

template <typename E>
void expect_distinct(E last) {
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const Remark& remark = remark_on(static_cast<E>(i));
    EXPECT_TRUE(words.insert(remark.word).second) << remark.word;
    EXPECT_FALSE(remark.sentence.empty()) << remark.word;
  }
}

TEST(DmarcRemark, WordsAreDistinctAndSentencesAreThere) {
  expect_distinct(FaultKind::fo_without_ruf);
  expect_distinct(NearMiss::version_not_first);
  expect_distinct(Note::tld_assumed);
  expect_distinct(Difference::organizational_domain);
}

}  // namespace
}  // namespace mailassay::dmarc
