// Relations of the header index: the fields lie in order and within the header, each line belongs
// to one field or is none, and the links by name agree with a plain search.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/ascii.h"
#include "base/bytes.h"
#include "dossier/digester.h"
#include "message/header_index.h"

namespace {

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mailassay;
  using message::HeaderIndex;
  const std::string_view text = as_text(data, size);
  HeaderIndex header;
  header.build(text);

  demand(header.body_offset() <= size && header.header_size() <= header.body_offset());
  const std::size_t body = find_body(text);
  demand(header.has_separator() == (body != std::string_view::npos));
  demand(header.body_offset() == (body != std::string_view::npos ? body : size));

  std::size_t end = 0;
  const auto fields = header.fields();
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    const auto& field = fields[i];
    demand(field.begin >= end && field.name_size > 0);
    demand(field.begin + field.name_size <= field.colon && field.colon < field.end);
    demand(field.end <= header.header_size() && text[field.colon] == ':');
    end = field.end;

    std::uint32_t above = HeaderIndex::kNone;
    std::uint32_t lowest = i;
    std::uint32_t topmost = HeaderIndex::kNone;
    for (std::uint32_t j = 0; j < fields.size(); ++j) {
      if (!ascii::equal_ignoring_case(header.name(fields[j]), header.name(field))) continue;
      if (topmost == HeaderIndex::kNone) topmost = j;
      if (j < i) above = j;
      lowest = j;
    }
    demand(header.previous(i) == above);
    demand(header.last(header.name(field)) == lowest);
    demand(header.first(header.name(field)) == topmost);
    if (i > 200) break;
  }
  return 0;
}
