#include "diagnosis/finding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "diagnosis/undo.h"

namespace mailassay::diagnosis {
namespace {

using dkim::Match;

dkim::SignatureFacts facts_with(Match body, std::optional<Repair> repair) {
  dkim::SignatureFacts facts;
  facts.body_match = body;
  facts.body_repair = std::move(repair);
  return facts;
}

const Repair kUnquoted{{Undo::mboxrd_unquote}, false, false, {{3, ">From me", "From me"}}};
const Repair kTagOff{{Undo::subject_tag_remove}, false, false, {}};
const Repair kNothing{};
const Repair kCut{{}, true, false, {}};

TEST(Finding, IsThereOnlyWhereSomethingDiffers) {
  EXPECT_EQ(finding_of(facts_with(Match::match, std::nullopt), Match::match, nullptr),
            std::nullopt);
  EXPECT_EQ(finding_of(facts_with(Match::match, std::nullopt), std::nullopt, nullptr),
            std::nullopt);
  EXPECT_EQ(finding_of(dkim::SignatureFacts{}, std::nullopt, nullptr), std::nullopt);
}

TEST(Finding, SaysWhatIsKnown) {
  struct Case {
    const char* name;
    Match body;
    std::optional<Repair> body_repair;
    std::optional<Match> signature;
    const Repair* header;
    Finding::State state;
    Finding::Part part;
    bool complete;
    bool removes_content;
  };
  using State = Finding::State;
  using Part = Finding::Part;
  const Case cases[] = {
      {"body explained", Match::mismatch, kUnquoted, Match::match, nullptr, State::found,
       Part::body, true, false},
      {"body explained, no key", Match::mismatch, kUnquoted, std::nullopt, nullptr, State::found,
       Part::body, false, false},
      {"body explained, header not", Match::mismatch, kUnquoted, Match::mismatch, &kNothing,
       State::found, Part::body, false, false},
      {"header explained", Match::match, std::nullopt, Match::mismatch, &kTagOff, State::found,
       Part::header, true, true},
      {"header explained, body not", Match::mismatch, kNothing, Match::mismatch, &kTagOff,
       State::found, Part::header, false, true},
      {"both explained", Match::mismatch, kUnquoted, Match::mismatch, &kTagOff, State::found,
       Part::both, true, true},
      {"nothing explains the body", Match::mismatch, kNothing, Match::match, nullptr, State::none,
       Part::body, false, false},
      {"nothing explains the header", Match::match, std::nullopt, Match::mismatch, &kNothing,
       State::none, Part::body, false, false},
      {"the search was cut", Match::mismatch, kCut, Match::match, nullptr, State::cut, Part::body,
       false, false},
      {"no body at hand", Match::mismatch, std::nullopt, Match::match, nullptr,
       State::not_available, Part::body, false, false},
      {"no header at hand", Match::match, std::nullopt, Match::mismatch, nullptr,
       State::not_available, Part::body, false, false},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    const auto finding =
        finding_of(facts_with(one.body, one.body_repair), one.signature, one.header);
    ASSERT_TRUE(finding.has_value());
    EXPECT_EQ(finding->state, one.state);
    EXPECT_EQ(finding->part, one.part);
    EXPECT_EQ(finding->complete, one.complete);
    EXPECT_EQ(finding->removes_content, one.removes_content);
    EXPECT_EQ(finding->verifies_after.empty(), one.state != State::found);
  }
}

// What shows another text counts as content, whatever it is called.
TEST(Finding, AnotherTextIsContent) {
  for (const Undo undo : {Undo::transfer_encoding_restore, Undo::quoted_printable_decode,
                          Undo::quoted_printable_encode, Undo::base64_decode, Undo::base64_encode,
                          Undo::nul_restore}) {
    const auto finding = finding_of(facts_with(Match::mismatch, Repair{{undo}, false, false, {}}),
                                    Match::match, nullptr);
    ASSERT_TRUE(finding.has_value());
    EXPECT_TRUE(finding->removes_content) << entry_of(undo).word;
  }
  Repair other_parts = kUnquoted;
  other_parts.shows_other_text = true;
  const auto finding = finding_of(facts_with(Match::mismatch, other_parts), Match::match, nullptr);
  ASSERT_TRUE(finding.has_value());
  EXPECT_TRUE(finding->removes_content);
}

// The signature was made with another key: that is no change of the header.
TEST(Finding, AnotherKeyExplainsTheHeader) {
  EXPECT_EQ(finding_of(facts_with(Match::match, std::nullopt), Match::mismatch, nullptr, true),
            std::nullopt);
  const auto body =
      finding_of(facts_with(Match::mismatch, kUnquoted), Match::mismatch, nullptr, true);
  ASSERT_TRUE(body.has_value());
  EXPECT_EQ(body->part, Finding::Part::body);
  EXPECT_FALSE(body->complete);
  const auto none =
      finding_of(facts_with(Match::mismatch, kNothing), Match::mismatch, nullptr, true);
  ASSERT_TRUE(none.has_value());
  EXPECT_EQ(none->state, Finding::State::none);
}

TEST(Finding, NamesTheBodyBeforeTheHeader) {
  const auto finding =
      finding_of(facts_with(Match::mismatch, kUnquoted), Match::mismatch, &kTagOff);
  ASSERT_TRUE(finding.has_value());
  EXPECT_EQ(finding->verifies_after,
            (std::vector<Undo>{Undo::mboxrd_unquote, Undo::subject_tag_remove}));
  EXPECT_EQ(finding->changes, kUnquoted.changes);
}

dkim::SignatureVerdict with(std::optional<Finding::State> state, bool aligned) {
  dkim::SignatureVerdict verdict;
  if (state) verdict.finding.emplace().state = *state;
  if (aligned) verdict.aligned = dkim::Alignment::strict;
  return verdict;
}

TEST(Finding, OfAMessageIsThatOfItsBestExplainedSignature) {
  using State = Finding::State;
  const std::vector<dkim::SignatureVerdict> none = {with(std::nullopt, true)};
  EXPECT_EQ(leading_finding(none), std::nullopt);
  EXPECT_EQ(leading_finding({}), std::nullopt);
  const std::vector<dkim::SignatureVerdict> unexplained = {with(std::nullopt, false),
                                                           with(State::none, false)};
  EXPECT_EQ(leading_finding(unexplained), 1U);
  const std::vector<dkim::SignatureVerdict> explained = {with(State::none, true),
                                                         with(State::found, false)};
  EXPECT_EQ(leading_finding(explained), 1U);
  const std::vector<dkim::SignatureVerdict> aligned = {with(State::found, false),
                                                       with(State::found, true)};
  EXPECT_EQ(leading_finding(aligned), 1U);
}

TEST(Undo, WordsAreDistinct) {
  std::vector<std::string_view> words;
  for (const UndoEntry& entry : undo_table()) words.push_back(entry.word);
  std::sort(words.begin(), words.end());
  EXPECT_EQ(std::adjacent_find(words.begin(), words.end()), words.end());
  EXPECT_EQ(words.size(), kUndoCount);
}

}  // namespace
}  // namespace mailassay::diagnosis
