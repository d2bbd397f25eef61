// Archives that damaged their mail, told to a person and in the run record.
#include "report/archive_finding.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace mailassay::report {
namespace {

ScanSummary damaged(std::size_t archives) {
  ScanSummary summary;
  summary.damaged_archive_count = archives;
  for (std::size_t i = 0; i < archives; ++i) {
    summary.damaged_archives.push_back({"a\x1b.mbox", {true, 1234, 6, 45, 5, 7}, i});
  }
  return summary;
}

nlohmann::ordered_json record(const ScanSummary& summary) {
  std::string out = "{\"a\":1";
  append_archive_findings(summary, out);
  return nlohmann::ordered_json::parse(out + "}");
}

TEST(ArchiveFinding, InTheRunRecord) {
  EXPECT_EQ(record({})["damaged_archive_count"], 0);
  EXPECT_EQ(record({})["damaged_archives"], nlohmann::ordered_json::array());
  EXPECT_EQ(record(damaged(3))["damaged_archives"][2].dump(),
            "{\"path\":\"a\\u001b.mbox\",\"messages_failing\":1234,\"messages_fitting\":6,"
            "\"signers_failing\":45,\"signers_fitting\":5,\"messages_not_counted\":7,"
            "\"altered\":2}");
}

TEST(ArchiveFinding, ForAPerson) {
  EXPECT_EQ(archive_findings({}), "");
  const std::string one = archive_findings(damaged(1));
  EXPECT_NE(one.find("damaged their mail: 1\n"), std::string::npos) << one;
  EXPECT_NE(one.find("45 of 50 unrelated signers differ, 1,234 of 1,240 messages"),
            std::string::npos)
      << one;
  EXPECT_EQ(one.find('\x1b'), std::string::npos);
  EXPECT_EQ(one.find("altered"), std::string::npos);
  const std::string many = archive_findings(damaged(12));
  EXPECT_NE(many.find("    9 of them are called altered"), std::string::npos) << many;
  EXPECT_EQ(many.find("    10 of them are called altered"), std::string::npos) << many;
  EXPECT_NE(many.find("... and 2 more\n"), std::string::npos) << many;
  ScanSummary input = damaged(1);
  input.damaged_archives[0].path = "-";
  EXPECT_NE(archive_findings(input).find("  standard input\n"), std::string::npos);
}

}  // namespace
}  // namespace mailassay::report
