#include "report/session_row.h"

#include <chrono>

#include "dns/ip_address.h"
#include "envelope/word.h"
#include "report/json_value.h"
#include "spf/reason.h"

namespace mailassay::report {
namespace {

void append_address(std::string_view address, const Redaction* redaction, std::string& out) {
  append_json_string(
      redaction != nullptr && !address.empty() ? redaction->address(address) : std::string(address),
      out);
}

void append_mail_from(const envelope::Envelope& envelope, const Redaction* redaction,
                      std::string& out) {
  if (!envelope.mail_from) {
    out.append("null");
  } else {
    append_address(envelope.mail_from->text, redaction, out);
  }
}

void append_ip(const std::optional<envelope::Value>& value, std::string& out) {
  append_string_or_null(value ? dns::ip_to_text(value->text) : std::string(), out);
}

void append_text(const std::optional<envelope::Value>& value, std::string& out) {
  append_string_or_null(value ? value->text : std::string(), out);
}

/// Where a value of the envelope is from and how far it is believed.
void append_source(std::string_view key, const std::optional<envelope::Value>& value,
                   std::string& out) {
  append_key(key, out);
  if (!value) {
    out.append("null");
    return;
  }
  out.append("{\"from\":");
  append_json_string(envelope::word_of(value->source), out);
  append_key("confidence", out);
  append_json_string(envelope::word_of(value->confidence), out);
  out.push_back('}');
}

std::string conflict_text(const envelope::Conflict& conflict, const Redaction* redaction) {
  switch (conflict.subject) {
    case envelope::ConflictSubject::client_ip:
      return dns::ip_to_text(conflict.other.text);
    case envelope::ConflictSubject::mail_from:
      return redaction != nullptr && !conflict.other.text.empty()
                 ? redaction->address(conflict.other.text)
                 : conflict.other.text;
    case envelope::ConflictSubject::helo:
    case envelope::ConflictSubject::received_time:
      break;
  }
  return conflict.other.text;
}

void append_border(const envelope::Border& border, std::string& out) {
  out.append("{\"sureness\":");
  append_json_string(envelope::word_of(border.sureness), out);
  append_key("reason", out);
  append_json_string(envelope::word_of(border.reason), out);
  append_key("hop", out);
  if (border.hop) {
    append_json_number(*border.hop, out);
  } else {
    out.append("null");
  }
  append_key("provider", out);
  append_string_or_null(border.provider ? envelope::word_of(*border.provider) : "", out);
  out.push_back('}');
}

}  // namespace

std::string_view word_of(SpfVerdict::Absence absence) {
  switch (absence) {
    case SpfVerdict::Absence::none:
      break;
    case SpfVerdict::Absence::no_client_ip:
      return "no-client-ip";
    case SpfVerdict::Absence::no_mail_from:
      return "no-mail-from";
  }
  return "";
}

void append_spf(const Verdict& verdict, const Redaction* redaction, std::string& out) {
  const spf::Verdict* spf = verdict.spf.mail_from.get();
  const envelope::Envelope& envelope = verdict.envelope;
  out.append("{\"result\":");
  append_string_or_null(spf != nullptr ? spf::word_of(spf->status) : "", out);
  append_key("reason", out);
  append_string_or_null(
      spf != nullptr ? spf::entry_of(spf->reason).word : word_of(verdict.spf.absence), out);
  append_key("identity", out);
  out.append(spf != nullptr ? "\"mailfrom\"" : "null");
  append_key("domain", out);
  append_string_or_null(spf != nullptr ? spf->domain : std::string(), out);
  append_key("ip", out);
  append_ip(envelope.client_ip, out);
  append_key("helo", out);
  append_text(envelope.helo, out);
  append_key("mail_from", out);
  append_mail_from(envelope, redaction, out);
  append_key("mechanism", out);
  append_string_or_null(spf != nullptr ? spf->mechanism : std::string(), out);
  append_key("source", out);
  append_string_or_null(envelope.client_ip ? envelope::word_of(envelope.client_ip->source) : "",
                        out);
  append_key("helo_result", out);
  append_string_or_null(verdict.spf.helo ? spf::word_of(verdict.spf.helo->status) : "", out);
  append_key("record_domain", out);
  append_string_or_null(spf != nullptr ? spf->record_domain : std::string(), out);
  append_key("terms", out);
  append_json_number(spf != nullptr ? spf->counters.terms : 0U, out);
  append_key("void_lookups", out);
  append_json_number(spf != nullptr ? spf->counters.void_lookups : 0U, out);
  append_key("fresh", out);
  append_bool(verdict.spf.is_fresh, out);
  out.push_back('}');
}

void append_envelope(const Dossier& dossier, const envelope::Envelope& envelope,
                     const Redaction* redaction, std::string& out) {
  out.append("{\"border\":");
  append_border(envelope.border, out);
  append_source("ip_source", envelope.client_ip, out);
  append_source("helo_source", envelope.helo, out);
  append_source("mail_from_source", envelope.mail_from, out);
  append_key("rdns", out);
  append_text(envelope.rdns, out);
  append_key("rewrites", out);
  append_array(
      envelope.rewrites,
      [&](const envelope::Rewrite& rewrite) {
        append_json_string(envelope::word_of(rewrite.kind), out);
      },
      out);
  append_key("conflicts", out);
  append_array(
      envelope.conflicts,
      [&](const envelope::Conflict& conflict) {
        out.append("{\"subject\":");
        append_json_string(envelope::word_of(conflict.subject), out);
        append_key("other", out);
        append_json_string(conflict_text(conflict, redaction), out);
        append_key("from", out);
        append_json_string(envelope::word_of(conflict.other.source), out);
        out.push_back('}');
      },
      out);
  append_key("hops", out);
  append_json_number(dossier.transit.hops.size(), out);
  append_key("notes", out);
  append_array(
      dossier.transit.notes,
      [&](envelope::TransitNote note) { append_json_string(envelope::word_of(note), out); }, out);
  out.push_back('}');
}

}  // namespace mailassay::report
