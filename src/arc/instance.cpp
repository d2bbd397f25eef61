#include "arc/instance.h"

#include "base/ascii.h"
#include "base/cursor.h"

namespace mailassay::arc {
namespace {

/// Skips comments and folding white space. [RFC5322 3.2.2]
///
/// Result: false if a comment has no end.
bool skip_cfws(Cursor& cursor) {
  std::size_t depth = 0;
  for (;;) {
    if (depth == 0) {
      cursor.skip_fws();
      if (!cursor.take('(')) return true;
      depth = 1;
      continue;
    }
    cursor.take_while([](char c) { return c != '(' && c != ')' && c != '\\'; });
    if (cursor.at_end()) return false;
    if (cursor.take('(')) {
      ++depth;
    } else if (cursor.take(')')) {
      --depth;
    } else {
      cursor.take_up_to(2);  // quoted-pair
    }
  }
}

}  // namespace

std::optional<std::uint32_t> parse_instance(std::string_view text) {
  if (text.empty() || text.size() > 2 || text.front() == '0') return std::nullopt;
  std::uint32_t instance = 0;
  for (const char c : text) {
    if (!ascii::is_digit(c)) return std::nullopt;
    instance = instance * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return instance;
}

std::optional<ResultsPrefix> parse_results_prefix(std::string_view value) {
  Cursor cursor(value);
  // The letter is case-sensitive: %s"i". [RFC8617 3.9]
  if (!skip_cfws(cursor) || !cursor.take('i')) return std::nullopt;
  if (!skip_cfws(cursor) || !cursor.take('=') || !skip_cfws(cursor)) return std::nullopt;
  const auto instance = parse_instance(cursor.take_while(ascii::is_digit));
  if (!instance || !skip_cfws(cursor) || !cursor.take(';')) return std::nullopt;
  return ResultsPrefix{*instance, cursor.position()};
}

}  // namespace mailassay::arc
