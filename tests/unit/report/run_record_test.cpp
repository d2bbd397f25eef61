#include "report/run_record.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace mailassay::report {
namespace {

using Json = nlohmann::ordered_json;

Json record(const ScanOptions& options, const ScanSummary& summary) {
  const std::string text = run_record_text(options, summary, {});
  EXPECT_EQ(text.back(), '\n');
  return Json::parse(text);
}

TEST(RunRecord, AccountsForEveryOctet) {
  ScanOptions options;
  options.arguments = {"scan", "a\"b", "\xFF"};
  ScanSummary summary;
  summary.messages = 2;
  summary.signatures = 3;
  summary.reasons[static_cast<std::size_t>(dkim::Reason::none)] = 1;
  summary.reasons[static_cast<std::size_t>(dkim::Reason::no_key)] = 2;
  summary.accounts = {{"a.tar", 1, 4, 100, 50, 20, 2, 60, 7, 3}, {"b", 2, 0, 0, 0, 0, 0, 0, 0, 0}};
  summary.problems = {{"b", 5, "is \"broken\"", "in\nb", ProblemReason::corrupt}, {"c", {}, "no"}};
  summary.problem_count = 4;
  summary.problem_reasons[static_cast<std::size_t>(ProblemReason::corrupt)] = 3;
  summary.problem_reasons[static_cast<std::size_t>(ProblemReason::no_temporary_file)] = 1;
  summary.passed_over.link_members = 6;
  const Json json = record(options, summary);
  const Json& archive = json["archives"][0];
  EXPECT_EQ(archive["message_bytes"].get<int>() + archive["gap_bytes"].get<int>() +
                archive["rejected_bytes"].get<int>(),
            archive["size"].get<int>() - archive["packed_bytes"].get<int>() +
                archive["unpacked_bytes"].get<int>());
  EXPECT_EQ(archive["members"], 4);
  EXPECT_EQ(json["passed_over"]["link_members"], 6);
  EXPECT_EQ(json["problem_reasons"], (Json{{"corrupt", 3}, {"no-temporary-file", 1}}));
  EXPECT_EQ(json["problems"][0]["member"], "in\nb");
  EXPECT_EQ(json["problems"][0]["reason"], "corrupt");
  EXPECT_TRUE(json["problems"][1]["member"].is_null());
  EXPECT_EQ(json["problems"][1]["reason"], "unreadable");
  EXPECT_EQ(json["archives"].size(), 2U);
  EXPECT_EQ(json["arguments"][1], "a\"b");
  EXPECT_EQ(json["arguments"][2], "\xEF\xBF\xBD");
  EXPECT_EQ(json["reasons"], (Json{{"pass", 1}, {"no-key", 2}}));
  EXPECT_EQ(json["problem_count"], 4);
  EXPECT_EQ(json["problems"][0]["what"], "is \"broken\"");
  EXPECT_TRUE(json["configuration_hash"].is_null());
  options.configuration_hash = "00ff";
  EXPECT_EQ(record(options, summary)["configuration_hash"], "00ff");
  EXPECT_EQ(json["started"], "1970-01-01T00:00:00Z");
}

TEST(RunRecord, SaysWhetherItIsComplete) {
  ScanSummary summary;
  EXPECT_EQ(record({}, summary)["complete"], true);
  summary.stopped = true;
  EXPECT_EQ(record({}, summary)["complete"], false);
  summary = {};
  summary.write_error = "disk full";
  EXPECT_EQ(record({}, summary)["complete"], false);
  summary = {};
  summary.output_closed = true;
  EXPECT_EQ(record({}, summary)["complete"], false);
  EXPECT_TRUE(record({}, {})["reasons"].empty());
}

}  // namespace
}  // namespace mailassay::report
