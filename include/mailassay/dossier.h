// The dossier: every fact of a message that a verdict can need, and none of its octets.
//
// digest() reads a message exactly once. What it yields is small (1-4 KiB as a rule), independent
// of DNS, of the clock and of configuration, and enough for judge() to reach a verdict later.
#ifndef MAILASSAY_DOSSIER_H
#define MAILASSAY_DOSSIER_H

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/arc.h"
#include "mailassay/enclosure.h"
#include "mailassay/envelope.h"
#include "mailassay/finding.h"
#include "mailassay/form.h"
#include "mailassay/kind.h"
#include "mailassay/limits.h"
#include "mailassay/message.h"
#include "mailassay/parties.h"

namespace mailassay {

namespace dkim {

/// a= of a DKIM-Signature. [RFC6376 3.3] [RFC8463 3]
enum class Algorithm : std::uint8_t { rsa_sha1, rsa_sha256, ed25519_sha256 };

/// The two halves of c= are two types, so that they cannot be swapped. [RFC6376 3.4]
enum class HeaderCanon : std::uint8_t { simple, relaxed };
enum class BodyCanon : std::uint8_t { simple, relaxed };

/// The one rule that decided against a plain pass. A closed list; dkim/reason.h has the RFC 8601
/// result, the sentence and the section of each.
enum class Reason : std::uint8_t {
  none,  ///< nothing to report: the signature verifies
  // The signature field, in the order of [RFC6376 6.1.1].
  signature_too_large,       ///< the field or its h= is over a limit of ours
  too_many_signatures,       ///< the message has more signatures than we look at
  signature_syntax,          ///< not a tag-list
  duplicate_tag,             ///< a tag name occurs twice
  missing_tag,               ///< v, a, b, bh, d, h or s is absent
  unknown_version,           ///< v= is not 1
  unknown_algorithm,         ///< a= is none that we know
  unknown_canonicalization,  ///< c= is none that we know
  unknown_query_method,      ///< q= names no method that we know
  bad_signature_data,        ///< b= is not base64
  bad_body_hash_data,        ///< bh= is not base64 of the hash's length
  bad_domain,                ///< d= is not a domain name of two labels or more
  bad_selector,              ///< s= is not a selector
  bad_signed_headers,        ///< h= is empty or not a list of field names
  bad_auid,                  ///< i= is not [local-part]@domain
  bad_body_length,           ///< l= is not a number of 1 to 76 digits
  bad_timestamp,             ///< t= is not a number
  bad_expiration,            ///< x= is not a number, or not after t=
  from_not_signed,           ///< h= does not contain From
  auid_domain_mismatch,      ///< the domain of i= is neither d= nor below it
  body_length_exceeds,       ///< l= is larger than the canonicalized body
  expired,                   ///< x= is before the time of the check
  // The key, in the order of [RFC6376 6.1.2].
  dns_timeout,        ///< no DNS server answered in time
  dns_servfail,       ///< the DNS servers answered with errors
  dns_deadline,       ///< the time allowed for one name was used up
  no_evidence,        ///< recorded DNS does not know this key
  no_key,             ///< the name does not exist or has no key record
  key_syntax,         ///< the record is not a key record
  key_version,        ///< v= of the record is not DKIM1
  key_service,        ///< s= of the record admits neither email nor *
  key_hash_mismatch,  ///< h= of the record does not admit the hash
  key_revoked,        ///< p= is empty
  key_type_mismatch,  ///< k= does not fit a=
  key_data,           ///< p= is not a usable key
  key_subdomain,      ///< t=s, and the domain of i= is not d=
  // The mathematics, and then the rules on strength.
  body_hash_mismatch,  ///< the body is not the one that was signed
  signature_mismatch,  ///< b= does not fit the header fields under this key
  algorithm_obsolete,  ///< rsa-sha1 [RFC8301 3.1]
  key_too_short,       ///< RSA key under 1024 bits [RFC8301 3.2]
  internal_error,      ///< a fault of ours; never silent
};

/// Whether two things that should be equal are.
enum class Match : std::uint8_t { match, mismatch };

/// A hash of 20 (SHA-1) or 32 (SHA-256) octets.
struct Digest {
  std::array<std::uint8_t, 32> octets{};
  std::uint8_t size = 0;

  friend bool operator==(const Digest&, const Digest&) = default;
};

/// Header fields that readers show or act on, so that it is told whether a signature covers them.
enum class WatchedField : std::uint8_t { from, subject, date, to, content_type, reply_to };
inline constexpr std::size_t kWatchedFields = 6;

/// Which watched fields of the message a signature does not cover. [RFC6376 8.15]
struct Coverage {
  std::uint8_t unsigned_fields = 0;  ///< bit of each field that is present, none of them signed
  std::uint8_t extra_fields = 0;     ///< bit of each field of which more are present than signed

  static void set(std::uint8_t& bits, WatchedField field) noexcept {
    bits = static_cast<std::uint8_t>(bits | (1U << static_cast<unsigned>(field)));
  }
  bool leaves_unsigned(WatchedField field) const noexcept {
    return (unsigned_fields >> static_cast<unsigned>(field) & 1U) != 0;
  }
  bool has_extra(WatchedField field) const noexcept {
    return (extra_fields >> static_cast<unsigned>(field) & 1U) != 0;
  }

  friend bool operator==(const Coverage&, const Coverage&) = default;
};

/// What one DKIM-Signature field says, and what the message's own octets say to it.
///
/// When `fault` is not Reason::none the field was refused [RFC6376 6.1.1] and only those members
/// are filled that could still be read; `header_hash` and `body_hash` may be empty.
struct SignatureFacts {
  Reason fault = Reason::none;

  std::optional<Algorithm> algorithm;        ///< a=
  std::optional<HeaderCanon> header_canon;   ///< c=, first half
  std::optional<BodyCanon> body_canon;       ///< c=, second half
  std::string domain;                        ///< d=, lower case: the SDID
  std::string selector;                      ///< s=, lower case
  std::string auid;                          ///< i= or its default, local-part octets as written
  std::string auid_domain;                   ///< domain of i=, lower case
  std::string signature;                     ///< b=, decoded octets
  std::string signature_prefix;              ///< first 8 characters of b=, without white space
  std::optional<std::uint64_t> body_length;  ///< l=, in octets of the canonicalized body
  std::optional<std::int64_t> signed_at;     ///< t=, seconds since 1970
  std::optional<std::int64_t> expires_at;    ///< x=, seconds since 1970

  Digest declared_body_hash;                ///< bh=
  std::optional<Digest> body_hash;          ///< computed from the body
  std::optional<Match> body_match;          ///< bh= against the body
  std::optional<Digest> header_hash;        ///< hash that b= signs [RFC6376 3.7]
  std::uint64_t canonical_body_length = 0;  ///< octets of the whole canonicalized body
  /// A MIME part begins in the octets behind l=: a line with the boundary of Content-Type.
  bool mime_part_beyond_length = false;
  Coverage coverage;
  /// Where the body hash differs: what has to be undone for it to fit. Empty: not looked for.
  std::optional<Repair> body_repair;
  std::string signed_fields;  ///< h=, lower case, in order, joined by colons, duplicates kept
};

}  // namespace dkim

/// Remarks on a message as a whole; they name each cut that was made.
enum class MessageNote : std::uint8_t {
  header_too_large,   ///< the header block is over Limits::header_bytes; nothing was evaluated
  no_header,          ///< not one header field was found
  no_separator,       ///< the header block runs to the end of the message
  many_from_fields,   ///< more than one From field
  header_junk,        ///< lines in the header block that are no header field were passed over
  internal_error,     ///< a fault of ours; the message was not evaluated
  holds_postmarks,    ///< a file taken as one message has a line like an mbox's `From ` line in it
  quoted_from_lines,  ///< a body hash differs, and body lines begin with `>From `, as mbox writers
                      ///< quote
  size_differs,     ///< the store names another size (Maildir S= or W=, emlx) than the message has
  partial_message,  ///< the store says that parts are kept elsewhere (.partial.emlx)
  header_alone,     ///< the export that holds it keeps the header without the body
  written_anew,     ///< the store keeps no messages: this is what a program made of it (PST)
  not_verifiable_form,  ///< an excerpt, as list archives publish it: nothing can be verified in it
  nested_cut,       ///< a message in it was not digested: over Limits::nested_*, or of an unknown
                    ///< encoding, or its MIME structure could not be read to the end
  nested_not_read,  ///< it may hold messages, and was too large to be looked through
};
inline constexpr std::size_t kMessageNotes =
    static_cast<std::size_t>(MessageNote::nested_not_read) + 1;

/// Every fact of one message. Strings that come from the message are raw octets unless said
/// otherwise; lists are in the order of the message.
struct Dossier {
  std::string message_id;                        ///< octets of the field, trimmed; empty if absent
  std::optional<std::chrono::sys_seconds> date;  ///< Date field
  std::optional<std::chrono::sys_seconds> received_at;  ///< newest plausible Received field
  std::vector<std::string> from;                        ///< author addresses, UTF-8
  std::vector<std::string> from_domains;  ///< domain of each, lower case; "" if it has none
  std::uint32_t from_fields = 0;          ///< counts the From fields
  std::string subject;                    ///< RFC 2047 decoded, UTF-8
  bool has_subject = false;
  std::vector<dkim::SignatureFacts> signatures;
  arc::ChainFacts arc;
  envelope::TransitFacts transit;  ///< what the trace fields say of its way
  kind::KindFacts kind;            ///< what sort of message it says that it is
  FormFacts form;                  ///< what its store did to it
  PartyFacts parties;              ///< whom it names beside the authors
  /// The header block as stored, for the diagnosis of header signatures; at most
  /// Limits::header_block_bytes. Only in memory, from digest to judge: empty if no signature can
  /// be checked, if it is larger, or if the dossier was stored.
  std::string header_block;
  std::optional<Enclosure> enclosure;  ///< it is a part of another message; empty: it is stored
  std::optional<dkim::Digest> sha256;  ///< of the message's octets, where it was asked for
  std::vector<MessageNote> notes;
  std::vector<std::string> truncated;  ///< names of the row keys that were cut
  std::uint64_t body_bytes = 0;        ///< octets of the body as stored
  std::uint64_t hashed_bytes = 0;      ///< octets given to hash functions
};

/// Reduces one message to its facts.
///
/// Demands:  nothing; any octets are admitted.
/// Errors:   none; what cannot be read is said in `notes` and in SignatureFacts::fault.
/// Cost:     linear in the message; the body is read once for each body canonicalization asked for.
Dossier digest(MessageView message, const Limits& limits = {});

}  // namespace mailassay

#endif  // MAILASSAY_DOSSIER_H
