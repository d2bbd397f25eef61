// Text from a message, made safe for a terminal.
#ifndef MAILASSAY_REPORT_PRINTABLE_H
#define MAILASSAY_REPORT_PRINTABLE_H

#include <cstddef>
#include <string>
#include <string_view>

namespace mailassay::report {

/// The text with control characters (escape sequences of a terminal among them) and octets that
/// are not UTF-8 shown as `\xNN`, cut after about `limit` octets with "..." behind it.
std::string printable(std::string_view text, std::size_t limit);

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_PRINTABLE_H
