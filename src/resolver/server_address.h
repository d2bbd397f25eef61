// The address of a DNS server as a user writes it.
#ifndef MAILASSAY_RESOLVER_SERVER_ADDRESS_H
#define MAILASSAY_RESOLVER_SERVER_ADDRESS_H

#include <cstdint>
#include <string>
#include <string_view>

#include "mailassay/result.h"

namespace mailassay::resolver {

struct ServerAddress {
  std::string address;      ///< IPv4 or IPv6, canonical text
  std::uint16_t port = 53;  ///< UDP and TCP
  bool is_ipv6 = false;

  /// "ADDRESS:PORT" or "[ADDRESS]:PORT"
  std::string text() const;
  friend bool operator==(const ServerAddress&, const ServerAddress&) = default;
};

/// Reads ADDR, ADDR:PORT, [ADDR6]:PORT or ADDR6.
///
/// Errors: words for a person. Host names are refused: who would look them up?
Result<ServerAddress, std::string> parse_server_address(std::string_view text);

}  // namespace mailassay::resolver

#endif  // MAILASSAY_RESOLVER_SERVER_ADDRESS_H
