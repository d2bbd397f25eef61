// Points in time as recordings write them.
#ifndef MAILASSAY_DNS_TIMESTAMP_H
#define MAILASSAY_DNS_TIMESTAMP_H

#include <chrono>
#include <optional>
#include <string_view>

namespace mailassay::dns {

/// Reads seconds since 1970 (decimals are cut off) or RFC 3339 text. [RFC3339 5.6]
///
/// Result: empty for anything else and for years after 9999.
std::optional<std::chrono::sys_seconds> timestamp_from_text(std::string_view text);

/// Seconds since 1970 as a time; empty below 0 and after the year 9999.
std::optional<std::chrono::sys_seconds> timestamp_from_number(double seconds);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_TIMESTAMP_H
