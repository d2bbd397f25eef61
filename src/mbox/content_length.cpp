#include "mbox/content_length.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/assert.h"
#include "base/cursor.h"

namespace mailassay::mbox {
namespace {

constexpr std::string_view kName = "content-length";
/// A longer number is no length of a mail.
constexpr std::size_t kMaxDigits = 15;

/// True if the line is the field; its number, if it is one.
bool read_field(std::string_view line, std::optional<std::uint64_t>& number) {
  if (line.size() <= kName.size() || (line[0] != 'C' && line[0] != 'c')) return false;
  if (!ascii::equal_ignoring_case(line.substr(0, kName.size()), kName)) return false;
  Cursor cursor(line.substr(kName.size()));
  cursor.take_while(ascii::is_wsp);
  if (!cursor.take(':')) return false;
  cursor.take_while(ascii::is_wsp);
  const std::string_view digits = cursor.take_while(ascii::is_digit);
  cursor.take_while(ascii::is_wsp);
  number.reset();
  if (digits.empty() || digits.size() > kMaxDigits || !cursor.at_end()) return true;
  number = 0;
  for (const char c : digits) *number = *number * 10 + static_cast<std::uint64_t>(c - '0');
  return true;
}

}  // namespace

std::optional<std::uint64_t> declared_message_bytes(std::string_view front) {
  std::optional<std::uint64_t> body;
  bool found = false;
  for (std::size_t at = 0; at < front.size();) {
    const std::size_t end = front.find('\n', at);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = front.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at = end + 1;
    if (line.empty()) return body ? std::optional(at + *body) : std::nullopt;
    std::optional<std::uint64_t> number;
    if (!read_field(line, number)) continue;
    if (found && number != body) return std::nullopt;
    found = true;
    body = number;
  }
  return std::nullopt;
}

bool is_line_end_or_nothing(std::string_view between) {
  return between.empty() || between == "\n" || between == "\r\n";
}

Proof prove_end(std::string_view window, std::size_t end, WindowEdges edges) {
  MAILASSAY_ASSERT(end <= window.size());
  // A message ends in a line end, or what comes next gives it one.
  std::string_view around = window.substr(0, std::min(window.size(), end + kProofBytes));
  const bool to_end = edges.at_file_end && around.size() == window.size();
  if (to_end && is_line_end_or_nothing(around.substr(end))) return Proof::proven;
  const Search search = find_separator(around, end, {edges.at_file_start, to_end});
  if (search.found) {
    const std::size_t postmark = search.found->postmark;
    const bool here =
        postmark <= end + 2 && is_line_end_or_nothing(around.substr(end, postmark - end));
    return here ? Proof::proven : Proof::refuted;
  }
  const bool may_follow = search.resume <= end + 2 && !to_end;
  return may_follow && around.size() < end + kProofBytes ? Proof::open : Proof::refuted;
}

}  // namespace mailassay::mbox
