// Why a signature failed: what has to be undone for it to verify.
//
// A finding stands beside a result and never changes it. Whoever alters a message can do what a
// gateway does; a finding says what became of the message, not that it is trusted. Undoing an
// encoding (line ends, quoting, folding) removes nothing that a reader would see; undoing an
// addition (footer, banner, tag) removes content: it proves what was added, it rehabilitates
// nothing. NUL counts as content too, and so does another transfer encoding as a rule: whoever can
// have a text signed that looks encoded could have it decoded on the way, and a reader would see
// what nobody signed. It is form only where the text reads the same and what says its encoding is
// part of what was signed, or is a single field that no signature over that text covers.
#ifndef MAILASSAY_FINDING_H
#define MAILASSAY_FINDING_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mailassay {

/// One change that stores, lists and gateways make, and that can be undone. A closed list;
/// diagnosis/undo.h has word and sentence of each, and whether undoing it removes content.
enum class Undo : std::uint8_t {
  // The body: form. Nothing is removed but by those that concern the transfer encoding, and NUL.
  mboxrd_unquote,           ///< one `>` off each line that begins with `>From `, `>>From `, ...
  mboxo_unquote,            ///< the `>` off each line that begins with `>From `, and no others
  space_unquote,            ///< the blank off each line that begins with ` From `
  bare_cr_to_line_end,      ///< each CR alone becomes a line end
  double_cr_to_line_end,    ///< CR CR LF becomes one line end
  dot_unstuff,              ///< one dot off each line that begins with two
  dot_stuff,                ///< a line that begins with a dot gets the second one back
  blank_lines_restore,      ///< empty lines at the top, or between all lines, are as they were
  end_mark_remove,          ///< what marks the end of a message in a dump is no part of it
  trailing_space_remove,    ///< white space at the ends of lines is taken away
  trailing_space_restore,   ///< the blank of the signature separator `-- ` and of flowed lines is
                            ///< back
  tabs_to_spaces,           ///< tabs become blanks
  spaces_to_tabs,           ///< runs of blanks become tabs again
  quoted_printable_decode,  ///< text that was encoded as quoted-printable on the way is 8bit again
  quoted_printable_encode,  ///< text that was decoded on the way is quoted-printable again
  base64_decode,            ///< text that was encoded as base64 on the way is 8bit again
  base64_encode,            ///< text that was decoded or broken otherwise is base64 again
  long_lines_join,          ///< CR LF and a blank that a mail server put into long lines are out
  nul_restore,              ///< what was put in the place of NUL octets is NUL again
  // The body; what is undone is content.
  footer_remove,           ///< text at the end, from an empty line or a line such as `-- ` on
  mime_footer_remove,      ///< a part that was added at the end of a multipart
  mime_wrapper_remove,     ///< a multipart was put around the body
  banner_remove,           ///< a warning at the top of the text, of the HTML, or of both
  external_tag_remove,     ///< a tag such as [EXTERNAL] at the top of the text
  rewritten_links_decode,  ///< links that a gateway put its own address before
  // The header; nothing is removed.
  refold,                ///< folding or white space of the fields as it probably was
  encoded_words_decode,  ///< text that was put into encoded words is raw again
  encoded_words_encode,  ///< encoded words that were decoded
  field_name_case,       ///< field names in their usual case
  field_restore,         ///< MIME-Version, rewritten or taken out, is as it was
  // The header; what is undone is content.
  /// Content-Transfer-Encoding is as it was; another value shows another text.
  transfer_encoding_restore,
  subject_tag_remove,    ///< a tag such as [list] or [EXTERNAL] before the subject
  from_restore,          ///< From as it was before a list put its own address there
  reply_to_remove,       ///< a Reply-To that a list put there, or the one before it
  instance_remove,       ///< a field of which one more is present than was signed
  field_remove,          ///< a signed name of which there was no field when it was signed
  copied_field_restore,  ///< a field as z= has it
};

inline constexpr std::size_t kUndoCount = static_cast<std::size_t>(Undo::copied_field_restore) + 1;

/// One place at which the message differs from what was signed. Texts are octets of the message,
/// cut to a few hundred; empty: nothing stands there.
struct Change {
  std::uint64_t line = 0;   ///< of the body, counted from 1; 0 for a header field
  std::string present;      ///< what stands there now
  std::string signed_text;  ///< what stood there when it was signed

  friend bool operator==(const Change&, const Change&) = default;
};

/// What a search for the change of one part (body or header) found.
struct Repair {
  std::vector<Undo> undone;  ///< in the order of undoing; empty: nothing of the catalogue helps
  bool cut = false;          ///< a limit ended the search before the end of the catalogue
  /// The parts of the body are others than those that were signed: what a reader sees differs, even
  /// where only white space was undone.
  bool shows_other_text = false;
  std::vector<Change> changes;  ///< the first few
  /// What was undone is another transfer encoding, and every text reads the same as before, if
  /// Content-Transfer-Encoding of the message was `encoding_before`.
  bool same_text = false;
  /// Of the message, where it was another one than it is now: "8bit" (and what is like it),
  /// "quoted-printable" or "base64". Else empty: it is said in the octets that were signed.
  std::string encoding_before;
  bool one_encoding_field = false;  ///< the message has Content-Transfer-Encoding once

  friend bool operator==(const Repair&, const Repair&) = default;
};

/// What is known of why one signature fails.
struct Finding {
  enum class State : std::uint8_t {
    found,          ///< `verifies_after` says what has to be undone
    none,           ///< nothing of the catalogue brings the signature back
    cut,            ///< a limit ended the search
    not_available,  ///< the octets that a search needs were not at hand
  };
  enum class Part : std::uint8_t { body, header, both };

  State state = State::none;
  Part part = Part::body;            ///< what was undone; only if found
  std::vector<Undo> verifies_after;  ///< body first, then header; only if found
  bool removes_content = false;      ///< one of them removes content
  /// True if the whole signature verifies then. False: only the body hash does, since the key is
  /// not there or the header is changed in a way that was not found, or only the header.
  bool complete = false;
  std::vector<Change> changes;

  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace mailassay

#endif  // MAILASSAY_FINDING_H
