// DKIM header canonicalization.  [RFC6376 3.4.1] simple, [RFC6376 3.4.2] relaxed.
//
// Bare LF inside a folded field counts as CR LF: stored mail often has LF, the wire had CR LF.
#ifndef MAILASSAY_DKIM_CANONICAL_HEADER_H
#define MAILASSAY_DKIM_CANONICAL_HEADER_H

#include <string>
#include <string_view>

#include "mailassay/dossier.h"

namespace mailassay::dkim {

/// A header field as it stands in the message: name, white space, colon, value, no final line end.
struct RawField {
  std::string_view text;
  std::size_t name_size = 0;  ///< octets of the name
  std::size_t colon = 0;      ///< offset of the colon in `text`
};

/// Appends the canonical field, without a final CRLF, to `out`.
void append_canonical_field(HeaderCanon canon, const RawField& field, std::string& out);

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_CANONICAL_HEADER_H
