// Live DNS: asks servers over the network, many questions at a time, and always comes to an end.
//
// One thread owns all sockets. A question is asked of one server after another:
// - an error (SERVFAIL, REFUSED, a malformed packet, a referral, ...) goes to the next server at
//   once; when all have erred they are asked once more after a pause; FORMERR and NOTIMP are first
//   repeated without EDNS;
// - silence goes to the next server after a time that doubles with each try; an answer that comes
//   late to an earlier try still counts;
// - a truncated answer is asked again over TCP.
// It ends with facts, or with Failure::servfail if some server answered with errors, with
// Failure::timeout if none answered in the allowed tries, with Failure::deadline if the time for
// one question is over. Aliases are reported as facts; who asks follows them.
//
// Dead zones: when a question times out and its zone never answered, later questions of the same
// zone time out at once. The zone is what stands behind `_domainkey` or `_dmarc`, else the name.
// Dead network: if no server has ever answered within the deadline, everything times out at once.
#ifndef MAILASSAY_RESOLVER_LIVE_RESOLVER_H
#define MAILASSAY_RESOLVER_LIVE_RESOLVER_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dns/cof_row.h"
#include "mailassay/dns.h"
#include "mailassay/result.h"
#include "resolver/server_address.h"

namespace mailassay::resolver {

struct LiveOptions {
  std::vector<ServerAddress> servers;            ///< asked in this order; empty: the system's
  std::size_t window = 128;                      ///< questions in flight at most
  double queries_per_second = 0;                 ///< 0: no limit
  std::chrono::milliseconds first_timeout{300};  ///< silence before the second try
  unsigned tries = 4;                            ///< queries met by silence; at least one a server
  std::chrono::milliseconds deadline{20000};     ///< for one question, from its first query on
};

/// What was learned by asking one question.
struct LiveReply {
  dns::Question question;
  std::vector<dns::CofRow> rows;  ///< aliases, then the end; a failure is one row; never empty
};

struct LiveCounters {
  std::uint64_t questions = 0;       ///< taken up
  std::uint64_t queries = 0;         ///< packets sent, all tries, UDP and TCP
  std::uint64_t tcp_queries = 0;     ///< of them over TCP
  std::uint64_t retries = 0;         ///< queries that were not the first for their question
  std::uint64_t timeouts = 0;        ///< tries met by silence
  std::uint64_t skipped = 0;         ///< not asked: dead zone or dead network
  std::uint64_t outstanding = 0;     ///< taken up and not answered yet
  bool any_server_answered = false;  ///< some packet came back from some server
};

/// The zone whose servers a name depends on, for the rule on dead zones.
std::string_view zone_of(std::string_view name) noexcept;

/// Threads: ask() and counters() from any; the sink is called on the resolver's own thread.
class LiveResolver {
 public:
  using Sink = std::function<void(LiveReply reply)>;

  /// Opens the sockets and starts the thread.
  ///
  /// Errors: words for a person (no server configured, out of descriptors).
  static Result<std::unique_ptr<LiveResolver>, std::string> start(const LiveOptions& options,
                                                                  Sink sink);
  ~LiveResolver();
  LiveResolver(const LiveResolver&) = delete;
  LiveResolver& operator=(const LiveResolver&) = delete;

  /// Asks; the sink gets the reply. After stop() the question is dropped.
  ///
  /// Demands: the name is canonical and valid; the caller does not ask the same twice.
  void ask(dns::Question question);

  /// Ends the thread; what is outstanding is dropped, the sink is not called again. Never waits
  /// for the network. Not to be called from the sink.
  void stop();

  LiveCounters counters() const;
  /// The servers in use.
  const std::vector<ServerAddress>& servers() const noexcept;

 private:
  class Worker;
  explicit LiveResolver(std::unique_ptr<Worker> worker);
  std::unique_ptr<Worker> worker_;
};

}  // namespace mailassay::resolver

#endif  // MAILASSAY_RESOLVER_LIVE_RESOLVER_H
