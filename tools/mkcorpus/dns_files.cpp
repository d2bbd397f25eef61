#include "mkcorpus/dns_files.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <utility>

#include "mkcorpus/mail_date.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::int64_t kMonth = 30L * 86400;
constexpr std::string_view kOrigin = "urn:x-mailassay:mkcorpus";
constexpr std::string_view kZoneHead =
    "; Made by mkcorpus. Keys and domains are for tests only.\n"
    "$ORIGIN .\n"
    "$TTL 3600\n"
    "@ IN SOA ns.mkcorpus.test. hostmaster.mkcorpus.test. 1 7200 900 1209600 3600\n"
    "@ IN NS ns.mkcorpus.test.\n"
    "ns.mkcorpus.test. IN A 127.0.0.1\n";

}  // namespace

std::string txt_presentation(const std::vector<std::string>& strings) {
  std::string out;
  for (const std::string& string : strings) {
    if (!out.empty()) out += ' ';
    out += '"' + string + '"';
  }
  return out;
}

std::string_view zone_head() { return kZoneHead; }

Sighting whole_time() { return {kFirstReceipt - kMonth, kLastReceipt + kMonth}; }

void append_cof_row(std::string& out, const CofRow& row) {
  std::string data;
  for (const std::string& one : row.data) data += (data.empty() ? "" : ",") + json_string(one);
  out += fmt::format(
      R"({{"rrname":{},"rrtype":"{}","rdata":[{}],"time_first":{},"time_last":{},"count":{},)",
      json_string(std::string(row.name) + "."), row.type, data, row.first, row.last,
      1 + row.name.size());
  if (row.data.empty()) out += fmt::format(R"("rcode":"{}",)", row.rcode);
  out += fmt::format("\"origin\":\"{}\"}}\n", kOrigin);
}

std::string cof_rows(std::span<const KeyName> names) {
  std::string out;
  const Sighting seen = whole_time();
  for (const KeyName& name : names) {
    const std::string owner = name.query_name();
    const auto add = [&](std::string_view at, std::string_view type, std::string data) {
      append_cof_row(out, {at, type, {std::move(data)}, "", seen.first, seen.last});
    };
    if (name.strings.empty()) {
      append_cof_row(out, {owner,
                           "TXT",
                           {},
                           name.state == KeyState::no_data ? "NOERROR" : "NXDOMAIN",
                           seen.first,
                           seen.last});
      continue;
    }
    if (name.alias_of) add(owner, "CNAME", *name.alias_of + ".");
    add(name.alias_of.value_or(owner), "TXT", txt_presentation(name.strings));
  }
  return out;
}

std::string zone_text(std::span<const KeyName> names) {
  std::string out(kZoneHead);
  for (const KeyName& name : names) {
    const std::string owner = name.query_name();
    if (name.state == KeyState::no_name) continue;
    if (name.state == KeyState::no_data) {
      out += fmt::format("{}. IN A 192.0.2.1\n", owner);
      continue;
    }
    if (name.alias_of) out += fmt::format("{}. IN CNAME {}.\n", owner, *name.alias_of);
    out += fmt::format("{}. IN TXT {}\n", name.alias_of.value_or(owner),
                       txt_presentation(name.strings));
  }
  return out;
}

}  // namespace mkcorpus
