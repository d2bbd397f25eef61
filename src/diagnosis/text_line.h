// Lines of stored text: what stands in them, and how they end.
#ifndef MAILASSAY_DIAGNOSIS_TEXT_LINE_H
#define MAILASSAY_DIAGNOSIS_TEXT_LINE_H

#include <cstddef>
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace mailassay::diagnosis {

struct TextLine {
  std::string_view text;  ///< without its line end
  std::string_view end;   ///< LF, CR LF, or nothing at the end of the text
  std::size_t begin = 0;  ///< offset of the line

  std::size_t next() const noexcept { return begin + text.size() + end.size(); }
};

/// The line that begins at `at`. Demands: `at` is not behind the end.
inline TextLine line_at(std::string_view text, std::size_t at) noexcept {
  const std::size_t feed = text.find('\n', at);
  if (feed == std::string_view::npos) return {text.substr(at), {}, at};
  const std::size_t stop = feed > at && text[feed - 1] == '\r' ? feed - 1 : feed;
  return {text.substr(at, stop - at), text.substr(stop, feed + 1 - stop), at};
}

/// Calls `use(line)` for each line; an empty text has none. Ends early where `use` says false.
template <typename Use>
void for_each_line(std::string_view text, Use use) {
  for (std::size_t at = 0; at < text.size();) {
    const TextLine line = line_at(text, at);
    if (!use(line)) return;
    at = line.next();
  }
}

/// The text with each line as `rewrite(line, out)` appends it, line ends kept.
template <typename Rewrite>
std::string rewrite_lines(std::string_view text, Rewrite rewrite) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for_each_line(text, [&](const TextLine& line) {
    rewrite(line.text, out);
    out.append(line.end);
    return true;
  });
  return out;
}

/// White space and nothing else, or nothing at all.
inline bool is_blank(std::string_view text) noexcept {
  for (const char c : text) {
    if (!ascii::is_fws_octet(c)) return false;
  }
  return true;
}

inline std::string_view without_wsp_at_end(std::string_view text) noexcept {
  while (!text.empty() && ascii::is_wsp(text.back())) text.remove_suffix(1);
  return text;
}

/// A line that is drawn to divide: `-- `, `____`, `----`, `====`, `****`, `####`, `~~~~`.
inline bool is_rule(std::string_view text) noexcept {
  text = without_wsp_at_end(text);
  if (text == "--") return true;
  constexpr std::size_t kShortest = 4;
  return text.size() >= kShortest &&
         std::string_view("_-=*#~").find(text[0]) != std::string_view::npos &&
         text.find_first_not_of(text[0]) == std::string_view::npos;
}

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_TEXT_LINE_H
