#include "resolver/live_worker.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "dns/rdata.h"

namespace mailassay::resolver {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::uint32_t kWakeTag = 0xFFFFFFFF;
constexpr milliseconds kLongestWait{1000};      ///< c-ares is given its chance to expire queries
constexpr milliseconds kLongestPatience{5000};  ///< the doubling time of one try ends here
constexpr unsigned kRoundsOfErrors = 2;         ///< times that each server may err on one question
/// Questions that wait on after a first silence give their slot back; at most this many windows.
constexpr std::size_t kSlowWindows = 8;

sys_seconds now_seconds() { return std::chrono::floor<seconds>(std::chrono::system_clock::now()); }

std::string system_error(const char* what) {
  return std::string(what) + ": " + std::strerror(errno);
}

bool is_onion(std::string_view name) { return name == "onion" || name.ends_with(".onion"); }

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) close(fd_);
}

LiveResolver::Worker::Worker(LiveOptions options, Sink sink)
    : options_(std::move(options)),
      sink_(std::move(sink)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      window_(options_.window) {}

LiveResolver::Worker::~Worker() { stop(); }

Result<Done, std::string> LiveResolver::Worker::start() {
  if (epoll_.get() < 0 || wake_.get() < 0) return Unexpected(system_error("cannot open epoll"));
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = std::uint64_t{kWakeTag} << 32;
  if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &event) != 0) {
    return Unexpected(system_error("cannot watch eventfd"));
  }
  if (options_.servers.empty()) {
    auto servers = system_servers();
    if (!servers) return Unexpected(std::move(servers.error()));
    options_.servers = std::move(*servers);
  }
  // c-ares lets go of a query a little after we have.
  const milliseconds limit = options_.deadline + kLongestWait;
  std::uint32_t tag = 0;
  for (const ServerAddress& address : options_.servers) {
    auto udp = AresChannel::open(address, Transport::udp, limit, epoll_.get(), tag++);
    if (!udp) return Unexpected(std::move(udp.error()));
    auto tcp = AresChannel::open(address, Transport::tcp, limit, epoll_.get(), tag++);
    if (!tcp) return Unexpected(std::move(tcp.error()));
    servers_.push_back({address.text(), std::move(*udp), std::move(*tcp)});
  }
  thread_ = std::thread([this] { run(); });
  return Done{};
}

void LiveResolver::Worker::ask(dns::Question question) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    questions_.fetch_add(1, std::memory_order_relaxed);
    input_.push_back(std::move(question));
    if (input_.size() > 1) return;  // whoever queued the first has woken the thread
  }
  eventfd_write(wake_.get(), 1);
}

void LiveResolver::Worker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  if (!thread_.joinable()) return;
  eventfd_write(wake_.get(), 1);
  thread_.join();
}

LiveCounters LiveResolver::Worker::counters() const {
  LiveCounters out;
  const std::uint64_t answered = answered_.load(std::memory_order_relaxed);
  out.questions = questions_.load(std::memory_order_relaxed);
  out.outstanding = out.questions - answered;
  out.queries = queries_.load(std::memory_order_relaxed);
  out.tcp_queries = tcp_queries_.load(std::memory_order_relaxed);
  out.retries = retries_.load(std::memory_order_relaxed);
  out.timeouts = timeouts_.load(std::memory_order_relaxed);
  out.skipped = skipped_.load(std::memory_order_relaxed);
  out.any_server_answered = any_server_answered_.load(std::memory_order_relaxed);
  return out;
}

void LiveResolver::Worker::run() {
  while (!stopping_) {
    const auto now = Clock::now();
    take_input();
    run_timers(now);
    start_questions(now);
    send_queued();
    wait(now);
  }
  pending_.clear();  // the channels call back once more when they close; nobody listens then
  servers_.clear();
}

void LiveResolver::Worker::take_input() {
  const std::lock_guard lock(mutex_);
  for (dns::Question& question : input_) waiting_.push_back(std::move(question));
  input_.clear();
}

void LiveResolver::Worker::start_questions(Clock::time_point now) {
  const bool is_limited = options_.queries_per_second > 0;
  while (!waiting_.empty() && in_flight_ < window_.size() && !stopping_) {
    if (is_limited && now < next_allowed_) return;
    dns::Question question = std::move(waiting_.front());
    waiting_.pop_front();
    if (is_onion(question.name)) {
      // .onion is never looked up in DNS. [RFC7686 2]
      dns::CofRow row = failure_row(question, dns::Failure::none);
      row.sighting.kind = dns::AnswerKind::no_such_name;
      answered_.fetch_add(1, std::memory_order_relaxed);
      sink_({question, {std::move(row)}});
      continue;
    }
    if (is_hopeless(question)) {
      fail_unasked(question);
      continue;
    }
    const Id id = next_id_++;
    Pending& pending = pending_[id];
    pending.question = std::move(question);
    pending.first_sent = now;
    pending.patience = options_.first_timeout;
    ++in_flight_;
    if (first_query_ == Clock::time_point{}) first_query_ = now;
    try_next(id, pending);
  }
}

void LiveResolver::Worker::send_queued() {
  // A callback may add to the list while it is worked off.
  while (!to_send_.empty()) {
    std::vector<ToSend> batch;
    batch.swap(to_send_);
    for (const ToSend& next : batch) {
      const auto found = pending_.find(next.id);
      if (found == pending_.end()) continue;
      query(next.id, found->second, next.server, next.transport);
    }
  }
}

void LiveResolver::Worker::run_timers(Clock::time_point now) {
  while (!timers_.empty() && timers_.top().when <= now) {
    const Timer timer = timers_.top();
    timers_.pop();
    const auto found = pending_.find(timer.id);
    if (found == pending_.end() || found->second.timer != timer.number) continue;
    on_timer(timer.id, found->second, now);
  }
}

int LiveResolver::Worker::wait_milliseconds(Clock::time_point now) const {
  Clock::duration wait = kLongestWait;
  if (!timers_.empty()) wait = std::min(wait, timers_.top().when - now);
  if (!to_send_.empty()) wait = Clock::duration::zero();
  if (!waiting_.empty() && in_flight_ < window_.size()) wait = std::min(wait, next_allowed_ - now);
  return std::max(0, static_cast<int>(std::chrono::ceil<milliseconds>(wait).count()));
}

void LiveResolver::Worker::wait(Clock::time_point now) {
  std::array<epoll_event, 64> events;
  const int count = epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                               wait_milliseconds(now));
  if (count == 0) {
    for (Server& server : servers_) {
      server.udp->expire();
      server.tcp->expire();
    }
  }
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    const auto tag = static_cast<std::uint32_t>(event.data.u64 >> 32);
    if (tag == kWakeTag) {
      eventfd_t value = 0;
      eventfd_read(wake_.get(), &value);
      continue;
    }
    Server& server = servers_[tag / 2];
    AresChannel& channel = tag % 2 == 0 ? *server.udp : *server.tcp;
    const auto socket = static_cast<int>(static_cast<std::uint32_t>(event.data.u64));
    const bool failed = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
    channel.process(socket, failed || (event.events & EPOLLIN) != 0,
                    failed || (event.events & EPOLLOUT) != 0);
  }
}

void LiveResolver::Worker::query(Id id, Pending& pending, std::size_t server, Transport transport) {
  queries_.fetch_add(1, std::memory_order_relaxed);
  if (pending.queried_at == sys_seconds{}) {
    pending.queried_at = now_seconds();
  } else {
    retries_.fetch_add(1, std::memory_order_relaxed);
  }
  if (transport == Transport::tcp) tcp_queries_.fetch_add(1, std::memory_order_relaxed);
  AresChannel& channel =
      transport == Transport::udp ? *servers_[server].udp : *servers_[server].tcp;
  channel.send(pending.question, pending.with_edns,
               [this, id, server, transport](Delivery delivery, std::string_view packet) {
                 on_delivery(id, server, transport, delivery, packet);
               });
}

void LiveResolver::Worker::try_next(Id id, Pending& pending) {
  const std::size_t server = pending.tries % servers_.size();
  ++pending.tries;
  set_timer(id, pending, pending.patience, true);
  queue({id, server, Transport::udp});
}

void LiveResolver::Worker::queue(const ToSend& query) {
  to_send_.push_back(query);
  if (options_.queries_per_second <= 0) return;
  const auto step = std::chrono::duration_cast<Clock::duration>(
      std::chrono::duration<double>(1.0 / options_.queries_per_second));
  next_allowed_ = std::max(next_allowed_, Clock::now()) + step;
}

void LiveResolver::Worker::set_timer(Id id, Pending& pending, Clock::duration delay,
                                     bool waits_for_reply) {
  pending.waits_for_reply = waits_for_reply;
  const auto end = pending.first_sent + options_.deadline;
  timers_.push({std::min(Clock::now() + delay, end), id, ++pending.timer});
}

void LiveResolver::Worker::on_timer(Id id, Pending& pending, Clock::time_point now) {
  if (!any_server_answered_ && now - first_query_ >= options_.deadline) network_is_dead_ = true;
  if (now - pending.first_sent >= options_.deadline) return fail(id, dns::Failure::deadline);
  if (pending.waits_for_reply) {
    timeouts_.fetch_add(1, std::memory_order_relaxed);
    window_.on_timeout();
    ++pending.silent;
    const auto allowed = std::max(options_.tries, static_cast<unsigned>(servers_.size()));
    if (pending.silent >= allowed || network_is_dead_) {
      return fail(id, pending.errors > 0 ? dns::Failure::servfail : dns::Failure::timeout);
    }
    pending.patience = std::min(pending.patience * 2, kLongestPatience);
    release_slot(pending);
  }
  try_next(id, pending);
}

void LiveResolver::Worker::release_slot(Pending& pending) {
  // A name whose servers are silent must not hold up those that would be answered.
  const std::size_t slow = pending_.size() - std::min(pending_.size(), in_flight_);
  if (!pending.holds_slot || slow >= kSlowWindows * options_.window) return;
  pending.holds_slot = false;
  --in_flight_;
}

void LiveResolver::Worker::on_delivery(Id id, std::size_t server, Transport transport,
                                       Delivery delivery, std::string_view packet) {
  if (delivery == Delivery::packet) any_server_answered_.store(true, std::memory_order_relaxed);
  const auto found = pending_.find(id);
  if (found == pending_.end()) return;  // late, or answered by another try
  switch (delivery) {
    case Delivery::packet:
      return on_packet(id, found->second, server, transport, packet);
    case Delivery::broken:
      return on_broken(id, found->second);
    case Delivery::abandoned:
      return;  // our own timer runs
  }
}

void LiveResolver::Worker::on_packet(Id id, Pending& pending, std::size_t server,
                                     Transport transport, std::string_view octets) {
  window_.on_answer();
  const auto packet = dns::parse_packet(octets);
  if (!packet) return on_error(id, pending, server, dns::kRcodeServerFailure);
  if (packet->is_truncated && transport == Transport::udp) {  // [RFC7766 5]
    set_timer(id, pending, std::max(pending.patience, kLongestWait), true);
    queue({id, server, Transport::tcp});
    return;
  }
  const auto facts = packet->is_truncated ? std::nullopt : dns::facts_of(*packet, pending.question);
  if (!facts) return on_error(id, pending, server, packet->rcode);

  const sys_seconds time = now_seconds();
  std::vector<dns::CofRow> rows;
  rows.reserve(facts->size());
  for (const dns::Fact& fact : *facts) {
    dns::CofRow row;
    row.question = fact.question;
    row.sighting.kind = fact.kind;
    row.sighting.rdata = fact.rdata;
    row.sighting.source = dns::kLiveSource;
    row.sighting.first_seen = time;
    row.sighting.last_seen = time;
    row.ttl = fact.ttl;
    row.server = servers_[server].text;
    row.queried_at = pending.queried_at;
    row.authentic_data = packet->authentic_data;
    rows.push_back(std::move(row));
  }
  answering_zones_.emplace(zone_of(pending.question.name));
  finish(id, std::move(rows));
}

void LiveResolver::Worker::on_error(Id id, Pending& pending, std::size_t server,
                                    std::uint8_t rcode) {
  const bool dislikes_edns = rcode == dns::kRcodeFormatError || rcode == dns::kRcodeNotImplemented;
  if (dislikes_edns && pending.with_edns) {  // [RFC6891 7]
    pending.with_edns = false;
    queue({id, server, Transport::udp});
    return;
  }
  ++pending.errors;
  after_error(id, pending, pending.errors);
}

void LiveResolver::Worker::on_broken(Id id, Pending& pending) {
  ++pending.broken;
  after_error(id, pending, pending.broken);
}

void LiveResolver::Worker::after_error(Id id, Pending& pending, unsigned count) {
  const auto servers = static_cast<unsigned>(servers_.size());
  if (count >= kRoundsOfErrors * servers) {
    return fail(id, pending.errors > 0 ? dns::Failure::servfail : dns::Failure::timeout);
  }
  if (count % servers == 0) {
    set_timer(id, pending, options_.first_timeout, false);
  } else {
    try_next(id, pending);
  }
}

void LiveResolver::Worker::finish(Id id, std::vector<dns::CofRow> rows) {
  const auto found = pending_.find(id);
  if (found->second.holds_slot) --in_flight_;
  LiveReply reply{std::move(found->second.question), std::move(rows)};
  pending_.erase(found);
  answered_.fetch_add(1, std::memory_order_relaxed);
  sink_(std::move(reply));
}

void LiveResolver::Worker::fail(Id id, dns::Failure failure) {
  const Pending& pending = pending_.at(id);
  if (failure != dns::Failure::servfail) {
    const std::string zone(zone_of(pending.question.name));
    if (!answering_zones_.contains(zone)) dead_zones_.insert(zone);
  }
  dns::CofRow row = failure_row(pending.question, failure);
  row.queried_at = pending.queried_at;
  finish(id, {std::move(row)});
}

bool LiveResolver::Worker::is_hopeless(const dns::Question& question) const {
  return network_is_dead_ || dead_zones_.contains(std::string(zone_of(question.name)));
}

void LiveResolver::Worker::fail_unasked(const dns::Question& question) {
  skipped_.fetch_add(1, std::memory_order_relaxed);
  answered_.fetch_add(1, std::memory_order_relaxed);
  sink_({question, {failure_row(question, dns::Failure::timeout)}});
}

dns::CofRow LiveResolver::Worker::failure_row(const dns::Question& question,
                                              dns::Failure failure) const {
  dns::CofRow row;
  row.question = question;
  row.sighting.kind = dns::AnswerKind::temporary_failure;
  row.sighting.failure = failure;
  row.sighting.source = dns::kLiveSource;
  row.sighting.first_seen = now_seconds();
  row.sighting.last_seen = row.sighting.first_seen;
  return row;
}

}  // namespace mailassay::resolver
