// Parsed key records, each parsed once: parsing a key costs as much as verifying a signature.
#ifndef MAILASSAY_DKIM_KEY_CACHE_H
#define MAILASSAY_DKIM_KEY_CACHE_H

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "dkim/key_record.h"
#include "mailassay/dns.h"

namespace mailassay::dkim {

/// A TXT record and what it says as a key.
struct CachedKeyRecord {
  std::string text;
  bool looks_like_key = false;  ///< false: it serves another purpose, and `record` says nothing
  KeyRecord record;
};

/// Threads: one at a time; keep one per thread.
class KeyCache {
 public:
  /// What the TXT record with this RDATA says.
  std::shared_ptr<const CachedKeyRecord> get(const std::string& rdata) {
    const auto known = records_.find(rdata);
    if (known != records_.end()) return known->second;
    // Bounded, so that an archive of a million domains does not fill the memory.
    if (records_.size() >= kMaxRecords) records_.clear();
    return records_.emplace(rdata, read(rdata)).first->second;
  }

 private:
  static std::shared_ptr<const CachedKeyRecord> read(const std::string& rdata) {
    CachedKeyRecord cached;
    auto text = dns::txt_text(rdata);
    if (text) {
      cached.text = std::move(*text);
      cached.looks_like_key = looks_like_key_record(cached.text);
    }
    if (cached.looks_like_key) cached.record = parse_key_record(cached.text);
    return std::make_shared<const CachedKeyRecord>(std::move(cached));
  }

  static constexpr std::size_t kMaxRecords = 16384;
  std::unordered_map<std::string, std::shared_ptr<const CachedKeyRecord>> records_;
};

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_KEY_CACHE_H
