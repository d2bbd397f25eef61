// The openspf suites: every case of the one for RFC 7208, with explanations; and of the one for
// RFC 4408; of pyspf's own all but the differences named here.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "dns/rdata.h"
#include "spf/reason.h"
#include "support/conformance_dir.h"
#include "support/spf_zone.h"

namespace mailassay {
namespace {

std::vector<std::string> strings(const YAML::Node& node) {
  std::vector<std::string> out;
  if (node.IsSequence()) {
    for (const YAML::Node& entry : node) out.push_back(entry.as<std::string>());
  } else {
    out.push_back(node.as<std::string>());
  }
  return out;
}

std::string joined(const YAML::Node& node) {
  std::string out;
  for (const std::string& part : strings(node)) out += part;
  return out;
}

constexpr dns::Type kAsked[] = {dns::Type::a, dns::Type::aaaa, dns::Type::mx, dns::Type::ptr,
                                dns::Type::txt};

void add_record(const std::string& name, const std::string& type_name, const YAML::Node& value,
                test::SpfZone& zone) {
  const auto type = dns::type_from_name(type_name);
  if (!type) return;  // SPF (type 99) and others that nothing asks for
  if (value.IsScalar() && value.Scalar() == "TIMEOUT") {
    zone.set(name, *type, dns::AnswerKind::temporary_failure, dns::Failure::timeout);
  } else if (*type == dns::Type::txt) {
    zone.add_txt(name, joined(value));
  } else if (*type == dns::Type::mx) {
    const auto parts = strings(value);
    zone.add(name, *type, parts.at(0) + ' ' + (parts.at(1).empty() ? "." : parts.at(1)));
  } else if (value.Scalar().empty()) {
    zone.set(name, *type, dns::AnswerKind::no_data);
  } else {
    zone.add(name, *type, value.as<std::string>());
  }
}

void add_name(const std::string& name, const YAML::Node& entries, test::SpfZone& zone) {
  bool has_txt = false;
  bool times_out = false;
  for (const YAML::Node& entry : entries) {
    if (entry.IsScalar()) {
      times_out = times_out || entry.Scalar() == "TIMEOUT";
      continue;
    }
    for (const auto& record : entry) has_txt = has_txt || record.first.Scalar() == "TXT";
  }
  for (const YAML::Node& entry : entries) {
    if (entry.IsScalar()) continue;
    for (const auto& record : entry) {
      std::string type = record.first.Scalar();
      if (type == "TXT" && record.second.IsScalar() && record.second.Scalar() == "NONE") {
        continue;
      }
      if (type == "SPF" && !has_txt) type = "TXT";
      add_record(name, type, record.second, zone);
    }
  }
  if (!times_out) {
    // A name with records that nobody asks for exists all the same.
    for (const dns::Type type : kAsked) {
      if (!zone.has(name, type) && !zone.has(name, dns::Type::cname)) {
        zone.set(name, type, dns::AnswerKind::no_data);
      }
    }
    return;
  }
  for (const dns::Type type : kAsked) {
    if (!zone.has(name, type)) {
      zone.set(name, type, dns::AnswerKind::temporary_failure, dns::Failure::timeout);
    }
  }
}

/// The names of the cases that did not give what the suite allows, with what they gave.
struct Score {
  std::size_t cases = 0;
  std::size_t explanations = 0;
  std::map<std::string, std::string> differences;
};

std::string scalar_or_empty(const YAML::Node& node) {
  return node && node.IsScalar() ? node.Scalar() : "";
}

void judge_case(const std::string& name, const YAML::Node& test, const test::SpfZone& zone,
                Score& score) {
  ++score.cases;
  spf::Input input =
      test::spf_input(test["host"].as<std::string>(), scalar_or_empty(test["mailfrom"]),
                      scalar_or_empty(test["helo"]));
  input.receiver = scalar_or_empty(test["receiver"]);
  const spf::Verdict verdict = test::judge_spf(input, zone);
  const std::string word(spf::word_of(verdict.status));
  const auto allowed = strings(test["result"]);
  if (std::find(allowed.begin(), allowed.end(), word) == allowed.end()) {
    score.differences[name] = test::words(verdict);
    return;
  }
  if (!test["explanation"]) return;
  ++score.explanations;
  const std::string wanted = scalar_or_empty(test["explanation"]);
  const std::string given = verdict.explanation.value_or("DEFAULT");
  if (wanted != given) score.differences[name] = "explanation: " + given;
}

Score judge_suite(const std::filesystem::path& file) {
  Score score;
  for (const YAML::Node& scenario : YAML::LoadAll(test::read_file(file))) {
    if (!scenario["tests"]) continue;
    test::SpfZone zone;
    for (const auto& name : scenario["zonedata"]) {
      add_name(name.first.as<std::string>(), name.second, zone);
    }
    for (const auto& test : scenario["tests"]) {
      judge_case(test.first.as<std::string>(), test.second, zone, score);
    }
  }
  return score;
}

using Differences = std::map<std::string, std::string>;

// [RFC7208 4] [RFC7208 5] [RFC7208 6] [RFC7208 7] [RFC7208 12]
TEST(SpfSuite, Rfc7208Whole) {
  MAILASSAY_SUITE(folder, "pyspf");
  const Score score = judge_suite(folder / "rfc7208-tests.yml");
  EXPECT_EQ(score.cases, 203U);
  EXPECT_GT(score.explanations, 10U);
  EXPECT_EQ(score.differences, Differences());
}

TEST(SpfSuite, Rfc4408Whole) {
  MAILASSAY_SUITE(folder, "pyspf");
  const Score score = judge_suite(folder / "rfc4408-tests.yml");
  EXPECT_EQ(score.cases, 191U);
  EXPECT_EQ(score.differences, Differences());
}

TEST(SpfSuite, PyspfOwnChoices) {
  MAILASSAY_SUITE(folder, "pyspf");
  const Score score = judge_suite(folder / "test.yml");
  EXPECT_EQ(score.cases, 16U);
  // default= is an old extension of pyspf; [RFC7208 6] has it ignored.
  EXPECT_EQ(score.differences, (Differences{{"default-modifier", "neutral no-match"},
                                            {"default-modifier-harsh", "neutral no-match"}}));
}

}  // namespace
}  // namespace mailassay
