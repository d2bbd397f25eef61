#include "dns/recording.h"

#include <gtest/gtest.h>

#include "dns/cof_row.h"
#include "dns/evidence.h"
#include "dns/name.h"
#include "support/exact_copy.h"

namespace mailassay::dns {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
using test::ExactCopy;

sys_seconds at(std::int64_t count) { return sys_seconds(seconds(count)); }

std::vector<Sighting> sightings(const SightingSource& source, const std::string& name,
                                Type type = Type::txt) {
  std::vector<Sighting> out;
  source.append_sightings({name, type}, out);
  return out;
}

TEST(Recording, ReadsOneRowInEveryForm) {
  const std::vector<std::string> rows = {
      R"({"rrname":"S._domainkey.Example.com.","rrtype":"TXT","rdata":["\"p=a\" \"b\""],"time_first":100,"time_last":200})",
      R"({"rrname":"s._domainkey.example.com","rrtype":16,"rdata":"\"p=a\" \"b\"","time_first":100.5,"time_last":"200"})",
      R"({"rrname":"s._domainkey.example.com","rrtype":"txt","rdata":"\\# 6 03703d610162","time_first":"1970-01-01T00:01:40Z","time_last":"1970-01-01T00:03:20Z"})",
      R"({"rrname":"s._domainkey.example.com","rrtype":"TXT","rdata":["\"p=a\" \"b\""],"zone_time_first":100,"zone_time_last":200,"count":7,"future":{"x":[1]}})",
      R"({"obj":{"rrname":"s._domainkey.example.com.","rrtype":"TXT","rdata":["\"p=a\" \"b\""],"time_first":100,"time_last":200}})",
      "  {\"time_last\":200,\"time_first\":100,\"origin\":null,\"rdata\":[\"\\\"p=a\\\" "
      "\\\"b\\\"\"],\"rrtype\":\"TXT\",\"rrname\":\"s._domainkey.example.com\"} \r",
  };
  for (const std::string& row : rows) {
    Recording recording;
    const ExactCopy input(row);
    const auto added = recording.add(input.view(), "f");
    ASSERT_TRUE(added) << added.error().message();
    const auto seen = sightings(recording, "s._domainkey.example.com");
    ASSERT_EQ(seen.size(), 1U) << row;
    EXPECT_EQ(seen[0].kind, AnswerKind::records);
    EXPECT_EQ(seen[0].rdata, std::vector<std::string>{"\3p=a\1b"});
    EXPECT_EQ(seen[0].first_seen, at(100));
    EXPECT_EQ(seen[0].last_seen, at(200));
    EXPECT_EQ(seen[0].source, "recorded");
  }
}

TEST(Recording, ReadsNegativeRows) {
  struct Case {
    std::string fields;
    AnswerKind kind;
    Failure failure;
  };
  for (const Case& c : std::vector<Case>{
           {R"("rdata":[],"rcode":"NXDOMAIN")", AnswerKind::no_such_name, Failure::none},
           {R"("rdata":"","rcode":"NOERROR")", AnswerKind::no_data, Failure::none},
           {R"("rcode":"SERVFAIL")", AnswerKind::temporary_failure, Failure::servfail},
           {R"("rdata":[],"rcode":"TIMEOUT")", AnswerKind::temporary_failure, Failure::timeout},
           {R"("rdata":[],"rcode":"TIMEOUT","reason":"dns-deadline")",
            AnswerKind::temporary_failure, Failure::deadline}}) {
    Recording recording;
    const std::string row =
        R"({"rrname":"a","rrtype":"TXT","time_first":1,"time_last":2,)" + c.fields + "}";
    const auto added = recording.add(row, "f");
    ASSERT_TRUE(added) << added.error().message();
    const auto seen = sightings(recording, "a");
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].kind, c.kind) << c.fields;
    EXPECT_EQ(seen[0].failure, c.failure) << c.fields;
    EXPECT_TRUE(seen[0].rdata.empty());
  }
}

TEST(Recording, NamesFileAndLineOfABrokenRow) {
  const std::string good =
      R"({"rrname":"a","rrtype":"TXT","rdata":"x","time_first":1,"time_last":2})"
      "\n\n";
  const std::vector<std::string> broken = {
      "{",
      "[]",
      "1",
      "x",
      "{} {}",
      "{}",
      R"({"rrname":"a"})",
      R"({"rrname":1,"rrtype":"TXT","rdata":"x","time_first":1,"time_last":2})",
      R"({"rrname":"a..b","rrtype":"TXT","rdata":"x","time_first":1,"time_last":2})",
      R"({"rrname":"","rrtype":"TXT","rdata":"x","time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":-16,"rdata":"x","time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"","rdata":"x","time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"TXT","rdata":5,"time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"TXT","rdata":[5],"time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"\"x","time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"A","rdata":"x","time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"TXT","rdata":[],"time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"TXT","time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"x","rcode":"NXDOMAIN","time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"","rcode":"REFUSED","time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"","rcode":3,"time_first":1,"time_last":2})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"x"})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"x","time_first":1})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"x","time_first":2,"time_last":1})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"x","time_first":-1,"time_last":1})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"x","time_first":true,"time_last":1})",
      R"({"rrname":"a","rrtype":"TXT","rdata":"x","time_first":1,"time_last":1e300})",
      R"({"obj":[]})",
      R"({"cond":1})",
      std::string(100000, '['),
  };
  for (const std::string& row : broken) {
    Recording recording;
    const ExactCopy input(good + row + "\n" + good);
    const auto added = recording.add(input.view(), "dir/f.ndjson");
    ASSERT_FALSE(added) << row.substr(0, 100);
    EXPECT_EQ(added.error().line, 3U);
    EXPECT_TRUE(added.error().message().starts_with("dir/f.ndjson:3: ")) << added.error().message();
  }
}

TEST(Recording, CountsRowsOfOtherTypesAndTruncatedStreams) {
  Recording recording;
  const auto added = recording.add(R"({"cond":"begin"}
{"obj":{"rrname":"a","rrtype":"RRSIG","rdata":"whatever","time_first":1,"time_last":2}}
{"obj":{"rrname":"a","rrtype":65,"rdata":"whatever","time_first":1,"time_last":2}}
{"obj":{"rrname":"a","rrtype":"TXT","rdata":"x","time_first":1,"time_last":2}})",
                                   "f");
  ASSERT_TRUE(added);
  EXPECT_EQ(recording.counters().rows, 1U);
  EXPECT_EQ(recording.counters().skipped_rows, 2U);
  EXPECT_EQ(recording.counters().incomplete_files, 1U);
  ASSERT_TRUE(recording.add("{\"cond\":\"begin\"}\n{\"cond\":\"succeeded\"}\n", "g"));
  EXPECT_EQ(recording.counters().incomplete_files, 1U);
}

TEST(Recording, KeepsSightingsInOrderAndEachOnce) {
  Recording recording;
  const std::string one =
      R"({"rrname":"a","rrtype":"TXT","rdata":"x","time_first":1,"time_last":2})";
  const std::string two =
      R"({"rrname":"A.","rrtype":"TXT","rdata":"y","time_first":1,"time_last":2,"origin":"urn:x-mailassay:live"})";
  const std::string three =
      R"({"rrname":"a","rrtype":"TXT","rdata":["z","x","z"],"time_first":1,"time_last":2,"origin":"https://pdns.example"})";
  ASSERT_TRUE(recording.add(one + "\n" + two + "\n" + one + "\n" + three, "f"));
  const auto seen = sightings(recording, "a");
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_EQ(seen[1].source, "live");
  EXPECT_EQ(seen[2].source, "https://pdns.example");
  EXPECT_EQ(seen[2].rdata, (std::vector<std::string>{"\1x", "\1z"}));
}

TEST(Recording, AbsenceIsNoEvidence) {
  Evidence evidence;
  ASSERT_TRUE(evidence.add_file(
      R"({"rrname":"a","rrtype":"TXT","rdata":"x","time_first":1,"time_last":2})", "f"));
  for (const Question& question :
       {Question{"b.a", Type::txt}, Question{"a", Type::a}, Question{"b", Type::txt}}) {
    const Answer answer = evidence.answer(question);
    ASSERT_EQ(answer.sightings.size(), 1U);
    EXPECT_EQ(answer.sightings[0].kind, AnswerKind::no_evidence);
  }
}

TEST(CofRow, IsReadBackAsItWasWritten) {
  std::vector<CofRow> rows(6);
  rows[0].question = {"s._domainkey.example", Type::txt};
  rows[0].sighting.kind = AnswerKind::records;
  rows[0].sighting.rdata = {std::string("\5a\"\\\0;", 6), ""};
  rows[0].sighting.rdata[1] = "\4x\xFF\ny";
  sort_rdata(rows[0].sighting.rdata);
  rows[0].ttl = 300;
  rows[0].server = "[::1]:53";
  rows[0].authentic_data = true;
  rows[0].sighting.wildcard = true;
  rows[0].id = 12;
  rows[1].question = {R"(a\.b\"c.example)", Type::cname};
  rows[1].question.name = *normalise_name(rows[1].question.name);
  rows[1].sighting.kind = AnswerKind::records;
  rows[1].sighting.rdata = {std::string("\1t\0", 3)};
  rows[2].sighting.kind = AnswerKind::no_data;
  rows[3].sighting.kind = AnswerKind::no_such_name;
  rows[4].sighting.kind = AnswerKind::temporary_failure;
  rows[4].sighting.failure = Failure::servfail;
  rows[5].sighting.kind = AnswerKind::temporary_failure;
  rows[5].sighting.failure = Failure::deadline;
  CofReader reader;
  for (CofRow& row : rows) {
    if (row.question.name.empty()) row.question.name = "n.example";
    row.sighting.source = "live";
    row.sighting.first_seen = at(1700000000);
    row.sighting.last_seen = at(1700000000);
    std::string line;
    append_cof_row(row, line);
    ASSERT_TRUE(line.ends_with("}\n"));
    const auto read = reader.read(std::string_view(line).substr(0, line.size() - 1));
    ASSERT_TRUE(read) << read.error() << line;
    const auto* again = std::get_if<CofRow>(&*read);
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(again->question, row.question) << line;
    EXPECT_EQ(again->sighting, row.sighting) << line;
  }
}

}  // namespace
}  // namespace mailassay::dns
