// Domain names: presentation form, wire form, and the one spelling that everything compares.
// [RFC1035 3.1] [RFC1035 5.1] [RFC4343]
//
// The canonical presentation form is lower case (ASCII only), without the final dot. `.` and `\`
// inside a label are escaped with a backslash, octets outside 0x21..0x7E as \DDD; all else stands
// for itself. The root is ".".
#ifndef MAILASSAY_DNS_NAME_H
#define MAILASSAY_DNS_NAME_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mailassay/result.h"

namespace mailassay::dns {

inline constexpr std::size_t kMaxLabelBytes = 63;  ///< [RFC1035 2.3.4]
inline constexpr std::size_t kMaxNameBytes = 255;  ///< wire form, with the root's zero octet

enum class NameError : std::uint8_t {
  empty_name,      ///< no octet at all (the root is written ".")
  empty_label,     ///< two dots in a row, or a dot at the front
  label_too_long,  ///< more than 63 octets
  name_too_long,   ///< more than 255 octets on the wire
  bad_escape,      ///< a backslash at the end, or \DDD above 255 or cut short
  truncated,       ///< wire form: a label runs past the end, or octets follow the root
};

/// The error as words for a person.
std::string_view to_string(NameError error) noexcept;

/// Gives the canonical presentation form of a name; any case, with or without the final dot.
Result<std::string, NameError> normalise_name(std::string_view presentation);

/// Gives the lower-case wire form, uncompressed, with the root's zero octet.
Result<std::string, NameError> name_to_wire(std::string_view presentation);

/// Gives the canonical presentation form of an uncompressed wire name.
///
/// Demands: `wire` is the name and nothing else.
Result<std::string, NameError> name_from_wire(std::string_view wire);

/// True if `name` is `ancestor` or below it; both in one spelling, without the final dot.
bool is_same_or_below(std::string_view name, std::string_view ancestor) noexcept;

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_NAME_H
