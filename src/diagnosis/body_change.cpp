#include "diagnosis/body_change.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "diagnosis/text_line.h"

namespace mailassay::diagnosis {
namespace {

/// Lines that are looked ahead for the place where both go on alike.
constexpr std::size_t kAhead = 100;
/// Lines of both together, where some of each differ.
constexpr std::size_t kMixed = 16;
/// Lines that are compared from such a place on.
constexpr std::size_t kAlikeLines = 3;
constexpr std::size_t kEnough = 8;  ///< octets that make such a place a likely one

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

/// The next few lines of a text.
struct Ahead {
  std::vector<std::string_view> lines;
  bool to_the_end = true;  ///< there are no others behind them
};

Ahead look_ahead(Lines from) {
  Ahead ahead;
  while (!from.at_end() && ahead.lines.size() < kAhead + kAlikeLines) {
    ahead.lines.push_back(from.line());
    from.advance();
  }
  ahead.to_the_end = from.at_end();
  return ahead;
}

/// Whether both go on alike from there. Lines that are empty or short are alike in many places:
/// `enough` octets are asked for, or the end of both.
bool go_on_alike(const Ahead& a, std::size_t i, const Ahead& b, std::size_t j,
                 std::size_t enough = kEnough) {
  std::size_t octets = 0;
  for (std::size_t k = 0; k < kAlikeLines; ++k, ++i, ++j) {
    const bool a_ends = i >= a.lines.size();
    const bool b_ends = j >= b.lines.size();
    if (a_ends || b_ends) return a_ends && b_ends && a.to_the_end && b.to_the_end;
    if (a.lines[i] != b.lines[j]) return false;
    octets += a.lines[i].size();
    if (octets >= enough) return true;
  }
  return octets > 0;
}

/// Lines that differ, before both go on alike.
struct Differing {
  std::size_t present;
  std::size_t signed_lines;
};

/// The smallest number of them; a line of each if no place is found.
Differing differing(const Ahead& present, const Ahead& signed_lines) {
  for (std::size_t sum = 1; sum <= kAhead; ++sum) {
    if (go_on_alike(present, sum, signed_lines, 0)) return {sum, 0};
    if (go_on_alike(present, 0, signed_lines, sum)) return {0, sum};
    for (std::size_t i = 1; sum <= kMixed && i < sum; ++i) {
      // Lines that were changed one by one leave those between them where they were.
      const std::size_t enough = 2 * i == sum ? 1 : kEnough;
      if (go_on_alike(present, i, signed_lines, sum - i, enough)) return {i, sum - i};
    }
  }
  return {1, 1};
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
  const Differing lines = differing(look_ahead(present), look_ahead(signed_lines));
  change.present = taken(present, lines.present);
  change.signed_text = taken(signed_lines, lines.signed_lines);
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
