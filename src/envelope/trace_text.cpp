#include "envelope/trace_text.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"

namespace mailassay::envelope {
namespace {

/// No path is longer. [RFC5321 4.5.3.1]
constexpr std::size_t kLongestLocalPart = 320;

/// Size of the quoted local part with its `@` at the front of the text, 0 if there is none.
std::size_t quoted_local_part(std::string_view text) {
  text = text.substr(0, kLongestLocalPart);
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return text[i + 1] == '@' ? i + 2 : 0;
    }
  }
  return 0;
}

}  // namespace

std::string_view take_comment(Cursor& cursor) {
  const std::string_view all = cursor.rest();
  const std::size_t begin = cursor.position();
  cursor.take('(');
  std::size_t depth = 1;
  while (!cursor.at_end()) {
    cursor.take_while([](char c) { return c != '(' && c != ')' && c != '\\' && c != '"'; });
    if (cursor.take('(')) {
      ++depth;
    } else if (cursor.take(')')) {
      if (--depth == 0) return all.substr(1, cursor.position() - begin - 2);
    } else if (!cursor.at_end() && cursor.peek() == '"') {
      cursor.take_up_to(std::max<std::size_t>(quoted_local_part(cursor.rest()), 1));
    } else {
      cursor.take_up_to(2);  // quoted-pair
    }
  }
  return all.substr(1);
}

std::string_view take_quoted(Cursor& cursor) {
  const std::string_view all = cursor.rest();
  const std::size_t begin = cursor.position();
  cursor.take('"');
  while (!cursor.at_end()) {
    cursor.take_while([](char c) { return c != '"' && c != '\\'; });
    if (cursor.take('"')) break;
    cursor.take_up_to(2);
  }
  return all.substr(0, cursor.position() - begin);
}

std::string_view take_bracketed(Cursor& cursor) {
  const std::string_view all = cursor.rest();
  const std::size_t begin = cursor.position();
  cursor.take('<');
  while (!cursor.at_end()) {
    cursor.take_while([](char c) { return c != '>' && c != '"'; });
    if (cursor.take('>')) break;
    if (!cursor.at_end()) take_quoted(cursor);
  }
  return all.substr(0, cursor.position() - begin);
}

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"') return std::string(text);
  std::string out;
  Cursor cursor(text.substr(1));
  while (!cursor.at_end()) {
    out += cursor.take_while([](char c) { return c != '"' && c != '\\'; });
    if (cursor.take('"')) return cursor.at_end() ? out : std::string(text);
    cursor.take('\\');
    out += cursor.take_up_to(1);
  }
  return std::string(text);
}

std::string_view without_brackets(std::string_view text) {
  text = ascii::trim(text);
  if (text.starts_with('<')) {
    text.remove_prefix(1);
    if (text.ends_with('>')) text.remove_suffix(1);
  }
  return ascii::trim(text);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return ascii::equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

std::string_view domain_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? address : address.substr(at + 1);
}

}  // namespace mailassay::envelope
