#include "resolver/server_address.h"

#include <charconv>

#include "dns/ip_address.h"

namespace mailassay::resolver {

std::string ServerAddress::text() const {
  return (is_ipv6 ? '[' + address + ']' : address) + ':' + std::to_string(port);
}

Result<ServerAddress, std::string> parse_server_address(std::string_view text) {
  const auto refuse = [&](std::string_view why) {
    return Unexpected("'" + std::string(text) + "' is no DNS server: " + std::string(why));
  };
  std::string_view host = text;
  std::string_view port;
  bool has_port = false;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return refuse("']' is missing");
    host = text.substr(1, end - 1);
    const std::string_view rest = text.substr(end + 1);
    if (!rest.empty() && rest.front() != ':') return refuse("':' is missing after ']'");
    has_port = !rest.empty();
    if (has_port) port = rest.substr(1);
  } else if (const std::size_t colon = text.find(':');
             colon != std::string_view::npos && colon == text.rfind(':')) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
    has_port = true;
  }

  ServerAddress out;
  if (const auto ipv4 = dns::ipv4_from_text(host); ipv4 && !text.starts_with('[')) {
    out.address = dns::ip_to_text({ipv4->data(), ipv4->size()});
  } else if (const auto ipv6 = dns::ipv6_from_text(host)) {
    out.address = dns::ip_to_text({ipv6->data(), ipv6->size()});
    out.is_ipv6 = true;
  } else {
    return refuse("it does not begin with an IPv4 or IPv6 address");
  }
  if (has_port) {
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (error != std::errc{} || end != port.data() + port.size() || out.port == 0) {
      return refuse("the port is not a number from 1 to 65535");
    }
  }
  return out;
}

}  // namespace mailassay::resolver
