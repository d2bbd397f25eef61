#include "diagnosis/part_reversal.h"

#include <algorithm>
#include <string>

#include "diagnosis/part_text.h"
#include "diagnosis/text_line.h"

namespace mailassay::diagnosis {
namespace {

/// The begin of the line that ends before `end`, its line end included.
std::size_t line_before(std::string_view body, std::size_t end) {
  if (end < 2) return 0;
  const std::size_t feed = body.rfind('\n', end - 2);
  return feed == std::string_view::npos ? 0 : feed + 1;
}

std::vector<const MimePart*> outer_parts(const MimeParts& parts) {
  std::vector<const MimePart*> outer;
  for (const MimePart& part : parts.parts) {
    if (part.depth == 1) outer.push_back(&part);
  }
  return outer;
}

/// What a part carries as the body of a message: its content, or that of the message in it.
std::string carried_body(std::string_view body, const MimePart& part) {
  const std::string_view text = part.text(body);
  if (part.header.content.type != "message/rfc822") return std::string(text);
  message::HeaderIndex header;
  header.build(text);
  return std::string(text.substr(header.body_offset()));
}

}  // namespace

bool try_part_reversals(std::string_view body, const MimeParts& parts, CandidateSink& sink) {
  const std::vector<const MimePart*> outer = outer_parts(parts);
  if (outer.empty() || parts.cut) return false;
  const bool is_mixed = parts.parts.front().header.content.type == "multipart/mixed";
  if (is_mixed && outer.size() >= 2 && parts.close_delimiter &&
      sink.take(Undo::mime_footer_remove,
                spliced(body, outer.back()->delimiter, *parts.close_delimiter, {}), Combine::no)) {
    return true;
  }
  if (!is_mixed) return false;
  constexpr std::size_t kLooked = 2;
  for (std::size_t i = 0; i < std::min(outer.size(), kLooked); ++i) {
    if (sink.take(Undo::mime_wrapper_remove, carried_body(body, *outer[i]), Combine::no)) {
      return true;
    }
  }
  return false;
}

FooterCuts footer_cuts(std::string_view body, std::size_t limit) {
  FooterCuts found;
  std::size_t begin = body.size();
  while (begin > 0) {
    begin = line_before(body, begin);
    const std::string_view text = line_at(body, begin).text;
    const bool blank_above = begin > 0 && is_blank(line_at(body, line_before(body, begin)).text);
    const bool is_cut =
        is_rule(text) || text == "--=20" || (is_blank(text) ? !text.empty() : blank_above);
    // The whole body may be one, where an empty one was signed.
    if (!is_cut && begin > 0) continue;
    if (found.offsets.size() == limit) {
      found.cut = true;
      break;
    }
    found.offsets.push_back(begin);
  }
  std::reverse(found.offsets.begin(), found.offsets.end());
  return found;
}

}  // namespace mailassay::diagnosis
