#include "envelope/border.h"

#include <cstddef>
#include <string>

#include "envelope/client_address.h"
#include "envelope/filter_gateway.h"
#include "envelope/provider.h"
#include "envelope/trust.h"

namespace mailassay::envelope {
namespace {

/// What a client is to the writer of its hop.
enum class Client : std::uint8_t {
  own,      ///< configured, the provider's, or the same machine
  guessed,  ///< probably a host of the same organization
  outsider,
};

class Walk {
 public:
  Walk(const TransitFacts& facts, const TrustOptions& options) : facts_(facts), options_(options) {}

  FoundBorder run() {
    if (facts_.hops.empty()) return end(BorderReason::no_trace);
    for (std::size_t i = 0; i < facts_.hops.size(); ++i) {
      const Hop& hop = facts_.hops[i];
      if (hop.kind == HopKind::unreadable) return end(BorderReason::unreadable_hop);
      if (hop.kind == HopKind::fetched) continue;
      const bool is_believed = believe_writer(hop);
      if (hop.kind == HopKind::authorised) return end(BorderReason::submission);
      if (hop.kind != HopKind::smtp) {
        pass_inner_hop(hop);
        continue;
      }
      const Client client = client_of(hop);
      if (client == Client::outsider) return border_at(i, is_believed);
      pass_own_client(hop, client, is_believed);
    }
    return end(BorderReason::own_hops_only);
  }

 private:
  /// Whether the host that wrote the hop is known; `provider_` says whose it is.
  bool believe_writer(const Hop& hop) {
    const auto above = provider_ ? std::optional(provider_->provider) : std::nullopt;
    provider_.reset();
    if (names_host(options_.hosts, hop.by) || lies_in_any(options_.networks, hop.by_ip))
      return true;
    provider_ = provider_of(hop, options_.providers, above);
    return provider_.has_value() || is_writer_own_;
  }

  /// From here down the border can no longer be sure.
  void doubt(BorderReason reason, const Hop& hop) {
    if (doubt_) return;
    doubt_ = reason;
    doubted_at_ = hop.position;
  }

  /// A hop without client lets nobody in; whose it is does not matter.
  void pass_inner_hop(const Hop& hop) {
    // But a user of the provider handed it in here: what stands below may be of his making.
    if (hop.with.starts_with("MAPI")) doubt(BorderReason::below_submission, hop);
  }

  void pass_own_client(const Hop& hop, Client client, bool is_believed) {
    // That a provider's host calls a client its own says nothing of the reader's hosts.
    const bool is_named =
        is_loopback(hop.client_ip) || lies_in_any(options_.networks, hop.client_ip);
    is_writer_own_ = client == Client::own && (is_named || !provider_);
    if (!is_believed || client == Client::guessed) doubt(BorderReason::below_unknown_hop, hop);
  }

  Client client_of(const Hop& hop) const {
    const std::string& ip = hop.client_ip;
    if (lies_in_any(options_.networks, ip) || is_loopback(ip)) return Client::own;
    if (provider_) {
      // At an entrance no public address is the provider's own: others rent some of them.
      if (provider_->is_entrance && !is_private(ip)) return Client::outsider;
      if (!ip.empty() && is_inside(provider_->provider, ip)) return Client::own;
      return Client::outsider;
    }
    // Behind address translation all clients come from one private address, which may have a name.
    if (is_private(ip)) return Client::guessed;
    if (hop.rdns_is_confirmed && names_host(options_.hosts, hop.rdns)) return Client::own;
    if (ip.empty()) return Client::outsider;  // HELO is the client's word, `localhost` too
    const bool is_same_organization = hop.rdns_is_confirmed &&
                                      hop.rdns.find('.') != std::string::npos &&
                                      are_of_one_organization(hop.rdns, hop.by, options_);
    return is_same_organization ? Client::guessed : Client::outsider;
  }

  FoundBorder border_at(std::size_t index, bool is_believed) const {
    FoundBorder found = end(BorderReason::first_outsider);
    Border& border = found.border;
    border.hop = index;
    border.sureness = Sureness::inferred;
    if (provider_) border.provider = provider_->provider;
    if (doubt_) {
      border.reason = *doubt_;
    } else if (provider_ && !provider_->is_entrance && !is_writer_own_) {
      border.reason = BorderReason::inner_host;
    } else if (is_believed && is_filter_gateway(facts_.hops[index])) {
      // In front of the receiver's own server it would make a stranger of every sender.
      border.reason = BorderReason::filter_gateway;
    } else if (is_believed) {
      border.sureness = Sureness::sure;
      border.reason = provider_ ? BorderReason::provider : BorderReason::receiver;
    }
    found.receivers_word_until = doubted_at_.value_or(facts_.hops[index].position);
    return found;
  }

  FoundBorder end(BorderReason reason) const {
    FoundBorder found;
    found.border.reason = reason;
    return found;
  }

  const TransitFacts& facts_;
  const TrustOptions& options_;
  std::optional<ProviderHop> provider_;  ///< of the hop at hand
  bool is_writer_own_ = false;           ///< the hop above says that this one is of the same owner
  std::optional<BorderReason> doubt_;    ///< the first thing that keeps the border from being sure
  std::optional<std::uint32_t> doubted_at_;
};

}  // namespace

FoundBorder find_border(const TransitFacts& facts, const TrustOptions& options) {
  if (options.is_enclosed) return {{Sureness::none, BorderReason::enclosed, {}, {}}, 0};
  return Walk(facts, options).run();
}

}  // namespace mailassay::envelope
