#include "dkim/key_record.h"

#include <algorithm>
#include <initializer_list>

#include "base/ascii.h"
#include "base/base64.h"
#include "dkim/tag_list.h"

namespace mailassay::dkim {
namespace {

/// True if the colon-separated `list` has `wanted` as an element.
bool list_contains(std::string_view list, std::string_view wanted) {
  std::size_t start = 0;
  while (start <= list.size()) {
    const std::size_t end = std::min(list.find(':', start), list.size());
    if (ascii::trim(list.substr(start, end - start)) == wanted) return true;
    start = end + 1;
  }
  return false;
}

/// Whether the colon-separated `list` has an element that is none of `known`.
bool list_has_others(std::string_view list, std::initializer_list<std::string_view> known) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(':'), list.size());
    const std::string_view name = ascii::trim(list.substr(0, end));
    if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end()) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

/// v= is optional; where it stands it MUST be first and exactly "DKIM1". [RFC6376 3.6.1]
Reason version_fault(const TagList& tags) {
  const Tag* version = tags.find("v");
  if (version == nullptr) return Reason::none;
  if (version->value != "DKIM1") return Reason::key_version;
  return version == &tags.tags().front() ? Reason::none : Reason::key_syntax;
}

void read_key(const Tag& data, KeyRecord& record) {
  // An empty value means that the key has been revoked. [RFC6376 3.6.1]
  if (data.value.empty()) {
    record.fault = Reason::key_revoked;
    return;
  }
  // k= unknown: the record is of no use to us. [RFC6376 3.6.1]
  if (!record.type) {
    record.fault = Reason::key_type_mismatch;
    return;
  }
  const auto octets = decode_base64(data.value);
  if (!octets) {
    record.fault = Reason::key_syntax;
    return;
  }
  record.key = *record.type == KeyType::rsa ? crypto::parse_rsa_key(*octets)
                                            : crypto::parse_ed25519_key(*octets);
  if (!record.key) record.fault = Reason::key_data;
}

}  // namespace

KeyRecord parse_key_record(std::string_view text) {
  KeyRecord record;
  const auto tags = parse_tag_list(text);
  const Tag* data = tags ? tags->find("p") : nullptr;
  if (data == nullptr) {  // malformed, or without the REQUIRED p= [RFC6376 3.6.1]
    record.fault = Reason::key_syntax;
    return record;
  }
  record.fault = version_fault(*tags);
  if (record.fault != Reason::none) return record;
  if (const Tag* type = tags->find("k"); type == nullptr || type->value == "rsa") {
    record.type = KeyType::rsa;
  } else if (type->value == "ed25519") {
    record.type = KeyType::ed25519;
  }
  if (const Tag* hashes = tags->find("h")) {
    record.admits_sha1 = list_contains(hashes->value, "sha1");
    record.admits_sha256 = list_contains(hashes->value, "sha256");
    // Unrecognized algorithms and flags MUST be ignored. [RFC6376 3.6.1]
    record.has_unknown_names = list_has_others(hashes->value, {"sha1", "sha256"});
  }
  if (const Tag* flags = tags->find("t")) {
    record.testing = list_contains(flags->value, "y");
    record.strict_auid = list_contains(flags->value, "s");
    record.has_unknown_names =
        record.has_unknown_names || list_has_others(flags->value, {"y", "s"});
  }
  // g= went with RFC 4871; unknown tags MUST be ignored. [RFC6376 3.6.1]
  record.has_granularity = tags->find("g") != nullptr;
  // A record for another service MUST be ignored. [RFC6376 3.6.1]
  if (const Tag* service = tags->find("s"); service != nullptr &&
                                            !list_contains(service->value, "*") &&
                                            !list_contains(service->value, "email")) {
    record.fault = Reason::key_service;
    return record;
  }
  read_key(*data, record);
  return record;
}

bool looks_like_key_record(std::string_view text) {
  if (ascii::trim(text).starts_with("v=DKIM")) return true;
  const auto tags = parse_tag_list(text);
  return tags && tags->find("p") != nullptr;
}

Reason key_fault_for(const KeyRecord& record, const SignatureFacts& facts) {
  const bool record_first = record.fault == Reason::key_syntax ||
                            record.fault == Reason::key_version ||
                            record.fault == Reason::key_service;
  if (record_first) return record.fault;
  // The hash of a= has to be among those of h=. [RFC6376 6.1.2 step 6]
  const bool is_sha1 = facts.algorithm == Algorithm::rsa_sha1;
  if (is_sha1 ? !record.admits_sha1 : !record.admits_sha256) return Reason::key_hash_mismatch;
  if (record.fault != Reason::none) return record.fault;
  // k= has to fit a=. [RFC6376 6.1.2 step 8] [RFC8463 4.1]
  const KeyType wanted =
      facts.algorithm == Algorithm::ed25519_sha256 ? KeyType::ed25519 : KeyType::rsa;
  if (record.type != wanted) return Reason::key_type_mismatch;
  // t=s: the domain of i= MUST be d= itself. [RFC6376 3.6.1]
  if (record.strict_auid && facts.auid_domain != facts.domain) return Reason::key_subdomain;
  return Reason::none;
}

}  // namespace mailassay::dkim
