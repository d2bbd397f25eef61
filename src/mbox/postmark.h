// The postmark: the `From ` line that stands before each message of an mbox. [RFC4155 A]
//
// No standard fixes it, so the forms that writers of mail really use are told apart. Whether a
// line that reads as a postmark also begins a message is decided in mbox/splitter.h, by the lines
// around it. A postmark proves neither sender nor time.
#ifndef MAILASSAY_MBOX_POSTMARK_H
#define MAILASSAY_MBOX_POSTMARK_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mailassay::mbox {

/// Octets of a postmark line without its line end; a longer line is no postmark. An address has
/// at most 254 octets [RFC5321 4.5.3.1.3], a date 40, so that this leaves room for oddities.
inline constexpr std::size_t kMaxPostmarkBytes = 1024;

enum class PostmarkForm : std::uint8_t {
  strict,       ///< `From [sender] Www Mmm dd hh:mm[:ss] [zone] yyyy [zone] [remote from host]`
  gmail,        ///< `From 1844347839636459560@xxx`, with or without a date
  thunderbird,  ///< `From - `, with a date in any style, or with nothing
  tolerant,     ///< another line that a mail program may have written
};

struct Postmark {
  PostmarkForm form = PostmarkForm::tolerant;
  bool dated = false;  ///< the whole date of the strict form is there

  friend bool operator==(const Postmark&, const Postmark&) = default;
};

/// Reads one line as a postmark.
///
/// Demands:  `line` is one line without its LF or CRLF.
/// Result:   empty if no mail program that we know would have written the line.
/// Cost:     linear in the line, and constant for one over kMaxPostmarkBytes.
std::optional<Postmark> parse_postmark(std::string_view line);

/// True for an excerpt as pipermail publishes it: `From jo at example.com  Tue ...` and behind it
/// `From: jo at example.com (Jo)`, so that nobody can verify anything.
///
/// Demands:  `postmark` is a postmark line, `behind` the text after it.
bool is_disguised(std::string_view postmark, std::string_view behind);

}  // namespace mailassay::mbox

#endif  // MAILASSAY_MBOX_POSTMARK_H
