// The two fields of a MIME part that say how its octets are to be read. [RFC2045 5] [RFC2045 6]
//
// Read with the tolerance of mail readers: what cannot be read is left out. Nothing here decides
// about a signature; it tells where in a body a text may stand.
#ifndef MAILASSAY_MESSAGE_CONTENT_TYPE_H
#define MAILASSAY_MESSAGE_CONTENT_TYPE_H

#include <cstdint>
#include <string>
#include <string_view>

namespace mailassay::message {

struct ContentType {
  std::string type;      ///< "text/plain", lower case; empty: there was none
  std::string boundary;  ///< without quotes; empty: none
  bool flowed = false;   ///< format=flowed [RFC3676 4.1]
};

/// Comments are passed over; parameters may come in sections or with a character set. [RFC2231 3]
/// [RFC2231 4]
ContentType parse_content_type(std::string_view value);

enum class TransferEncoding : std::uint8_t { identity, quoted_printable, base64, unknown };

/// "8bit", "quoted-printable", "base64"; empty for one that is not known.
std::string_view word_of(TransferEncoding encoding);

/// An absent or empty value is the identity. [RFC2045 6.1]
TransferEncoding parse_transfer_encoding(std::string_view value);

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_CONTENT_TYPE_H
