// The thread behind LiveResolver. Private to it.
#ifndef MAILASSAY_RESOLVER_LIVE_WORKER_H
#define MAILASSAY_RESOLVER_LIVE_WORKER_H

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dns/packet.h"
#include "dns/reply.h"
#include "resolver/ares_channel.h"
#include "resolver/live_resolver.h"
#include "resolver/query_window.h"

namespace mailassay::resolver {

/// A file descriptor with an owner.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) noexcept : fd_(fd) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const noexcept { return fd_; }

 private:
  int fd_;
};

class LiveResolver::Worker {
 public:
  Worker(LiveOptions options, Sink sink);
  ~Worker();

  /// Opens channels and starts the thread.
  Result<Done, std::string> start();
  void ask(dns::Question question);
  void stop();
  LiveCounters counters() const;
  const LiveOptions& options() const noexcept { return options_; }

 private:
  using Clock = std::chrono::steady_clock;
  using Id = std::uint64_t;

  /// One question that is being asked.
  struct Pending {
    dns::Question question;
    Clock::time_point first_sent;
    Clock::time_point next_try;
    std::chrono::milliseconds patience{0};  ///< how long the newest try is waited for
    std::chrono::sys_seconds queried_at;
    unsigned tries = 0;   ///< queries sent that were waited for
    unsigned silent = 0;  ///< of them met by silence
    unsigned errors = 0;  ///< answers that were errors
    unsigned broken = 0;  ///< servers that could not be reached
    unsigned timer = 0;   ///< number of the timer that counts; older ones are void
    bool with_edns = true;
    bool holds_slot = true;
    bool waits_for_reply = false;  ///< else the timer is a pause before the next query
  };
  struct Timer {
    Clock::time_point when;
    Id id;
    unsigned number;
    friend bool operator>(const Timer& a, const Timer& b) { return a.when > b.when; }
  };
  struct Server {
    std::string text;
    std::unique_ptr<AresChannel> udp;
    std::unique_ptr<AresChannel> tcp;
  };
  /// A query to be sent from the loop: never from inside a callback of c-ares.
  struct ToSend {
    Id id;
    std::size_t server;
    Transport transport;
  };

  void run();
  void wait(Clock::time_point now);
  void take_input();
  void start_questions(Clock::time_point now);
  void send_queued();
  void run_timers(Clock::time_point now);
  int wait_milliseconds(Clock::time_point now) const;

  void query(Id id, Pending& pending, std::size_t server, Transport transport);
  void try_next(Id id, Pending& pending);
  void queue(const ToSend& query);
  void set_timer(Id id, Pending& pending, Clock::duration delay, bool waits_for_reply);
  void on_timer(Id id, Pending& pending, Clock::time_point now);
  void on_delivery(Id id, std::size_t server, Transport transport, Delivery delivery,
                   std::string_view packet);
  void on_packet(Id id, Pending& pending, std::size_t server, Transport transport,
                 std::string_view octets);
  void on_error(Id id, Pending& pending, std::size_t server, std::uint8_t rcode);
  void on_broken(Id id, Pending& pending);
  void after_error(Id id, Pending& pending, unsigned count);
  void release_slot(Pending& pending);

  void finish(Id id, std::vector<dns::CofRow> rows);
  void fail(Id id, dns::Failure failure);
  void fail_unasked(const dns::Question& question);
  bool is_hopeless(const dns::Question& question) const;
  dns::CofRow failure_row(const dns::Question& question, dns::Failure failure) const;

  LiveOptions options_;
  Sink sink_;
  Descriptor epoll_;
  Descriptor wake_;
  std::vector<Server> servers_;
  std::thread thread_;

  // Shared with other threads.
  mutable std::mutex mutex_;
  std::deque<dns::Question> input_;  ///< guarded by mutex_
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> questions_{0};
  std::atomic<std::uint64_t> answered_{0};
  std::atomic<std::uint64_t> queries_{0};
  std::atomic<std::uint64_t> tcp_queries_{0};
  std::atomic<std::uint64_t> retries_{0};
  std::atomic<std::uint64_t> timeouts_{0};
  std::atomic<std::uint64_t> skipped_{0};
  std::atomic<bool> any_server_answered_{false};

  // The thread's own.
  std::deque<dns::Question> waiting_;
  std::unordered_map<Id, Pending> pending_;
  std::priority_queue<Timer, std::vector<Timer>, std::greater<>> timers_;
  std::vector<ToSend> to_send_;
  std::unordered_set<std::string> dead_zones_;
  std::unordered_set<std::string> answering_zones_;
  QueryWindow window_;
  std::size_t in_flight_ = 0;  ///< questions that hold a slot of the window
  Id next_id_ = 0;
  Clock::time_point next_allowed_;  ///< of the rate limit
  Clock::time_point first_query_;
  bool network_is_dead_ = false;
};

}  // namespace mailassay::resolver

#endif  // MAILASSAY_RESOLVER_LIVE_WORKER_H
