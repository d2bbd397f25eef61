// RDATA of the types that mailassay asks for: presentation form to wire form and back.
// [RFC1035 3.3] [RFC1035 5.1] [RFC3596 2] [RFC3597 5]
//
// The reader of TXT is lenient where recordings are sloppy and no meaning is lost:
// - text that does not begin with a quote is one character-string, spaces included (several
//   passive-DNS tools write TXT so); written strictly it would be one string per word;
// - a character-string of more than 255 octets is split, not refused.
#ifndef MAILASSAY_DNS_RDATA_H
#define MAILASSAY_DNS_RDATA_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mailassay/dns.h"
#include "mailassay/result.h"

namespace mailassay::dns {

enum class RdataError : std::uint8_t {
  bad_escape,   ///< a backslash at the end, or \DDD above 255 or cut short
  open_quote,   ///< a quoted character-string does not end
  bad_address,  ///< not an IPv4 or IPv6 address
  bad_name,     ///< not a domain name
  bad_number,   ///< a number is missing or out of range
  bad_generic,  ///< RFC 3597 form with a wrong length or no hex
  extra_text,   ///< something follows the data
  too_long,     ///< more than 65,535 octets
  bad_wire,     ///< wire form that does not fit the type
};

std::string_view to_string(RdataError error) noexcept;

/// "TXT", "A", ... as written in zone files; empty if `type` is none of ours.
std::string_view type_name(Type type) noexcept;

/// The type of a name like "TXT" or "TYPE16", any case; empty if it is none of ours.
std::optional<Type> type_from_name(std::string_view name) noexcept;
std::optional<Type> type_from_number(std::uint64_t number) noexcept;

/// Reads one RDATA in master-file form. Names in it become lower case and uncompressed.
Result<std::string, RdataError> rdata_from_text(Type type, std::string_view text);

/// Writes one RDATA in master-file form, in ASCII. RDATA that does not fit the type is written in
/// the generic form of [RFC3597 5]; rdata_from_text() reads both.
std::string rdata_to_text(Type type, std::string_view wire);

/// Checks wire RDATA against its type and puts its names into lower case.
Result<std::string, RdataError> canonical_rdata(Type type, std::string_view wire);

/// The name that CNAME, NS or PTR RDATA consists of, canonical; empty if it is broken.
std::optional<std::string> name_in_rdata(std::string_view wire);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_RDATA_H
