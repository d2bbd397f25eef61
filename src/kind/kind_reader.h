// Tells what sort of message it is. One pass over the header fields; the body is looked at only if
// the header asks for it.
#ifndef MAILASSAY_KIND_KIND_READER_H
#define MAILASSAY_KIND_KIND_READER_H

#include <string_view>

#include "mailassay/kind.h"
#include "mailassay/limits.h"
#include "message/header_index.h"

namespace mailassay::kind {

/// Reads the kind of a message.
///
/// Result: ByteRange counts from the first octet of `body`.
/// Cost:   linear in the header; in the body only where the header asks for it (reports, journals,
///         bounces, attachments that may be one), else its first 2 KiB at most.
KindFacts read_kind(const message::HeaderIndex& header, std::string_view body,
                    const Limits& limits);

/// What the header alone tells, for a message whose body comes in pieces. Note::header_only is
/// there if the body could have told more.
KindFacts read_kind_of_header(const message::HeaderIndex& header, const Limits& limits);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_KIND_READER_H
