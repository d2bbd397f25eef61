// Two other ways to split an mbox, against which the splitter is held.
#ifndef MAILASSAY_TESTS_SUPPORT_MBOX_REFERENCE_H
#define MAILASSAY_TESTS_SUPPORT_MBOX_REFERENCE_H

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mbox/splitter.h"

namespace mailassay::test {

/// Splits line by line: the rules of mbox/splitter.h as plainly as they can be said.
std::vector<mbox::MessageRange> split_by_lines(std::string_view archive);

/// Splits as a reader does that holds at most `capacity` octets and gets `next_block()` of them
/// with each read. Owns the messages whose postmark begins in [begin, end).
///
/// Demands:  capacity >= kLookBehindBytes + kLookAheadBytes.
/// Result:   empty if the reader came to a stand or gave octets on that were not the message's.
std::optional<std::vector<mbox::MessageRange>> split_by_windows(
    std::string_view archive, std::size_t capacity, const std::function<std::size_t()>& next_block,
    std::size_t begin = 0, std::size_t end = std::string_view::npos);

/// Says what is wrong with the ranges as an account of all octets of the archive; empty if nothing.
std::string account_error(std::string_view archive,
                          const std::vector<mbox::MessageRange>& messages);

/// Makes an mbox of random pieces, in which nearly everything is a border case.
std::string random_archive(const std::function<std::size_t()>& random);

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_MBOX_REFERENCE_H
