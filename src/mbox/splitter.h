// Where the messages of an mbox begin and end. [RFC4155 A]
//
//   archive   = gap *( postmark-line message [ empty-line ] )
//
// A message is an exact range of octets: it begins behind the LF of its postmark line and ends
// before the one empty line (LF or CRLF) that stands before the next postmark or before the end
// of the file. Nothing in the range is changed: `>From ` quoting and a stray `>From ` line behind
// the postmark stay (the header index passes over it). What is in no message is a gap: postmark
// lines, those empty lines, a byte order mark, octets before the first postmark.
//
// A line that reads as a postmark (mbox/postmark.h) begins a message
//   - at the start of the file, whatever its form;
//   - behind an empty line: with a whole date always; otherwise if the line that follows reads
//     as a header field or is a stray `>From ` line, or if the file ends there;
//   - behind another line: with a whole date, or as `From - `, and if the line that follows reads
//     as a header field or is a stray `>From ` line.
// So prose like `From here on ...` never splits a message, and a quoted date seldom does.
//
// The search is free of state and knows a window of the file only. A decision rests on the octets
// from kLookBehindBytes before a postmark to kLookAheadBytes behind its begin, and on nothing
// else; hence the same messages come out for all windows and all shards:
//
//   reader   Search the window from `resume` of the search before. If nothing is found, octets
//            before `resume - kLookBehindBytes` belong to the message (or leading gap) for
//            certain: a message larger than the window is handed on up to there and those octets
//            are dropped. The rest is moved to the front, the window refilled, and the next
//            search starts at the same place of the file. A window that is not at the file's end
//            and has kLookAheadBytes behind `from` always moves on (resume > from).
//   shard    [a, b) owns the messages whose postmark begins in it. Its reader begins
//            kLookBehindBytes before a (or at 0), searches from a, and stops at the first
//            separator with postmark >= b, whose `begin` ends the last message that is its own.
#ifndef MAILASSAY_MBOX_SPLITTER_H
#define MAILASSAY_MBOX_SPLITTER_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mbox/postmark.h"

namespace mailassay::mbox {

/// Octets before a postmark that can tell whether an empty line stands there: LF CR LF.
inline constexpr std::size_t kLookBehindBytes = 3;

/// Octets of the name of a header field that are looked at; a longer name is taken for prose.
inline constexpr std::size_t kMaxFieldNameBytes = 128;

/// Octets from the begin of a postmark on within which it is decided: byte order mark, the line
/// and its CRLF, a name, some blanks, the colon and the two octets behind it.
inline constexpr std::size_t kLookAheadBytes =
    3 + kMaxPostmarkBytes + 2 + 2 * kMaxFieldNameBytes + 3;

/// What stands between two messages. All positions count octets of the window.
struct Separator {
  std::size_t begin = 0;     ///< end of the message before: the empty line, or the postmark line
  std::size_t postmark = 0;  ///< first octet of the postmark line
  std::size_t content = 0;   ///< first octet behind the postmark line: the message begins
  PostmarkForm form = PostmarkForm::tolerant;

  friend bool operator==(const Separator&, const Separator&) = default;
};

/// Which ends of the window are ends of the file.
struct WindowEdges {
  bool at_file_start = false;
  bool at_file_end = false;
};

struct Search {
  std::optional<Separator> found;
  /// Where the search goes on: the least place at which the next postmark can begin. Behind the
  /// postmark line if one was found; never before `from`.
  std::size_t resume = 0;
};

/// Finds the first separator whose postmark begins at or behind `from`.
///
/// Demands:  from <= window.size(); the window begins at the file's start or at least
///           kLookBehindBytes before `from`.
/// Result:   a separator only when octets outside of the window cannot change it.
/// Cost:     linear in window.size() - from.
Search find_separator(std::string_view window, std::size_t from, WindowEdges edges);

/// Counts the octets (0, 1 or 2) of the empty line that ends the last message of a file.
///
/// Demands:  `tail` is the last message up to the end of the file, or its last kLookBehindBytes.
std::size_t trailing_empty_line(std::string_view tail);

/// True if the text begins like a header field: a name and a colon. [RFC5322 2.2] `http://` does
/// not. What is cut off before the colon is none.
bool looks_like_field(std::string_view text);

/// One message of an archive that is in memory as a whole.
struct MessageRange {
  std::uint64_t postmark = 0;  ///< first octet of the postmark line
  std::uint64_t offset = 0;    ///< first octet of the message
  std::uint64_t length = 0;

  friend bool operator==(const MessageRange&, const MessageRange&) = default;
};

/// Lists the messages whose postmark begins in [begin, end) of `archive`, in order.
///
/// Demands:  begin <= end.
std::vector<MessageRange> split(std::string_view archive, std::size_t begin = 0,
                                std::size_t end = std::string_view::npos);

}  // namespace mailassay::mbox

#endif  // MAILASSAY_MBOX_SPLITTER_H
