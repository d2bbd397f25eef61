#include "support/hostile_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <queue>
#include <utility>
#include <vector>

#include "dns/evidence.h"
#include "dns/name.h"
#include "dns/packet.h"
#include "dns/rdata.h"
#include "support/packet_writer.h"

namespace mailassay::test {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kPlainUdpBytes = 512;  ///< [RFC1035 4.2.1]
constexpr int kSocketBufferBytes = 4 * 1024 * 1024;
constexpr int kBindAttempts = 50;

[[noreturn]] void die(const std::string& what) {
  std::fprintf(stderr, "test DNS server: %s\n", what.c_str());
  std::exit(70);
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool bind_to(int socket, std::uint16_t port) {
  const sockaddr_in address = loopback(port);
  return bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

class HostileServer::Loop {
 public:
  explicit Loop(HostileOptions options) : options_(std::move(options)) {
    if (auto added = evidence_.add_file(options_.text, "test zone"); !added) {
      die(added.error().message());
    }
    listen_on_both();
    wake_ = eventfd(0, EFD_CLOEXEC);
    thread_ = std::thread([this] { run(); });
  }

  ~Loop() {
    stopping_ = true;
    eventfd_write(wake_, 1);
    thread_.join();
    for (const Connection& connection : connections_) close(connection.socket);
    close(udp_);
    close(tcp_);
    close(wake_);
  }

  std::uint16_t port() const { return port_; }

  Counts counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
  }

 private:
  struct Connection {
    int socket;
    std::string input;
  };
  struct Peer {
    bool is_tcp = false;
    int socket = -1;        ///< of TCP
    sockaddr_in address{};  ///< of UDP
  };
  struct Delayed {
    Clock::time_point when;
    std::uint64_t number;
    Peer peer;
    std::string packet;
    bool then_close;
    friend bool operator>(const Delayed& a, const Delayed& b) {
      return std::pair(a.when, a.number) > std::pair(b.when, b.number);
    }
  };

  void listen_on_both() {
    for (int attempt = 0; attempt < kBindAttempts; ++attempt) {
      udp_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      tcp_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
      const int on = 1;
      setsockopt(tcp_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
      setsockopt(udp_, SOL_SOCKET, SO_RCVBUF, &kSocketBufferBytes, sizeof kSocketBufferBytes);
      if (bind_to(udp_, options_.port)) {
        port_ = port_of(udp_);
        if (bind_to(tcp_, port_) && listen(tcp_, 128) == 0) return;
      }
      close(udp_);
      close(tcp_);
      if (options_.port != 0) break;
    }
    die("cannot listen on the loopback");
  }

  void run() {
    while (!stopping_) {
      std::vector<pollfd> polled = {{udp_, POLLIN, 0}, {tcp_, POLLIN, 0}, {wake_, POLLIN, 0}};
      for (const Connection& c : connections_) polled.push_back({c.socket, POLLIN, 0});
      const auto wait = wait_time();
      ppoll(polled.data(), polled.size(), wait ? &*wait : nullptr, nullptr);
      if (stopping_) return;
      if (polled[0].revents != 0) read_udp();
      for (std::size_t i = polled.size(); i > 3; --i) {
        if (polled[i - 1].revents != 0) read_tcp(i - 4);
      }
      if (polled[1].revents != 0) accept_tcp();
      send_due();
    }
  }

  std::optional<timespec> wait_time() const {
    if (delayed_.empty()) return std::nullopt;
    const auto wait = std::max(delayed_.top().when - Clock::now(), Clock::duration::zero());
    const auto nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(wait).count();
    return timespec{nanoseconds / 1000000000, nanoseconds % 1000000000};
  }

  void read_udp() {
    std::array<char, 4096> buffer;
    for (int i = 0; i < 256; ++i) {
      Peer peer;
      socklen_t size = sizeof peer.address;
      const ssize_t count = recvfrom(udp_, buffer.data(), buffer.size(), 0,
                                     reinterpret_cast<sockaddr*>(&peer.address), &size);
      if (count <= 0) return;
      on_query(peer, {buffer.data(), static_cast<std::size_t>(count)});
    }
  }

  void accept_tcp() {
    const int socket = accept4(tcp_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0) connections_.push_back({socket, {}});
  }

  void read_tcp(std::size_t index) {
    Connection& connection = connections_[index];
    std::array<char, 4096> buffer;
    const ssize_t count = recv(connection.socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return close_connection(index);
    connection.input.append(buffer.data(), static_cast<std::size_t>(count));
    Peer peer;
    peer.is_tcp = true;
    peer.socket = connection.socket;
    while (connection.input.size() >= 2) {
      const std::size_t length =
          static_cast<unsigned char>(connection.input[0]) * std::size_t{256} +
          static_cast<unsigned char>(connection.input[1]);
      if (connection.input.size() < 2 + length) return;
      on_query(peer, connection.input.substr(2, length));
      connection.input.erase(0, 2 + length);
    }
  }

  void close_connection(std::size_t index) {
    close(connections_[index].socket);
    connections_.erase(connections_.begin() + static_cast<std::ptrdiff_t>(index));
  }

  Behaviour behaviour_of(const std::string& name) const {
    const auto found = options_.by_name.find(name);
    return found == options_.by_name.end() ? options_.otherwise : found->second;
  }

  void on_query(const Peer& peer, std::string_view octets) {
    const auto query = dns::parse_packet(octets);
    if (!query || query->questions.size() != 1) return;
    const dns::PacketQuestion& question = query->questions[0];
    std::size_t times = 0;
    {
      const std::lock_guard lock(mutex_);
      ++(peer.is_tcp ? counts_.tcp_queries : counts_.udp_queries);
      times = ++counts_.by_name[question.name];
      ++outstanding_;
      counts_.max_outstanding = std::max(counts_.max_outstanding, outstanding_);
    }
    Response response;
    response.id = query->id;
    response.name = question.name;
    response.type = question.type;
    response.with_edns = query->has_edns;
    misbehave(behaviour_of(question.name), times, peer, std::move(response), octets);
  }

  void misbehave(Behaviour behaviour, std::size_t times, const Peer& peer, Response response,
                 std::string_view query) {
    switch (behaviour) {
      case Behaviour::honest:
        break;
      case Behaviour::drop:
        return forget();
      case Behaviour::drop_first:
        if (times == 1) return forget();
        break;
      case Behaviour::servfail:
        return reply_code(peer, response, dns::kRcodeServerFailure);
      case Behaviour::refused:
        return reply_code(peer, response, dns::kRcodeRefused);
      case Behaviour::not_implemented:
        return reply_code(peer, response, dns::kRcodeNotImplemented);
      case Behaviour::formerr_on_edns:
        if (response.with_edns) return reply_code(peer, response, dns::kRcodeFormatError);
        break;
      case Behaviour::old_server:
        if (!response.with_edns) break;
        response.with_edns = false;
        return reply_code(peer, response, dns::kRcodeFormatError);
      case Behaviour::truncate:
      case Behaviour::truncate_and_break:
      case Behaviour::truncate_always:
        if (peer.is_tcp && behaviour == Behaviour::truncate) break;
        if (peer.is_tcp && behaviour == Behaviour::truncate_and_break) {
          fill(response);
          const std::string packet = write_response(response);
          return send_later(peer, packet, true);
        }
        response.truncated = true;
        return reply_code(peer, response, dns::kRcodeNoError);
      case Behaviour::wrong_name:
      case Behaviour::wrong_name_first: {
        Response other = response;
        other.name = "x." + response.name;
        other.answers.push_back({other.name, 16, 300, "\5wrong"});
        send_later(peer, write_response(other), false);
        if (behaviour == Behaviour::wrong_name) return;
        count_up();
        break;
      }
      case Behaviour::wrong_id:
        response.id = static_cast<std::uint16_t>(response.id + 1);
        break;
      case Behaviour::lying_counts:
        response.answer_count_lie = 60000;
        break;
      case Behaviour::compression_loop: {
        std::string packet = write_response(response);
        packet[7] = '\1';  // one answer, whose name points at itself
        const unsigned at = static_cast<unsigned>(packet.size());
        append_u16(packet, 0xC000U | at);
        packet.append(10, '\0');
        return send_later(peer, packet, false);
      }
      case Behaviour::garbage: {
        std::string packet = write_response(response);
        packet[7] = '\7';
        for (unsigned i = 0; i < 200; ++i) packet.push_back(static_cast<char>(i * 37 + 11));
        return send_later(peer, packet, false);
      }
      case Behaviour::tiny:
        return send_later(peer, write_response(response).substr(0, 3), false);
      case Behaviour::query_echoed:
        return send_later(peer, std::string(query), false);
      case Behaviour::empty_answer:
        return reply_code(peer, response, dns::kRcodeNoError);
      case Behaviour::name_error:
        return reply_code(peer, response, dns::kRcodeNameError);
      case Behaviour::referral:
        response.authoritative = false;
        response.recursion_available = false;
        response.authority.push_back({".", 2, 300, std::string("\1a\0", 3)});
        return reply_code(peer, response, dns::kRcodeNoError);
      case Behaviour::alias_only:
        fill(response);
        if (response.answers.size() > 1) response.answers.resize(1);
        return send_later(peer, write_response(response), false);
      case Behaviour::endless_alias: {
        const std::string target = "x." + response.name;
        const auto wire = dns::name_to_wire(target);
        response.answers.push_back({response.name, 5, 300, wire ? *wire : std::string(1, '\0')});
        return send_later(peer, write_response(response), false);
      }
      case Behaviour::late:
        fill(response);
        return send_at(Clock::now() + options_.delay + options_.late_by, peer,
                       fitted(response, peer), false);
    }
    fill(response);
    send_later(peer, fitted(response, peer), false);
  }

  /// As a resolver answers: the aliases, then what stands at their end.
  void fill(Response& response) const {
    const auto type = dns::type_from_number(response.type);
    response.rcode = dns::kRcodeServerFailure;
    if (!type) return;
    dns::Question question{response.name, *type};
    for (int steps = 0; steps < 20; ++steps) {
      std::vector<dns::Sighting> seen;
      evidence_.append_sightings(question, seen);
      if (!seen.empty()) return fill_end(question, seen.front(), response);
      evidence_.append_sightings({question.name, dns::Type::cname}, seen);
      std::erase_if(seen, [](const auto& s) { return s.kind != dns::AnswerKind::records; });
      if (seen.empty()) return;
      const std::string& target = seen.front().rdata.front();
      response.answers.push_back({question.name, 5, 300, target});
      question.name = *dns::name_in_rdata(target);
    }
  }

  static void fill_end(const dns::Question& question, const dns::Sighting& seen,
                       Response& response) {
    switch (seen.kind) {
      case dns::AnswerKind::records:
        response.rcode = dns::kRcodeNoError;
        for (const std::string& rdata : seen.rdata) {
          response.answers.push_back({question.name, response.type, 300, rdata});
        }
        return;
      case dns::AnswerKind::no_such_name:
        response.rcode = dns::kRcodeNameError;
        return;
      case dns::AnswerKind::no_data:
        response.rcode = dns::kRcodeNoError;
        response.authority.push_back({".", 6, 300, std::string(22, '\0')});
        return;
      case dns::AnswerKind::temporary_failure:
      case dns::AnswerKind::no_evidence:
        return;
    }
  }

  static std::string fitted(Response& response, const Peer& peer) {
    std::string packet = write_response(response);
    const std::size_t limit = response.with_edns ? dns::kEdnsPayloadBytes : kPlainUdpBytes;
    if (peer.is_tcp || packet.size() <= limit) return packet;
    response.truncated = true;
    response.answers.clear();
    return write_response(response);
  }

  void reply_code(const Peer& peer, Response& response, std::uint8_t rcode) {
    response.rcode = rcode;
    send_later(peer, write_response(response), false);
  }

  void count_up() {
    const std::lock_guard lock(mutex_);
    ++outstanding_;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    --outstanding_;
  }

  void send_later(const Peer& peer, std::string packet, bool then_close) {
    send_at(Clock::now() + options_.delay, peer, std::move(packet), then_close);
  }
  void send_at(Clock::time_point when, const Peer& peer, std::string packet, bool then_close) {
    delayed_.push({when, ++number_, peer, std::move(packet), then_close});
  }

  void send_due() {
    const auto now = Clock::now();
    while (!delayed_.empty() && delayed_.top().when <= now) {
      const Delayed& due = delayed_.top();
      if (due.peer.is_tcp) {
        send_tcp(due);
      } else {
        sendto(udp_, due.packet.data(), due.packet.size(), 0,
               reinterpret_cast<const sockaddr*>(&due.peer.address), sizeof due.peer.address);
      }
      forget();
      delayed_.pop();
    }
  }

  void send_tcp(const Delayed& due) {
    const auto found = std::find_if(connections_.begin(), connections_.end(),
                                    [&](const auto& c) { return c.socket == due.peer.socket; });
    if (found == connections_.end()) return;
    std::string framed;
    append_u16(framed, static_cast<unsigned>(due.packet.size()));
    framed += due.then_close ? due.packet.substr(0, due.packet.size() / 2) : due.packet;
    (void)!::send(found->socket, framed.data(), framed.size(), MSG_NOSIGNAL);
    if (due.then_close) {
      close_connection(static_cast<std::size_t>(found - connections_.begin()));
    }
  }

  const HostileOptions options_;
  dns::Evidence evidence_;
  int udp_ = -1;
  int tcp_ = -1;
  int wake_ = -1;
  std::uint16_t port_ = 0;
  std::vector<Connection> connections_;
  std::priority_queue<Delayed, std::vector<Delayed>, std::greater<>> delayed_;
  std::uint64_t number_ = 0;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  Counts counts_;                ///< guarded by mutex_
  std::size_t outstanding_ = 0;  ///< guarded by mutex_
  std::thread thread_;
};

HostileServer::HostileServer(HostileOptions options)
    : loop_(std::make_unique<Loop>(std::move(options))) {}
HostileServer::~HostileServer() = default;

std::uint16_t HostileServer::port() const { return loop_->port(); }
resolver::ServerAddress HostileServer::address() const {
  return {"127.0.0.1", loop_->port(), false};
}
HostileServer::Counts HostileServer::counts() const { return loop_->counts(); }

}  // namespace mailassay::test
