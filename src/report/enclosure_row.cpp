#include "report/enclosure_row.h"

#include <array>
#include <cstddef>

#include "report/json_value.h"

namespace mailassay {

std::string_view word_of(EnclosureRole role) {
  constexpr std::array<std::string_view, kEnclosureRoles> kWords = {"attached", "returned",
                                                                    "reported", "journaled"};
  return kWords[static_cast<std::size_t>(role)];
}

namespace report {

void append_enclosure(const Origin& origin, const Enclosure& enclosure, std::string& out) {
  append_key("part", out);
  append_json_string(origin.part, out);
  append_key("parent", out);
  append_string_or_null(origin.parent, out);
  append_key("role", out);
  append_json_string(word_of(enclosure.role), out);
  append_key("encoded", out);
  out.append(origin.is_encoded ? "true" : "false");
}

}  // namespace report
}  // namespace mailassay
