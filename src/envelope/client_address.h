// IP addresses as trace fields write them, and the blocks they lie in.
#ifndef MAILASSAY_ENVELOPE_CLIENT_ADDRESS_H
#define MAILASSAY_ENVELOPE_CLIENT_ADDRESS_H

#include <string>
#include <string_view>

#include "mailassay/envelope.h"

namespace mailassay::envelope {

/// Reads an address: bare, in brackets, with `IPv6:`, a zone index or a port: `[192.0.2.1]:25`,
/// `[192.0.2.1:25]`, `192.0.2.1.25`, `[IPv6:2001:db8::1]`, `fe80::1%eth0`. [RFC5321 4.1.3]
///
/// Result: 4 or 16 octets, IPv4-mapped ones 4; empty if it is none.
std::string address_from_trace(std::string_view text);

/// Whether the address lies in the network; those of another family do not.
bool contains(const Network& network, std::string_view address);

/// 127.0.0.0/8 and ::1.
bool is_loopback(std::string_view address);

/// Loopback, link-local, shared and private addresses: no client of another organization.
bool is_private(std::string_view address);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_CLIENT_ADDRESS_H
