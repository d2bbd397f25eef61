#include "message/quoted_printable.h"

#include <optional>

#include "base/ascii.h"
#include "base/bytes.h"

namespace mailassay::message {
namespace {

std::optional<unsigned> hex_digit(char c) noexcept {
  if (ascii::is_digit(c)) return static_cast<unsigned>(c - '0');
  const char lower = ascii::to_lower(c);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a') + 10U;
  return std::nullopt;
}

/// The octet that "=XX" at `at` stands for.
std::optional<char> escaped(std::string_view text, std::size_t at) noexcept {
  if (text.size() - at < 3) return std::nullopt;
  const auto high = hex_digit(text[at + 1]);
  const auto low = hex_digit(text[at + 2]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high * 16U + *low);
}

/// Octets that a line end at `at` takes, 0 if there is none.
std::size_t line_end_at(std::string_view text, std::size_t at) noexcept {
  if (at < text.size() && text[at] == '\n') return 1;
  return text.substr(at).starts_with("\r\n") ? 2 : 0;
}

bool is_literal(char c) noexcept {
  return c == ' ' || c == '\t' || (c > ' ' && c <= '~' && c != '=');
}

}  // namespace

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (ascii::is_wsp(text[at])) {
      std::size_t end = at;
      while (end < text.size() && ascii::is_wsp(text[end])) ++end;
      // White space at the end of a line was put there on the way. [RFC2045 6.7]
      const bool at_line_end = end == text.size() || line_end_at(text, end) != 0;
      if (!at_line_end) out.append(text.substr(at, end - at));
      at = end;
      continue;
    }
    if (text[at] == '=') {
      std::size_t end = at + 1;
      while (end < text.size() && ascii::is_wsp(text[end])) ++end;
      if (const std::size_t size = line_end_at(text, end); size != 0) {
        at = end + size;
        continue;
      }
      if (const auto octet = escaped(text, at)) {
        out.push_back(*octet);
        at += 3;
        continue;
      }
    }
    out.push_back(text[at++]);
  }
  return out;
}

std::string encode_quoted_printable_line(std::string_view line, std::string_view line_end,
                                         std::size_t width) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  std::size_t used = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool ends_line = i + 1 == line.size();
    const bool literal = is_literal(line[i]) && !(ends_line && ascii::is_wsp(line[i]));
    const std::size_t size = literal ? 1 : 3;
    // One octet of each line is kept for the "=" of a soft line end.
    if (used + size > width - 1) {
      out.append("=").append(line_end);
      used = 0;
    }
    used += size;
    if (literal) {
      out.push_back(line[i]);
    } else {
      out.push_back('=');
      out.push_back(kDigits[octet(line[i]) >> 4U]);
      out.push_back(kDigits[octet(line[i]) & 15U]);
    }
  }
  return out;
}

}  // namespace mailassay::message
