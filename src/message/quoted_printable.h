// Quoted-printable, the transfer encoding. [RFC2045 6.7]
#ifndef MAILASSAY_MESSAGE_QUOTED_PRINTABLE_H
#define MAILASSAY_MESSAGE_QUOTED_PRINTABLE_H

#include <cstddef>
#include <string>
#include <string_view>

namespace mailassay::message {

/// Octets of an encoded line at most, the "=" of a soft line end included. [RFC2045 6.7]
inline constexpr std::size_t kQuotedPrintableWidth = 76;

/// Decodes `text`; line ends are kept as they are, white space before them is dropped.
///
/// Result: what is no encoding ("=" without two hexadecimal digits or a line end) stands for
///         itself.
std::string decode_quoted_printable(std::string_view text);
/// Appends it to `out`.
void decode_quoted_printable(std::string_view text, std::string& out);

/// Whether nothing in `text` stands for itself that is no encoding: then all readers agree.
bool is_quoted_printable(std::string_view text) noexcept;

/// Whether decoding `text` may yield octets above 0x7F: looked at quickly, without decoding.
bool may_yield_8bit(std::string_view text) noexcept;

/// Encodes one line, which has no line end in it. Soft line ends are "=" and `line_end`.
///
/// Demands: `width` is at least 4.
std::string encode_quoted_printable_line(std::string_view line, std::string_view line_end,
                                         std::size_t width);

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_QUOTED_PRINTABLE_H
