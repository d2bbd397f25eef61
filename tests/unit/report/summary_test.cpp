#include "report/summary.h"

#include <gtest/gtest.h>

#include <string>

namespace mailassay::report {
namespace {

Dossier dossier_of(const std::vector<std::string>& domains) {
  Dossier dossier;
  for (const std::string& domain : domains) dossier.signatures.emplace_back().domain = domain;
  return dossier;
}

Verdict verdict_of(const std::vector<dkim::Reason>& reasons) {
  Verdict verdict;
  for (const dkim::Reason reason : reasons) {
    auto& signature = verdict.signatures.emplace_back();
    signature.reason = reason;
    signature.status = reason == dkim::Reason::none ? dkim::Status::pass : dkim::Status::permerror;
  }
  return verdict;
}

std::uint64_t count(const ScanSummary& summary, dkim::Reason reason) {
  return summary.reasons[static_cast<std::size_t>(reason)];
}

TEST(Summary, CountsMessages) {
  ScanSummary summary;
  count_message(dossier_of({"a.org", "b.org"}),
                verdict_of({dkim::Reason::none, dkim::Reason::no_key}), 100, summary);
  count_message(dossier_of({"a.org"}), verdict_of({dkim::Reason::no_key}), 10, summary);
  Dossier unsigned_one;
  unsigned_one.notes = {MessageNote::header_junk};
  unsigned_one.hashed_bytes = 5;
  count_message(unsigned_one, {}, 1, summary);
  // Whether these are signed is not known.
  for (const MessageNote note : {MessageNote::header_too_large, MessageNote::internal_error}) {
    Dossier not_evaluated;
    not_evaluated.notes = {note};
    count_message(not_evaluated, {}, 1, summary);
  }
  EXPECT_EQ(summary.messages, 5U);
  EXPECT_EQ(summary.message_bytes, 113U);
  EXPECT_EQ(summary.unsigned_messages, 1U);
  EXPECT_EQ(summary.signatures, 3U);
  EXPECT_EQ(summary.hashed_bytes, 5U);
  EXPECT_EQ(summary.internal_errors, 1U);
  EXPECT_EQ(count(summary, dkim::Reason::none), 1U);
  EXPECT_EQ(count(summary, dkim::Reason::no_key), 2U);
  EXPECT_EQ(summary.domains["a.org"].signatures, 2U);
  EXPECT_EQ(summary.domains["a.org"].passes, 1U);
  EXPECT_EQ(summary.domains["b.org"].passes, 0U);
}

TEST(Summary, NestedMessagesStandAside) {
  const Dossier dossier = dossier_of({"a.org"});
  const Verdict verdict = verdict_of({dkim::Reason::none});
  const auto counted_as = [&](Counted counted) {
    ScanSummary summary;
    count_message(dossier, verdict, 10, summary, counted);
    return summary;
  };
  const auto standing = static_cast<std::size_t>(verdict.standing.value);
  const auto ordinary = static_cast<std::size_t>(dossier.kind.kind);
  const struct {
    Counted counted;
    std::uint64_t messages, nested, signatures, standings, nested_standings, kinds;
  } cases[] = {{Counted::stored, 1, 0, 1, 1, 0, 1},
               {Counted::journal, 1, 0, 0, 0, 0, 1},
               {Counted::journaled, 0, 1, 1, 1, 0, 0},
               {Counted::nested, 0, 1, 0, 0, 1, 0}};
  for (const auto& one : cases) {
    const ScanSummary summary = counted_as(one.counted);
    EXPECT_EQ(summary.messages, one.messages);
    EXPECT_EQ(summary.message_bytes, 10 * one.messages);
    EXPECT_EQ(summary.nested_messages, one.nested);
    EXPECT_EQ(summary.signatures, one.signatures);
    EXPECT_EQ(summary.standings[standing], one.standings);
    EXPECT_EQ(summary.nested_standings[standing], one.nested_standings);
    EXPECT_EQ(summary.kinds[ordinary], one.kinds);
  }
  ScanSummary whole = counted_as(Counted::nested);
  merge_counts(counted_as(Counted::nested), whole);
  EXPECT_EQ(whole.nested_messages, 2U);
  EXPECT_EQ(whole.nested_standings[standing], 2U);
  // A fault of ours is one wherever it happens.
  Dossier fault;
  fault.notes = {MessageNote::internal_error};
  count_message(fault, {}, 1, whole, Counted::nested);
  EXPECT_EQ(whole.internal_errors, 1U);
}

TEST(Summary, MergingIsAdding) {
  ScanSummary whole;
  ScanSummary parts[2];
  for (int i = 0; i < 10; ++i) {
    const Dossier dossier = dossier_of({"d" + std::to_string(i % 3) + ".org"});
    const Verdict verdict =
        verdict_of({i % 2 == 0 ? dkim::Reason::none : dkim::Reason::key_revoked});
    count_message(dossier, verdict, 7, whole);
    count_message(dossier, verdict, 7, parts[i % 2]);
  }
  ScanSummary merged;
  for (const ScanSummary& part : parts) merge_counts(part, merged);
  EXPECT_EQ(summary_text(merged), summary_text(whole));
  EXPECT_EQ(merged.message_bytes, 70U);
}

TEST(Summary, DomainsAreBounded) {
  ScanSummary part;
  for (std::size_t i = 0; i <= kMaxCountedDomains; ++i) {
    part.domains[std::to_string(i) + ".org"].signatures = 1;
  }
  ScanSummary whole;
  merge_counts(part, whole);
  EXPECT_EQ(whole.domains.size(), kMaxCountedDomains);
  EXPECT_TRUE(whole.domains_cut);
  EXPECT_NE(summary_text(whole).find("over 100,000"), std::string::npos);
}

TEST(Summary, Text) {
  ScanSummary summary;
  summary.seconds = 2;
  for (int i = 0; i < 3; ++i) {
    count_message(dossier_of({"a.org"}), verdict_of({dkim::Reason::none}), 1024, summary);
  }
  count_message(dossier_of({"\x1B[31mevil"}), verdict_of({dkim::Reason::no_key}), 1024, summary);
  summary.problems = {{"x\ny", 17, "cannot \x1B be read"}};
  summary.problem_count = 3;
  summary.passed_over.hidden = 2;
  const std::string text = summary_text(summary);
  EXPECT_TRUE(text.starts_with("4 messages, 4.0 KiB in 2.00 s (2 messages/s)\n")) << text;
  for (const char* part : {"DKIM signatures                      4\n", "75.0 %", "no-key", "a.org",
                           "Not read: 3 problems", "Passed over in folders: 2 hidden, 0 links",
                           "offset 17", "and 2 more"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << '\n' << text;
  }
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
  EXPECT_EQ(text.find("x\ny"), std::string::npos);
}

TEST(Summary, OfNothing) {
  const std::string text = summary_text({});
  EXPECT_TRUE(text.starts_with("0 messages, 0 bytes in 0.00 s (0 messages/s)")) << text;
  EXPECT_EQ(text.find("nan"), std::string::npos);
}

TEST(Summary, NumbersForPeople) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(grouped(18446744073709551615U), "18,446,744,073,709,551,615");
  EXPECT_EQ(size_text(0), "0 bytes");
  EXPECT_EQ(size_text(1023), "1023 bytes");
  EXPECT_EQ(size_text(1024), "1.0 KiB");
  EXPECT_EQ(size_text(std::uint64_t{5} << 30U), "5.0 GiB");
  EXPECT_EQ(size_text(18446744073709551615U), "16777216.0 TiB");
}

}  // namespace
}  // namespace mailassay::report
