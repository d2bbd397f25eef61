#include "report/run_record.h"

#include <array>

#include "arc/reason.h"
#include "dkim/reason.h"
#include "mailassay/version.h"
#include "report/archive_finding.h"
#include "report/bulk_sender_text.h"
#include "report/copies.h"
#include "report/json_value.h"
#include "report/row.h"
#include "report/summary.h"

namespace mailassay::report {
namespace {

void append_number(std::string_view key, std::uint64_t number, std::string& out) {
  append_key(key, out);
  append_json_number(number, out);
}

void append_string(std::string_view key, std::string_view text, std::string& out) {
  append_key(key, out);
  append_json_string(text, out);
}

void append_strings(std::string_view key, const std::vector<std::string>& texts, std::string& out) {
  append_key(key, out);
  out.push_back('[');
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_json_string(texts[i], out);
  }
  out.push_back(']');
}

constexpr std::array<std::string_view, kGapKinds> kGapWords = {"separator", "leading", "store-data",
                                                               "passed-over", "container-tail"};

void append_gap_kinds(const ByteAccount& account, std::string& out) {
  append_key("gaps", out);
  out.push_back('{');
  bool first = true;
  for (std::size_t i = 0; i < account.gaps.size(); ++i) {
    if (account.gaps[i] == 0) continue;
    if (!first) out.push_back(',');
    first = false;
    append_json_string(kGapWords[i], out);
    out.push_back(':');
    append_json_number(account.gaps[i], out);
  }
  out.push_back('}');
}

void append_or_null(std::string_view key, const std::string& hash, std::string& out) {
  append_key(key, out);
  if (hash.empty()) {
    out.append("null");
  } else {
    append_json_string(hash, out);
  }
}

void append_gaps(const ScanSummary& summary, std::string& out) {
  append_number("gap_count", summary.gap_count, out);
  append_key("gaps", out);
  out.push_back('[');
  for (std::size_t i = 0; i < summary.gaps.size(); ++i) {
    const Gap& gap = summary.gaps[i];
    out.append(i == 0 ? "{\"path\":" : ",{\"path\":");
    append_json_string(gap.path, out);
    append_or_null("member", gap.member, out);
    append_number("offset", gap.offset, out);
    append_number("length", gap.length, out);
    append_string("kind", kGapWords[static_cast<std::size_t>(gap.kind)], out);
    out.push_back('}');
  }
  out.push_back(']');
}

void append_accounts(const ScanSummary& summary, std::string& out) {
  append_key("archives", out);
  out.push_back('[');
  for (std::size_t i = 0; i < summary.accounts.size(); ++i) {
    const ByteAccount& account = summary.accounts[i];
    out.append(i == 0 ? "{\"path\":" : ",{\"path\":");
    append_json_string(account.path, out);
    append_number("files", account.files, out);
    append_number("members", account.members, out);
    append_number("size", account.size, out);
    append_number("packed_bytes", account.packed_bytes, out);
    append_number("unpacked_bytes", account.unpacked_bytes, out);
    append_number("messages", account.messages, out);
    append_number("message_bytes", account.message_bytes, out);
    append_number("gap_bytes", account.gap_bytes, out);
    append_number("rejected_bytes", account.rejected_bytes, out);
    append_gap_kinds(account, out);
    append_or_null("sha256_before", account.sha256_before, out);
    append_or_null("sha256_after", account.sha256_after, out);
    out.push_back('}');
  }
  out.push_back(']');
}

void append_problem_reasons(const ScanSummary& summary, std::string& out) {
  append_key("problem_reasons", out);
  out.push_back('{');
  bool first = true;
  for (std::size_t i = 0; i < summary.problem_reasons.size(); ++i) {
    if (summary.problem_reasons[i] == 0) continue;
    if (!first) out.push_back(',');
    first = false;
    append_json_string(word_of(static_cast<ProblemReason>(i)), out);
    out.push_back(':');
    append_json_number(summary.problem_reasons[i], out);
  }
  out.push_back('}');
}

void append_problems(const ScanSummary& summary, std::string& out) {
  append_number("problem_count", summary.problem_count, out);
  append_problem_reasons(summary, out);
  append_key("problems", out);
  out.push_back('[');
  for (std::size_t i = 0; i < summary.problems.size(); ++i) {
    out.append(i == 0 ? "{\"path\":" : ",{\"path\":");
    append_json_string(summary.problems[i].path, out);
    append_key("member", out);
    if (summary.problems[i].member.empty()) {
      out.append("null");
    } else {
      append_json_string(summary.problems[i].member, out);
    }
    append_key("offset", out);
    if (summary.problems[i].offset) {
      append_json_number(*summary.problems[i].offset, out);
    } else {
      out.append("null");
    }
    append_string("reason", word_of(summary.problems[i].reason), out);
    append_string("what", summary.problems[i].what, out);
    out.push_back('}');
  }
  out.push_back(']');
}

void append_mboxes(const MboxCounts& counts, std::string& out) {
  append_key("mboxes", out);
  out.append("{\"variants\":{");
  bool first = true;
  for (std::size_t i = 0; i < counts.variants.size(); ++i) {
    if (counts.variants[i] == 0) continue;
    if (!first) out.push_back(',');
    first = false;
    append_json_string(word_of(static_cast<MboxVariant>(i)), out);
    out.push_back(':');
    append_json_number(counts.variants[i], out);
  }
  out.push_back('}');
  append_number("lengths_believed", counts.lengths_believed, out);
  append_number("lengths_refuted", counts.lengths_refuted, out);
  append_number("postmarks_in_bodies", counts.postmarks_in_bodies, out);
  out.push_back('}');
}

void append_passed_over(const PassedOver& names, std::string& out) {
  append_key("passed_over", out);
  out.append("{\"hidden\":");
  append_json_number(names.hidden, out);
  append_number("folder_links", names.folder_links, out);
  append_number("special", names.special, out);
  append_number("companions", names.companions, out);
  append_number("unfinished", names.unfinished, out);
  append_number("hidden_members", names.hidden_members, out);
  append_number("link_members", names.link_members, out);
  append_number("special_members", names.special_members, out);
  out.push_back('}');
}

void append_reasons(const ScanSummary& summary, std::string& out) {
  append_key("reasons", out);
  out.push_back('{');
  bool first = true;
  for (const dkim::ReasonEntry& entry : dkim::reason_table()) {
    const std::uint64_t count = summary.reasons[static_cast<std::size_t>(entry.reason)];
    if (count == 0) continue;
    if (!first) out.push_back(',');
    first = false;
    append_json_string(entry.reason == dkim::Reason::none ? "pass" : entry.word, out);
    out.push_back(':');
    append_json_number(count, out);
  }
  out.push_back('}');
}

/// Chains by what decided them.
void append_chain_reasons(const ScanSummary& summary, std::string& out) {
  append_key("arc", out);
  out.push_back('{');
  bool first = true;
  for (const arc::ReasonEntry& entry : arc::reason_table()) {
    const std::uint64_t count = summary.chain_reasons[static_cast<std::size_t>(entry.reason)];
    if (count == 0) continue;
    if (!first) out.push_back(',');
    first = false;
    append_json_string(entry.reason == arc::Reason::none ? "pass" : entry.word, out);
    out.push_back(':');
    append_json_number(count, out);
  }
  out.push_back('}');
}

void append_dns(const DnsCounts& dns, std::string& out) {
  append_key("dns", out);
  out.append("{\"questions\":");
  append_json_number(dns.questions, out);
  append_number("from_files", dns.from_files, out);
  append_number("live", dns.live, out);
  append_number("packets", dns.packets, out);
  append_number("timeouts", dns.timeouts, out);
  out.push_back('}');
}

}  // namespace

std::string run_record_text(const ScanOptions& options, const ScanSummary& summary,
                            const RunFacts& facts) {
  std::string out = "{\"schema\":1";
  append_string("version", kVersion, out);
  append_string("build", facts.build, out);
  append_strings("arguments", options.arguments, out);
  append_key("configuration_hash", out);
  append_string_or_null(options.configuration_hash, out);
  append_key("public_suffix_list_date", out);
  append_string_or_null(summary.suffix_list.date, out);
  append_key("public_suffix_list_sha256", out);
  append_string_or_null(summary.suffix_list.sha256, out);
  append_number("rules", kRules, out);
  append_key("started", out);
  append_json_time(facts.started, out);
  append_key("ended", out);
  append_json_time(facts.ended, out);
  append_key("complete", out);
  out.append(!summary.stopped && !summary.write_error && !summary.output_closed ? "true" : "false");
  append_number("messages", summary.messages, out);
  append_number("nested_messages", summary.nested_messages, out);
  append_number("unsigned_messages", summary.unsigned_messages, out);
  append_number("signatures", summary.signatures, out);
  append_number("hashed_bytes", summary.hashed_bytes, out);
  append_number("verifications", summary.verifications, out);
  append_number("internal_errors", summary.internal_errors, out);
  append_reasons(summary, out);
  append_chain_reasons(summary, out);
  append_dns(summary.dns, out);
  append_accounts(summary, out);
  append_gaps(summary, out);
  append_mboxes(summary.mboxes, out);
  append_passed_over(summary.passed_over, out);
  append_problems(summary, out);
  append_key("bulk_sender", out);
  append_bulk_sender_counts(summary, out);
  append_archive_findings(summary, out);
  append_key("copies", out);
  append_copies(summary.copies, out);
  out.append("}\n");
  return out;
}

}  // namespace mailassay::report
