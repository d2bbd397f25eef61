// Dates of Date and Received fields. [RFC5322 3.3] with its obsolete forms [RFC5322 4.3].
#ifndef MAILASSAY_MESSAGE_DATE_H
#define MAILASSAY_MESSAGE_DATE_H

#include <chrono>
#include <optional>
#include <string_view>

namespace mailassay::message {

/// Reads a date-time; comments and folding are passed over, the day of the week is not checked.
///
/// Result: empty if it is none. A missing or unknown zone counts as UTC [RFC5322 4.3].
std::optional<std::chrono::sys_seconds> parse_date(std::string_view text);

/// The date-time of a Received field: what follows its last semicolon. [RFC5321 4.4]
///
/// Result: empty if there is none, or if it is before 1980 or after 2100 and thus no plausible
///         time of receipt.
std::optional<std::chrono::sys_seconds> parse_received_date(std::string_view value);

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_DATE_H
