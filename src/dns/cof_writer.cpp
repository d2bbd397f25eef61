#include <string>

#include "base/ascii.h"
#include "base/assert.h"
#include "base/base64.h"
#include "base/bytes.h"
#include "dns/cof_row.h"
#include "dns/rdata.h"

namespace mailassay::dns {

namespace {

/// Appends a JSON string. The texts are ASCII except for origins, which pass through as they are.
void append_text(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (octet(c) < 0x20) {
      out += "\\u00";
      out.push_back(kHex[octet(c) >> 4]);
      out.push_back(kHex[octet(c) & 0xF]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

void append_time(std::string_view key, std::chrono::sys_seconds time, std::string& out) {
  out += ",\"";
  out += key;
  out += "\":";
  out += std::to_string(time.time_since_epoch().count());
}

template <typename Write>
void append_array(const std::vector<std::string>& items, std::string& out, Write write) {
  out.push_back('[');
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_text(write(items[i]), out);
  }
  out.push_back(']');
}

std::string_view rcode_of(const Sighting& sighting) {
  switch (sighting.kind) {
    case AnswerKind::no_data:
      return "NOERROR";
    case AnswerKind::no_such_name:
      return "NXDOMAIN";
    case AnswerKind::temporary_failure:
      return sighting.failure == Failure::servfail ? "SERVFAIL" : "TIMEOUT";
    case AnswerKind::records:
    case AnswerKind::no_evidence:
      break;
  }
  return {};
}

}  // namespace

void append_cof_row(const CofRow& row, std::string& out) {
  const Sighting& sighting = row.sighting;
  MAILASSAY_ASSERT(sighting.first_seen && sighting.last_seen);
  MAILASSAY_ASSERT(sighting.kind != AnswerKind::no_evidence);
  const Type type = row.question.type;
  out += "{\"rrname\":";
  append_text(row.question.name, out);
  out += ",\"rrtype\":";
  append_text(type_name(type), out);
  out += ",\"rdata\":";
  append_array(sighting.rdata, out, [&](const auto& wire) { return rdata_to_text(type, wire); });
  if (const std::string_view rcode = rcode_of(sighting); !rcode.empty()) {
    out += ",\"rcode\":";
    append_text(rcode, out);
    if (sighting.failure == Failure::deadline) out += R"(,"reason":"dns-deadline")";
  }
  if (sighting.first_seen) append_time("time_first", *sighting.first_seen, out);
  if (sighting.last_seen) append_time("time_last", *sighting.last_seen, out);
  if (sighting.source != kRecordedSource) {
    out += ",\"origin\":";
    append_text(sighting.source == kLiveSource ? kLiveOrigin : std::string_view(sighting.source),
                out);
  }
  if (row.ttl) out += ",\"ttl\":" + std::to_string(*row.ttl);
  if (!row.server.empty()) {
    out += ",\"server\":";
    append_text(row.server, out);
  }
  if (row.queried_at) append_time("queried_at", *row.queried_at, out);
  if (row.authentic_data) out += *row.authentic_data ? ",\"ad\":true" : ",\"ad\":false";
  if (!sighting.rdata.empty()) {
    out += ",\"rdata_wire\":";
    append_array(sighting.rdata, out, [](const auto& wire) { return encode_base64(wire); });
  }
  if (sighting.wildcard) out += ",\"wildcard\":true";
  if (row.id) out += ",\"id\":" + std::to_string(*row.id);
  out += "}\n";
}

}  // namespace mailassay::dns
