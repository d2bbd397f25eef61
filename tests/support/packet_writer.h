// Writes DNS responses for test servers, honest ones and others.
#ifndef MAILASSAY_TESTS_SUPPORT_PACKET_WRITER_H
#define MAILASSAY_TESTS_SUPPORT_PACKET_WRITER_H

#include <cstdint>
#include <string>
#include <vector>

#include "dns/packet.h"

namespace mailassay::test {

struct ResponseRecord {
  std::string name;
  std::uint16_t type = 0;
  std::uint32_t ttl = 300;
  std::string rdata;  ///< wire form
};

struct Response {
  std::uint16_t id = 0;
  std::string name;  ///< of the question
  std::uint16_t type = 0;
  std::uint8_t rcode = 0;
  bool truncated = false;
  bool authoritative = true;
  bool recursion_available = true;
  bool authentic_data = false;
  bool with_edns = true;
  std::vector<ResponseRecord> answers;
  std::vector<ResponseRecord> authority;
  int answer_count_lie = 0;  ///< added to the count in the header
};

/// Names stand uncompressed.
std::string write_response(const Response& response);

void append_u16(std::string& out, unsigned value);

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_PACKET_WRITER_H
