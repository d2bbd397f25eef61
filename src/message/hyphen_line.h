// Where a line begins with two hyphens, as each MIME delimiter does. [RFC2046 5.1.1]
//
// Every message with parts is searched so: bench/micro/kind_bench.
#ifndef MAILASSAY_MESSAGE_HYPHEN_LINE_H
#define MAILASSAY_MESSAGE_HYPHEN_LINE_H

#include <cstddef>
#include <string_view>

namespace mailassay::message {

/// Finds the next line at or after `from` that begins with two hyphens.
///
/// Demands: a line begins at `from`, or it is the size of the text.
/// Result:  its offset, or the size of the text.
std::size_t find_hyphen_line(std::string_view text, std::size_t from);

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_HYPHEN_LINE_H
