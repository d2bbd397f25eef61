// Where a line begins with `From `: the one search that touches every octet of an archive.
//
// It runs at memory speed or the splitter is what a scan waits for: bench/micro/splitter_bench.
#ifndef MAILASSAY_MBOX_LINE_SEARCH_H
#define MAILASSAY_MBOX_LINE_SEARCH_H

#include <cstddef>
#include <string_view>

namespace mailassay::mbox {

/// Finds the first LF at or after `from` that the octets `From ` follow.
///
/// Demands:  from <= text.size().
/// Result:   the position of the LF, or npos.
std::size_t find_from_line(std::string_view text, std::size_t from);

}  // namespace mailassay::mbox

#endif  // MAILASSAY_MBOX_LINE_SEARCH_H
