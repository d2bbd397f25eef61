// A DMARC Policy Record by its grammar. [RFC9989 4.7] [RFC9989 4.8]
#ifndef MAILASSAY_DMARC_RECORD_H
#define MAILASSAY_DMARC_RECORD_H

#include <optional>
#include <string_view>

#include "mailassay/dmarc.h"

namespace mailassay::dmarc {

/// Reads a record; what is wrong behind the version is dropped and named in Record::faults.
///
/// Result: empty if `text` does not begin with the version: it is no record then.
std::optional<Record> parse_record(std::string_view text);

/// How a text that is no record looks like one.
///
/// Demands: !parse_record(text).
NearMiss near_miss(std::string_view text);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_RECORD_H
