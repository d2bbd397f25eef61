// One stored message: its octets and where they came from.
#ifndef MAILASSAY_MESSAGE_H
#define MAILASSAY_MESSAGE_H

#include <cstdint>
#include <string>
#include <string_view>

namespace mailassay {

/// Where a message lies. `dd if=ARCHIVE skip=OFFSET count=LENGTH iflag=skip_bytes,count_bytes`
/// gives its octets again.
struct Origin {
  std::string archive;      ///< path as the user named or the walk found it; raw file-name octets
  std::string member;       ///< name inside a container; empty when there is none
  std::uint64_t index = 0;  ///< counts the messages of one archive, from 0
  std::uint64_t offset =
      0;  ///< first header octet after the postmark, in the (decompressed) member
  std::uint64_t length = 0;  ///< octets, without the separator line

  // Of a message inside another one. The index is that of the stored message; offset and length
  // are those of the part as stored.
  /// The part, counted from the stored message: "2.1" [RFC3501 6.4.5]; empty: a stored message.
  std::string part = {};
  std::string parent = {};  ///< `part` of the message that it lies in; empty: the stored message
  /// The part, or one that it lies in, is encoded: offset and length are those of the outermost
  /// one that is, and its octets have to be decoded.
  bool is_encoded = false;
};

/// A message as it is handed to digest(). Views only: the octets outlive the call, nothing more.
struct MessageView {
  std::string_view bytes;  ///< header, empty line, body; LF, CRLF or mixed line ends
};

}  // namespace mailassay

#endif  // MAILASSAY_MESSAGE_H
