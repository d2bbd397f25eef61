// The closed lists of the row schema are those of the program: no word is missing, none is left
// over.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <string_view>

#include "arc/reason.h"
#include "dkim/reason.h"
#include "dmarc/reason.h"
#include "dmarc/remark.h"
#include "envelope/word.h"
#include "report/row.h"
#include "spf/reason.h"
#include "verdict/bulk_sender_word.h"
#include "verdict/impersonation_word.h"
#include "verdict/standing_word.h"

namespace mailassay {
namespace {

using nlohmann::json;

json read_schema(const std::string& name) {
  std::ifstream file(std::string(SCHEMA_FOLDER) + "/" + name + ".schema.json");
  return json::parse(file);
}

/// The words of an enum; null counts as "null".
std::set<std::string> words(const json& rule) {
  std::set<std::string> found;
  for (const json& word : rule.at("enum")) {
    found.insert(word.is_null() ? "null" : word.get<std::string>());
  }
  EXPECT_EQ(found.size(), rule.at("enum").size()) << "a word stands twice";
  return found;
}

json signature_rules() {
  return read_schema("row").at("/properties/dkim/items/properties"_json_pointer);
}

std::set<std::string> reasons_without(dkim::Reason left_out) {
  std::set<std::string> found;
  for (const dkim::ReasonEntry& entry : dkim::reason_table()) {
    if (entry.reason != left_out) found.emplace(entry.word);
  }
  return found;
}

TEST(RowSchema, lists_every_reason) {
  std::set<std::string> expected = reasons_without(dkim::Reason::none);
  expected.insert("null");
  EXPECT_EQ(words(signature_rules().at("reason")), expected);
}

TEST(RowSchema, lists_every_result) {
  std::set<std::string> expected;
  for (int i = 0; i <= static_cast<int>(dkim::Status::permerror); ++i) {
    expected.emplace(dkim::word_of(static_cast<dkim::Status>(i)));
  }
  EXPECT_EQ(words(signature_rules().at("result")), expected);
}

TEST(RowSchema, lists_every_note) {
  std::set<std::string> of_signatures;
  for (std::size_t i = 0; i < dkim::kNoteCount; ++i) {
    of_signatures.emplace(dkim::word_of(static_cast<dkim::Note>(i)));
  }
  EXPECT_EQ(words(signature_rules().at("notes").at("items")), of_signatures);
  std::set<std::string> of_messages;
  for (std::size_t i = 0; i < kMessageNotes; ++i) {
    of_messages.emplace(report::word_of(static_cast<MessageNote>(i)));
  }
  EXPECT_EQ(words(read_schema("row").at("/properties/notes/items"_json_pointer)), of_messages);
}

std::set<std::string> chain_reasons_and(const std::string& other) {
  std::set<std::string> found = {other};
  for (const arc::ReasonEntry& entry : arc::reason_table()) {
    if (entry.reason != arc::Reason::none) found.emplace(entry.word);
  }
  return found;
}

TEST(RowSchema, lists_every_word_of_chains) {
  const json rules = read_schema("row").at("/properties/arc/properties"_json_pointer);
  EXPECT_EQ(words(rules.at("reason")), chain_reasons_and("null"));
  std::set<std::string> results;
  for (int i = 0; i <= static_cast<int>(arc::Result::undetermined); ++i) {
    results.emplace(arc::word_of(static_cast<arc::Result>(i)));
  }
  EXPECT_EQ(words(rules.at("result")), results);
}

/// The words of an enumeration, from its first to `last`; null is one of them in the schema.
template <typename Enum, typename Word>
std::set<std::string> words_to(Enum last, Word word, std::initializer_list<Enum> left_out = {}) {
  std::set<std::string> found;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto value = static_cast<Enum>(i);
    if (std::find(left_out.begin(), left_out.end(), value) == left_out.end()) {
      found.emplace(word(value));
    }
  }
  return found;
}

std::set<std::string> and_null(std::set<std::string> words) {
  words.insert("null");
  return words;
}

json rule_of(const std::string& pointer) {
  return read_schema("row").at(json::json_pointer("/properties/" + pointer));
}

TEST(RowSchema, lists_every_word_of_spf) {
  const auto status = [](spf::Status value) { return spf::word_of(value); };
  EXPECT_EQ(words(rule_of("spf/properties/result")),
            and_null(words_to(spf::Status::permerror, status)));
  std::set<std::string> reasons = {"no-client-ip", "no-mail-from"};
  for (const spf::ReasonEntry& entry : spf::reason_table()) reasons.emplace(entry.word);
  EXPECT_EQ(words(rule_of("spf/properties/reason")), reasons);
}

TEST(RowSchema, lists_every_word_of_dmarc) {
  std::set<std::string> reasons = {"null"};
  for (const dmarc::ReasonEntry& entry : dmarc::reason_table()) {
    if (entry.reason != dmarc::Reason::aligned) reasons.emplace(entry.word);
  }
  EXPECT_EQ(words(rule_of("dmarc/properties/reason")), reasons);
  EXPECT_EQ(words(rule_of("dmarc/properties/result")),
            words_to(dmarc::Status::permerror,
                     [](dmarc::Status value) { return dmarc::word_of(value); }));
  EXPECT_EQ(words(rule_of("dmarc/properties/difference")),
            and_null(words_to(dmarc::Difference::organizational_domain,
                              [](dmarc::Difference value) { return dmarc::remark_on(value).word; },
                              {dmarc::Difference::none})));
  EXPECT_EQ(words(rule_of("dmarc/properties/notes/items")),
            words_to(dmarc::Note::tld_assumed,
                     [](dmarc::Note value) { return dmarc::remark_on(value).word; }));
}

TEST(RowSchema, lists_every_word_of_envelopes) {
  using envelope::word_of;
  EXPECT_EQ(words(rule_of("envelope/properties/border/properties/reason")),
            words_to(envelope::BorderReason::enclosed,
                     [](envelope::BorderReason value) { return word_of(value); }));
  EXPECT_EQ(words(rule_of("spf/properties/source")),
            and_null(words_to(envelope::ValueSource::newest_received,
                              [](envelope::ValueSource value) { return word_of(value); })));
  EXPECT_EQ(words(rule_of("recorded/items/properties/compared/items/properties/reason")),
            words_to(envelope::ComparisonReason::no_session_data,
                     [](envelope::ComparisonReason value) { return word_of(value); }));
  EXPECT_EQ(words(rule_of("recorded/items/properties/compared/items/properties/agreement")),
            words_to(envelope::Agreement::not_comparable,
                     [](envelope::Agreement value) { return word_of(value); }));
}

TEST(RowSchema, lists_every_word_of_standings) {
  std::set<std::string> values = {"null"};
  for (const standing::ValueEntry& entry : standing::value_table()) values.emplace(entry.text);
  EXPECT_EQ(words(rule_of("standing")), values);
  const std::regex reasons(rule_of("standing_reasons/items").at("pattern").get<std::string>());
  for (const standing::WordEntry& entry : standing::word_table()) {
    const std::string word(entry.text);
    EXPECT_EQ(std::regex_match(word, reasons), !entry.has_parameter) << word;
    EXPECT_EQ(std::regex_match(word + ":x", reasons), entry.has_parameter) << word;
  }
  EXPECT_EQ(words(rule_of("integrity/properties/value")),
            words_to(standing::Integrity::unknown,
                     [](standing::Integrity value) { return standing::word_of(value); }));
  EXPECT_EQ(
      words(rule_of("form")),
      and_null(words_to(Form::enclosed, [](Form value) { return standing::word_of(value); })));
}

TEST(RowSchema, lists_every_role_of_nested_messages) {
  EXPECT_EQ(words(read_schema("row").at("/properties/origin/properties/role"_json_pointer)),
            words_to(EnclosureRole::journaled, [](EnclosureRole value) { return word_of(value); }));
}

TEST(RowSchema, lists_every_word_of_kinds) {
  EXPECT_EQ(words(rule_of("kind")), and_null(words_to(kind::Kind::ordinary, [](kind::Kind value) {
              return kind::word_of(value);
            })));
  EXPECT_EQ(
      words(rule_of("kind_reasons/items")),
      words_to(kind::Reason::esp_field, [](kind::Reason value) { return kind::word_of(value); }));
  EXPECT_EQ(words(rule_of("kind_notes/items")),
            words_to(kind::Note::cut, [](kind::Note value) { return kind::word_of(value); }));
  const std::regex impersonation(
      rule_of("impersonates/properties/reasons/items").at("pattern").get<std::string>());
  for (const impersonation::WordEntry& entry : impersonation::word_table()) {
    EXPECT_TRUE(std::regex_match(std::string(entry.text) + ":x", impersonation)) << entry.text;
  }
}

std::set<std::string> bulk_sender_faults() {
  std::set<std::string> found;
  for (const bulk_sender::FaultEntry& entry : bulk_sender::fault_table()) found.emplace(entry.word);
  return found;
}

TEST(RowSchema, lists_every_word_of_bulk_senders) {
  EXPECT_EQ(words(rule_of("bulk_sender/properties/faults/items")), bulk_sender_faults());
  EXPECT_EQ(words(rule_of("bulk_sender/properties/unknown/items")),
            words_to(bulk_sender::Unknown::one_click_signature,
                     [](bulk_sender::Unknown value) { return bulk_sender::word_of(value); }));
}

TEST(RunRecordSchema, lists_every_fault_of_bulk_senders) {
  const json rules =
      read_schema("run_record")
          .at("/properties/bulk_sender/additionalProperties/properties"_json_pointer);
  EXPECT_EQ(words(rules.at("faults").at("propertyNames")), bulk_sender_faults());
}

TEST(RunRecordSchema, lists_every_reason_of_chains) {
  EXPECT_EQ(words(read_schema("run_record").at("/properties/arc/propertyNames"_json_pointer)),
            chain_reasons_and("pass"));
}

TEST(RunRecordSchema, lists_every_reason) {
  std::set<std::string> expected = reasons_without(dkim::Reason::none);
  expected.insert("pass");
  EXPECT_EQ(words(read_schema("run_record").at("/properties/reasons/propertyNames"_json_pointer)),
            expected);
}

}  // namespace
}  // namespace mailassay
