// Content-Length in the messages of mboxcl and mboxcl2.
//
// The writers of these put the octets of the body into the header; mboxcl2 then does not quote
// `From ` lines of the body at all. The number is often stale, counted with other line ends, or the
// sender's: it is believed only if the file ends at the place it names, or if a separator stands
// there. Nothing but the octets around that place is looked at.
#ifndef MAILASSAY_MBOX_CONTENT_LENGTH_H
#define MAILASSAY_MBOX_CONTENT_LENGTH_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mbox/splitter.h"

namespace mailassay::mbox {

/// Reads how many octets a message has, header and body, by its Content-Length.
///
/// Demands:  `front` begins with the message and holds its header up to the empty line.
/// Result:   empty if the header does not end in `front`, has no such field, one that is no
///           number, or several that differ.
/// Cost:     linear in the header.
std::optional<std::uint64_t> declared_message_bytes(std::string_view front);

enum class Proof : std::uint8_t {
  proven,   ///< the file ends here, or a separator stands here
  refuted,  ///< neither
  open,     ///< octets behind the window decide
};

/// Octets from the place on within which a proof is decided.
inline constexpr std::size_t kProofBytes = 2 + kLookAheadBytes;

/// Decides whether a message can end at `end`: at the end of the file or before a separator, with
/// at most one line end between.
///
/// Demands:  end <= window.size(); the window begins at the file's start or at least
///           kLookBehindBytes before `end`.
Proof prove_end(std::string_view window, std::size_t end, WindowEdges edges);

/// True if nothing but one line end, or nothing, stands in `between`.
bool is_line_end_or_nothing(std::string_view between);

}  // namespace mailassay::mbox

#endif  // MAILASSAY_MBOX_CONTENT_LENGTH_H
