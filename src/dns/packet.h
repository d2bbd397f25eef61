// DNS packets: a checked reader for what comes from the network, and a writer of queries.
// [RFC1035 4] [RFC6891 6] [RFC3597 4]
//
// Everything in a packet may lie. Counts are never trusted for memory; a compression pointer must
// point before the name that it is part of, so that names end; RDATA that does not fit its type
// makes the whole packet malformed.
#ifndef MAILASSAY_DNS_PACKET_H
#define MAILASSAY_DNS_PACKET_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/dns.h"
#include "mailassay/result.h"

namespace mailassay::dns {

enum class PacketError : std::uint8_t {
  truncated,  ///< the packet ends before what it announces
  bad_name,   ///< a name is too long, loops or has a reserved label type
  bad_rdata,  ///< RDATA does not fit its type
};

inline constexpr std::uint8_t kRcodeNoError = 0;
inline constexpr std::uint8_t kRcodeFormatError = 1;
inline constexpr std::uint8_t kRcodeServerFailure = 2;
inline constexpr std::uint8_t kRcodeNameError = 3;
inline constexpr std::uint8_t kRcodeNotImplemented = 4;
inline constexpr std::uint8_t kRcodeRefused = 5;

inline constexpr std::uint16_t kClassIn = 1;
inline constexpr std::uint16_t kTypeOpt = 41;
/// What we offer to take over UDP: it passes nearly every path unfragmented.
inline constexpr std::uint16_t kEdnsPayloadBytes = 1232;

struct PacketQuestion {
  std::string name;  ///< canonical presentation form
  std::uint16_t type = 0;
  std::uint16_t record_class = 0;
};

struct PacketRecord {
  std::string name;  ///< canonical presentation form
  std::uint16_t type = 0;
  std::uint16_t record_class = 0;
  std::uint32_t ttl = 0;  ///< seconds
  std::string rdata;      ///< types of ours: canonical wire form; else the octets as they came
};

struct Packet {
  std::uint16_t id = 0;
  bool is_response = false;
  bool is_authoritative = false;
  bool is_truncated = false;
  bool recursion_available = false;
  bool authentic_data = false;  ///< [RFC4035 3.2.3]
  bool has_edns = false;
  std::uint8_t rcode = kRcodeNoError;
  std::vector<PacketQuestion> questions;
  std::vector<PacketRecord> answers;
  std::vector<PacketRecord> authority;
};

/// Reads a whole packet. Of the additional section only EDNS is noted. A truncated packet (TC) is
/// read up to where it ends.
Result<Packet, PacketError> parse_packet(std::string_view octets);

/// Writes a query with RD and AD set (AD asks for AD in the answer [RFC6840 5.7]).
///
/// Demands: `question.name` is a canonical name.
/// Result:  empty if the name is not one.
std::string build_query(std::uint16_t id, const Question& question, bool with_edns);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_PACKET_H
