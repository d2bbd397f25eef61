// Trace fields. [RFC5321 4.4]
#ifndef MAILASSAY_MKCORPUS_RECEIVED_FIELD_H
#define MAILASSAY_MKCORPUS_RECEIVED_FIELD_H

#include <cstdint>
#include <string>
#include <string_view>

#include "mkcorpus/prng.h"

namespace mkcorpus {

struct Hop {
  std::string_view from;
  std::string_view by;
  std::string_view recipient;
  std::int64_t at = 0;  ///< seconds since 1970
};

/// A Received field as Postfix writes it, folded, without the last CRLF.
std::string received_field(const Hop& hop, Prng& prng);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_RECEIVED_FIELD_H
