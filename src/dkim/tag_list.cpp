#include "dkim/tag_list.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/ascii.h"
#include "base/cursor.h"
#include "base/octet_set.h"

namespace mailassay::dkim {
namespace {

/// VALCHAR = %x21-3A / %x3C-7E; FWS may stand between. [RFC6376 3.2]
/// DEVIATION [RFC6376 3.2]: octets above 127 are admitted too, since SMTPUTF8 signatures carry
/// U-labels and UTF-8 local parts. [RFC8616 5]
constexpr OctetSet kValueOctets = OctetSet::of([](char c) {
  const auto value = static_cast<unsigned char>(c);
  return ascii::is_fws_octet(c) || (value >= 0x21 && value != 0x7F && c != ';');
});

constexpr OctetSet kNameOctets =
    OctetSet::of([](char c) { return ascii::is_alnum(c) || c == '_'; });

std::optional<Tag> take_tag(Cursor& cursor) {
  cursor.skip_fws();
  Tag tag;
  // tag-name = ALPHA *ALNUMPUNC
  if (!ascii::is_alpha(cursor.peek())) return std::nullopt;
  tag.name = cursor.take_while(kNameOctets);
  cursor.skip_fws();
  if (!cursor.take('=')) return std::nullopt;
  tag.value_begin = cursor.position();
  tag.value = ascii::trim(cursor.take_while(kValueOctets));
  tag.value_end = cursor.position();
  return tag;
}

/// Names are one or two octets long: a call of memcmp() costs more than this.
bool same_name(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

bool has_duplicate(const std::vector<Tag>& tags) {
  if (tags.size() < 24) {
    for (std::size_t i = 1; i < tags.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (same_name(tags[i].name, tags[j].name)) return true;
      }
    }
    return false;
  }
  std::vector<std::string_view> names;
  names.reserve(tags.size());
  for (const Tag& tag : tags) names.push_back(tag.name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

}  // namespace

const Tag* TagList::find(std::string_view name) const noexcept {
  for (const Tag& tag : tags_) {
    if (same_name(tag.name, name)) return &tag;
  }
  return nullptr;
}

Result<TagList, TagListFault> parse_tag_list(std::string_view text) {
  TagList list;
  list.tags_.reserve(16);
  Cursor cursor(text);
  for (;;) {
    const auto tag = take_tag(cursor);
    if (!tag) return Unexpected(TagListFault::syntax);
    list.tags_.push_back(*tag);
    if (cursor.at_end()) break;
    if (!cursor.take(';')) return Unexpected(TagListFault::syntax);
    cursor.skip_fws();
    if (cursor.at_end()) break;  // the final semicolon is optional
  }
  // Tags with duplicate names must not occur; the entire list is invalid. [RFC6376 3.2]
  if (has_duplicate(list.tags_)) return Unexpected(TagListFault::duplicate);
  return list;
}

}  // namespace mailassay::dkim
