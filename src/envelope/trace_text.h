// The lexical parts of trace fields: comments, quoted strings, addresses in angle brackets.
// [RFC5322 3.2.2] [RFC5322 3.2.4] [RFC5321 4.1.2]
//
// Nothing here recurses: the depth of a comment is a number.
#ifndef MAILASSAY_ENVELOPE_TRACE_TEXT_H
#define MAILASSAY_ENVELOPE_TRACE_TEXT_H

#include <string>
#include <string_view>

#include "base/cursor.h"

namespace mailassay::envelope {

/// Takes a comment with all that nests in it.
///
/// Servers write addresses into comments without a thought for parentheses in a quoted local part:
/// `"..."@` is passed over whole, or else the sender could end the comment and go on in their name.
///
/// Demands: an opening parenthesis is next.
/// Result:  what stands between the outer parentheses; up to the end if it has no end.
std::string_view take_comment(Cursor& cursor);

/// Takes a quoted-string, quotes included; up to the end if it has no end.
///
/// Demands: a double quote is next.
std::string_view take_quoted(Cursor& cursor);

/// Takes `<...>`, in which quoted strings may hold any octet; up to the end if it has no end.
///
/// Demands: an opening angle bracket is next.
std::string_view take_bracketed(Cursor& cursor);

/// The octets that a quoted-string stands for; other text unchanged, as is a text in which
/// something follows the closing quote.
std::string unquoted(std::string_view text);

/// Removes white space and one pair of angle brackets around an address.
std::string_view without_brackets(std::string_view text);

/// Whether `text` begins with `prefix`, whatever the case.
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

/// The domain of an address: what follows the last `@`; all of it if there is none.
std::string_view domain_of(std::string_view address);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_TRACE_TEXT_H
