// The SMTP session as check_host() sees it. [RFC7208 4.1]
#ifndef MAILASSAY_SPF_SESSION_H
#define MAILASSAY_SPF_SESSION_H

#include <optional>
#include <string>

#include "mailassay/limits.h"
#include "mailassay/spf.h"

namespace mailassay::spf {

struct Session {
  std::string ip;             ///< 4 or 16 octets; never an IPv4 address mapped into IPv6
  std::string local_part;     ///< of the sender; "postmaster" if it has none
  std::string sender_domain;  ///< as A-labels, without a final dot; empty if it has none
};

/// The session that the input speaks of. [RFC7208 2.4] [RFC7208 4.3] [RFC8616 4]
///
/// Demands: client_ip has 4 or 16 octets.
/// Result:  empty if MAIL FROM or HELO is over the limit.
std::optional<Session> session_of(const Input& input, const Limits& limits);

}  // namespace mailassay::spf

#endif  // MAILASSAY_SPF_SESSION_H
