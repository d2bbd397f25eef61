// Own streams in rows, in counts, and told to a person.
#include "report/bulk_sender_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace mailassay::report {
namespace {

using bulk_sender::Fault;
using bulk_sender::StreamVerdict;
using bulk_sender::Unknown;

StreamVerdict faulty() {
  return {"example.com", {{Fault::dkim_missing, Fault::one_click_value}, {Unknown::spf}}};
}

std::string row(const std::optional<StreamVerdict>& stream) {
  std::string out;
  append_bulk_sender(stream, out);
  return out;
}

TEST(BulkSenderText, Rows) {
  EXPECT_EQ(row({}), "null");
  EXPECT_EQ(row(StreamVerdict{"example.com", {}}),
            R"({"domain":"example.com","faults":[],"unknown":[]})");
  EXPECT_EQ(row(faulty()), R"({"domain":"example.com","faults":["dkim-missing","one-click-value"],)"
                           R"("unknown":["spf-unknown"]})");
}

TEST(BulkSenderText, Explanations) {
  Verdict verdict;
  EXPECT_EQ(explain_bulk_sender(verdict), "");
  verdict.bulk_sender = StreamVerdict{"example.com", {}};
  EXPECT_EQ(explain_bulk_sender(verdict),
            "Bulk-sender rules, own stream example.com: has all of it\n");
  verdict.bulk_sender->verdict.unknown = {Unknown::dkim};
  EXPECT_EQ(explain_bulk_sender(verdict),
            "Bulk-sender rules, own stream example.com: nothing is known to be wrong\n"
            "  dkim-unknown: it could not be told\n");
  verdict.bulk_sender = faulty();
  EXPECT_EQ(
      explain_bulk_sender(verdict),
      "Bulk-sender rules, own stream example.com: lacks what bulk senders are asked for\n"
      "  dkim-missing: there is no DKIM signature (asked for by Gmail, Yahoo, Microsoft)\n"
      "  one-click-value: List-Unsubscribe-Post is not List-Unsubscribe=One-Click (asked for by "
      "Gmail, Yahoo)\n"
      "  spf-unknown: it could not be told\n");
}

TEST(BulkSenderText, Counts) {
  ScanSummary summary;
  EXPECT_EQ(bulk_sender_summary(summary), "");
  std::string none;
  append_bulk_sender_counts(summary, none);
  EXPECT_EQ(none, "{}");
  count_bulk_sender(faulty(), summary);
  count_bulk_sender({"example.com", {}}, summary);
  count_bulk_sender({"example.net", {}}, summary);
  count_bulk_sender({"example.net", {{}, {Unknown::dmarc}}}, summary);
  ScanSummary whole;
  merge_bulk_senders(summary, whole);
  merge_bulk_senders(summary, whole);
  std::string text;
  append_bulk_sender_counts(whole, text);
  EXPECT_EQ(nlohmann::json::parse(text), nlohmann::json::parse(R"({
      "example.com":{"messages":4,"faultless":2,"incomplete":2,
                     "faults":{"dkim-missing":2,"one-click-value":2}},
      "example.net":{"messages":4,"faultless":2,"incomplete":2,"faults":{}}})"));
  const std::string shown = bulk_sender_summary(whole);
  for (const char* part :
       {"example.com", "  dkim-missing                     2  there is no DKIM signature (Gmail, ",
        "not known", "example.net"}) {
    EXPECT_NE(shown.find(part), std::string::npos) << part << "\n" << shown;
  }
}

}  // namespace
}  // namespace mailassay::report
