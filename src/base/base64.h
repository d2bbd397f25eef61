// Base64 as DKIM uses it: FWS may stand anywhere, and the padding is optional.
// [RFC6376 2.10] [RFC4648 4]
#ifndef MAILASSAY_BASE_BASE64_H
#define MAILASSAY_BASE_BASE64_H

#include <optional>
#include <string>
#include <string_view>

namespace mailassay {

/// Decodes `text`, ignoring SP, HTAB, CR and LF between characters.
///
/// Result: empty if there is another octet, if more than two "=" are there or one is not at the
///         end, if the last group is a single character, or if nothing but white space is there
///         and `text` is therefore no base64string.
std::optional<std::string> decode_base64(std::string_view text);

std::string encode_base64(std::string_view octets);

}  // namespace mailassay

#endif  // MAILASSAY_BASE_BASE64_H
