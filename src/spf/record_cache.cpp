#include "spf/record_cache.h"

namespace mailassay::spf {

const std::optional<Record>& RecordCache::parse(const std::string& text) {
  const auto [place, is_new] = records_.try_emplace(text);
  if (is_new) {
    place->second = parse_record(place->first);  // whose views point into the key
    bytes_ += text.size();
  }
  return place->second;
}

void RecordCache::trim(std::size_t most_bytes) {
  if (bytes_ <= most_bytes) return;
  records_.clear();
  bytes_ = 0;
}

}  // namespace mailassay::spf
