// One DKIM-Signature field: its tags, read and validated. [RFC6376 3.5] [RFC6376 6.1.1]
// Malformed ones do no harm. [RFC6376 8.9]
#ifndef MAILASSAY_DKIM_SIGNATURE_H
#define MAILASSAY_DKIM_SIGNATURE_H

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dkim/tag_list.h"
#include "mailassay/dossier.h"
#include "mailassay/limits.h"

namespace mailassay::dkim {

/// Which field is read: ARC takes its signatures from DKIM and changes some of the tags.
enum class SignatureKind : std::uint8_t {
  dkim_signature,         ///< [RFC6376 3.5]
  arc_message_signature,  ///< no v=, i= is no address, From need not be signed [RFC8617 4.1.2]
  arc_seal,               ///< only a, b, d, s and t; always relaxed [RFC8617 4.1.3]
};

struct ParsedSignature {
  SignatureFacts facts;  ///< hashes are not filled yet; fault says whether the field is usable
  /// What the value of b= covers in the parsed text, surrounding white space included; this is
  /// what the header hash leaves out [RFC6376 3.7]. Both 0 if there is no b=.
  std::size_t b_begin = 0;
  std::size_t b_end = 0;
};

/// Reads the value of a DKIM-Signature field (what follows the colon).
///
/// Result: every tag that can be read is filled even when a fault is found; `facts.fault` is the
///         first fault in the order of [RFC6376 6.1.1].
ParsedSignature parse_signature(std::string_view value, const Limits& limits);

/// The same from tags that are parsed already. Tags that the kind of field does not have are
/// ignored; what ARC adds (i=, cv=) is not looked at.
ParsedSignature read_signature(const TagList& tags, SignatureKind kind, const Limits& limits);

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_SIGNATURE_H
