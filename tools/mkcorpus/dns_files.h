// What DNS says to the keys of a corpus, in the two forms that mailassay reads.
#ifndef MAILASSAY_MKCORPUS_DNS_FILES_H
#define MAILASSAY_MKCORPUS_DNS_FILES_H

#include <span>
#include <string>

#include "mkcorpus/key_directory.h"

namespace mkcorpus {

/// Rows of the passive-DNS Common Output Format, one a line; names without a record have a row with
/// empty rdata and `rcode`, which is an extension of ours.
std::string cof_rows(std::span<const KeyName> names);

/// A zone with the origin ".", as a master file. [RFC1035 5.1] Names without TXT that exist have an
/// A record; names that do not exist are absent.
std::string zone_text(std::span<const KeyName> names);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_DNS_FILES_H
