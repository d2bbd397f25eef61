#include "message/quoted_printable.h"

#include <algorithm>
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

/// Decodes what stands in a line.
void decode_octets(std::string_view line, std::string& out) {
  std::size_t at = 0;
  for (std::size_t mark = line.find('='); mark != std::string_view::npos;
       mark = line.find('=', at)) {
    out.append(line.substr(at, mark - at));
    const auto octet = escaped(line, mark);
    out.push_back(octet.value_or('='));
    at = mark + (octet ? std::size_t{3} : std::size_t{1});
  }
  out.append(line.substr(at));
}

bool is_literal(char c) noexcept {
  return c == ' ' || c == '\t' || (c > ' ' && c <= '~' && c != '=');
}

}  // namespace

void decode_quoted_printable(std::string_view text, std::string& out) {
  while (!text.empty()) {
    const std::size_t feed = text.find('\n');
    const bool ends = feed != std::string_view::npos;
    std::string_view line = text.substr(0, feed);
    text.remove_prefix(ends ? feed + 1 : text.size());
    const bool has_cr = ends && line.ends_with('\r');
    if (has_cr) line.remove_suffix(1);
    // White space at the end of a line was put there on the way. [RFC2045 6.7]
    while (!line.empty() && ascii::is_wsp(line.back())) line.remove_suffix(1);
    const bool is_soft = ends && line.ends_with('=');
    if (is_soft) line.remove_suffix(1);
    decode_octets(line, out);
    if (ends && !is_soft) out.append(has_cr ? "\r\n" : "\n");
  }
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  decode_quoted_printable(text, out);
  return out;
}

bool is_quoted_printable(std::string_view text) noexcept {
  for (std::size_t mark = text.find('='); mark != std::string_view::npos;
       mark = text.find('=', mark + 1)) {
    if (escaped(text, mark)) continue;
    const std::size_t end = std::min(text.find_first_not_of(" \t", mark + 1), text.size());
    const std::string_view rest = text.substr(end);
    if (!rest.starts_with('\n') && !rest.starts_with("\r\n")) return false;
  }
  return true;
}

bool may_yield_8bit(std::string_view text) noexcept {
  if (has_8bit(text)) return true;
  for (std::size_t mark = text.find('='); mark != std::string_view::npos;
       mark = text.find('=', mark + 1)) {
    const auto octet = escaped(text, mark);
    if (octet && has_8bit({&*octet, 1})) return true;
  }
  return false;
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
