#include "report/row.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/base64.h"
#include "base/bytes.h"
#include "crypto/digest_text.h"
#include "diagnosis/finding.h"
#include "diagnosis/undo.h"
#include "dkim/coverage.h"
#include "dkim/reason.h"
#include "envelope/word.h"
#include "message/encoded_word.h"
#include "report/bulk_sender_text.h"
#include "report/chain_text.h"
#include "report/dmarc_row.h"
#include "report/enclosure_row.h"
#include "report/json_value.h"
#include "report/recorded_row.h"
#include "report/session_row.h"
#include "report/standing_row.h"

namespace mailassay::report {
namespace {

using dkim::word_of;

/// Appends the word of an optional enumerator, or null.
template <typename T>
void append_word(const std::optional<T>& value, std::string& out) {
  if (value) {
    append_json_string(word_of(*value), out);
  } else {
    out.append("null");
  }
}

void append_origin(const Origin& origin, const std::optional<Enclosure>& enclosure,
                   std::string& out) {
  out.append("{\"archive\":");
  append_json_string(origin.archive, out);
  append_key("member", out);
  append_string_or_null(origin.member, out);
  append_key("index", out);
  append_json_number(origin.index, out);
  append_key("offset", out);
  append_json_number(origin.offset, out);
  append_key("length", out);
  append_json_number(origin.length, out);
  // A name that is not UTF-8 is shown with U+FFFD; here are its octets.
  if (!message::is_valid_utf8(origin.archive)) {
    append_key("archive_base64", out);
    append_json_string(encode_base64(origin.archive), out);
  }
  if (!message::is_valid_utf8(origin.member)) {
    append_key("member_base64", out);
    append_json_string(encode_base64(origin.member), out);
  }
  if (enclosure) append_enclosure(origin, *enclosure, out);
  out.push_back('}');
}

void append_key_used(const std::optional<dkim::KeyUsed>& key, bool evidence, std::string& out) {
  if (!key) {
    out.append("null");
    return;
  }
  out.append("{\"type\":");
  append_word(key->type, out);
  append_key("bits", out);
  if (key->bits != 0) {
    append_json_number(key->bits, out);
  } else {
    out.append("null");
  }
  append_key("source", out);
  append_json_string(key->source, out);
  append_key("first_seen", out);
  append_json_optional_time(key->first_seen, out);
  append_key("last_seen", out);
  append_json_optional_time(key->last_seen, out);
  if (evidence) {
    append_key("record", out);
    append_json_string(key->record, out);
  }
  out.push_back('}');
}

void append_hashes(const dkim::SignatureFacts& facts, std::string& out) {
  append_key("header_hash", out);
  append_string_or_null(facts.header_hash ? crypto::hex(*facts.header_hash) : std::string(), out);
  append_key("body_hash_declared", out);
  append_string_or_null(crypto::hex(facts.declared_body_hash), out);
  append_key("body_hash_computed", out);
  append_string_or_null(facts.body_hash ? crypto::hex(*facts.body_hash) : std::string(), out);
}

void append_canonicalization(const dkim::SignatureFacts& facts, std::string& out) {
  if (!facts.header_canon || !facts.body_canon) {
    out.append("null");
    return;
  }
  out.push_back('"');
  out.append(word_of(*facts.header_canon)).append("/").append(word_of(*facts.body_canon));
  out.push_back('"');
}

void append_signature(const dkim::SignatureFacts& facts, const dkim::SignatureVerdict& verdict,
                      const RowOptions& options, std::string& out) {
  out.append("{\"domain\":");
  append_string_or_null(facts.domain, out);
  append_key("selector", out);
  append_string_or_null(facts.selector, out);
  append_key("auid", out);
  if (options.redaction != nullptr && !facts.auid.empty()) {
    append_json_string(options.redaction->address(facts.auid), out);
  } else {
    append_string_or_null(facts.auid, out);
  }
  append_key("algorithm", out);
  append_word(facts.algorithm, out);
  append_key("canonicalization", out);
  append_canonicalization(facts, out);
  append_key("result", out);
  append_json_string(word_of(verdict.status), out);
  append_key("reason", out);
  append_string_or_null(
      verdict.reason == dkim::Reason::none ? "" : dkim::entry_of(verdict.reason).word, out);
  append_key("body_hash", out);
  append_word(facts.body_match, out);
  append_key("signature", out);
  append_word(verdict.signature, out);
  append_key("aligned", out);
  append_word(verdict.aligned, out);
  append_key("key", out);
  append_key_used(verdict.key, options.evidence, out);
  append_key("notes", out);
  append_array(
      verdict.notes, [&](const auto& element) { append_json_string(word_of(element), out); }, out);
  append_key("b", out);
  append_string_or_null(facts.signature_prefix, out);
  append_key("unsigned_octets", out);
  if (const auto octets = dkim::unsigned_octets(facts)) {
    append_json_number(*octets, out);
  } else {
    out.append("null");
  }
  if (options.evidence) append_hashes(facts, out);
  out.push_back('}');
}

void append_from(const Dossier& dossier, const Redaction* redaction, std::string& out) {
  out.push_back('[');
  for (std::size_t i = 0; i < dossier.from.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_json_string(redaction != nullptr ? redaction->address(dossier.from[i]) : dossier.from[i],
                       out);
  }
  out.push_back(']');
}

void append_subject(const Dossier& dossier, const Redaction* redaction, std::string& out) {
  if (!dossier.has_subject) {
    out.append("null");
  } else if (redaction != nullptr) {
    append_json_string(redaction->text(dossier.subject), out);
  } else {
    append_json_string(dossier.subject, out);
  }
}

void append_message_facts(const Dossier& dossier,
                          const std::optional<envelope::ReceivedTime>& received_at,
                          const Redaction* redaction, std::string& out) {
  append_key("message_id", out);
  if (redaction != nullptr && !dossier.message_id.empty()) {
    append_json_string(redaction->address(dossier.message_id), out);
  } else {
    append_string_or_null(dossier.message_id, out);
  }
  append_key("date", out);
  append_json_optional_time(dossier.date, out);
  append_key("received_at", out);
  append_json_optional_time(received_at ? std::optional(received_at->time) : std::nullopt, out);
  append_key("received_at_source", out);
  append_string_or_null(received_at ? envelope::word_of(received_at->source) : "", out);
  append_key("from", out);
  append_from(dossier, redaction, out);
  append_key("subject", out);
  append_subject(dossier, redaction, out);
}

/// The finding that stands for the message; `signature` is the index of its entry in `dkim`.
void append_finding(std::span<const dkim::SignatureVerdict> signatures, std::string& out) {
  const auto leading = diagnosis::leading_finding(signatures);
  if (!leading) {
    out.append("null");
    return;
  }
  const Finding& finding = *signatures[*leading].finding;
  if (finding.state != Finding::State::found) {
    append_json_string(diagnosis::word_of(finding.state), out);
    return;
  }
  out.append("{\"verifies_after\":");
  append_array(
      finding.verifies_after,
      [&](Undo undo) { append_json_string(diagnosis::entry_of(undo).word, out); }, out);
  append_key("removes_content", out);
  out.append(finding.removes_content ? "true" : "false");
  append_key("part", out);
  append_json_string(diagnosis::word_of(finding.part), out);
  append_key("signature", out);
  append_json_number(*leading, out);
  append_key("complete", out);
  out.append(finding.complete ? "true}" : "false}");
}

void append_notes(const Dossier& dossier, std::string& out) {
  append_key("notes", out);
  append_array(
      dossier.notes,
      [&](const auto& element) { append_json_string(report::word_of(element), out); }, out);
  append_key("truncated", out);
  append_array(
      dossier.truncated, [&](const auto& element) { append_json_string(element, out); }, out);
}

/// The keys from `spf` to `impersonates`.
void append_judgement(const Dossier& dossier, const Verdict& verdict, const Redaction* redaction,
                      std::string& out) {
  append_key("spf", out);
  append_spf(verdict, redaction, out);
  append_key("dmarc", out);
  append_dmarc(verdict.dmarc.get(), out);
  append_key("recorded", out);
  append_recorded(dossier, verdict, out);
  append_standing(dossier, verdict, out);
  append_key("impersonates", out);
  append_impersonation(verdict.impersonation, out);
}

/// The keys of a message of which nothing was evaluated.
constexpr std::string_view kNotEvaluated =
    ",\"spf\":null,\"dmarc\":null,\"recorded\":null,\"standing\":null,"
    "\"standing_reasons\":null,\"integrity\":null,\"basis\":null,\"form\":null,\"kind\":null,"
    "\"kind_reasons\":null,\"traits\":null,\"direction\":null,\"impersonates\":null";

}  // namespace

std::string_view word_of(MessageNote note) {
  constexpr std::array<std::string_view, kMessageNotes> kWords = {
      "header-too-large",    "no-header",       "no-separator",    "many-from-fields",
      "header-junk",         "internal-error",  "holds-postmarks", "quoted-from-lines",
      "size-differs",        "partial-message", "header-alone",    "written-anew",
      "not-verifiable-form", "nested-cut",      "nested-not-read"};
  return kWords[static_cast<std::size_t>(note)];
}

bool was_evaluated(const Dossier& dossier) {
  return std::none_of(dossier.notes.begin(), dossier.notes.end(), [](MessageNote note) {
    return note == MessageNote::header_too_large || note == MessageNote::internal_error;
  });
}

void append_row(const Origin& origin, const Dossier& dossier, Verdict&& verdict,
                const RowOptions& options, RowText& out) {
  std::string& text = out.text;
  text.append("{\"schema\":");
  append_json_number(kRowSchema, text);
  append_key("origin", text);
  append_origin(origin, dossier.enclosure, text);
  append_message_facts(dossier, verdict.envelope.received_at, options.redaction, text);
  append_key("dkim", text);
  text.push_back('[');
  for (std::size_t i = 0; i < dossier.signatures.size(); ++i) {
    if (i > 0) text.push_back(',');
    append_signature(dossier.signatures[i], verdict.signatures[i], options, text);
  }
  text.push_back(']');
  append_key("arc", text);
  const bool is_known = was_evaluated(dossier);
  if (is_known) {
    append_chain(dossier.arc, verdict.arc, {options.arc_rfc_wording, options.evidence}, text);
    append_judgement(dossier, verdict, options.redaction, text);
  } else {
    text.append("null").append(kNotEvaluated);
  }
  append_key("finding", text);
  append_finding(verdict.signatures, text);
  append_key("sha256", text);
  append_string_or_null(dossier.sha256 ? crypto::hex(*dossier.sha256) : std::string(), text);
  append_key("evidence", text);
  text.push_back('[');
  out.gaps.push_back({text.size(), std::move(verdict.evidence)});
  text.push_back(']');
  append_key("rules", text);
  append_json_number(kRules, text);
  append_notes(dossier, text);
  append_key("envelope", text);
  if (is_known) {
    append_envelope(dossier, verdict.envelope, options.redaction, text);
  } else {
    text.append("null");
  }
  append_key("reports", text);
  append_reports(dossier.kind, options.redaction, text);
  append_key("bulk_sender", text);
  append_bulk_sender(verdict.bulk_sender, text);
  append_key("kind_notes", text);
  if (is_known) {
    append_array(
        dossier.kind.notes, [&](kind::Note note) { append_json_string(kind::word_of(note), text); },
        text);
  } else {
    text.append("null");
  }
  append_key("copy", text);
  if (options.dedupe) {
    out.gaps.back().copy = text.size();
  } else {
    text.append("null");
  }
  text.append("}\n");
}

}  // namespace mailassay::report
