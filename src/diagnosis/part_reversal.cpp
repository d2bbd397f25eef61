#include "diagnosis/part_reversal.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "diagnosis/part_text.h"
#include "diagnosis/text_line.h"

namespace mailassay::diagnosis {
namespace {

/// The begin of the line that ends before `end`, its line end included.
std::size_t line_before(std::string_view body, std::size_t end) {
  if (end < 2) return 0;
  const void* feed = ::memrchr(body.data(), '\n', end - 1);
  if (feed == nullptr) return 0;
  return static_cast<std::size_t>(static_cast<const char*>(feed) - body.data()) + 1;
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
  const auto add = [&](std::size_t offset) {
    found.cut = found.offsets.size() == limit;
    if (!found.cut) found.offsets.push_back(offset);
    return !found.cut;
  };
  // From the end on, line by line. A line with text in it is known for a cut when the line above
  // it is.
  bool undecided = false;
  for (std::size_t end = body.size(); end > 0;) {
    const std::size_t begin = line_before(body, end);
    const std::string_view text = line_at(body.substr(0, end), begin).text;
    const bool blank = is_blank(text);
    if (undecided && blank && !add(end)) break;
    undecided = false;
    const bool is_cut = blank ? !text.empty() : is_rule(text) || text == "--=20";
    // The whole body may be one, where an empty one was signed.
    if (is_cut || begin == 0) {
      if (!add(begin)) break;
    } else {
      undecided = !blank;
    }
    end = begin;
  }
  std::reverse(found.offsets.begin(), found.offsets.end());
  return found;
}

}  // namespace mailassay::diagnosis
