#include "spf/session.h"

#include <string_view>

#include "base/ascii.h"
#include "base/assert.h"
#include "dns/a_labels.h"

namespace mailassay::spf {
namespace {

/// The octets of an IPv4 address that came as IPv6. [RFC7208 5]
std::string unmapped(std::string_view ip) {
  constexpr std::string_view kMapped("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12);
  return std::string(ip.size() == 16 && ip.starts_with(kMapped) ? ip.substr(12) : ip);
}

}  // namespace

std::optional<Session> session_of(const Input& input, const Limits& limits) {
  MAILASSAY_ASSERT(input.client_ip.size() == 4 || input.client_ip.size() == 16);
  if (input.mail_from.size() > limits.spf_identity_bytes ||
      input.helo.size() > limits.spf_identity_bytes) {
    return std::nullopt;
  }
  Session session;
  session.ip = unmapped(input.client_ip);
  // [RFC7208 2.4] the null sender is postmaster at HELO
  const bool is_helo = input.identity == Identity::helo || input.mail_from.empty();
  const std::string& sender = is_helo ? input.helo : input.mail_from;
  const std::size_t at = is_helo ? std::string::npos : sender.rfind('@');
  session.local_part = at == std::string::npos ? "" : sender.substr(0, at);
  if (session.local_part.empty()) session.local_part = "postmaster";  // [RFC7208 4.3]
  std::string& domain = session.sender_domain;
  domain = at == std::string::npos ? sender : sender.substr(at + 1);
  if (!ascii::is_ascii(domain)) domain = dns::to_a_labels(domain).value_or("");  // [RFC8616 4]
  if (domain.ends_with('.')) domain.pop_back();
  return session;
}

}  // namespace mailassay::spf
