#include "support/packet_writer.h"

#include "dns/name.h"

namespace mailassay::test {

namespace {

void append_name(std::string& out, const std::string& name) {
  const auto wire = dns::name_to_wire(name);
  out += wire ? *wire : std::string(1, '\0');
}

void append_record(std::string& out, const ResponseRecord& record) {
  append_name(out, record.name);
  append_u16(out, record.type);
  append_u16(out, dns::kClassIn);
  append_u16(out, record.ttl >> 16);
  append_u16(out, record.ttl & 0xFFFF);
  append_u16(out, static_cast<unsigned>(record.rdata.size()));
  out += record.rdata;
}

}  // namespace

void append_u16(std::string& out, unsigned value) {
  out.push_back(static_cast<char>(value >> 8 & 0xFF));
  out.push_back(static_cast<char>(value & 0xFF));
}

std::string write_response(const Response& response) {
  std::string out;
  append_u16(out, response.id);
  append_u16(out, 0x8100U | (response.authoritative ? 0x0400U : 0U) |
                      (response.truncated ? 0x0200U : 0U) |
                      (response.recursion_available ? 0x0080U : 0U) |
                      (response.authentic_data ? 0x0020U : 0U) | response.rcode);
  append_u16(out, 1);
  append_u16(out, static_cast<unsigned>(static_cast<int>(response.answers.size()) +
                                        response.answer_count_lie));
  append_u16(out, static_cast<unsigned>(response.authority.size()));
  append_u16(out, response.with_edns ? 1 : 0);
  append_name(out, response.name);
  append_u16(out, response.type);
  append_u16(out, dns::kClassIn);
  for (const ResponseRecord& record : response.answers) append_record(out, record);
  for (const ResponseRecord& record : response.authority) append_record(out, record);
  if (response.with_edns) {
    out.push_back('\0');
    append_u16(out, dns::kTypeOpt);
    append_u16(out, dns::kEdnsPayloadBytes);
    append_u16(out, 0);
    append_u16(out, 0);
    append_u16(out, 0);
  }
  return out;
}

}  // namespace mailassay::test
