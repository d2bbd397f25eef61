#include "verdict/signature_evidence.h"

#include <algorithm>

#include "diagnosis/undo.h"
#include "dkim/verification.h"

namespace mailassay::standing {
namespace {

using dkim::Match;
using dkim::Note;
using dkim::Reason;

bool has(const dkim::SignatureVerdict& verdict, Note note) {
  return std::find(verdict.notes.begin(), verdict.notes.end(), note) != verdict.notes.end();
}

/// Whether the key that decided, or the absence of one, was seen at the time of receipt.
bool key_is_fresh(const dkim::SignatureVerdict& verdict, const ReceiptTime& time) {
  if (verdict.key) return is_fresh(verdict.key->first_seen, verdict.key->last_seen, time);
  if (verdict.absence) {
    return is_fresh(verdict.absence->first_seen, verdict.absence->last_seen, time);
  }
  return false;
}

bool has_weak_key(const dkim::SignatureVerdict& verdict) {
  return verdict.key && verdict.key->type == dkim::KeyType::rsa && verdict.key->bits != 0 &&
         verdict.key->bits < dkim::kMinRsaBits;
}

struct Outcome {
  SignatureClass outcome = SignatureClass::counts_for_none;
  Gap gap = Gap::none;
};

constexpr Outcome unknown(Gap gap) noexcept { return {SignatureClass::unknown, gap}; }

/// A mismatch of b=: who made it. Of RSA the padding tells; of Ed25519 nothing does.
SignatureClass mismatch_class(const dkim::SignatureFacts& facts,
                              const dkim::SignatureVerdict& verdict) {
  const bool is_ed25519 = facts.algorithm == dkim::Algorithm::ed25519_sha256;
  return is_ed25519 || has(verdict, Note::made_with_another_key) ? SignatureClass::other_key
                                                                 : SignatureClass::other_header;
}

/// The mathematics alone, whatever the rules on strength are.
Outcome outcome_of_mathematics(const dkim::SignatureFacts& facts,
                               const dkim::SignatureVerdict& verdict) {
  if (!verdict.signature) return unknown(Gap::no_evidence);
  if (*verdict.signature == Match::mismatch) return {mismatch_class(facts, verdict), Gap::none};
  const bool is_good = facts.body_match == Match::match;
  return {is_good ? SignatureClass::verifies : SignatureClass::body_differs, Gap::none};
}

/// rsa-sha1 and short keys: valid until RFC 8301, and not since. [RFC8301 3.1] [RFC8301 3.2]
Outcome outcome_of_obsolete(const dkim::SignatureFacts& facts,
                            const dkim::SignatureVerdict& verdict, const ReceiptTime& time) {
  const Outcome outcome = outcome_of_mathematics(facts, verdict);
  if (has(verdict, Note::valid_under_rules_of_its_time)) return outcome;
  // Without a time it is not known which rules were in force.
  if (!time.received) return unknown(Gap::no_evidence);
  const bool was_valid = *time.received < dkim::kRfc8301;
  if (was_valid && outcome.outcome != SignatureClass::verifies) return outcome;
  return {SignatureClass::counts_for_none, Gap::none};
}

/// The time of the check may be later than that of receipt (--at now): what had not expired then
/// says what it said.
Outcome outcome_of_expired(const dkim::SignatureFacts& facts, const dkim::SignatureVerdict& verdict,
                           const ReceiptTime& time) {
  if (!time.received) return unknown(Gap::no_evidence);
  const bool had_expired =
      facts.expires_at && time.received->time_since_epoch().count() > *facts.expires_at;
  if (had_expired) return {SignatureClass::counts_for_none, Gap::none};
  return outcome_of_mathematics(facts, verdict);
}

/// Octets are gone that l= counts. Whether the domain signed others shows as with any body that
/// differs; it never shows that it signed nothing.
Outcome outcome_of_shortened(const dkim::SignatureFacts& facts,
                             const dkim::SignatureVerdict& verdict, const ReceiptTime& time) {
  if (verdict.signature) {
    const bool is_obsolete = facts.algorithm == dkim::Algorithm::rsa_sha1 || has_weak_key(verdict);
    return is_obsolete ? outcome_of_obsolete(facts, verdict, time)
                       : outcome_of_mathematics(facts, verdict);
  }
  if (verdict.absence && verdict.absence->reason != Reason::no_key) {
    const bool is_silent = verdict.absence->reason == Reason::no_evidence;
    return unknown(is_silent ? Gap::no_evidence : Gap::temporary);
  }
  if (!key_is_fresh(verdict, time)) return unknown(Gap::gone);
  return {SignatureClass::counts_for_none, Gap::none};
}

Outcome outcome_of(const dkim::SignatureFacts& facts, const dkim::SignatureVerdict& verdict,
                   const ReceiptTime& time) {
  switch (verdict.reason) {
    case Reason::none:
    case Reason::body_hash_mismatch:
    case Reason::signature_mismatch:
      return outcome_of_mathematics(facts, verdict);
    case Reason::body_length_exceeds:
      return outcome_of_shortened(facts, verdict, time);
    case Reason::algorithm_obsolete:
    case Reason::key_too_short:
      return outcome_of_obsolete(facts, verdict, time);
    case Reason::expired:
      return outcome_of_expired(facts, verdict, time);
    case Reason::dns_timeout:
    case Reason::dns_servfail:
    case Reason::dns_deadline:
      return unknown(Gap::temporary);
    // What a limit of ours or a fault of ours left out is not known.
    case Reason::signature_too_large:
    case Reason::too_many_signatures:
    case Reason::no_evidence:
    case Reason::internal_error:
      return unknown(Gap::no_evidence);
    // There is no usable key: that says something only of the time when that was seen.
    case Reason::no_key:
    case Reason::key_syntax:
    case Reason::key_version:
    case Reason::key_service:
    case Reason::key_hash_mismatch:
    case Reason::key_revoked:
    case Reason::key_type_mismatch:
    case Reason::key_data:
    case Reason::key_subdomain:
      if (!key_is_fresh(verdict, time)) return unknown(Gap::gone);
      return {SignatureClass::counts_for_none, Gap::none};
    case Reason::signature_syntax:
    case Reason::duplicate_tag:
    case Reason::missing_tag:
    case Reason::unknown_version:
    case Reason::unknown_algorithm:
    case Reason::unknown_canonicalization:
    case Reason::unknown_query_method:
    case Reason::bad_signature_data:
    case Reason::bad_body_hash_data:
    case Reason::bad_domain:
    case Reason::bad_selector:
    case Reason::bad_signed_headers:
    case Reason::bad_auid:
    case Reason::bad_body_length:
    case Reason::bad_timestamp:
    case Reason::bad_expiration:
    case Reason::from_not_signed:
    case Reason::auid_domain_mismatch:
      break;
  }
  return {SignatureClass::counts_for_none, Gap::none};
}

void add_finding(const Finding& finding, Signature& signature) {
  if (finding.state != Finding::State::found) return;
  for (const Undo undo : finding.verifies_after) {
    if (finding.removes_content) {
      const std::string_view what = added_by(undo);
      if (!what.empty()) signature.added.emplace_back(what);
    } else if (finding.complete) {
      signature.verifies_after.emplace_back(diagnosis::entry_of(undo).word);
    }
  }
}

}  // namespace

bool is_fresh(std::optional<std::chrono::sys_seconds> first,
              std::optional<std::chrono::sys_seconds> last, const ReceiptTime& time) noexcept {
  if (!time.received) return false;
  if (!first && !last) return true;
  const std::chrono::sys_seconds from = first ? *first : *last;
  const std::chrono::sys_seconds to = last ? *last : *first;
  return from - time.window <= *time.received && *time.received <= to + time.window;
}

Signature signature_evidence(const dkim::SignatureFacts& facts,
                             const dkim::SignatureVerdict& verdict, Aligned aligned,
                             const ReceiptTime& time) {
  Signature signature;
  const Outcome outcome = outcome_of(facts, verdict, time);
  signature.outcome = outcome.outcome;
  signature.gap = outcome.gap;
  signature.aligned = aligned;
  signature.key_fresh = key_is_fresh(verdict, time);
  signature.is_ed25519 = facts.algorithm == dkim::Algorithm::ed25519_sha256;
  signature.is_partial = facts.body_length && *facts.body_length < facts.canonical_body_length;
  signature.is_sha1 = facts.algorithm == dkim::Algorithm::rsa_sha1;
  signature.is_weak = verdict.reason == Reason::key_too_short || has_weak_key(verdict);
  signature.is_test_key = has(verdict, Note::key_testing);
  signature.domain = facts.domain;
  signature.selector = facts.selector;
  signature.value_prefix = facts.signature_prefix;
  const bool fails = signature.outcome == SignatureClass::body_differs ||
                     signature.outcome == SignatureClass::other_header ||
                     signature.outcome == SignatureClass::other_key;
  if (fails && verdict.finding) add_finding(*verdict.finding, signature);
  return signature;
}

std::string_view added_by(Undo undo) noexcept {
  switch (undo) {
    case Undo::footer_remove:
      return "footer";
    case Undo::mime_footer_remove:
      return "mime-footer";
    case Undo::mime_wrapper_remove:
      return "mime-wrapper";
    case Undo::banner_remove:
      return "banner";
    case Undo::external_tag_remove:
      return "external-tag";
    case Undo::rewritten_links_decode:
      return "rewritten-links";
    case Undo::subject_tag_remove:
      return "subject-tag";
    case Undo::from_restore:
      return "other-from";
    case Undo::reply_to_remove:
      return "reply-to";
    case Undo::instance_remove:
      return "second-field";
    case Undo::field_remove:
      return "field";
    case Undo::copied_field_restore:
      return "other-field";
    case Undo::quoted_printable_decode:
    case Undo::quoted_printable_encode:
    case Undo::base64_decode:
    case Undo::base64_encode:
    case Undo::transfer_encoding_restore:
      return "other-encoding";
    case Undo::nul_restore:
      return "other-octets";
    case Undo::mboxrd_unquote:
    case Undo::mboxo_unquote:
    case Undo::space_unquote:
    case Undo::bare_cr_to_line_end:
    case Undo::double_cr_to_line_end:
    case Undo::dot_unstuff:
    case Undo::dot_stuff:
    case Undo::blank_lines_restore:
    case Undo::end_mark_remove:
    case Undo::trailing_space_remove:
    case Undo::trailing_space_restore:
    case Undo::tabs_to_spaces:
    case Undo::spaces_to_tabs:
    case Undo::long_lines_join:
    case Undo::refold:
    case Undo::encoded_words_decode:
    case Undo::encoded_words_encode:
    case Undo::field_name_case:
    case Undo::field_restore:
      break;
  }
  return {};
}

}  // namespace mailassay::standing
