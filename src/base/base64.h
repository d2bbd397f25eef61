// Base64 as DKIM uses it: FWS may stand anywhere, padding is demanded. [RFC6376 2.10] [RFC4648 4]
#ifndef MAILASSAY_BASE_BASE64_H
#define MAILASSAY_BASE_BASE64_H

#include <optional>
#include <string>
#include <string_view>

namespace mailassay {

/// Decodes `text`, ignoring SP, HTAB, CR and LF between characters.
///
/// Result: empty if there is another octet, if the padding is missing or misplaced, or if nothing
///         but white space is there and `text` is therefore no base64string.
std::optional<std::string> decode_base64(std::string_view text);

std::string encode_base64(std::string_view octets);

}  // namespace mailassay

#endif  // MAILASSAY_BASE_BASE64_H
