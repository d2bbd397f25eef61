#include "mbox/splitter.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/assert.h"
#include "base/cursor.h"
#include "mbox/line_search.h"

namespace mailassay::mbox {
namespace {

constexpr std::string_view kFrom = "From ";
constexpr std::string_view kStray = ">From ";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// `open` says that octets behind the window decide.
enum class Finding : std::uint8_t { no, yes, open };

/// [RFC5322 3.6.8 ftext] admits every visible octet; the names in use are made of these, and
/// quotes, brackets, slashes and `>` before a colon are prose, JSON or quoted mail.
bool is_name_octet(char c) {
  constexpr std::string_view kOthers = "-_.!#$%&'*+^`|~";
  return ascii::is_alnum(c) || kOthers.find(c) != std::string_view::npos;
}

/// field-name and colon, with blanks between them as in [RFC5322 4.5].
Finding find_field(std::string_view text, bool at_file_end) {
  const Finding cut_off = at_file_end ? Finding::no : Finding::open;
  Cursor cursor(text.substr(0, kMaxFieldNameBytes));
  const std::string_view name = cursor.take_while(is_name_octet);
  if (name.size() == kMaxFieldNameBytes) return Finding::no;
  if (name.size() == text.size()) return cut_off;
  if (name.empty()) return Finding::no;
  Cursor behind(text.substr(name.size(), kMaxFieldNameBytes + 3));
  if (behind.take_while(ascii::is_wsp).size() >= kMaxFieldNameBytes) return Finding::no;
  if (behind.at_end()) return cut_off;
  if (!behind.take(':')) return Finding::no;
  // A line of prose may be a link; no field's value begins like this.
  constexpr std::string_view kLink = "//";
  if (behind.rest().starts_with(kLink)) return Finding::no;
  if (!at_file_end && kLink.starts_with(behind.rest())) return Finding::open;
  return Finding::yes;
}

/// Whether the line behind a postmark is one that begins a message.
Finding find_first_line(std::string_view text, bool at_file_end) {
  if (text.starts_with(kStray)) return Finding::yes;
  if (!at_file_end && kStray.starts_with(text)) return Finding::open;
  return find_field(text, at_file_end);
}

struct Place {
  bool at_file_start = false;
  std::size_t empty_line_bytes = 0;  ///< of the empty line before; 0 if there is none
};

/// Counts the octets of an empty line at the end of `text`, whose first octet begins a line if
/// `begins_line` holds.
std::size_t empty_line_at_end(std::string_view text, bool begins_line) {
  if (!text.ends_with('\n')) return 0;
  const std::size_t bytes = text.ends_with("\r\n") ? 2 : 1;
  const std::string_view before = text.substr(0, text.size() - bytes);
  return before.ends_with('\n') || (before.empty() && begins_line) ? bytes : 0;
}

Finding begins_message(const Place& place, const Postmark& postmark, std::string_view line,
                       std::string_view behind, bool at_file_end) {
  if (place.at_file_start) return Finding::yes;
  const bool whole = postmark.dated && postmark.form != PostmarkForm::tolerant;
  if (place.empty_line_bytes != 0) {
    if (whole || (at_file_end && behind.empty())) return Finding::yes;
    return find_first_line(behind, at_file_end);
  }
  // `From - ` with nothing behind it is what Netscape wrote, without an empty line before it.
  if (whole || line == "From - ") return find_first_line(behind, at_file_end);
  return Finding::no;
}

/// Decides on the line that begins at `at` with `From `, and fills `separator` if it is one.
Finding judge_line(std::string_view window, std::size_t at, const Place& place, bool at_file_end,
                   Separator& separator) {
  const std::string_view rest = window.substr(at);
  const std::size_t line_end = rest.substr(0, kMaxPostmarkBytes + 2).find('\n');
  if (line_end == std::string_view::npos) {
    if (rest.size() >= kMaxPostmarkBytes + 2) return Finding::no;
    if (!at_file_end) return Finding::open;
  }
  std::string_view line = rest.substr(0, line_end);
  const std::size_t line_bytes = line_end == std::string_view::npos ? line.size() : line_end + 1;
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::optional<Postmark> postmark = parse_postmark(line);
  if (!postmark) return Finding::no;
  separator = {at - place.empty_line_bytes, at, at + line_bytes, postmark->form};
  return begins_message(place, *postmark, line, rest.substr(line_bytes), at_file_end);
}

/// Decides on a postmark at the start of the file, with or without a byte order mark.
Finding judge_file_start(std::string_view window, std::size_t from, bool at_file_end,
                         Separator& separator) {
  const std::size_t at = window.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  if (at < from) return Finding::no;
  const std::string_view rest = window.substr(at);
  if (!at_file_end && rest.size() < kFrom.size() && kFrom.starts_with(rest)) return Finding::open;
  if (!rest.starts_with(kFrom)) return Finding::no;
  const Finding finding = judge_line(window, at, {true, 0}, at_file_end, separator);
  if (finding == Finding::yes) separator.begin = 0;
  return finding;
}

/// The least place at which a postmark can begin whose `From ` the window's end cuts off.
std::size_t first_cut_off(std::string_view window, std::size_t from) {
  const std::size_t unseen = std::min(window.size(), kFrom.size() - 1);
  for (std::size_t at = std::max(from, window.size() - unseen); at < window.size(); ++at) {
    if ((at == 0 || window[at - 1] == '\n') && kFrom.starts_with(window.substr(at))) return at;
  }
  return window.size();
}

Search found(const Separator& separator) { return {separator, separator.content}; }

}  // namespace

Search find_separator(std::string_view window, std::size_t from, WindowEdges edges) {
  MAILASSAY_ASSERT(from <= window.size());
  Separator separator;
  if (edges.at_file_start && from <= kByteOrderMark.size()) {
    switch (judge_file_start(window, from, edges.at_file_end, separator)) {
      case Finding::yes:
        return found(separator);
      case Finding::open:
        return {std::nullopt, from};
      case Finding::no:
        break;
    }
  }
  std::size_t search = from == 0 ? 0 : from - 1;
  while (true) {
    const std::size_t line_feed = find_from_line(window, search);
    if (line_feed == std::string_view::npos) break;
    const std::size_t at = line_feed + 1;
    const Place place = {false, empty_line_at_end(window.substr(0, at), edges.at_file_start)};
    switch (judge_line(window, at, place, edges.at_file_end, separator)) {
      case Finding::yes:
        return found(separator);
      case Finding::open:
        return {std::nullopt, at};
      case Finding::no:
        search = at;
    }
  }
  return {std::nullopt, edges.at_file_end ? window.size() : first_cut_off(window, from)};
}

std::size_t trailing_empty_line(std::string_view tail) { return empty_line_at_end(tail, true); }

bool looks_like_field(std::string_view text) { return find_field(text, true) == Finding::yes; }

std::vector<MessageRange> split(std::string_view archive, std::size_t begin, std::size_t end) {
  std::vector<MessageRange> messages;
  const WindowEdges whole = {true, true};
  Search search = find_separator(archive, std::min(begin, archive.size()), whole);
  while (search.found && search.found->postmark < end) {
    const Separator here = *search.found;
    search = find_separator(archive, search.resume, whole);
    const std::string_view tail = archive.substr(here.content);
    const std::size_t message_end =
        search.found ? search.found->begin : archive.size() - trailing_empty_line(tail);
    messages.push_back({here.postmark, here.content, message_end - here.content});
  }
  return messages;
}

}  // namespace mailassay::mbox
