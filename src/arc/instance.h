// The instance of an ARC header field: i=. [RFC8617 4.2.1]
#ifndef MAILASSAY_ARC_INSTANCE_H
#define MAILASSAY_ARC_INSTANCE_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mailassay::arc {

/// Instances range from 1 to this, both included. [RFC8617 4.2.1] [RFC8617 5.2]
inline constexpr std::uint32_t kMaxInstance = 50;

/// Reads position = 1*2DIGIT. [RFC8617 3.9]
///
/// Result: 1 to 99; what is over kMaxInstance is for the caller to refuse. Empty for anything else,
///         a leading zero and a sign among it.
std::optional<std::uint32_t> parse_instance(std::string_view text);

/// What stands before the results of an ARC-Authentication-Results field.
struct ResultsPrefix {
  std::uint32_t instance = 0;     ///< 1 to 99
  std::size_t payload_begin = 0;  ///< offset after the semicolon
};

/// Reads [CFWS] "i" [CFWS] "=" [CFWS] position [CFWS] ";" at the front of the field's value. The
/// instance has to come first. [RFC8617 4.1.1]
///
/// Result: empty if it is not there.
std::optional<ResultsPrefix> parse_results_prefix(std::string_view value);

}  // namespace mailassay::arc

#endif  // MAILASSAY_ARC_INSTANCE_H
