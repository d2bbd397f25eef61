// The limits of the core, by name. Each cut has a reason word and is never silent.
#ifndef MAILASSAY_LIMITS_H
#define MAILASSAY_LIMITS_H

#include <cstddef>
#include <cstdint>

namespace mailassay {

struct Limits {
  /// Octets of a header block. Above it the message gets the note `header-too-large` and nothing
  /// of it is evaluated: a disk image taken for mail must not fill the memory.
  std::size_t header_bytes = std::size_t{16} * 1024 * 1024;

  /// DKIM-Signature fields looked at in one message; the rest get `too-many-signatures`.
  /// [RFC6376 8.4] a verifier may bound the work that one message can ask for.
  std::size_t signatures = 64;

  /// ARC sets looked at in one message, at most the 50 of [RFC8617 5.2]. Above it: ARC reason
  /// `sets-over-limit`.
  std::size_t arc_sets = 50;

  /// Octets kept of the results in one ARC-Authentication-Results field; the cut is said in
  /// SetFacts::results_cut and, by the key `arc`, in `truncated`.
  std::size_t arc_results_bytes = 4096;

  /// Octets of one DKIM-Signature field. Above it: reason `signature-too-large`. The same for
  /// ARC-Message-Signature and ARC-Seal: ARC reason `field-over-limit`.
  std::size_t signature_field_bytes = std::size_t{64} * 1024;

  /// Names in one h= list. Above it: reason `signature-too-large`.
  std::size_t signed_headers = 4096;

  /// Octets of one string in a row (subject, address, ...); longer ones are cut and named in
  /// `truncated`.
  std::size_t row_string_bytes = 1024;

  /// Author addresses kept of the From field; the rest is counted in `truncated`.
  std::size_t from_addresses = 100;

  /// Display names, addresses of Reply-To, and domains of recipients kept of one message, and
  /// octets of one of them. Above it: PartyFacts::is_cut.
  std::size_t parties = 32;
  std::size_t party_bytes = 256;

  /// Octets of a message whose body is looked at for its kind. Of a larger one the header alone
  /// tells, with the note `header-only` if the body could have told more.
  std::size_t kind_message_bytes = std::size_t{2} * 1024 * 1024;

  /// Key candidates tried for one signature (recorded keys and several TXT records together).
  std::size_t key_candidates = 16;

  /// Whether it is looked for why a signature fails. No result depends on it.
  bool diagnosis = true;

  /// Octets of a header block that an unjudged dossier keeps, so that a header signature that fails
  /// can be diagnosed. A larger one is not kept: the finding is `not-available`.
  std::size_t header_block_bytes = std::size_t{256} * 1024;

  /// Changed headers that are tried for one message, and octets of them. Above it the finding is
  /// `search-cut`. They bound the time, since the core has no clock.
  std::size_t diagnosis_header_candidates = 1000;
  std::uint64_t diagnosis_header_bytes = std::uint64_t{8} * 1024 * 1024;

  /// Octets of a body in which the change is looked for that broke its hash. Above it the finding
  /// is `search-cut`.
  std::size_t diagnosis_body_bytes = std::size_t{2} * 1024 * 1024;

  /// Octets of a body on which mere guesses are tried: reversals that the body gives no sign of,
  /// such as tabs that became blanks. A larger one, which is as a rule an attachment, is tried for
  /// those that have left a sign; each costs a hash over all of it.
  std::size_t diagnosis_guess_bytes = std::size_t{64} * 1024;

  /// Octets of changed bodies that are made and hashed for one message: what bounds the time, since
  /// the core has no clock. Above it the finding is `search-cut`.
  std::uint64_t diagnosis_work_bytes = std::uint64_t{32} * 1024 * 1024;

  /// Places at which a footer may begin, nearest to the end first. Above it: `search-cut`.
  std::size_t diagnosis_footer_cuts = 256;

  /// MIME parts that are looked into. Above it: `search-cut`.
  std::size_t diagnosis_parts = 64;

  /// Void lookups of one SPF evaluation; one more is `too-many-void-lookups`. [RFC7208 4.6.4]
  unsigned spf_void_lookups = 2;

  /// Octets of MAIL FROM or HELO in SPF. Above it: reason `identity-too-long`.
  std::size_t spf_identity_bytes = 1024;

  /// Octets that the macros of one SPF term or explanation may expand to. Above it a name is
  /// malformed and an explanation absent.
  std::size_t spf_expansion_bytes = std::size_t{64} * 1024;

  /// Received fields kept, from the top; a server gives up at 100 or fewer [RFC5321 6.3]. Above it:
  /// note `hops-cut`.
  std::size_t transit_hops = 100;

  /// Authentication-Results and Received-SPF fields kept, from the top. Above it: `results-cut`.
  std::size_t transit_results = 32;

  /// Other trace fields kept, such as Return-Path and Delivered-To. Above it: `marks-cut`.
  std::size_t transit_marks = 32;

  /// Octets read of one trace field. Above it: `field-cut`.
  std::size_t transit_field_bytes = std::size_t{16} * 1024;

  /// Octets kept of one string of a trace field: a path has at most 64 + 1 + 255 [RFC5321 4.5.3.1].
  /// Above it: `value-cut`.
  std::size_t transit_value_bytes = 320;

  /// MIME structure: octets of one header field and of the header block of a part, parameters of a
  /// field, levels of nesting, parts. The octets of a line of a header are bounded by those of its
  /// field. Above one of them what was read so far stands, and the note is `mime-limit`.
  std::size_t mime_field_bytes = std::size_t{64} * 1024;
  std::size_t mime_header_bytes = std::size_t{256} * 1024;
  std::size_t mime_parameters = 256;
  std::size_t mime_depth = 64;
  std::size_t mime_parts = 1000;

  /// Octets of one string that the facts of a kind keep. Above it: note `kind-cut`.
  std::size_t kind_string_bytes = 512;

  /// Recipients kept of one bounce, and of one journal report. Above it: note `kind-cut`.
  std::size_t dsn_recipients = 32;
  std::size_t journal_recipients = 500;

  /// Whether messages inside of messages are digested too.
  bool nested = true;

  /// Levels of messages in messages that are digested, messages in one stored message, and octets
  /// decoded for them. Above it: note `nested-cut` on the message that they lie in.
  std::size_t nested_depth = 8;
  std::size_t nested_messages = 100;
  std::size_t nested_decoded_bytes = std::size_t{16} * 1024 * 1024;

  /// Octets of a part that are decoded or read as text for a kind. Above it: note `kind-cut`.
  std::size_t kind_text_bytes = std::size_t{256} * 1024;
};

}  // namespace mailassay

#endif  // MAILASSAY_LIMITS_H
