// Whom the reader believes: configured hosts, networks and authserv-ids.
#ifndef MAILASSAY_ENVELOPE_TRUST_H
#define MAILASSAY_ENVELOPE_TRUST_H

#include <span>
#include <string>
#include <string_view>

#include "mailassay/envelope.h"

namespace mailassay::envelope {

/// Whether `name` is one of `hosts` or lies below one.
bool names_host(std::span<const std::string> hosts, std::string_view name);

bool lies_in_any(std::span<const Network> networks, std::string_view address);

/// The organizational domain of a host, or the host itself if it is no name of two labels.
std::string organization_of(std::string_view host, const TrustOptions& options);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_TRUST_H
