// What the store did to the octets of a message, as far as one message tells it.
//
// The form decides what may be said of a signature that fails: a store that writes MIME anew breaks
// every body hash, and nobody is to be accused of that.
#ifndef MAILASSAY_FORM_H
#define MAILASSAY_FORM_H

#include <cstddef>
#include <cstdint>

namespace mailassay {

enum class Form : std::uint8_t {
  raw,              ///< as it was received
  known_additions,  ///< as received, with fields that stores are known to add
  escaped,          ///< lines of the body were quoted for a mailbox file
  regenerated,      ///< written anew from a database: MIME structure and encodings are others
  headers_only,     ///< the body is not there, or not all of it
  excerpt,          ///< a few fields and a text, as archives of mailing lists show them
  enclosed,         ///< a part of another message, as whoever wrote that one put it there
};

inline constexpr std::size_t kFormCount = static_cast<std::size_t>(Form::enclosed) + 1;

/// What the header and the size of one message say of its store. Independent of DNS and of other
/// messages; a dossier keeps it.
struct FormFacts {
  bool store_fields = false;     ///< X-Mozilla-Status, X-Gmail-Labels, X-UIDL and their like
  bool libpst_boundary = false;  ///< the boundary of Content-Type is one that readpst makes
  bool libpst_fields = false;    ///< X-libpst-forensic-*
  bool exchange_fields = false;  ///< the fields that Exchange writes when it exports from its store
  bool few_fields = false;       ///< there are none but those that pipermail keeps
  bool obfuscated_from = false;  ///< From is `name at domain`
  bool has_transit = false;      ///< there is a Received, Return-Path or Delivered-To field
  bool names_parts = false;      ///< Content-Type is multipart
  bool has_body = true;          ///< the body has octets other than line ends
  bool draft_marks = false;      ///< X-Unsent, X-Mozilla-Draft-Info and their like
  bool crm_marks = false;        ///< X-CRM-* and other fields that customer systems put

  friend bool operator==(const FormFacts&, const FormFacts&) = default;
};

/// What is known beside the header once signatures were looked at.
struct FormEvidence {
  /// The diagnosis found, or the body shows, that From-quoting broke a body hash.
  bool from_quoting = false;
  bool body_hash_differs = false;  ///< of any signature
  /// What holds this message is known to write all mail anew: a PST file, or an archive of which
  /// ArchiveForm says so.
  bool store_regenerates = false;
  /// What holds this message shows a few fields and a text of each:
  /// MessageNote::not_verifiable_form.
  bool store_excerpts = false;
  /// The store keeps parts of its body elsewhere: MessageNote::partial_message.
  bool store_holds_back_parts = false;
  bool is_enclosed = false;     ///< the store is another message: Dossier::enclosure
  bool is_header_only = false;  ///< what it is stored in says so: Enclosure::is_header_only
  /// The store keeps headers alone: MessageNote::header_alone.
  bool store_keeps_headers = false;
  bool has_signature_fields = false;  ///< DKIM-Signature or ARC fields are there, good or bad
};

struct FormVerdict {
  Form form = Form::raw;
  /// Nothing but fields that any sender can write say so: then nothing good follows from it.
  bool is_claim = false;

  friend bool operator==(const FormVerdict&, const FormVerdict&) = default;
};

/// Decides the form of one message.
FormVerdict form_of(const FormFacts& facts, const FormEvidence& evidence);

}  // namespace mailassay

#endif  // MAILASSAY_FORM_H
