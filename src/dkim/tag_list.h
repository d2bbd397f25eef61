// The tag=value lists of DKIM-Signature fields and key records. [RFC6376 3.2]
#ifndef MAILASSAY_DKIM_TAG_LIST_H
#define MAILASSAY_DKIM_TAG_LIST_H

#include <cstddef>
#include <string_view>
#include <vector>

#include "mailassay/result.h"

namespace mailassay::dkim {

struct Tag {
  std::string_view name;
  std::string_view value;       ///< without the FWS around it; FWS inside is kept
  std::size_t value_begin = 0;  ///< offset right after the equals sign
  std::size_t value_end = 0;    ///< offset of the semicolon, or the end of the text
};

enum class TagListFault : std::uint8_t {
  syntax,     ///< a part is no tag-spec
  duplicate,  ///< a name occurs twice; the whole list is invalid [RFC6376 3.2]
};

/// Lifetime: views into the parsed text.
class TagList {
 public:
  const std::vector<Tag>& tags() const noexcept { return tags_; }
  /// Null if the tag is absent; names are case-sensitive. [RFC6376 3.2]
  const Tag* find(std::string_view name) const noexcept;

 private:
  friend Result<TagList, TagListFault> parse_tag_list(std::string_view text);
  std::vector<Tag> tags_;
};

/// Parses tag-spec *( ";" tag-spec ) [ ";" ], where erratum 5070 reads
/// tag-spec = [FWS] tag-name [FWS] "=" [FWS] [tag-value [FWS]]. [RFC6376 3.2] [RFC6376 err5070]
///
/// Lifetime: the list points into `text`.
/// Cost:     O(n log n) in the number of tags.
Result<TagList, TagListFault> parse_tag_list(std::string_view text);

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_TAG_LIST_H
