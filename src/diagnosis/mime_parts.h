// The parts of a body, as far as a search for changes needs them: where each begins and ends, and
// how its text is encoded. [RFC2046 5.1]
//
// Offsets only; nothing is decoded. Depth and number of parts are bounded: a body may be made to
// look like any number of them.
#ifndef MAILASSAY_DIAGNOSIS_MIME_PARTS_H
#define MAILASSAY_DIAGNOSIS_MIME_PARTS_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/content_type.h"
#include "message/header_index.h"

namespace mailassay::diagnosis {

/// What the header of a message or part says of its body.
struct PartHeader {
  message::ContentType content;
  message::TransferEncoding encoding = message::TransferEncoding::identity;
  /// Where the value of Content-Transfer-Encoding stands in the body, white space around it not
  /// counted; size 0: there is none, or it stands in the header of the message.
  std::size_t encoding_begin = 0;
  std::size_t encoding_size = 0;
  std::size_t encoding_fields = 0;  ///< how often there is that field
  bool is_attachment = false;
};

struct MimePart {
  PartHeader header;
  std::size_t delimiter = 0;  ///< offset of the delimiter line above it; 0 for the whole body
  std::size_t content = 0;    ///< offset of the first octet of its content
  std::size_t end = 0;  ///< behind the last one; the line end before the delimiter not counted
  std::size_t header_lines = 0;  ///< fields of its header, and lines there that are none
  std::size_t depth = 0;         ///< 0: the whole body; 1: a part of the outermost multipart

  std::string_view text(std::string_view body) const { return body.substr(content, end - content); }
};

struct MimeParts {
  std::vector<MimePart> parts;  ///< in the order of the body; the whole body first
  bool cut = false;             ///< there are more
  /// Where the line begins that closes the outermost multipart.
  std::optional<std::size_t> close_delimiter;
};

/// Finds the parts of `body`, whose outermost header is that of the message.
MimeParts find_parts(std::string_view body, const message::HeaderIndex& header, std::size_t limit);

/// Reads the fields that concern the body. `origin`: where the text of `header` begins in the
/// body, empty for the header of the message.
PartHeader read_part_header(const message::HeaderIndex& header, std::optional<std::size_t> origin);

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_MIME_PARTS_H
