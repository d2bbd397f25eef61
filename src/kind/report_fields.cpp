#include "kind/report_fields.h"

#include <algorithm>

#include "base/ascii.h"

namespace mailassay::kind {
namespace {

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// A name of letters, digits and hyphens, and its colon.
std::size_t name_size(std::string_view line) {
  std::size_t size = 0;
  while (size < line.size() && (ascii::is_alnum(line[size]) || line[size] == '-')) ++size;
  std::size_t colon = size;
  while (colon < line.size() && ascii::is_wsp(line[colon])) ++colon;
  return size > 0 && colon < line.size() && line[colon] == ':' ? size : 0;
}

}  // namespace

std::string_view ReportFields::take_line() {
  const std::size_t found = text_.find('\n', at_);
  const std::size_t next = found == std::string_view::npos ? text_.size() : found + 1;
  const std::string_view line = text_.substr(at_, next - at_);
  at_ = next;
  return without_line_end(line);
}

std::optional<ReportField> ReportFields::next() {
  begins_group_ = at_ == 0 || blank_behind_;
  blank_behind_ = false;
  while (at_ < text_.size()) {
    const std::string_view line = take_line();
    if (ascii::trim(line).empty()) begins_group_ = true;
    const std::size_t size = name_size(line);
    if (size == 0) continue;
    ReportField field{line.substr(0, size),
                      std::string(ascii::trim(line.substr(line.find(':', size) + 1)))};
    while (at_ < text_.size() && ascii::is_wsp(text_[at_])) {
      const std::string_view more = ascii::trim(take_line());
      // A line of blanks ends the group, since some programs indent the empty line.
      if (more.empty()) {
        blank_behind_ = true;
        break;
      }
      field.value.append(field.value.empty() ? "" : " ").append(more);
    }
    return field;
  }
  return std::nullopt;
}

std::string_view value_of_typed(std::string_view value) {
  const std::size_t semicolon = value.find(';');
  if (semicolon != std::string_view::npos) value.remove_prefix(semicolon + 1);
  value = ascii::trim(value);
  if (value.starts_with('<')) {
    const std::size_t close = value.find('>');
    return value.substr(1, close == std::string_view::npos ? close : close - 1);
  }
  const std::size_t comment = value.find(" (");
  value = ascii::trim(value.substr(0, comment));
  while (value.ends_with('>')) value.remove_suffix(1);
  return value;
}

std::string_view type_of_typed(std::string_view value) {
  const std::size_t semicolon = value.find(';');
  return semicolon == std::string_view::npos ? std::string_view()
                                             : ascii::trim(value.substr(0, semicolon));
}

std::string_view first_word(std::string_view value) {
  value = ascii::trim(value);
  return value.substr(0, std::min(value.find_first_of(" \t\r\n;("), value.size()));
}

std::string kept(std::string_view value, std::size_t most, bool& cut) {
  if (value.size() > most) cut = true;
  return std::string(value.substr(0, most));
}

}  // namespace mailassay::kind
