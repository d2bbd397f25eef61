#include "diagnosis/undo.h"

#include <array>
#include <cstddef>

namespace mailassay::diagnosis {
namespace {

constexpr std::array kUndos = {
    UndoEntry{Undo::mboxrd_unquote, false, "mboxrd-unquote",
              "a mailbox writer put `>` before lines that begin with `From ` (mboxrd)"},
    UndoEntry{Undo::mboxo_unquote, false, "mboxo-unquote",
              "a mailbox writer put `>` before lines that begin with `From ` (mboxo)"},
    UndoEntry{Undo::space_unquote, false, "space-unquote",
              "a mailbox writer put a blank before lines that begin with `From `"},
    UndoEntry{Undo::bare_cr_to_line_end, false, "bare-cr-to-line-end",
              "line ends were stored as CR alone"},
    UndoEntry{Undo::double_cr_to_line_end, false, "double-cr-to-line-end",
              "line ends were converted twice: CR CR LF"},
    UndoEntry{Undo::dot_unstuff, false, "dot-unstuff",
              "lines that begin with a dot still have the second dot of SMTP"},
    UndoEntry{Undo::dot_stuff, false, "dot-stuff",
              "lines that begin with two dots lost one of them"},
    UndoEntry{Undo::blank_lines_restore, false, "blank-lines-restore",
              "empty lines at the top or between all lines were added or lost"},
    UndoEntry{Undo::end_mark_remove, false, "end-mark-remove",
              "a dump left its mark of the end below the body"},
    UndoEntry{Undo::trailing_space_remove, false, "trailing-space-remove",
              "white space was added at the ends of lines"},
    UndoEntry{Undo::trailing_space_restore, false, "trailing-space-restore",
              "white space at the ends of lines was lost"},
    UndoEntry{Undo::tabs_to_spaces, false, "tabs-to-spaces", "blanks were turned into tabs"},
    UndoEntry{Undo::spaces_to_tabs, false, "spaces-to-tabs", "tabs were turned into blanks"},
    UndoEntry{Undo::quoted_printable_decode, true, "quoted-printable-decode",
              "8bit text was encoded as quoted-printable on the way"},
    UndoEntry{Undo::quoted_printable_encode, true, "quoted-printable-encode",
              "quoted-printable text was decoded on the way"},
    UndoEntry{Undo::base64_decode, true, "base64-decode",
              "8bit text was encoded as base64 on the way"},
    UndoEntry{Undo::base64_encode, true, "base64-encode",
              "base64 was decoded or broken into other lines on the way"},
    UndoEntry{Undo::long_lines_join, false, "long-lines-join",
              "a mail server broke lines of more than 998 octets"},
    UndoEntry{Undo::nul_restore, true, "nul-restore", "NUL octets were replaced"},
    UndoEntry{Undo::footer_remove, true, "footer-remove", "a footer was added below the text"},
    UndoEntry{Undo::mime_footer_remove, true, "mime-footer-remove",
              "a part was added at the end of the message"},
    UndoEntry{Undo::mime_wrapper_remove, true, "mime-wrapper-remove",
              "the message was put into a multipart with other text"},
    UndoEntry{Undo::banner_remove, true, "banner-remove", "a banner was added above the text"},
    UndoEntry{Undo::external_tag_remove, true, "external-tag-remove",
              "a tag such as [EXTERNAL] was added above the text"},
    UndoEntry{Undo::rewritten_links_decode, true, "rewritten-links-decode",
              "a gateway rewrote the links"},
    UndoEntry{Undo::refold, false, "refold", "header fields were folded anew"},
    UndoEntry{Undo::encoded_words_decode, false, "encoded-words-decode",
              "raw text of a header field was put into encoded words"},
    UndoEntry{Undo::encoded_words_encode, false, "encoded-words-encode",
              "encoded words of a header field were decoded or encoded anew"},
    UndoEntry{Undo::field_name_case, false, "field-name-case",
              "names of header fields were written in another case"},
    UndoEntry{Undo::field_restore, false, "field-restore",
              "MIME-Version was rewritten or taken out"},
    UndoEntry{Undo::transfer_encoding_restore, true, "transfer-encoding-restore",
              "Content-Transfer-Encoding was changed or taken out"},
    UndoEntry{Undo::subject_tag_remove, true, "subject-tag-remove",
              "a tag was put before the subject"},
    UndoEntry{Undo::from_restore, true, "from-restore", "From was replaced, as mailing lists do"},
    UndoEntry{Undo::reply_to_remove, true, "reply-to-remove",
              "Reply-To was added or replaced, as mailing lists do"},
    UndoEntry{Undo::instance_remove, true, "instance-remove",
              "a header field was added to one of the same name"},
    UndoEntry{Undo::field_remove, true, "field-remove",
              "a header field was added that was signed as absent"},
    UndoEntry{Undo::copied_field_restore, true, "copied-field-restore",
              "a header field was changed; z= tells what it was"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kUndos.size(); ++i) {
    if (static_cast<std::size_t>(kUndos[i].undo) != i) return false;
  }
  return kUndos.size() == kUndoCount;
}
static_assert(in_order(), "the table follows the enumeration");

}  // namespace

std::span<const UndoEntry> undo_table() { return kUndos; }

const UndoEntry& entry_of(Undo undo) { return kUndos[static_cast<std::size_t>(undo)]; }

std::string_view word_of(Finding::Part part) {
  constexpr std::array<std::string_view, 3> kWords = {"body", "header", "both"};
  return kWords[static_cast<std::size_t>(part)];
}

std::string_view word_of(Finding::State state) {
  constexpr std::array<std::string_view, 4> kWords = {"", "no-reversal-found", "search-cut",
                                                      "not-available"};
  return kWords[static_cast<std::size_t>(state)];
}

}  // namespace mailassay::diagnosis
