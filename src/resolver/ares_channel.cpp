#include "resolver/ares_channel.h"

#include <ares.h>
#include <arpa/inet.h>
#include <sys/epoll.h>

#include <array>
#include <bitset>
#include <cerrno>
#include <random>

#include "base/bytes.h"
#include "dns/packet.h"

namespace mailassay::resolver {

namespace {

constexpr int kReceiveBufferBytes = 1024 * 1024;

/// Once for the process; c-ares counts, and nothing needs to be undone at exit.
int initialise_library() {
  static const int status = ares_library_init(ARES_LIB_INIT_ALL);
  return status;
}

std::string describe(int status) { return std::string("c-ares: ") + ares_strerror(status); }

ares_addr_port_node node_of(const ServerAddress& server) {
  ares_addr_port_node node{};
  node.family = server.is_ipv6 ? AF_INET6 : AF_INET;
  inet_pton(node.family, server.address.c_str(), &node.addr);
  node.udp_port = server.port;
  node.tcp_port = server.port;
  return node;
}

}  // namespace

struct AresChannel::State {
  ares_channel channel = nullptr;
  int epoll_fd = -1;
  std::uint32_t tag = 0;
  std::random_device random;
  std::bitset<65536> ids_in_use;

  /// An id that no outstanding query has, from the system's source of randomness.
  std::uint16_t take_id() {
    auto id = static_cast<std::uint16_t>(random());
    while (ids_in_use[id]) ++id;
    ids_in_use[id] = true;
    return id;
  }

  static void on_socket_state(void* data, ares_socket_t socket, int readable, int writable) {
    const auto* state = static_cast<State*>(data);
    epoll_event event{};
    event.events = (readable != 0 ? EPOLLIN : 0U) | (writable != 0 ? EPOLLOUT : 0U);
    event.data.u64 = std::uint64_t{state->tag} << 32 | static_cast<std::uint32_t>(socket);
    if (event.events == 0) {
      epoll_ctl(state->epoll_fd, EPOLL_CTL_DEL, socket, nullptr);
    } else if (epoll_ctl(state->epoll_fd, EPOLL_CTL_MOD, socket, &event) != 0 && errno == ENOENT) {
      epoll_ctl(state->epoll_fd, EPOLL_CTL_ADD, socket, &event);
    }
  }
};

namespace {

/// What c-ares carries through for one query.
struct Sent {
  std::bitset<65536>* ids_in_use;
  std::uint16_t id;
  AresChannel::Callback callback;
};

void on_done(void* argument, int status, int /*timeouts*/, unsigned char* packet, int size) {
  const std::unique_ptr<Sent> sent(static_cast<Sent*>(argument));
  sent->ids_in_use->reset(sent->id);
  if (status == ARES_SUCCESS && packet != nullptr && size > 0) {
    sent->callback(Delivery::packet, as_text(packet, static_cast<std::size_t>(size)));
  } else if (status == ARES_ETIMEOUT || status == ARES_EDESTRUCTION || status == ARES_ECANCELLED) {
    sent->callback(Delivery::abandoned, {});
  } else {
    sent->callback(Delivery::broken, {});
  }
}

}  // namespace

AresChannel::AresChannel(std::unique_ptr<State> state) : state_(std::move(state)) {}

AresChannel::~AresChannel() {
  if (state_->channel != nullptr) ares_destroy(state_->channel);
}

Result<std::unique_ptr<AresChannel>, std::string> AresChannel::open(const ServerAddress& server,
                                                                    Transport transport,
                                                                    std::chrono::milliseconds limit,
                                                                    int epoll_fd,
                                                                    std::uint32_t tag) {
  if (const int status = initialise_library(); status != ARES_SUCCESS) {
    return Unexpected(describe(status));
  }
  auto state = std::make_unique<State>();
  state->epoll_fd = epoll_fd;
  state->tag = tag;
  std::array<char, 2> lookups = {'b', '\0'};
  ares_options options{};
  // NOCHECKRESP: error packets come to us, and failover is ours. IGNTC: so is the way to TCP.
  options.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_EDNS | ARES_FLAG_IGNTC | ARES_FLAG_NOSEARCH |
                  ARES_FLAG_NOALIASES;
  if (transport == Transport::tcp) options.flags |= ARES_FLAG_USEVC;
  options.timeout = static_cast<int>(limit.count());
  options.tries = 1;
  options.lookups = lookups.data();
  options.ednspsz = dns::kEdnsPayloadBytes;
  options.socket_receive_buffer_size = kReceiveBufferBytes;
  options.sock_state_cb = State::on_socket_state;
  options.sock_state_cb_data = state.get();
  int status =
      ares_init_options(&state->channel, &options,
                        ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_LOOKUPS |
                            ARES_OPT_EDNSPSZ | ARES_OPT_SOCK_RCVBUF | ARES_OPT_SOCK_STATE_CB);
  if (status != ARES_SUCCESS) return Unexpected(describe(status));
  auto channel = std::unique_ptr<AresChannel>(new AresChannel(std::move(state)));
  ares_addr_port_node node = node_of(server);
  status = ares_set_servers_ports(channel->state_->channel, &node);
  if (status != ARES_SUCCESS) return Unexpected(describe(status));
  return channel;
}

void AresChannel::send(const dns::Question& question, bool with_edns, Callback callback) {
  const std::uint16_t id = state_->take_id();
  const std::string query = dns::build_query(id, question, with_edns);
  auto sent = std::make_unique<Sent>(Sent{&state_->ids_in_use, id, std::move(callback)});
  ares_send(state_->channel, octets(query), static_cast<int>(query.size()), on_done,
            sent.release());
}

void AresChannel::process(int socket, bool readable, bool writable) {
  ares_process_fd(state_->channel, readable ? socket : ARES_SOCKET_BAD,
                  writable ? socket : ARES_SOCKET_BAD);
}

void AresChannel::expire() { ares_process_fd(state_->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD); }

Result<std::vector<ServerAddress>, std::string> system_servers() {
  if (const int status = initialise_library(); status != ARES_SUCCESS) {
    return Unexpected(describe(status));
  }
  ares_channel channel = nullptr;
  if (const int status = ares_init(&channel); status != ARES_SUCCESS) {
    return Unexpected(describe(status));
  }
  ares_addr_port_node* list = nullptr;
  const int status = ares_get_servers_ports(channel, &list);
  std::vector<ServerAddress> servers;
  for (const ares_addr_port_node* node = list; node != nullptr; node = node->next) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_ntop(node->family, &node->addr, text.data(), text.size()) == nullptr) continue;
    ServerAddress server;
    server.address = text.data();
    server.is_ipv6 = node->family == AF_INET6;
    if (node->udp_port > 0) server.port = static_cast<std::uint16_t>(node->udp_port);
    servers.push_back(std::move(server));
  }
  if (list != nullptr) ares_free_data(list);
  ares_destroy(channel);
  if (status != ARES_SUCCESS) return Unexpected(describe(status));
  if (servers.empty()) return Unexpected(std::string("the system names no DNS server"));
  return servers;
}

}  // namespace mailassay::resolver
