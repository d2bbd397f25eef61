// What a file holds, told by its first octets: an mbox, one message, an emlx, or no mail at all.
#ifndef MAILASSAY_MBOX_SNIFF_H
#define MAILASSAY_MBOX_SNIFF_H

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailassay::mbox {

/// Octets that sniff() wants to see of a file that has so many.
inline constexpr std::size_t kSniffBytes = 4096;

enum class Content : std::uint8_t {
  mbox,     ///< a postmark comes first
  message,  ///< a header field comes first, or a `>From ` line
  emlx,     ///< a line with the message's length comes first, as Apple Mail writes
  empty,    ///< no octet, or blanks and line ends only
  binary,   ///< neither an mbox nor a message
};

struct Sniffed {
  Content content = Content::empty;
  std::string_view reason;  ///< a clause for people, without full stop; lives for ever
  /// The octet that the reason is about; a message begins there, behind a byte order
  /// mark or the length of an emlx.
  std::size_t offset = 0;
  std::uint64_t length = 0;  ///< emlx: octets that the message has by the first line
};

/// Decides what begins with `head`.
///
/// Demands:  `head` is the file's begin: kSniffBytes of it, or all of it.
Sniffed sniff(std::string_view head);

}  // namespace mailassay::mbox

#endif  // MAILASSAY_MBOX_SNIFF_H
