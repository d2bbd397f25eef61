#include "dns/name.h"

#include "base/bytes.h"
#include "base/cursor.h"
#include "dns/text_escape.h"

namespace mailassay::dns {

namespace {

void append_label(std::string& out, std::string_view label) {
  for (const char raw : label) {
    const char c = ascii::to_lower(raw);
    if (c == '.' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (c > ' ' && c <= '~') {
      out.push_back(c);
    } else {
      append_decimal_escape(out, octet(c));
    }
  }
}

}  // namespace

std::string_view to_string(NameError error) noexcept {
  switch (error) {
    case NameError::empty_name:
      return "the name is empty";
    case NameError::empty_label:
      return "a label of the name is empty";
    case NameError::label_too_long:
      return "a label of the name is longer than 63 octets";
    case NameError::name_too_long:
      return "the name is longer than 255 octets";
    case NameError::bad_escape:
      return "the name has a broken backslash escape";
    case NameError::truncated:
      return "the name is cut short";
  }
  return "bad name";
}

Result<std::string, NameError> name_to_wire(std::string_view presentation) {
  if (presentation.empty()) return Unexpected(NameError::empty_name);
  std::string wire;
  if (presentation == ".") {
    wire.push_back('\0');
    return wire;
  }
  wire.reserve(presentation.size() + 2);
  Cursor cursor(presentation);
  std::size_t length_at = 0;
  wire.push_back('\0');
  const auto close_label = [&]() -> bool {
    wire[length_at] = static_cast<char>(wire.size() - length_at - 1);
    return wire.size() - length_at - 1 > 0;
  };
  while (!cursor.at_end()) {
    char c = cursor.take_up_to(1).front();
    if (c == '.') {
      if (!close_label()) return Unexpected(NameError::empty_label);
      length_at = wire.size();
      wire.push_back('\0');
      continue;
    }
    if (c == '\\' && !take_escape(cursor, c)) return Unexpected(NameError::bad_escape);
    if (wire.size() - length_at > kMaxLabelBytes) return Unexpected(NameError::label_too_long);
    wire.push_back(ascii::to_lower(c));
    if (wire.size() >= kMaxNameBytes) return Unexpected(NameError::name_too_long);
  }
  // A final dot has opened an empty last label: that is the root. Without one, the root is added.
  if (close_label()) wire.push_back('\0');
  if (wire.size() > kMaxNameBytes) return Unexpected(NameError::name_too_long);
  return wire;
}

Result<std::string, NameError> name_from_wire(std::string_view wire) {
  if (wire.size() > kMaxNameBytes) return Unexpected(NameError::name_too_long);
  if (wire.empty()) return Unexpected(NameError::truncated);
  std::string out;
  out.reserve(wire.size());
  Cursor cursor(wire);
  while (!cursor.at_end()) {
    const std::size_t length = octet(cursor.take_up_to(1).front());
    if (length == 0) {
      if (!cursor.at_end()) return Unexpected(NameError::truncated);
      if (out.empty()) out.push_back('.');
      return out;
    }
    if (length > kMaxLabelBytes) return Unexpected(NameError::label_too_long);
    const std::string_view label = cursor.take_up_to(length);
    if (label.size() != length) return Unexpected(NameError::truncated);
    if (!out.empty()) out.push_back('.');
    append_label(out, label);
  }
  return Unexpected(NameError::truncated);
}

Result<std::string, NameError> normalise_name(std::string_view presentation) {
  auto wire = name_to_wire(presentation);
  if (!wire) return wire;
  return name_from_wire(*wire);
}

bool is_same_or_below(std::string_view name, std::string_view ancestor) noexcept {
  return name.ends_with(ancestor) &&
         (name.size() == ancestor.size() || name[name.size() - ancestor.size() - 1] == '.');
}

}  // namespace mailassay::dns
