#include "dkim/header_selection.h"

#include <algorithm>

namespace mailassay::dkim {

using message::HeaderIndex;

const std::vector<std::uint32_t>& HeaderSelection::select(const HeaderIndex& header,
                                                          std::string_view signed_fields,
                                                          std::uint32_t own) {
  selected_.clear();
  positions_.clear();
  std::size_t start = 0;
  while (start <= signed_fields.size()) {
    const std::size_t end = std::min(signed_fields.find(':', start), signed_fields.size());
    const std::string_view name = signed_fields.substr(start, end - start);
    start = end + 1;
    const std::uint64_t hash = message::hash_field_name(name);
    auto position = std::find_if(positions_.begin(), positions_.end(), [&](const Position& known) {
      return known.name_hash == hash && known.name == name;
    });
    if (position == positions_.end()) {
      positions_.push_back({hash, name, header.last(name)});
      position = positions_.end() - 1;
    }
    if (position->next == own) position->next = header.previous(own);
    // A name without a field left stands for the null string. [RFC6376 5.4]
    if (position->next == HeaderIndex::kNone) continue;
    selected_.push_back(position->next);
    position->next = header.previous(position->next);
  }
  return selected_;
}

}  // namespace mailassay::dkim
