#include "dkim/canonical_header.h"

#include "base/ascii.h"
#include "base/octet_set.h"

namespace mailassay::dkim {
namespace {

/// The octets as received; only a bare LF becomes the CR LF that it was. [RFC6376 3.4.1]
void append_simple(std::string_view text, std::string& out) {
  std::size_t start = 0;
  for (;;) {
    const std::size_t line_feed = text.find('\n', start);
    if (line_feed == std::string_view::npos) break;
    out.append(text.substr(start, line_feed - start));
    if (line_feed == 0 || text[line_feed - 1] != '\r') out.push_back('\r');
    out.push_back('\n');
    start = line_feed + 1;
  }
  out.append(text.substr(start));
}

/// True if a line end (LF or CR LF) stands at `position`.
bool at_line_end(std::string_view text, std::size_t position) {
  return text[position] == '\n' ||
         (text[position] == '\r' && position + 1 < text.size() && text[position + 1] == '\n');
}

/// Where text may end: white space, and what may be a line end.
constexpr OctetSet kMayEndText = OctetSet::of(ascii::is_fws_octet);

/// True if a space stands at `position` and text behind it.
bool is_single_space(std::string_view text, std::size_t position) {
  return position + 1 < text.size() && text[position] == ' ' && !kMayEndText(text[position + 1]);
}

/// Unfolds, makes each run of white space one space, and drops it at both ends.
void append_relaxed_value(std::string_view value, std::string& out) {
  bool pending_blank = false;
  bool any_text = false;
  std::size_t start = 0;
  while (start < value.size()) {
    // A CR that is not part of a line end is text. [RFC6376 2.8]
    if (ascii::is_wsp(value[start]) || at_line_end(value, start)) {
      pending_blank = pending_blank || ascii::is_wsp(value[start]);
      start += value[start] == '\r' ? std::size_t{2} : std::size_t{1};
      continue;
    }
    std::size_t end = kMayEndText.find(value, start + 1);
    // A single space between text is canonical as it is.
    while (is_single_space(value, end)) end = kMayEndText.find(value, end + 1);
    if (pending_blank && any_text) out.push_back(' ');
    // A CR that is text ends this piece too; the next one follows it without a blank.
    out.append(value.substr(start, end - start));
    pending_blank = false;
    any_text = true;
    start = end;
  }
}

}  // namespace

void append_canonical_field(HeaderCanon canon, const RawField& field, std::string& out) {
  if (canon == HeaderCanon::simple) {
    append_simple(field.text, out);
    return;
  }
  const std::size_t begin = out.size();
  out.append(field.text.substr(0, field.name_size));
  for (std::size_t i = begin; i < out.size(); ++i) out[i] = ascii::to_lower(out[i]);
  out.push_back(':');
  append_relaxed_value(field.text.substr(field.colon + 1), out);
}

}  // namespace mailassay::dkim
