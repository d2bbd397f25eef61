// What the trace fields of large mailbox providers look like.
#ifndef MAILASSAY_ENVELOPE_PROVIDER_H
#define MAILASSAY_ENVELOPE_PROVIDER_H

#include <optional>
#include <span>
#include <string_view>

#include "mailassay/envelope.h"

namespace mailassay::envelope {

/// A provider's part in a hop.
struct ProviderHop {
  Provider provider = Provider::gmail;
  /// The hop was written at the entrance for mail from elsewhere; else by a host further inside.
  bool is_entrance = false;
};

/// Whose hop it is, by the name that its by clause gives.
///
/// `above` is the provider of the hop above, of which some hosts give no name but an address.
std::optional<ProviderHop> provider_of(const Hop& hop, std::span<const Provider> known,
                                       std::optional<Provider> above);

/// Whether a client with this address is a host of the provider, if one of its hosts says so.
bool is_inside(Provider provider, std::string_view client_ip);

/// Whether the provider writes results under this authserv-id or, in Received-SPF, host name.
bool writes_results_as(Provider provider, std::string_view authserv_id);

}  // namespace mailassay::envelope

#endif  // MAILASSAY_ENVELOPE_PROVIDER_H
