// SPF records that have been read, by their text: one that many domains include is parsed once.
#ifndef MAILASSAY_SPF_RECORD_CACHE_H
#define MAILASSAY_SPF_RECORD_CACHE_H

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "spf/record.h"

namespace mailassay::spf {

/// Threads: one at a time.
class RecordCache {
 public:
  /// parse_record(), each text once.
  ///
  /// Lifetime: of what comes back and all views in it: until trim() or the end of the cache.
  const std::optional<Record>& parse(const std::string& text);

  /// Forgets everything if the texts have more than `most_bytes` octets.
  void trim(std::size_t most_bytes);

 private:
  std::unordered_map<std::string, std::optional<Record>> records_;
  std::size_t bytes_ = 0;
};

}  // namespace mailassay::spf

#endif  // MAILASSAY_SPF_RECORD_CACHE_H
