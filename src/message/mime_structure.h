// The parts of a message and where their octets lie. [RFC2046 5.1]
//
// Our own linear walk finds the delimiter lines and so the exact octets of each part; libmimetic
// reads the types that steer it (mimetic_adapter.h), and sees nothing that is over a limit. A
// message/rfc822 part is not entered: its octets are a message of their own.
#ifndef MAILASSAY_MESSAGE_MIME_STRUCTURE_H
#define MAILASSAY_MESSAGE_MIME_STRUCTURE_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/limits.h"
#include "message/content_type.h"
#include "message/header_index.h"
#include "message/mimetic_adapter.h"

namespace mailassay::message {

/// One part; offsets count octets of the body of the message.
struct MimePart {
  std::string type;  ///< "text/plain", lower case; the default of [RFC2045 5.2] if there is none
  std::vector<MimeParameter> parameters;
  TransferEncoding encoding = TransferEncoding::identity;
  std::string disposition;  ///< "attachment", lower case; empty: none
  std::string filename;     ///< of Content-Disposition, else the name of Content-Type
  std::size_t header = 0;   ///< first octet of its header; 0 for the whole body
  std::size_t content = 0;  ///< first octet of its content
  std::size_t end = 0;      ///< behind the last; the line end before a delimiter not counted
  std::size_t parent = 0;   ///< index of the multipart that holds it; 0 for the whole body, too
  std::size_t depth = 0;    ///< 0: the whole body

  std::string_view text(std::string_view body) const { return body.substr(content, end - content); }
  std::string_view parameter(std::string_view name) const noexcept;
  bool is_multipart() const noexcept { return type.starts_with("multipart/"); }
};

struct MimeStructure {
  std::vector<MimePart> parts;  ///< in the order of the body; the whole body first
  bool over_limit = false;      ///< something was not read: Limits::mime_*
};

/// Reads the structure of `body`, whose outermost header is that of the message.
///
/// Cost: linear in the body times the levels of nesting, which are bounded.
MimeStructure read_mime_structure(const HeaderIndex& header, std::string_view body,
                                  const Limits& limits);

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_MIME_STRUCTURE_H
