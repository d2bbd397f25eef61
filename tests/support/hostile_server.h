// A DNS server of our own on the loopback, UDP and TCP on one port, that can misbehave by name.
//
// What it answers comes from zone or COF text, as a resolver would answer: aliases followed,
// SERVFAIL for what the text does not know. One thread, real sockets.
#ifndef MAILASSAY_TESTS_SUPPORT_HOSTILE_SERVER_H
#define MAILASSAY_TESTS_SUPPORT_HOSTILE_SERVER_H

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "resolver/server_address.h"

namespace mailassay::test {

enum class Behaviour : std::uint8_t {
  honest,
  drop,        ///< never answers
  drop_first,  ///< answers from the second query for the name on
  servfail,
  refused,
  not_implemented,
  formerr_on_edns,     ///< FORMERR with OPT while the query has EDNS
  old_server,          ///< FORMERR without OPT while the query has EDNS
  truncate,            ///< TC over UDP, honest over TCP
  truncate_and_break,  ///< TC over UDP; over TCP the connection closes within the answer
  truncate_always,     ///< TC over UDP and TCP
  wrong_name,          ///< answers for another name only
  wrong_name_first,    ///< answers for another name, then honestly
  wrong_id,            ///< answers with another id
  lying_counts,        ///< announces more answers than there are
  compression_loop,
  garbage,        ///< a right header, then noise
  tiny,           ///< three octets
  query_echoed,   ///< the query itself, not a response
  empty_answer,   ///< NOERROR and nothing else
  name_error,     ///< NXDOMAIN
  referral,       ///< NS of the root, not authoritative
  alias_only,     ///< the alias without its target
  endless_alias,  ///< each name is an alias of a longer one
  late,           ///< honest after `late_by`
};

struct HostileOptions {
  std::string text;                          ///< zone or COF; what it answers from
  std::map<std::string, Behaviour> by_name;  ///< by canonical name
  Behaviour otherwise = Behaviour::honest;
  std::chrono::milliseconds delay{0};    ///< before every answer
  std::chrono::milliseconds late_by{0};  ///< more of it for Behaviour::late
  std::uint16_t port = 0;                ///< 0: any
};

class HostileServer {
 public:
  /// Aborts the test program with words on stderr if it cannot listen or the text is broken.
  explicit HostileServer(HostileOptions options);
  ~HostileServer();
  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;

  std::uint16_t port() const;
  resolver::ServerAddress address() const;

  struct Counts {
    std::size_t udp_queries = 0;
    std::size_t tcp_queries = 0;
    std::size_t max_outstanding = 0;  ///< queries received and not answered yet, at most
    std::map<std::string, std::size_t> by_name;
  };
  Counts counts() const;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_HOSTILE_SERVER_H
