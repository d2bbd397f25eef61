// Values of flags: sizes and times.
#ifndef MAILASSAY_MAILASSAY_VALUES_H
#define MAILASSAY_MAILASSAY_VALUES_H

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mailassay/problem.h"

namespace mailassay::program {

/// "512M", "2G", "65536", "64KiB": octets, in powers of 1024. Empty if it is none or zero.
std::optional<std::uint64_t> parse_size(std::string_view text);

/// "200x", "50G" or "200x,50G": a factor, a size, or both, into the limits named so. False if it is
/// none of them.
bool parse_expansion(std::string_view text, UnpackLimits& limits);
/// "7d", "12h", "30m", "45s": a span of time. Empty if it is none, or over 100 years.
std::optional<std::chrono::seconds> parse_span(std::string_view text);

/// Seconds since 1970, "2024-05-01" or "2024-05-01T10:00:00Z" (UTC). Empty if it is none.
std::optional<std::chrono::sys_seconds> parse_time(std::string_view text);

}  // namespace mailassay::program

#endif  // MAILASSAY_MAILASSAY_VALUES_H
