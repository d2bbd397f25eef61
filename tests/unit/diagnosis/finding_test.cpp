#include "diagnosis/finding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
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

Repair undone(std::vector<Undo> undos) {
  Repair repair;
  repair.undone = std::move(undos);
  return repair;
}

Repair unquoted() {
  Repair repair = undone({Undo::mboxrd_unquote});
  repair.changes = {{3, ">From me", "From me"}};
  return repair;
}

Repair cut() {
  Repair repair;
  repair.cut = true;
  return repair;
}

const Repair kUnquoted = unquoted();
const Repair kTagOff = undone({Undo::subject_tag_remove});
const Repair kNothing{};
const Repair kCut = cut();

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
    const auto finding =
        finding_of(facts_with(Match::mismatch, undone({undo})), Match::match, nullptr);
    ASSERT_TRUE(finding.has_value());
    EXPECT_TRUE(finding->removes_content) << entry_of(undo).word;
  }
  Repair other_parts = kUnquoted;
  other_parts.shows_other_text = true;
  const auto finding = finding_of(facts_with(Match::mismatch, other_parts), Match::match, nullptr);
  ASSERT_TRUE(finding.has_value());
  EXPECT_TRUE(finding->removes_content);
}

/// A text that reads the same in another encoding; `before`: said by the field of the message.
Repair recoded(const std::string& before) {
  Repair repair = undone({Undo::quoted_printable_decode});
  repair.same_text = true;
  repair.encoding_before = before;
  repair.one_encoding_field = true;
  return repair;
}

// Another encoding is form where the text is the same and what says the encoding was signed, or
// nobody signed it.
TEST(Finding, TheSameTextInAnotherEncodingIsForm) {
  Repair restored = undone({Undo::transfer_encoding_restore});
  restored.encoding_before = "8bit";
  Repair of_other_value = restored;
  of_other_value.encoding_before = "base64";
  Repair with_footer = recoded("");
  with_footer.undone.push_back(Undo::footer_remove);
  Repair other_text = recoded("");
  other_text.same_text = false;
  Repair many_fields = recoded("8bit");
  many_fields.one_encoding_field = false;
  struct Case {
    const char* name;
    Repair body;
    std::optional<Match> signature;
    const Repair* header;
    bool encoding_signed;
    bool removes_content;
  };
  const Case cases[] = {
      {"said in the body", recoded(""), Match::match, nullptr, true, false},
      {"said in the header, and not signed", recoded("8bit"), Match::match, nullptr, false, false},
      {"put back in the header", recoded("8bit"), Match::mismatch, &restored, false, false},
      {"said in the header, and signed", recoded("8bit"), Match::match, nullptr, true, true},
      {"two fields say it", many_fields, Match::match, nullptr, false, true},
      {"the header is not explained", recoded("8bit"), Match::mismatch, nullptr, false, true},
      {"no key", recoded("8bit"), std::nullopt, nullptr, false, true},
      {"another value put back", recoded("8bit"), Match::mismatch, &of_other_value, false, true},
      {"another change of the header", recoded("8bit"), Match::mismatch, &kTagOff, false, true},
      {"another text", other_text, Match::match, nullptr, false, true},
      {"a footer beside it", with_footer, Match::match, nullptr, false, true},
      {"the field alone was changed", kUnquoted, Match::mismatch, &restored, false, true},
  };
  for (const Case& one : cases) {
    const auto finding = finding_of(facts_with(Match::mismatch, one.body), one.signature,
                                    one.header, false, one.encoding_signed);
    ASSERT_TRUE(finding.has_value());
    EXPECT_EQ(finding->removes_content, one.removes_content) << one.name;
  }
}

TEST(Finding, ASignatureOverTheSameBodyFixesItsEncoding) {
  dkim::SignatureFacts facts = facts_with(Match::mismatch, std::nullopt);
  facts.signed_fields = "from:content-transfer-encoding";
  EXPECT_TRUE(fixes_encoding(facts, Match::match));
  EXPECT_FALSE(fixes_encoding(facts, Match::mismatch));
  EXPECT_FALSE(fixes_encoding(facts, std::nullopt));
  facts.signed_fields = "from:content-type:x-content-transfer-encoding";
  EXPECT_FALSE(fixes_encoding(facts, Match::match));
  facts.signed_fields = "content-transfer-encoding";
  facts.body_match = Match::match;  // made over the body as it is now
  EXPECT_FALSE(fixes_encoding(facts, Match::match));
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
