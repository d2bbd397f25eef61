#include "envelope/filter_gateway.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace mailassay::envelope {
namespace {

using namespace std::string_view_literals;

/// Domains of the hosts that deliver for the services' customers.
constexpr std::array kDomains = {
    "mimecast.com"sv,
    "mimecast-offshore.com"sv,
    "pphosted.com"sv,     // Proofpoint
    "ppe-hosted.com"sv,   // Proofpoint Essentials
    "messagelabs.com"sv,  // Symantec
    "iphmx.com"sv,        // Cisco
    "cudaops.com"sv,      // Barracuda
    "barracudanetworks.com"sv,
    "trendmicro.com"sv,
    "trendmicro.eu"sv,
    "hydra.sophos.com"sv,
    "reflexion.net"sv,  // Sophos
    "hornetsecurity.com"sv,
    "antispameurope.com"sv,  // Hornetsecurity
    "mailcontrol.com"sv,     // Forcepoint
    "mxlogic.net"sv,         // McAfee
    "fireeyecloud.com"sv,
    "fortimailcloud.com"sv,
    "antispamcloud.com"sv,  // SpamExperts
    "arsmtp.com"sv,         // AppRiver
    "zixcorp.com"sv,
    "retarus.com"sv,
    "mailguard.com.au"sv,
    "emailservice.io"sv,  // Mailprotector
    "vadesecure.com"sv,
};

bool lies_in(std::string_view name, std::string_view domain) {
  if (!name.ends_with(domain)) return false;
  return name.size() == domain.size() || name[name.size() - domain.size() - 1] == '.';
}

}  // namespace

bool is_filter_gateway(const Hop& hop) {
  std::string name = ascii::lower(hop.rdns.empty() ? hop.helo : hop.rdns);
  if (name.ends_with('.')) name.pop_back();
  return std::any_of(kDomains.begin(), kDomains.end(),
                     [&](std::string_view domain) { return lies_in(name, domain); });
}

}  // namespace mailassay::envelope
