// What the octets of a part stand for, as far as they can be read. [RFC2045 6]
#ifndef MAILASSAY_MESSAGE_PART_CONTENT_H
#define MAILASSAY_MESSAGE_PART_CONTENT_H

#include <cstddef>
#include <string>
#include <string_view>

#include "message/content_type.h"

namespace mailassay::message {

struct PartContent {
  std::string text;
  bool cut = false;  ///< the part has more
};

/// Decodes the beginning of a part.
///
/// Result: at most `most` octets. Octets that base64 does not know are passed over [RFC2045 6.8];
///         an encoding that is not known is taken for none.
PartContent decode_content(std::string_view octets, TransferEncoding encoding, std::size_t most);

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_PART_CONTENT_H
