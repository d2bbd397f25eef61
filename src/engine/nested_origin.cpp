#include "engine/nested_origin.h"

#include <span>

namespace mailassay::engine {

Origin origin_of(const NestedMessage& nested, const Origin& stored) {
  Origin origin = stored;
  origin.offset += nested.offset;
  origin.length = nested.length;
  origin.part = section_text(nested.section);
  origin.parent = section_text(std::span(nested.section).first(nested.parent_levels));
  origin.is_encoded = nested.is_encoded;
  return origin;
}

}  // namespace mailassay::engine
