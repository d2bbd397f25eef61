// One DKIM-Signature field: its tags, read and validated. [RFC6376 3.5] [RFC6376 6.1.1]
// Malformed ones do no harm. [RFC6376 8.9]
#ifndef MAILASSAY_DKIM_SIGNATURE_H
#define MAILASSAY_DKIM_SIGNATURE_H

#include <cstddef>
#include <string_view>

#include "mailassay/dossier.h"
#include "mailassay/limits.h"

namespace mailassay::dkim {

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

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_SIGNATURE_H
