#include "dns/zone.h"

#include <utility>

#include "base/bytes.h"
#include "dns/name.h"
#include "dns/rdata.h"

namespace mailassay::dns {

namespace {

constexpr std::string_view kZoneSource = "zone";
constexpr std::string_view kWildcardLabel("\1*", 2);
constexpr std::uint16_t kNsNumber = 2;
constexpr std::uint16_t kSoaNumber = 6;
constexpr std::uint16_t kDnameNumber = 39;  ///< [RFC6672 2.1]

/// The name without its first label.  Demands: not the root.
std::string_view parent(std::string_view wire) {
  return wire.substr(1 + static_cast<std::size_t>(octet(wire.front())));
}

}  // namespace

Result<Zone, LoadError> Zone::from_text(std::string_view text, std::string_view file_name,
                                        std::optional<std::chrono::sys_seconds> at) {
  if (auto checked = check_zone_text(text, file_name); !checked) {
    return Unexpected(std::move(checked.error()));
  }
  auto read = read_zone_text(text, file_name);
  if (!read) return Unexpected(std::move(read.error()));

  // A file without a record is no zone: it would say of every name that it does not exist.
  if (read->records.empty()) {
    return Unexpected(LoadError{std::string(file_name), 1, "no record; this is not a zone file"});
  }

  Zone zone;
  zone.at_ = at;
  for (const ZoneRecord& record : read->records) {
    if (record.type == kSoaNumber) zone.nodes_[record.owner].is_origin = true;
  }
  // A file that names no origin, such as saved output of dig, does not say what it is complete for.
  if (zone.nodes_.empty() && !read->first_origin.empty()) {
    zone.nodes_[read->first_origin].is_origin = true;
  }
  for (const ZoneRecord& record : read->records) {
    if (auto added = zone.add(record, file_name); !added) {
      return Unexpected(std::move(added.error()));
    }
  }
  for (auto& [name, node] : zone.nodes_) {
    for (auto& [type, rdata] : node.records) sort_rdata(rdata);
  }
  return zone;
}

Result<Done, LoadError> Zone::add(const ZoneRecord& record, std::string_view file_name) {
  // Empty non-terminals exist: they are the names on the way up to the origin. [RFC4592 2.2.2]
  const std::string_view owner = record.owner;
  if (has_authority(owner)) {
    for (std::string_view name = owner; name.size() > 1; name = parent(name)) {
      const auto [entry, is_new] = nodes_.try_emplace(std::string(name));
      if (!is_new && name.size() != owner.size()) break;
      if (entry->second.is_origin) break;
    }
  }
  Node& node = nodes_[record.owner];
  if (record.type == kNsNumber && !node.is_origin) node.is_cut = true;
  if (record.type == kDnameNumber) node.is_renamed = true;
  const auto type = type_from_number(record.type);
  if (!type) return Done{};
  auto rdata = canonical_rdata(*type, record.rdata);
  if (!rdata) {
    return Unexpected(LoadError{std::string(file_name), record.line,
                                "rdata: " + std::string(to_string(rdata.error()))});
  }
  node.records[*type].push_back(std::move(*rdata));
  return Done{};
}

const Zone::Node* Zone::node(std::string_view wire_name) const {
  const auto found = nodes_.find(std::string(wire_name));
  return found == nodes_.end() ? nullptr : &found->second;
}

bool Zone::has_authority(std::string_view wire_name) const {
  while (true) {
    const Node* here = node(wire_name);
    if (here != nullptr && here->is_origin) return true;
    if (wire_name.size() <= 1) return false;
    wire_name = parent(wire_name);
  }
}

bool Zone::is_beyond_cut(std::string_view wire_name) const {
  bool is_below = false;
  while (true) {
    const Node* here = node(wire_name);
    if (here != nullptr) {
      if (here->is_cut || (here->is_renamed && is_below)) return true;
      if (here->is_origin) return false;
    }
    if (wire_name.size() <= 1) return false;
    wire_name = parent(wire_name);
    is_below = true;
  }
}

const Zone::Node* Zone::answering_node(std::string_view wire_name) const {
  if (const Node* exact = node(wire_name)) return exact;
  // The closest encloser is the nearest ancestor that exists; only its wildcard counts.
  // [RFC4592 3.3.1]
  while (wire_name.size() > 1) {
    wire_name = parent(wire_name);
    if (node(wire_name) != nullptr) {
      return node(std::string(kWildcardLabel).append(wire_name));
    }
  }
  return nullptr;
}

Sighting Zone::sighting(AnswerKind kind) const {
  Sighting out;
  out.kind = kind;
  out.source = kZoneSource;
  out.first_seen = at_;
  out.last_seen = at_;
  return out;
}

void Zone::append_sightings(const Question& question, std::vector<Sighting>& out) const {
  const auto name = name_to_wire(question.name);
  if (!name || is_beyond_cut(*name)) return;
  const bool authority = has_authority(*name);
  const Node* found = authority ? answering_node(*name) : node(*name);
  if (found == nullptr) {
    // An alias cannot be at a name that does not exist: said once, for the type asked.
    if (authority) out.push_back(sighting(AnswerKind::no_such_name));  // [RFC8020 2]
    return;
  }
  const auto records = found->records.find(question.type);
  if (records != found->records.end()) {
    Sighting positive = sighting(AnswerKind::records);
    positive.wildcard = found != node(*name);  // [RFC4592 3.3.1]
    positive.rdata = records->second;
    out.push_back(std::move(positive));
    return;
  }
  // At an alias no other type is absent: the alias speaks for it. [RFC1034 3.6.2]
  if (found->records.contains(Type::cname)) return;
  if (authority) out.push_back(sighting(AnswerKind::no_data));
}

}  // namespace mailassay::dns
