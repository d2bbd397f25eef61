// Parsed key records, each parsed once: parsing a key costs as much as verifying a signature.
#ifndef MAILASSAY_DKIM_KEY_CACHE_H
#define MAILASSAY_DKIM_KEY_CACHE_H

#include <memory>
#include <string>
#include <unordered_map>

#include "dkim/key_record.h"

namespace mailassay::dkim {

/// Threads: one at a time; keep one per thread.
class KeyCache {
 public:
  /// The parsed form of a TXT record's text.
  std::shared_ptr<const KeyRecord> get(const std::string& text) {
    const auto known = records_.find(text);
    if (known != records_.end()) return known->second;
    // Bounded, so that an archive of a million domains does not fill the memory.
    if (records_.size() >= kMaxRecords) records_.clear();
    auto record = std::make_shared<const KeyRecord>(parse_key_record(text));
    records_.emplace(text, record);
    return record;
  }

 private:
  static constexpr std::size_t kMaxRecords = 16384;
  std::unordered_map<std::string, std::shared_ptr<const KeyRecord>> records_;
};

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_KEY_CACHE_H
