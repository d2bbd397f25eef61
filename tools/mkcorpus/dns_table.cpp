#include "mkcorpus/dns_table.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace mkcorpus {
namespace {

constexpr std::size_t kLongestString = 255;
constexpr std::string_view kElsewhere = "ns.elsewhere.mkcorpus.test.";

std::string parent(const std::string& name) {
  const std::size_t dot = name.find('.');
  return dot == std::string::npos ? "" : name.substr(dot + 1);
}

}  // namespace

void DnsTable::add(const std::string& name, std::string_view type, const std::string& data) {
  std::vector<std::string>& all = records_[{mailassay::ascii::lower(name), std::string(type)}];
  if (std::find(all.begin(), all.end(), data) == all.end()) all.push_back(data);
}

void DnsTable::add_text(const std::string& name, std::string_view text) {
  std::string data;
  for (; text.size() > kLongestString; text.remove_prefix(kLongestString)) {
    data += fmt::format("\"{}\" ", text.substr(0, kLongestString));
  }
  // Two equal records are two records. [RFC7208 4.5]
  records_[{mailassay::ascii::lower(name), "TXT"}].push_back(data + fmt::format("\"{}\"", text));
}

void DnsTable::add_key(const KeyName& key) {
  const std::string name = key.query_name();
  if (key.state == KeyState::no_evidence) return withhold(name);
  if (key.strings.empty()) return ask(name, "TXT");
  add(name, "TXT", txt_presentation(key.strings));
}

void DnsTable::add_host(const std::string& host, const std::string& ip) {
  const bool is_ip6 = ip.find(':') != std::string::npos;
  add(host, is_ip6 ? "AAAA" : "A", ip);
  for (const std::string_view type : {"A", "AAAA", "MX", "TXT"}) ask(host, type);
  const std::string reverse = reverse_name(ip);
  if (!records_.contains({reverse, "PTR"})) add(reverse, "PTR", host + ".");
}

void DnsTable::ask(const std::string& name, std::string_view type) {
  asked_.insert({mailassay::ascii::lower(name), std::string(type)});
}

void DnsTable::ask_policies(std::string_view domain) {
  for (std::string name(domain); !name.empty(); name = parent(name)) {
    ask("_dmarc." + name, "TXT");
    for (const std::string_view type : {"A", "AAAA", "MX", "NS", "TXT"}) ask(name, type);
  }
}

void DnsTable::withhold(const std::string& name) {
  withheld_.insert(mailassay::ascii::lower(name));
}

void DnsTable::date(const std::string& name, Sighting sighting) {
  dated_[mailassay::ascii::lower(name)] = sighting;
}

/// With the empty non-terminals above each owner. [RFC8020 2]
std::set<std::string> DnsTable::existing_names() const {
  std::set<std::string> names;
  const auto add_line = [&](std::string name) {
    for (; !name.empty() && names.insert(name).second; name = parent(name)) {
    }
  };
  for (const auto& [key, data] : records_) add_line(key.first);
  for (const std::string& name : withheld_) add_line(name);
  return names;
}

Sighting DnsTable::sighting_of(const std::string& name) const {
  const auto dated = dated_.find(name);
  return dated == dated_.end() ? whole_time() : dated->second;
}

std::string DnsTable::cof_rows() const {
  std::string out;
  for (const auto& [key, data] : records_) {
    const Sighting seen = sighting_of(key.first);
    append_cof_row(out, {key.first, key.second, data, "", seen.first, seen.last});
  }
  const std::set<std::string> names = existing_names();
  for (const auto& [name, type] : asked_) {
    if (records_.contains({name, type}) || withheld_.contains(name)) continue;
    const Sighting seen = sighting_of(name);
    const std::string_view rcode = names.contains(name) ? "NOERROR" : "NXDOMAIN";
    append_cof_row(out, {name, type, {}, rcode, seen.first, seen.last});
  }
  return out;
}

std::string DnsTable::zone_text() const {
  std::string out(zone_head());
  std::set<std::string> cuts = withheld_;
  for (const auto& [name, seen] : dated_) cuts.insert(name);
  for (const std::string& name : cuts) out += fmt::format("{}. IN NS {}\n", name, kElsewhere);
  for (const auto& [key, data] : records_) {
    if (cuts.contains(key.first)) continue;
    for (const std::string& one : data) {
      out += fmt::format("{}. IN {} {}\n", key.first, key.second, one);
    }
  }
  return out;
}

std::string reverse_name(const std::string& ip) {
  std::string out;
  std::array<unsigned char, 16> octets{};
  if (ip.find(':') == std::string::npos) {
    inet_pton(AF_INET, ip.c_str(), octets.data());
    for (int i = 3; i >= 0; --i) out += fmt::format("{}.", octets[static_cast<std::size_t>(i)]);
    return out + "in-addr.arpa";
  }
  inet_pton(AF_INET6, ip.c_str(), octets.data());
  for (std::size_t i = octets.size(); i-- > 0;) {
    out += fmt::format("{:x}.{:x}.", octets[i] & 15, octets[i] >> 4);
  }
  return out + "ip6.arpa";
}

}  // namespace mkcorpus
