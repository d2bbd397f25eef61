// Trace fields in the words of the servers that write them. [RFC5321 4.4]
#ifndef MAILASSAY_MKCORPUS_MTA_H
#define MAILASSAY_MKCORPUS_MTA_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "mkcorpus/prng.h"

namespace mkcorpus {

/// One SMTP session as the server that receives sees it.
struct Arrival {
  std::string helo;
  std::string host;  ///< of the address by DNS; empty: not known
  std::string ip;
  std::string mail_from;  ///< empty: the null sender
  std::string recipient;
  std::int64_t at = 0;  ///< seconds since 1970
};

/// What the server writes beside its trace field.
enum class Receiver : std::uint8_t {
  own,        ///< a server of the archive's owner
  gmail,      ///< results below the trace field, then hops inside
  microsoft,  ///< results without authserv-id, then hops inside
  yahoo,
};

struct Mta {
  std::string_view name;
  std::string_view host;  ///< that it gives itself
  Receiver receiver;
  bool takes_ip6;
  /// The Received field of that session, folded, without the last CRLF.
  std::string (*received)(const Arrival&, std::string_view host, Prng&);
};

/// Every server that writes border hops.
std::span<const Mta> border_mtas();

/// Demands: `name` is one of theirs.
const Mta& mta_named(std::string_view name);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_MTA_H
