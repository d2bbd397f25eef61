// dkim-quoted-printable, the encoding of i=. [RFC6376 2.11]
#ifndef MAILASSAY_DKIM_QUOTED_PRINTABLE_H
#define MAILASSAY_DKIM_QUOTED_PRINTABLE_H

#include <string>
#include <string_view>

namespace mailassay::dkim {

/// Decodes `text`: white space is dropped, "=" and two hexadecimal digits become the octet.
///
/// DEVIATION [RFC6376 2.11]: an equals sign without two such digits behind it stands for itself,
/// since bounce addresses with bare equals signs are found in real i= values.
std::string decode_dkim_quoted_printable(std::string_view text);

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_QUOTED_PRINTABLE_H
