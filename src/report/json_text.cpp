#include "report/json_text.h"

#include <array>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/octet_set.h"
#include "message/encoded_word.h"

namespace mailassay::report {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// All but printable ASCII, and the quote and the backslash: what does not go as it is.
constexpr OctetSet kNotPlain = OctetSet::of([](char c) {
  const std::uint8_t value = octet(c);
  return value < 0x20 || value >= 0x7F || c == '"' || c == '\\';
});

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

constexpr std::size_t kTimeSize = std::string_view("2024-05-01T10:00:03Z").size();

/// Writes RFC 3339 text; empty for years outside 0 to 9999.
std::optional<std::array<char, kTimeSize>> format_time(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  const int year = static_cast<int>(date.year());
  if (year < 0 || year > 9999) return std::nullopt;
  std::array<char, kTimeSize> text = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0',
                                      'T', '0', '0', ':', '0', '0', ':', '0', '0', 'Z'};
  const auto put = [&](std::size_t at, unsigned number) {
    text[at] = static_cast<char>('0' + number / 10);
    text[at + 1] = static_cast<char>('0' + number % 10);
  };
  put(0, static_cast<unsigned>(year) / 100);
  put(2, static_cast<unsigned>(year) % 100);
  put(5, static_cast<unsigned>(date.month()));
  put(8, static_cast<unsigned>(date.day()));
  put(11, static_cast<unsigned>(clock.hours().count()));
  put(14, static_cast<unsigned>(clock.minutes().count()));
  put(17, static_cast<unsigned>(clock.seconds().count()));
  return text;
}

}  // namespace

void append_json_string(std::string_view text, std::string& out) {
  out.push_back('"');
  const std::size_t plain = kNotPlain.find(text, 0);
  out.append(text.substr(0, plain));
  if (plain < text.size()) append_escaped(message::to_valid_utf8(text.substr(plain)), out);
  out.push_back('"');
}

std::string time_text(std::chrono::sys_seconds time) {
  const auto text = format_time(time);
  return text ? std::string(text->data(), text->size()) : "-";
}

void append_json_time(std::chrono::sys_seconds time, std::string& out) {
  const auto text = format_time(time);
  if (!text) {
    out.append("null");
    return;
  }
  out.push_back('"');
  out.append(text->data(), text->size());
  out.push_back('"');
}

}  // namespace mailassay::report
