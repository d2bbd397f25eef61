#include "report/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/base64.h"
#include "base/bytes.h"
#include "diagnosis/undo.h"
#include "dkim/coverage.h"
#include "dkim/key_record.h"
#include "dkim/reason.h"
#include "dkim/tag_list.h"
#include "report/bulk_sender_text.h"
#include "report/chain_text.h"
#include "report/dmarc_text.h"
#include "report/json_text.h"
#include "report/printable.h"
#include "report/row.h"
#include "report/session_text.h"
#include "report/standing_text.h"
#include "report/summary.h"
#include "verdict/traits.h"

namespace mailassay::report {
namespace {

using Out = std::back_insert_iterator<std::string>;
constexpr std::size_t kShownText = 200;
constexpr std::size_t kShownRecord = 600;

std::string shown_time(const std::optional<std::chrono::sys_seconds>& time) {
  return time ? time_text(*time) : "unknown";
}

std::string shown_seconds(std::int64_t seconds) {
  constexpr std::int64_t kYear10000 = 253402300800;
  if (seconds >= kYear10000) return "never";
  return time_text(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

std::string hash_text(const dkim::Digest& digest) {
  return encode_base64(as_text(digest.octets.data(), digest.size));
}

std::string span_text(std::chrono::seconds span) {
  const auto count = span.count() < 0 ? -span.count() : span.count();
  if (count / 86400 >= 2) return fmt::format("{} days", count / 86400);
  if (count / 3600 >= 2) return fmt::format("{} hours", count / 3600);
  return fmt::format("{} seconds", count);
}

void write_message(const Origin& origin, const Dossier& dossier, const Verdict& verdict, Out out) {
  fmt::format_to(out, "Message {} of {}\n", origin.index,
                 origin.archive == "-" ? "standard input" : printable(origin.archive, 500));
  if (!origin.member.empty()) {
    fmt::format_to(out, "  member     {}\n", printable(origin.member, 500));
  }
  if (dossier.enclosure) {
    fmt::format_to(out, "  part       {} of {}: {}{}\n", origin.part,
                   origin.parent.empty() ? "the stored message" : "the message " + origin.parent,
                   word_of(dossier.enclosure->role), origin.is_encoded ? ", encoded" : "");
  }
  fmt::format_to(out, "  octets     {} from offset {}\n", grouped(origin.length), origin.offset);
  fmt::format_to(out, "  Message-ID {}\n", printable(dossier.message_id, kShownText));
  for (const std::string& address : dossier.from) {
    fmt::format_to(out, "  From       {}\n", printable(address, kShownText));
  }
  fmt::format_to(out, "  Subject    {}\n", printable(dossier.subject, kShownText));
  fmt::format_to(out, "  Date       {}\n", shown_time(dossier.date));
  const auto& received_at = verdict.envelope.received_at;
  fmt::format_to(out, "  Received   {}{}\n", received_at ? time_text(received_at->time) : "unknown",
                 !received_at ? ""
                 : received_at->source == envelope::ValueSource::newest_received
                     ? " (newest Received field)"
                     : " (the border hop)");
  fmt::format_to(out, "  judged at  {}\n",
                 verdict.judged_at ? time_text(*verdict.judged_at)
                                   : "no time of receipt is known: expiry is not applied");
  for (const MessageNote note : dossier.notes)
    fmt::format_to(out, "  note       {}\n", word_of(note));
}

void write_field(const dkim::SignatureFacts& facts, Out out) {
  if (facts.fault != dkim::Reason::none && facts.fault != dkim::Reason::body_length_exceeds) {
    const dkim::ReasonEntry& entry = dkim::entry_of(facts.fault);
    fmt::format_to(out, "  1 field       refused: {} [{}]\n", entry.sentence, entry.reference);
    return;
  }
  fmt::format_to(out, "  1 field       well-formed; {}, {}/{}\n", dkim::word_of(*facts.algorithm),
                 dkim::word_of(*facts.header_canon), dkim::word_of(*facts.body_canon));
  fmt::format_to(out, "                signs {}\n", printable(facts.signed_fields, kShownRecord));
  if (facts.signed_at)
    fmt::format_to(out, "                t= {}\n", shown_seconds(*facts.signed_at));
  if (facts.expires_at)
    fmt::format_to(out, "                x= {}\n", shown_seconds(*facts.expires_at));
}

void write_body(const dkim::SignatureFacts& facts, Out out) {
  if (facts.fault == dkim::Reason::body_length_exceeds) {
    fmt::format_to(out, "  2 body hash   not checked: l={} and the canonical body has {} octets\n",
                   *facts.body_length, facts.canonical_body_length);
  } else if (!facts.body_match) {
    fmt::format_to(out, "  2 body hash   not checked\n");
  } else if (*facts.body_match == dkim::Match::match) {
    fmt::format_to(out, "  2 body hash   match: {}\n", hash_text(*facts.body_hash));
  } else {
    fmt::format_to(out, "  2 body hash   MISMATCH\n                bh= says {}\n",
                   hash_text(facts.declared_body_hash));
    fmt::format_to(out, "                this body {}\n", hash_text(*facts.body_hash));
  }
  if (facts.body_length && facts.fault == dkim::Reason::none) {
    fmt::format_to(out, "                l= covers {} of {} canonical octets\n", *facts.body_length,
                   facts.canonical_body_length);
  }
}

/// `Seen` has source, first_seen and last_seen.
template <typename Seen>
void write_window(const Seen& seen, const Verdict& verdict, Out out) {
  const std::string source = printable(seen.source, kShownText);
  if (!seen.first_seen && !seen.last_seen) {
    if (!source.empty()) fmt::format_to(out, "                source {}, undated\n", source);
    return;
  }
  fmt::format_to(out, "                source {}, seen {} to {}\n", source,
                 shown_time(seen.first_seen), shown_time(seen.last_seen));
  if (!verdict.judged_at) return;
  if (seen.first_seen && *seen.first_seen > *verdict.judged_at) {
    fmt::format_to(out, "                first seen {} after the message\n",
                   span_text(*seen.first_seen - *verdict.judged_at));
  } else if (seen.last_seen && *seen.last_seen < *verdict.judged_at) {
    fmt::format_to(out, "                last seen {} before the message\n",
                   span_text(*verdict.judged_at - *seen.last_seen));
  }
}

/// A long text without blanks, in pieces that fit on a terminal.
void write_folded(std::string_view text, Out out) {
  constexpr std::size_t kWidth = 64;
  while (!text.empty()) {
    std::size_t end = std::min(kWidth, text.size());
    // Not within an UTF-8 sequence.
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
    fmt::format_to(out, "                {}\n", text.substr(0, end));
    text.remove_prefix(end);
  }
}

void write_key(const dkim::SignatureVerdict& signature, const Verdict& verdict, Out out) {
  if (!signature.question) {
    fmt::format_to(out, "  3 key         not needed\n");
    return;
  }
  fmt::format_to(out, "  3 key         TXT {}\n", printable(signature.question->name, 300));
  if (!signature.key) {
    fmt::format_to(out, "                none\n");
    const dkim::Status status = dkim::entry_of(signature.reason).status;
    if (signature.absence && status != dkim::Status::temperror) {
      write_window(*signature.absence, verdict, out);
    }
    return;
  }
  const dkim::KeyUsed& key = *signature.key;
  if (key.type && key.bits != 0) {
    fmt::format_to(out, "                {} of {} bits\n", dkim::word_of(*key.type), key.bits);
  }
  write_folded(printable(key.record, kShownRecord), out);
  write_window(key, verdict, out);
}

/// An RSA signature that fails tells whether this key made it.
std::string_view maker_text(const dkim::SignatureFacts& facts,
                            const dkim::SignatureVerdict& signature) {
  if (facts.algorithm == dkim::Algorithm::ed25519_sha256) {
    return "whether this key made it cannot be told of Ed25519";
  }
  const bool is_other = std::find(signature.notes.begin(), signature.notes.end(),
                                  dkim::Note::made_with_another_key) != signature.notes.end();
  return is_other ? "another key made it, or it is no signature"
                  : "this key made it, over other header fields";
}

void write_math(const dkim::SignatureFacts& facts, const dkim::SignatureVerdict& signature,
                Out out) {
  if (!signature.signature) {
    fmt::format_to(out, "  4 signature   not checked\n");
  } else if (*signature.signature == dkim::Match::match) {
    fmt::format_to(out, "  4 signature   match: b= signs header hash {}\n",
                   hash_text(*facts.header_hash));
  } else {
    fmt::format_to(out, "  4 signature   MISMATCH: b= does not sign header hash {}\n",
                   hash_text(*facts.header_hash));
    if (const std::string_view maker = maker_text(facts, signature); !maker.empty()) {
      fmt::format_to(out, "                {}\n", maker);
    }
  }
}

std::string_view sentence_of(Finding::State state) {
  switch (state) {
    case Finding::State::found:
      break;
    case Finding::State::none:
      return "none of the changes that mailassay can undo explains it (no-reversal-found)";
    case Finding::State::cut:
      return "the search was ended by a limit (search-cut)";
    case Finding::State::not_available:
      return "the octets that a search needs were not at hand (not-available)";
  }
  return {};
}

/// One side of a change, line by line, the first few of them.
void write_side(std::string_view label, std::string_view text, Out out) {
  constexpr std::size_t kLines = 4;
  for (std::size_t i = 0; i < kLines && !text.empty(); ++i) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    fmt::format_to(out, "                {:<6} {}\n", i == 0 ? label : "",
                   printable(line, kShownText));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!text.empty()) fmt::format_to(out, "                       (and more)\n");
}

/// What stands there now and what was signed, as a short diff.
void write_changes(const Finding& finding, Out out) {
  for (const Change& change : finding.changes) {
    if (change.line != 0) {
      fmt::format_to(out, "              body line {}{}\n", grouped(change.line),
                     change.signed_text.empty() ? ", added:" : ":");
    }
    write_side("now", change.present, out);
    write_side("signed", change.signed_text, out);
  }
}

/// What the finding says of the content, and what nobody vouches for.
void write_content(const Finding& finding, const dkim::SignatureFacts& facts, Out out) {
  const std::uint64_t unsigned_octets = dkim::unsigned_octets(facts).value_or(0);
  if (finding.removes_content) {
    fmt::format_to(out, "              a reader sees more or other than was signed");
  } else if (unsigned_octets > 0) {
    // [RFC6376 8.2]
    fmt::format_to(out, "              no content is removed by that from what l= covers");
  } else {
    fmt::format_to(out, "              no content is removed by that");
  }
  fmt::format_to(out, "; the result stays what it is\n");
  if (unsigned_octets > 0) {
    fmt::format_to(out,
                   "              {} octets behind l= were not signed and not looked at: a reader "
                   "sees them too\n",
                   grouped(unsigned_octets));
  }
}

void write_finding(const Finding& finding, const dkim::SignatureFacts& facts, Out out) {
  if (finding.state != Finding::State::found) {
    fmt::format_to(out, "    why       {}\n", sentence_of(finding.state));
    return;
  }
  fmt::format_to(out, "    why       {}\n",
                 finding.complete ? "the signature verifies once this is undone:"
                                  : "one part fits once this is undone, the whole is not proven:");
  for (const Undo undo : finding.verifies_after) {
    const diagnosis::UndoEntry& entry = diagnosis::entry_of(undo);
    fmt::format_to(out, "              {}: {}\n", entry.word, entry.sentence);
  }
  write_changes(finding, out);
  write_content(finding, facts, out);
}

void write_result(const dkim::SignatureVerdict& signature, Out out) {
  const dkim::ReasonEntry& entry = dkim::entry_of(signature.reason);
  fmt::format_to(out, "  = {}", dkim::word_of(signature.status));
  if (signature.reason != dkim::Reason::none) fmt::format_to(out, " ({})", entry.word);
  fmt::format_to(out, ": {} [{}]\n", entry.sentence, entry.reference);
  for (const dkim::Note note : signature.notes) {
    fmt::format_to(out, "    note {}: {}\n", dkim::word_of(note), dkim::sentence_of(note));
  }
}

void write_kind(const Dossier& dossier, const Verdict& verdict, Out out) {
  std::string reasons;
  for (const kind::Reason reason : dossier.kind.reasons.list()) {
    reasons += reasons.empty() ? "" : " ";
    reasons += kind::word_of(reason);
  }
  fmt::format_to(out, "Kind: {}{}\n", kind::word_of(dossier.kind.kind),
                 reasons.empty() ? "" : " (" + reasons + ")");
  for (const kind::Note note : dossier.kind.notes) {
    fmt::format_to(out, "  note {}\n", kind::word_of(note));
  }
  const auto traits = traits_of(dossier, verdict);
  if (!traits.empty()) fmt::format_to(out, "Traits: {}\n", fmt::join(traits, " "));
}

}  // namespace

std::string explain_text(const Origin& origin, const Dossier& dossier, const Verdict& verdict) {
  std::string text;
  const Out out(text);
  write_message(origin, dossier, verdict, out);
  if (dossier.signatures.empty()) fmt::format_to(out, "\nNo DKIM-Signature field: result none\n");
  for (std::size_t i = 0; i < dossier.signatures.size(); ++i) {
    const dkim::SignatureFacts& facts = dossier.signatures[i];
    const dkim::SignatureVerdict& signature = verdict.signatures[i];
    fmt::format_to(out, "\nDKIM-Signature {} of {}: d={} s={} b={}\n", i + 1,
                   dossier.signatures.size(), printable(facts.domain, kShownText),
                   printable(facts.selector, kShownText), printable(facts.signature_prefix, 16));
    write_field(facts, out);
    write_body(facts, out);
    write_key(signature, verdict, out);
    write_math(facts, signature, out);
    write_result(signature, out);
    if (signature.finding) write_finding(*signature.finding, facts, out);
  }
  text += explain_chain(dossier.arc, verdict.arc);
  if (!was_evaluated(dossier)) return text;
  text += explain_envelope(dossier, verdict.envelope);
  text += explain_spf(verdict);
  if (verdict.dmarc) text += explain_dmarc(*verdict.dmarc);
  text += explain_recorded(dossier, verdict);
  text += "\n";
  text += explain_standing(verdict.standing);
  text += explain_axes(verdict.integrity, verdict.basis, verdict.form, verdict.direction);
  write_kind(dossier, verdict, out);
  text += explain_bulk_sender(verdict);
  return text;
}

std::string explain_key_record(const std::string& text) {
  std::string shown;
  const Out out(shown);
  fmt::format_to(out, "  {}\n", printable(text, 2000));
  if (!dkim::looks_like_key_record(text)) {
    fmt::format_to(out, "  not a key record: no p= tag (it may serve another purpose)\n");
    return shown;
  }
  const dkim::KeyRecord record = dkim::parse_key_record(text);
  if (record.key) {
    fmt::format_to(out, "  {} key of {} bits\n", dkim::word_of(record.key->type()),
                   record.key->bits());
    if (record.key->type() == dkim::KeyType::rsa && record.key->bits() < 1024) {
      fmt::format_to(out, "  wrong: {}\n", dkim::entry_of(dkim::Reason::key_too_short).sentence);
    } else if (record.key->type() == dkim::KeyType::rsa && record.key->bits() < 2048) {
      fmt::format_to(out, "  weak: RFC 8301 3.2 asks signers for 2048 bits or more\n");
    }
    if (record.key->type() == dkim::KeyType::ed25519 &&
        record.key->form() == crypto::KeyForm::spki) {
      fmt::format_to(out, "  wrong: {}\n", dkim::sentence_of(dkim::Note::key_ed25519_spki));
    }
  }
  if (record.fault != dkim::Reason::none) {
    const dkim::ReasonEntry& entry = dkim::entry_of(record.fault);
    fmt::format_to(out, "  wrong: {} ({}) [{}]\n", entry.sentence, entry.word, entry.reference);
  }
  if (!record.admits_sha256) fmt::format_to(out, "  h= does not admit sha256\n");
  if (record.testing)
    fmt::format_to(out, "  t=y: {}\n", dkim::sentence_of(dkim::Note::key_testing));
  if (record.has_granularity) {
    fmt::format_to(out, "  g=: {}\n", dkim::sentence_of(dkim::Note::key_granularity));
  }
  if (record.has_unknown_names) {
    fmt::format_to(out, "  note: {}\n", dkim::sentence_of(dkim::Note::key_unknown_names));
  }
  if (record.key && !record.key->has_usual_exponent()) {
    fmt::format_to(out, "  note: {}\n", dkim::sentence_of(dkim::Note::key_exponent));
  }
  if (record.strict_auid) fmt::format_to(out, "  t=s: i= must have exactly the domain of d=\n");
  if (record.fault == dkim::Reason::none && record.key) fmt::format_to(out, "  usable\n");
  return shown;
}

}  // namespace mailassay::report
