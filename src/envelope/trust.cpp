#include "envelope/trust.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/ascii.h"
#include "envelope/client_address.h"
#include "envelope/trace_text.h"

namespace mailassay::envelope {
namespace {

bool is_host_name(std::string_view text) {
  if (text.empty() || text.size() > 253 || text.front() == '.' || text.front() == '-') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_alnum(c) || c == '.' || c == '-' || c == '_' || (c & '\x80') != 0;
  });
}

/// `name` is `host` or ends in `.host`.
bool covers(std::string_view host, std::string_view name) {
  if (host.empty() || name.size() < host.size()) return false;
  if (!ascii::equal_ignoring_case(name.substr(name.size() - host.size()), host)) return false;
  return name.size() == host.size() || name[name.size() - host.size() - 1] == '.';
}

}  // namespace

std::optional<Network> network_from_text(std::string_view text) {
  const std::size_t slash = text.find('/');
  Network network;
  network.address = address_from_trace(text.substr(0, slash));
  if (network.address.empty()) return std::nullopt;
  network.prefix = static_cast<unsigned>(8 * network.address.size());
  if (slash == std::string_view::npos) return network;
  const std::string_view digits = text.substr(slash + 1);
  unsigned prefix = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  if (!is_number || prefix > network.prefix) return std::nullopt;
  network.prefix = prefix;
  return network;
}

bool add_receiver(TrustOptions& options, std::string_view text) {
  if (auto network = network_from_text(text)) {
    options.networks.push_back(std::move(*network));
    return true;
  }
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.starts_with("*.")) text.remove_prefix(2);
  const bool is_only_digits = text.find_first_not_of("0123456789.") == std::string_view::npos;
  if (!is_host_name(text) || is_only_digits) return false;
  options.hosts.push_back(ascii::lower(text));
  return true;
}

bool names_host(std::span<const std::string> hosts, std::string_view name) {
  return std::any_of(hosts.begin(), hosts.end(),
                     [name](const std::string& host) { return covers(host, name); });
}

bool lies_in_any(std::span<const Network> networks, std::string_view address) {
  return std::any_of(networks.begin(), networks.end(),
                     [address](const Network& network) { return contains(network, address); });
}

std::string organization_of(std::string_view host, const TrustOptions& options) {
  std::string name = ascii::lower(host);
  const std::size_t last = name.rfind('.');
  if (last == std::string::npos || !address_from_trace(name).empty()) return name;
  if (options.organizational_domain) return options.organizational_domain(name);
  const std::size_t dot = last == 0 ? std::string::npos : name.rfind('.', last - 1);
  return dot == std::string::npos ? name : name.substr(dot + 1);
}

}  // namespace mailassay::envelope
