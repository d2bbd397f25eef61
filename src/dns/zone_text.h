// Zone files as text: our own check, and the one adapter to ldns. [RFC1035 5]
#ifndef MAILASSAY_DNS_ZONE_TEXT_H
#define MAILASSAY_DNS_ZONE_TEXT_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dns/load_error.h"
#include "mailassay/result.h"

namespace mailassay::dns {

/// One record as it stands in the file; names are lower-case wire form.
struct ZoneRecord {
  std::string owner;
  std::uint16_t type = 0;
  std::string rdata;     ///< wire form, names uncompressed
  std::size_t line = 0;  ///< where it ends
};

/// What a zone file holds beside its records.
struct ZoneText {
  std::vector<ZoneRecord> records;
  std::string first_origin;  ///< first $ORIGIN, lower-case wire form; empty if there is none
};

/// Checks what ldns passes over in silence: parentheses and quotes that do not close; refuses
/// $INCLUDE and $GENERATE.
Result<Done, LoadError> check_zone_text(std::string_view text, std::string_view file_name);

/// Reads all records. Relative names before the first $ORIGIN are relative to the root.
///
/// Demands: check_zone_text() has passed.
Result<ZoneText, LoadError> read_zone_text(std::string_view text, std::string_view file_name);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_ZONE_TEXT_H
