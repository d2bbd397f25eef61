#include "report/json_text.h"

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "message/encoded_word.h"

namespace mailassay::report {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// Printable ASCII other than quote and backslash goes as it is.
bool is_plain(char c) noexcept {
  const std::uint8_t value = octet(c);
  return value >= 0x20 && value < 0x7F && c != '"' && c != '\\';
}

void append_escaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '"':
        out.append("\\\"");
        break;
      case '\\':
        out.append("\\\\");
        break;
      case '\n':
        out.append("\\n");
        break;
      case '\r':
        out.append("\\r");
        break;
      case '\t':
        out.append("\\t");
        break;
      default:
        if (octet(c) < 0x20 || octet(c) == 0x7F) {
          out.append("\\u00");
          out.push_back(kHex[octet(c) >> 4U]);
          out.push_back(kHex[octet(c) & 15U]);
        } else {
          out.push_back(c);
        }
    }
  }
}

void append_two_digits(unsigned number, std::string& out) {
  out.push_back(static_cast<char>('0' + number / 10 % 10));
  out.push_back(static_cast<char>('0' + number % 10));
}

}  // namespace

void append_json_string(std::string_view text, std::string& out) {
  out.push_back('"');
  std::size_t plain = 0;
  while (plain < text.size() && is_plain(text[plain])) ++plain;
  out.append(text.substr(0, plain));
  if (plain < text.size()) append_escaped(message::to_valid_utf8(text.substr(plain)), out);
  out.push_back('"');
}

std::string time_text(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  const int year = static_cast<int>(date.year());
  std::string out;
  if (year < 0 || year > 9999) return "-";
  append_two_digits(static_cast<unsigned>(year) / 100, out);
  append_two_digits(static_cast<unsigned>(year) % 100, out);
  out.push_back('-');
  append_two_digits(static_cast<unsigned>(date.month()), out);
  out.push_back('-');
  append_two_digits(static_cast<unsigned>(date.day()), out);
  out.push_back('T');
  append_two_digits(static_cast<unsigned>(clock.hours().count()), out);
  out.push_back(':');
  append_two_digits(static_cast<unsigned>(clock.minutes().count()), out);
  out.push_back(':');
  append_two_digits(static_cast<unsigned>(clock.seconds().count()), out);
  out.push_back('Z');
  return out;
}

void append_json_time(std::chrono::sys_seconds time, std::string& out) {
  const std::string text = time_text(time);
  if (text == "-") {
    out.append("null");
    return;
  }
  out.push_back('"');
  out.append(text);
  out.push_back('"');
}

}  // namespace mailassay::report
