// Groups of header fields in the part of a report that programs read. [RFC3464 2.1]
#ifndef MAILASSAY_KIND_REPORT_FIELDS_H
#define MAILASSAY_KIND_REPORT_FIELDS_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailassay::kind {

struct ReportField {
  std::string_view name;  ///< as written
  std::string value;      ///< unfolded and trimmed
};

/// Goes through a report's text field by field.
///
/// Lifetime: keeps a view of the text; a field's name is a view of it.
class ReportFields {
 public:
  explicit ReportFields(std::string_view text) : text_(text) {}

  /// The next field; lines that are none are passed over. Empty at the end.
  std::optional<ReportField> next();

  /// Whether an empty line stood before the field that next() gave last.
  bool begins_group() const noexcept { return begins_group_; }

 private:
  std::string_view take_line();

  std::string_view text_;
  std::size_t at_ = 0;
  bool begins_group_ = true;
  bool blank_behind_ = false;  ///< a line of blanks ended the last field
};

/// "rfc822; user@example.org" without type, angle brackets and comments at the end.
/// [RFC3464 2.1.2]
std::string_view value_of_typed(std::string_view value);
/// The type of it in front of the semicolon, trimmed; empty if there is none.
std::string_view type_of_typed(std::string_view value);
/// The first word: up to white space, a semicolon or a comment.
std::string_view first_word(std::string_view value);

/// Keeps at most `most` octets; sets `cut` if there are more.
std::string kept(std::string_view value, std::size_t most, bool& cut);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_REPORT_FIELDS_H
