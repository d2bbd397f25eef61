// JSON written straight into a string. [RFC8259]
//
// One writer that escapes: nothing that comes from a message gets into a row by another way.
#ifndef MAILASSAY_REPORT_JSON_TEXT_H
#define MAILASSAY_REPORT_JSON_TEXT_H

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mailassay::report {

/// Appends `text` as a JSON string; octets that are not UTF-8 become U+FFFD.
void append_json_string(std::string_view text, std::string& out);

/// "2024-05-01T10:00:03Z". [RFC3339 5.6] Years outside 0 to 9999 become null.
void append_json_time(std::chrono::sys_seconds time, std::string& out);

/// The same without quotes, for people; "-" for years outside 0 to 9999.
std::string time_text(std::chrono::sys_seconds time);

inline void append_json_optional_time(const std::optional<std::chrono::sys_seconds>& time,
                                      std::string& out) {
  if (time) {
    append_json_time(*time, out);
  } else {
    out.append("null");
  }
}

void append_json_number(std::unsigned_integral auto number, std::string& out) {
  char digits[24];
  const auto written = std::to_chars(digits, digits + sizeof digits, number);
  out.append(digits, written.ptr);
}

/// Appends `"key":`, with a comma before it.
inline void append_key(std::string_view key, std::string& out) {
  out.append(",\"").append(key).append("\":");
}

/// The same for a literal, at once: a row has some forty of them.
template <std::size_t size>
void append_key(const char (&key)[size], std::string& out) {
  std::array<char, size + 3> text = {',', '"'};
  std::copy_n(key, size - 1, text.begin() + 2);
  text[size + 1] = '"';
  text[size + 2] = ':';
  out.append(text.data(), text.size());
}

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_JSON_TEXT_H
