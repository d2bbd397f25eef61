// ARC chains in rows, in summaries and told to a person. [RFC8617 4.4] [RFC8617 5.2.1]
#include "report/chain_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "report/explain.h"
#include "report/run_record.h"
#include "report/summary.h"
#include "support/sealed_message.h"

namespace mailassay::report {
namespace {

using Json = nlohmann::ordered_json;

struct Judged {
  Dossier dossier;
  Verdict verdict;
};

Judged judged(const std::string& message, const JudgeOptions& options = {}) {
  Judged out;
  out.dossier = digest({message});
  test::GrowingView keys = test::sealer_keys(2);
  keys.add(test::sealer_key_name(3), test::negative_sighting(dns::AnswerKind::no_evidence));
  dns::Needs needs;
  auto verdict = judge(out.dossier, keys, needs, options);
  EXPECT_TRUE(verdict);
  if (verdict) out.verdict = std::move(*verdict);
  return out;
}

std::string row_value(const Judged& judged, const ChainRowOptions& options = {}) {
  std::string out;
  append_chain(judged.dossier.arc, judged.verdict.arc, options, out);
  return out;
}

TEST(ChainRow, KeysInTheirOrder) {
  EXPECT_EQ(row_value(judged(test::plain_mail().text())),
            R"({"result":"none","reason":null,"instances":0,"oldest_pass":null,"sealers":[],)"
            R"("trusted":null})");
  EXPECT_EQ(row_value(judged(test::sealed_mail(2).text())),
            R"({"result":"pass","reason":null,"instances":2,"oldest_pass":0,)"
            R"("sealers":["s1.example","s2.example"],"trusted":null})");
  EXPECT_EQ(row_value(judged(test::sealed_mail(1).text() + "more")),
            R"({"result":"fail","reason":"message-signature-fails","instances":1,)"
            R"("oldest_pass":null,"sealers":["s1.example"],"trusted":null})");
}

TEST(ChainRow, UndeterminedUnlessAskedFor) {
  const Judged unknown = judged(test::sealed_mail(3).text());
  EXPECT_EQ(Json::parse(row_value(unknown))["result"], "undetermined");
  const Json in_rfc_words = Json::parse(row_value(unknown, {.rfc_wording = true}));
  EXPECT_EQ(in_rfc_words["result"], "fail");
  EXPECT_EQ(in_rfc_words["reason"], "message-signature-unknown");
  for (const std::string& message : {test::plain_mail().text(), test::sealed_mail(2).text(),
                                     test::sealed_mail(2).text() + "x"}) {
    const Judged other = judged(message);
    EXPECT_EQ(row_value(other), row_value(other, {.rfc_wording = true}));
  }
}

TEST(ChainRow, Trust) {
  JudgeOptions options;
  options.trusted_sealers = {"s2.example"};
  EXPECT_EQ(Json::parse(row_value(judged(test::sealed_mail(2).text(), options)))["trusted"], false);
  options.trusted_sealers.emplace_back("s1.example");
  EXPECT_EQ(Json::parse(row_value(judged(test::sealed_mail(2).text(), options)))["trusted"], true);
}

TEST(ChainRow, EvidenceAddsTheSets) {
  const Json json = Json::parse(row_value(judged(test::sealed_mail(2).text()), {.evidence = true}));
  ASSERT_EQ(json["sets"].size(), 2U);
  const Json& set = json["sets"][1];
  EXPECT_EQ(set["instance"], 2);
  EXPECT_EQ(set["chain_status"], "pass");
  EXPECT_EQ(set["seal"]["domain"], "s2.example");
  EXPECT_EQ(set["seal"]["result"], "pass");
  EXPECT_TRUE(set["seal"]["reason"].is_null());
  EXPECT_EQ(set["message_signature"]["selector"], "arc");
  EXPECT_EQ(set["message_signature"]["header_hash"].get<std::string>().size(), 44U);
  const Json broken = Json::parse(
      row_value(judged("ARC-Seal: i=2\r\n" + test::sealed_mail(1).text()), {.evidence = true}));
  EXPECT_TRUE(broken["sets"][0]["seal"]["result"].is_null());
  EXPECT_TRUE(broken["sets"][1]["seal"]["domain"].is_null());
}

TEST(ChainExplanation, TellsEachSet) {
  EXPECT_EQ(explain_chain({}, {}), "");
  const Judged good = judged(test::sealed_mail(2).text());
  const std::string text = explain_chain(good.dossier.arc, good.verdict.arc);
  for (const char* part :
       {"ARC chain: 6 header fields, highest instance 2\n", "  set 1\n", "  set 2\n",
        "results mx.s1.example; dkim=pass header.d=example.com; spf=pass",
        "message d=s2.example s=arc rsa-sha256\n", "signs from:subject:date\n", "body hash match\n",
        "seal    d=s1.example s=arc rsa-sha256 cv=none\n", "t= 2017-07-14T02:40:00Z\n",
        "key TXT arc._domainkey.s2.example\n", "  = pass: the chain verifies [RFC8617 5.2]\n",
        "the message is as each of the sealers signed it\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << '\n' << text;
  }
  EXPECT_NE(explain_text({}, good.dossier, good.verdict).find(text), std::string::npos);
}

TEST(ChainExplanation, TellsWhatIsWrong) {
  test::SealedMessage gap = test::sealed_mail(2);
  gap.sets[0].results.clear();
  gap.sets[1].seal.clear();
  gap.sets[1].message_signature.clear();
  auto changed_before_2 = test::sealed_mail(1);
  changed_before_2.body += "footer\r\n";
  changed_before_2.seal(test::good_order(2));
  const std::pair<std::string, const char*> table[] = {
      {gap.text(), "ARC-Authentication-Results is missing\n"},
      {gap.text(), "ARC-Message-Signature is missing\n"},
      {gap.text(), "ARC-Seal is missing\n"},
      {gap.text(), "not checked\n"},
      {gap.text(), "  = fail (missing-field): a set lacks one of its three header fields"},
      {"ARC-Seal: i=1; h=x; d=\xc2\x9b.evil\r\n" + test::sealed_mail(1).text(),
       "with a field more than once"},
      {"ARC-Seal: i=1; h=x; d=\xc2\x9b.evil\r\n" + test::sealed_mail(1).text(), "has h=\n"},
      {test::sealed_mail(1).text() + "x",
       "fail (body-hash-mismatch): the body is not the one that was signed"},
      {test::sealed_mail(1).text() + "x", "body hash mismatch\n"},
      {test::sealed_mail(3).text(), "in the words of RFC 8617 5.2.1: fail\n"},
      {changed_before_2.text(), "as it was signed in set 2; the message signature before it\n"},
  };
  for (const auto& [message, part] : table) {
    const Judged bad = judged(message);
    const std::string text = explain_chain(bad.dossier.arc, bad.verdict.arc);
    EXPECT_NE(text.find(part), std::string::npos) << part << '\n' << text;
    EXPECT_EQ(text.find("\xc2\x9b"), std::string::npos) << "a control character";
  }
}

TEST(ChainExplanation, ShortensLongResults) {
  auto order = test::good_order(1);
  order.results_form += "; x=" + std::string(3000, 'r') + "\x1b[31m";
  const Judged good = judged(test::plain_mail().seal(order).text());
  const std::string text = explain_chain(good.dossier.arc, good.verdict.arc);
  EXPECT_LT(text.size(), 1500U);
  EXPECT_NE(text.find("rrr..."), std::string::npos) << text;
}

ScanSummary counted(std::size_t rounds) {
  ScanSummary summary;
  for (std::size_t i = 0; i < rounds; ++i) {
    for (const std::string& message :
         {test::plain_mail().text(), test::sealed_mail(1).text(), test::sealed_mail(2).text(),
          test::sealed_mail(2).text() + "more", test::sealed_mail(3).text()}) {
      const Judged one = judged(message);
      count_message(one.dossier, one.verdict, message.size(), summary);
    }
  }
  return summary;
}

TEST(ChainSummary, CountsByResultAndReason) {
  EXPECT_EQ(chain_summary({}), "");
  ScanSummary summary = counted(1);
  merge_counts(counted(2), summary);
  const std::string expected =
      "ARC chains                          12\n"
      "  pass                               6   50.0 %\n"
      "  fail                               3   25.0 %\n"
      "    message-signature-fails          3  the newest ARC-Message-Signature does not verify\n"
      "  undetermined                       3   25.0 %\n"
      "    message-signature-unknown        3  the key of the newest ARC-Message-Signature is "
      "not known\n";
  EXPECT_EQ(chain_summary(summary), expected);
  EXPECT_NE(summary_text(summary).find(expected), std::string::npos);
  summary.arc_rfc_wording = true;
  EXPECT_NE(chain_summary(summary).find("  fail                               6   50.0 %\n"),
            std::string::npos);
  EXPECT_EQ(chain_summary(summary).find("undetermined"), std::string::npos);
}

TEST(ChainSummary, InTheRunRecord) {
  const Json json = Json::parse(run_record_text({}, counted(1), {}));
  EXPECT_EQ(json["arc"],
            (Json{{"pass", 2}, {"message-signature-fails", 1}, {"message-signature-unknown", 1}}));
  EXPECT_TRUE(Json::parse(run_record_text({}, {}, {}))["arc"].empty());
}

}  // namespace
}  // namespace mailassay::report
