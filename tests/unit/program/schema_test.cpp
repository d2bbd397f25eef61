// The closed lists of the row schema are those of the program: no word is missing, none is left
// over.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "arc/reason.h"
#include "dkim/reason.h"
#include "report/row.h"

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
  for (int i = 0; i <= static_cast<int>(MessageNote::not_verifiable_form); ++i) {
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
