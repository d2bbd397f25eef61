#include "diagnosis/body_change.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "diagnosis/text_line.h"

namespace mailassay::diagnosis {
namespace {

/// Lines that are looked ahead for the place where both go on alike.
constexpr std::size_t kAhead = 100;

struct Lines {
  std::string_view text;
  std::size_t at = 0;
  std::uint64_t number = 1;

  bool at_end() const { return at >= text.size(); }
  std::string_view line() const { return line_at(text, at).text; }
  void advance() {
    at = line_at(text, at).next();
    ++number;
  }
};

/// How many lines of `ahead` come before one that is `wanted`.
std::optional<std::size_t> distance_to(Lines ahead, std::string_view wanted) {
  for (std::size_t count = 0; count < kAhead && !ahead.at_end(); ++count) {
    if (ahead.line() == wanted) return count;
    ahead.advance();
  }
  return std::nullopt;
}

std::string taken(Lines& lines, std::size_t count) {
  const std::size_t begin = lines.at;
  for (; count > 0 && !lines.at_end(); --count) lines.advance();
  return std::string(lines.text.substr(begin, std::min(lines.at - begin, kChangeBytes)));
}

/// Takes the lines that differ from both.
Change take_change(Lines& present, Lines& signed_lines) {
  Change change;
  change.line = present.number;
  constexpr std::size_t kAll = SIZE_MAX;
  if (present.at_end() || signed_lines.at_end()) {
    change.present = taken(present, kAll);
    change.signed_text = taken(signed_lines, kAll);
    return change;
  }
  const auto removed = distance_to(present, signed_lines.line());
  const auto added = distance_to(signed_lines, present.line());
  if (removed && (!added || *removed <= *added)) {
    change.present = taken(present, *removed);
  } else if (added) {
    change.signed_text = taken(signed_lines, *added);
  } else {
    change.present = taken(present, 1);
    change.signed_text = taken(signed_lines, 1);
  }
  return change;
}

}  // namespace

std::vector<Change> changes_between(std::string_view present, std::string_view signed_body) {
  std::vector<Change> changes;
  Lines a{present};
  Lines b{signed_body};
  while (changes.size() < kChangesShown && !(a.at_end() && b.at_end())) {
    if (!a.at_end() && !b.at_end() && a.line() == b.line()) {
      a.advance();
      b.advance();
      continue;
    }
    changes.push_back(take_change(a, b));
  }
  return changes;
}

}  // namespace mailassay::diagnosis
