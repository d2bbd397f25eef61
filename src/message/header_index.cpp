#include "message/header_index.h"

#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "base/bytes.h"
#include "base/octet_set.h"

namespace mailassay::message {
namespace {

/// ftext: printable US-ASCII except the colon. [RFC5322 3.6.8 ftext]
constexpr OctetSet kNotFtext =
    OctetSet::of([](char c) { return !(c > ' ' && c < '\x7f' && c != ':'); });

bool is_postmark_rest(std::string_view line) noexcept {
  return line.starts_with("From ") || line.starts_with(">From ");
}

}  // namespace

std::uint64_t hash_field_name(std::string_view name) noexcept {
  // Eight octets at a time. The bit that tells cases of a letter apart is set in all of them; what
  // else that makes equal, "@" and "`" say, is told apart by compare().
  constexpr std::uint64_t kCaseBits = 0x2020202020202020U;
  constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15U;
  std::uint64_t hash = name.size();
  const auto mix = [&](std::uint64_t octets) {
    hash = (hash ^ (octets | kCaseBits)) * kFactor;
    hash ^= hash >> 32U;
  };
  for (; name.size() >= sizeof hash; name.remove_prefix(sizeof hash)) {
    std::uint64_t octets = 0;
    std::memcpy(&octets, name.data(), sizeof octets);
    mix(octets);
  }
  std::uint64_t rest = 0;
  for (const char c : name) rest = rest << 8U | octet(c);
  mix(rest);
  return hash;
}

void HeaderIndex::build(std::string_view message) {
  text_ = message;
  fields_.clear();
  junk_lines_ = 0;
  has_separator_ = false;
  open_field_ = false;
  std::size_t begin = 0;
  while (begin < message.size()) {
    const std::size_t found = message.find('\n', begin);
    const bool complete = found != std::string_view::npos;
    const std::size_t next = complete ? found + 1 : message.size();
    std::size_t end = complete ? found : message.size();
    if (complete && end > begin && message[end - 1] == '\r') --end;
    if (complete && end == begin) {
      has_separator_ = true;
      header_size_ = begin;
      body_offset_ = next;
      link();
      return;
    }
    add_line(begin, end, begin == 0);
    begin = next;
  }
  header_size_ = message.size();
  body_offset_ = message.size();
  link();
}

void HeaderIndex::add_line(std::size_t begin, std::size_t end, bool at_top) {
  const std::string_view line = text_.substr(begin, end - begin);
  if (!line.empty() && ascii::is_wsp(line.front())) {
    if (open_field_) {
      fields_.back().end = static_cast<std::uint32_t>(end);
    } else {
      ++junk_lines_;
    }
    return;
  }
  const std::size_t name_size = kNotFtext.find(line, 0);
  std::size_t colon = name_size;
  // White space before the colon is obsolete syntax, and real. [RFC5322 4.5]
  while (colon < line.size() && ascii::is_wsp(line[colon])) ++colon;
  if (name_size == 0 || colon == line.size() || line[colon] != ':') {
    open_field_ = false;
    const bool is_postmark = at_top && is_postmark_rest(line);
    if (!is_postmark) ++junk_lines_;
    return;
  }
  HeaderField field;
  field.begin = static_cast<std::uint32_t>(begin);
  field.name_size = static_cast<std::uint32_t>(name_size);
  field.colon = static_cast<std::uint32_t>(begin + colon);
  field.end = static_cast<std::uint32_t>(end);
  field.name_hash = hash_field_name(line.substr(0, name_size));
  fields_.push_back(field);
  open_field_ = true;
}

int HeaderIndex::compare(std::uint64_t hash_a, std::string_view a, std::uint64_t hash_b,
                         std::string_view b) noexcept {
  if (hash_a != hash_b) return hash_a < hash_b ? -1 : 1;
  const std::size_t shorter = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < shorter; ++i) {
    if (a[i] == b[i]) continue;
    const int difference = ascii::to_lower(a[i]) - ascii::to_lower(b[i]);
    if (difference != 0) return difference;
  }
  if (a.size() == b.size()) return 0;
  return a.size() < b.size() ? -1 : 1;
}

void HeaderIndex::link() {
  keys_.resize(fields_.size());
  for (std::uint32_t i = 0; i < fields_.size(); ++i) keys_[i] = {fields_[i].name_hash, i};
  std::sort(keys_.begin(), keys_.end());
  by_name_.resize(fields_.size());
  for (std::size_t i = 0; i < keys_.size(); ++i) by_name_[i] = keys_[i].second;
  above_.assign(fields_.size(), kNone);
  for (std::size_t begin = 0; begin < keys_.size();) {
    std::size_t end = begin + 1;
    while (end < keys_.size() && keys_[end].first == keys_[begin].first) ++end;
    if (end - begin > 1) link_equal_hashes(begin, end);
    begin = end;
  }
}

/// Fields of one hash have one name as a rule; if not, they are put in the order of their names.
void HeaderIndex::link_equal_hashes(std::size_t begin, std::size_t end) {
  const auto order = [this](std::uint32_t a, std::uint32_t b) {
    return compare(fields_[a].name_hash, name(fields_[a]), fields_[b].name_hash, name(fields_[b]));
  };
  const auto first = by_name_.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto last = by_name_.begin() + static_cast<std::ptrdiff_t>(end);
  const bool one_name =
      std::all_of(first + 1, last, [&](std::uint32_t i) { return order(*first, i) == 0; });
  if (!one_name) {
    std::sort(first, last, [&](std::uint32_t a, std::uint32_t b) {
      const int difference = order(a, b);
      return difference != 0 ? difference < 0 : a < b;
    });
  }
  for (auto at = first + 1; at != last; ++at) {
    if (one_name || order(*(at - 1), *at) == 0) above_[*at] = *(at - 1);
  }
}

std::uint32_t HeaderIndex::last(std::string_view wanted) const noexcept {
  const std::uint64_t hash = hash_field_name(wanted);
  const auto behind = std::partition_point(by_name_.begin(), by_name_.end(), [&](std::uint32_t i) {
    return compare(fields_[i].name_hash, name(fields_[i]), hash, wanted) <= 0;
  });
  if (behind == by_name_.begin()) return kNone;
  const HeaderField& found = fields_[*(behind - 1)];
  return compare(found.name_hash, name(found), hash, wanted) == 0 ? *(behind - 1) : kNone;
}

std::uint32_t HeaderIndex::previous(std::uint32_t index) const noexcept { return above_[index]; }

std::uint32_t HeaderIndex::first(std::string_view wanted) const noexcept {
  const std::uint64_t hash = hash_field_name(wanted);
  const auto at = std::partition_point(by_name_.begin(), by_name_.end(), [&](std::uint32_t i) {
    return compare(fields_[i].name_hash, name(fields_[i]), hash, wanted) < 0;
  });
  if (at == by_name_.end()) return kNone;
  return compare(fields_[*at].name_hash, name(fields_[*at]), hash, wanted) == 0 ? *at : kNone;
}

}  // namespace mailassay::message
