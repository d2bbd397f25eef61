// What DNS says to the keys of a corpus, in the two forms that mailassay reads.
#ifndef MAILASSAY_MKCORPUS_DNS_FILES_H
#define MAILASSAY_MKCORPUS_DNS_FILES_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mkcorpus/key_directory.h"

namespace mkcorpus {

/// When a recording saw a record: seconds since 1970, first and last.
struct Sighting {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// Covers the receipt of every message, with a month on either side.
Sighting whole_time();

struct CofRow {
  std::string_view name;
  std::string_view type;
  std::vector<std::string> data;  ///< empty: no record
  std::string_view rcode;         ///< only for rows without a record
  std::int64_t first = 0;         ///< seen first and last, seconds since 1970
  std::int64_t last = 0;
};

void append_cof_row(std::string& out, const CofRow& row);

/// Presentation form of a TXT record's data. Demands: neither quotes nor backslashes.
std::string txt_presentation(const std::vector<std::string>& strings);

/// What every zone begins with.
std::string_view zone_head();

/// Rows of the passive-DNS Common Output Format, one a line; names without a record have a row with
/// empty rdata and `rcode`, which is an extension of ours.
std::string cof_rows(std::span<const KeyName> names);

/// A zone with the origin ".", as a master file. [RFC1035 5.1] Names without TXT that exist have an
/// A record; names that do not exist are absent.
std::string zone_text(std::span<const KeyName> names);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_DNS_FILES_H
