// One c-ares channel to one server over one transport, driven by an epoll set.
//
// c-ares only carries octets here: it sends the query once, matches id, sender and question of what
// comes back, and falls back to plain DNS when a server knows no EDNS. Which server is asked when,
// and what an answer means, is decided above. UDP and TCP have channels of their own, so that a
// server that breaks connections harms no query but those on TCP.
#ifndef MAILASSAY_RESOLVER_ARES_CHANNEL_H
#define MAILASSAY_RESOLVER_ARES_CHANNEL_H

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/dns.h"
#include "mailassay/result.h"
#include "resolver/server_address.h"

namespace mailassay::resolver {

enum class Transport : std::uint8_t { udp, tcp };

/// What became of one query.
enum class Delivery : std::uint8_t {
  packet,    ///< a packet came back
  broken,    ///< the server could not be reached, or broke the connection
  abandoned  ///< the channel's own long time limit ran out, or it was closed
};

/// Threads: all functions and the callbacks on the one thread that owns the channel.
class AresChannel {
 public:
  using Callback = std::function<void(Delivery delivery, std::string_view packet)>;

  /// Demands: `epoll_fd` outlives the channel; its events for us carry `tag` in the high half of
  ///          data.u64 and the socket in the low half.
  static Result<std::unique_ptr<AresChannel>, std::string> open(const ServerAddress& server,
                                                                Transport transport,
                                                                std::chrono::milliseconds limit,
                                                                int epoll_fd, std::uint32_t tag);
  ~AresChannel();
  AresChannel(const AresChannel&) = delete;
  AresChannel& operator=(const AresChannel&) = delete;

  /// Sends one query; the callback is called once, perhaps before send() returns.
  ///
  /// Lifetime: the packet's view lives as long as the call of the callback.
  void send(const dns::Question& question, bool with_edns, Callback callback);

  void process(int socket, bool readable, bool writable);
  /// Lets c-ares drop the queries whose limit is over.
  void expire();

 private:
  struct State;
  explicit AresChannel(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The servers of this system, from c-ares' own reading of its configuration.
Result<std::vector<ServerAddress>, std::string> system_servers();

}  // namespace mailassay::resolver

#endif  // MAILASSAY_RESOLVER_ARES_CHANNEL_H
