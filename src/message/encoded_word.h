// Encoded words in unstructured text. [RFC2047 2] [RFC2047 4] [RFC2047 6]
#ifndef MAILASSAY_MESSAGE_ENCODED_WORD_H
#define MAILASSAY_MESSAGE_ENCODED_WORD_H

#include <string>
#include <string_view>

namespace mailassay::message {

/// Unfolds a header field's value and decodes its encoded words.
///
/// Result: UTF-8; octets that are invalid in their charset become U+FFFD; an encoded word whose
///         charset is unknown or whose form is wrong stays as it is written. White space between
///         two encoded words is dropped [RFC2047 6.2]; other white space is kept, folding becomes
///         one space, and the ends are trimmed.
std::string decode_unstructured(std::string_view value);

/// Replaces each octet that is not part of valid UTF-8 by U+FFFD. [RFC3629 4]
std::string to_valid_utf8(std::string_view octets);

bool is_valid_utf8(std::string_view octets);

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_ENCODED_WORD_H
