// The encodings of mail and of rows: base64, quoted-printable, encoded words, JSON strings.
#ifndef MAILASSAY_MKCORPUS_TEXT_ENCODING_H
#define MAILASSAY_MKCORPUS_TEXT_ENCODING_H

#include <cstddef>
#include <string>
#include <string_view>

namespace mkcorpus {

/// Base64 with padding and without line ends. [RFC4648 4]
std::string base64_encoded(std::string_view octets);

/// Demands: base64 made by base64_encoded() or written in our own tables.
std::string base64_decoded(std::string_view text);

/// Puts `line_end` between pieces of `width` octets, none at the end.
std::string broken_into_lines(std::string_view text, std::size_t width, std::string_view line_end);

/// Quoted-printable, CRLF line ends kept, lines of at most 76 octets. [RFC2045 6.7]
std::string quoted_printable(std::string_view text);

/// One UTF-8 encoded word in base64. [RFC2047 2]
std::string encoded_word(std::string_view text);

/// A JSON string with its quotes. Octets above 127 are kept, so the text must be UTF-8.
std::string json_string(std::string_view text);

/// Makes every CRLF an LF. Demands: no CR stands alone.
std::string with_lf(std::string_view text);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_TEXT_ENCODING_H
