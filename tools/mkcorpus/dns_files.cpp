#include "mkcorpus/dns_files.h"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>

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

/// Presentation form of a TXT record's data. Our records hold neither quotes nor backslashes.
std::string txt_presentation(const std::vector<std::string>& strings) {
  std::string out;
  for (const std::string& string : strings) {
    if (!out.empty()) out += ' ';
    out += '"' + string + '"';
  }
  return out;
}

struct CofRow {
  std::string_view name;
  std::string_view type;
  std::string data;        ///< empty: no record
  std::string_view rcode;  ///< only for rows without a record
};

void append_row(std::string& out, const CofRow& row) {
  out += fmt::format(
      R"({{"rrname":{},"rrtype":"{}","rdata":[{}],"time_first":{},"time_last":{},"count":{},)",
      json_string(std::string(row.name) + "."), row.type,
      row.data.empty() ? "" : json_string(row.data), kFirstReceipt - kMonth, kLastReceipt + kMonth,
      1 + row.name.size());
  if (row.data.empty()) out += fmt::format(R"("rcode":"{}",)", row.rcode);
  out += fmt::format("\"origin\":\"{}\"}}\n", kOrigin);
}

}  // namespace

std::string cof_rows(std::span<const KeyName> names) {
  std::string out;
  for (const KeyName& name : names) {
    const std::string owner = name.query_name();
    if (name.strings.empty()) {
      append_row(out, {owner, "TXT", "", name.state == KeyState::no_data ? "NOERROR" : "NXDOMAIN"});
      continue;
    }
    if (name.alias_of) append_row(out, {owner, "CNAME", *name.alias_of + ".", ""});
    append_row(out, {name.alias_of.value_or(owner), "TXT", txt_presentation(name.strings), ""});
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
