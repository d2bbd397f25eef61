#include "envelope/provider.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "envelope/client_address.h"

namespace mailassay::envelope {
namespace {

using namespace std::string_view_literals;

/// 10.0.0.0/8 and 2002:a00::/24, its form among 6to4 addresses: Gmail's hosts call themselves so.
const Network kTen4{std::string("\x0A\0\0\0"sv), 8};
const Network kTen6{std::string("\x20\x02\x0A\0\0\0\0\0\0\0\0\0\0\0\0\0"sv), 24};
/// 2603:1000::/24, the hosts of Exchange Online.
const Network kExchange{std::string("\x26\x03\x10\0\0\0\0\0\0\0\0\0\0\0\0\0"sv), 24};

constexpr std::array kExchangeHosts = {".outlook.com"sv, ".office365.com"sv, ".exchangelabs.com"sv};

bool is_numbered(const Hop& hop) {
  return !hop.by_ip.empty() && (contains(kTen4, hop.by_ip) || contains(kTen6, hop.by_ip));
}

std::optional<ProviderHop> gmail_hop(const Hop& hop) {
  if (hop.by == "mx.google.com") return ProviderHop{Provider::gmail, true};
  if (hop.by.ends_with(".google.com")) return ProviderHop{Provider::gmail, false};
  // Gmail's own hosts name no client: "by 2002:a05:... with SMTP id ...".
  if (hop.kind == HopKind::local && is_numbered(hop) && hop.with.starts_with("SMTP")) {
    return ProviderHop{Provider::gmail, false};
  }
  return std::nullopt;
}

std::optional<ProviderHop> exchange_hop(const Hop& hop) {
  if (hop.by.ends_with(".mail.protection.outlook.com")) {
    return ProviderHop{Provider::microsoft365, true};
  }
  const bool is_host = std::any_of(kExchangeHosts.begin(), kExchangeHosts.end(),
                                   [&](std::string_view name) { return hop.by.ends_with(name); });
  if (is_host) return ProviderHop{Provider::microsoft365, false};
  return std::nullopt;
}

std::optional<ProviderHop> yahoo_hop(const Hop& hop, std::optional<Provider> above) {
  if (hop.by.ends_with(".yahoo.com")) {
    return ProviderHop{Provider::yahoo, hop.by.starts_with("mta") || hop.by.starts_with("atlas")};
  }
  // Its entrances of today give an address: "from 192.0.2.1 (EHLO x) by 10.1.2.3 with SMTPs".
  if (above == Provider::yahoo && is_numbered(hop) && hop.with == "SMTPS") {
    return ProviderHop{Provider::yahoo, true};
  }
  return std::nullopt;
}

bool is_known(std::span<const Provider> known, Provider provider) {
  return std::find(known.begin(), known.end(), provider) != known.end();
}

}  // namespace

std::optional<ProviderHop> provider_of(const Hop& hop, std::span<const Provider> known,
                                       std::optional<Provider> above) {
  std::optional<ProviderHop> found;
  if (is_known(known, Provider::gmail)) found = gmail_hop(hop);
  if (!found && is_known(known, Provider::microsoft365)) found = exchange_hop(hop);
  if (!found && is_known(known, Provider::yahoo)) found = yahoo_hop(hop, above);
  return found;
}

bool is_inside(Provider provider, std::string_view client_ip) {
  if (is_private(client_ip)) return true;
  return provider == Provider::microsoft365 && contains(kExchange, client_ip);
}

bool writes_results_as(Provider provider, std::string_view authserv_id) {
  switch (provider) {
    case Provider::gmail:
      return authserv_id == "mx.google.com" || authserv_id == "google.com";
    case Provider::microsoft365:
      return authserv_id.empty() || authserv_id == "protection.outlook.com" ||
             authserv_id.ends_with(".protection.outlook.com");
    case Provider::yahoo:
      return authserv_id.ends_with(".yahoo.com") || authserv_id.empty();
  }
  return false;
}

}  // namespace mailassay::envelope
