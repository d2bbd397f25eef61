#include "report/standing_row.h"

#include <array>

#include "report/json_value.h"
#include "verdict/standing_word.h"
#include "verdict/traits.h"

namespace mailassay::report {
namespace {

using standing::word_of;

void append_address(std::string_view address, const Redaction* redaction, std::string& out) {
  if (redaction == nullptr || address.empty()) {
    append_string_or_null(address, out);
  } else {
    append_json_string(redaction->address(address), out);
  }
}

void append_integrity(const standing::IntegrityVerdict& integrity, std::string& out) {
  out.append("{\"value\":");
  append_json_string(word_of(integrity.value), out);
  append_key("by", out);
  append_array(
      integrity.by, [&](const std::string& domain) { append_json_string(domain, out); }, out);
  out.push_back('}');
}

void append_recipient(const kind::DsnRecipient& recipient, const Redaction* redaction,
                      std::string& out) {
  out.append("{\"recipient\":");
  append_address(recipient.final_recipient, redaction, out);
  append_key("action", out);
  append_json_string(kind::word_of(recipient.action), out);
  append_key("status", out);
  append_string_or_null(recipient.status, out);
  append_key("diagnostic", out);
  if (redaction != nullptr && !recipient.diagnostic.empty()) {
    append_json_string(redaction->text(recipient.diagnostic), out);
  } else {
    append_string_or_null(recipient.diagnostic, out);
  }
  append_key("remote_mta", out);
  append_string_or_null(recipient.remote_mta, out);
  append_key("category", out);
  append_json_string(kind::word_of(recipient.category), out);
  append_key("cause", out);
  append_json_string(kind::word_of(recipient.cause), out);
  out.push_back('}');
}

void append_dsn(const kind::DsnFacts& dsn, const Redaction* redaction, std::string& out) {
  out.append("{\"type\":\"dsn\"");
  append_key("form", out);
  append_json_string(kind::word_of(dsn.form), out);
  append_key("reporting_mta", out);
  append_string_or_null(dsn.reporting_mta, out);
  append_key("original_message_id", out);
  append_address(dsn.original_message_id, redaction, out);
  append_key("recipients_seen", out);
  append_json_number(dsn.recipients_seen, out);
  append_key("recipients", out);
  append_array(
      dsn.recipients,
      [&](const kind::DsnRecipient& recipient) { append_recipient(recipient, redaction, out); },
      out);
  out.push_back('}');
}

void append_mdn(const kind::MdnFacts& mdn, const Redaction* redaction, std::string& out) {
  out.append("{\"type\":\"mdn\"");
  append_key("recipient", out);
  append_address(mdn.final_recipient, redaction, out);
  append_key("original_message_id", out);
  append_address(mdn.original_message_id, redaction, out);
  append_key("disposition", out);
  append_string_or_null(mdn.disposition_type, out);
  out.push_back('}');
}

void append_journal(const kind::JournalFacts& journal, const Redaction* redaction,
                    std::string& out) {
  out.append("{\"type\":\"journal\"");
  append_key("sender", out);
  append_address(journal.sender, redaction, out);
  append_key("message_id", out);
  append_address(journal.message_id, redaction, out);
  append_key("recipients_seen", out);
  append_json_number(journal.recipients_seen, out);
  const std::array<std::pair<std::string_view, const std::vector<std::string>*>, 3> kLists = {
      {{"to", &journal.to}, {"cc", &journal.cc}, {"bcc", &journal.bcc}}};
  for (const auto& [name, list] : kLists) {
    append_key(name, out);
    append_array(
        *list, [&](const std::string& address) { append_address(address, redaction, out); }, out);
  }
  out.push_back('}');
}

void append_report(const kind::KindFacts& facts, const Redaction* redaction, std::string& out) {
  const kind::ReportFacts& report = *facts.report;
  out.append("{\"type\":");
  append_json_string(kind::word_of(facts.kind), out);
  append_key("well_formed", out);
  append_bool(report.well_formed, out);
  append_key("domain", out);
  append_string_or_null(report.domain.empty() ? report.reported_domain : report.domain, out);
  append_key("submitter", out);
  append_string_or_null(report.submitter, out);
  append_key("report_id", out);
  append_string_or_null(report.report_id, out);
  append_key("feedback_type", out);
  append_string_or_null(report.feedback_type, out);
  append_key("source_ip", out);
  append_string_or_null(report.source_ip, out);
  append_key("original_mail_from", out);
  append_address(report.original_mail_from, redaction, out);
  append_key("original_message_id", out);
  append_address(report.original_message_id, redaction, out);
  out.push_back('}');
}

}  // namespace

void append_standing(const Dossier& dossier, const Verdict& verdict, std::string& out) {
  append_key("standing", out);
  append_json_string(standing::entry_of(verdict.standing.value).text, out);
  append_key("standing_reasons", out);
  append_array(
      verdict.standing.reasons,
      [&](const standing::ReasonWord& reason) {
        append_json_string(standing::text_of(reason), out);
      },
      out);
  append_key("integrity", out);
  append_integrity(verdict.integrity, out);
  append_key("basis", out);
  append_string_or_null(verdict.basis ? word_of(*verdict.basis) : "", out);
  append_key("form", out);
  append_json_string(word_of(verdict.form.form), out);
  append_key("kind", out);
  append_json_string(kind::word_of(dossier.kind.kind), out);
  append_key("kind_reasons", out);
  append_array(
      dossier.kind.reasons.list(),
      [&](kind::Reason reason) { append_json_string(kind::word_of(reason), out); }, out);
  append_key("traits", out);
  append_array(
      traits_of(dossier, verdict),
      [&](const std::string& trait) { append_json_string(trait, out); }, out);
  append_key("direction", out);
  append_json_string(word_of(verdict.direction), out);
}

void append_impersonation(const impersonation::Verdict& verdict, std::string& out) {
  if (verdict.reasons.empty()) {
    out.append("null");
    return;
  }
  out.append("{\"reasons\":");
  append_array(
      verdict.reasons,
      [&](const impersonation::Reason& reason) {
        append_json_string(impersonation::text_of(reason), out);
      },
      out);
  append_key("authenticated", out);
  append_bool(verdict.is_authenticated, out);
  out.push_back('}');
}

void append_reports(const kind::KindFacts& facts, const Redaction* redaction, std::string& out) {
  if (facts.dsn) {
    append_dsn(*facts.dsn, redaction, out);
  } else if (facts.mdn) {
    append_mdn(*facts.mdn, redaction, out);
  } else if (facts.journal) {
    append_journal(*facts.journal, redaction, out);
  } else if (facts.report) {
    append_report(facts, redaction, out);
  } else {
    out.append("null");
  }
}

}  // namespace mailassay::report
