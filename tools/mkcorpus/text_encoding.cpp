#include "mkcorpus/text_encoding.h"

#include <cstdint>

#include "base/bytes.h"

namespace mkcorpus {
namespace {

constexpr std::string_view kBase64Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kHexDigits = "0123456789ABCDEF";
constexpr std::size_t kQuotedPrintableWidth = 76;

std::string escaped_octet(char c) {
  const unsigned value = mailassay::octet(c);
  return {'=', kHexDigits[value >> 4], kHexDigits[value & 15U]};
}

/// True for octets that quoted-printable shows as themselves inside a line. [RFC2045 6.7]
bool is_printable(char c) { return c == ' ' || c == '\t' || (c > ' ' && c <= '~' && c != '='); }

std::string quoted_printable_line(std::string_view line) {
  std::string out;
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_last = i + 1 == line.size();
    const bool is_wsp = line[i] == ' ' || line[i] == '\t';
    const std::string unit = is_printable(line[i]) && !(is_wsp && is_last) ? std::string(1, line[i])
                                                                           : escaped_octet(line[i]);
    // One octet of the line is kept for the "=" of a soft line break.
    if (width + unit.size() > kQuotedPrintableWidth - 1) {
      out += "=\r\n";
      width = 0;
    }
    width += unit.size();
    out += unit;
  }
  return out;
}

}  // namespace

std::string base64_encoded(std::string_view octets) {
  std::string out;
  out.reserve((octets.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < octets.size(); i += 3) {
    const std::size_t have = octets.size() - i;
    const std::uint32_t group =
        (std::uint32_t{mailassay::octet(octets[i])} << 16) |
        (have > 1 ? std::uint32_t{mailassay::octet(octets[i + 1])} << 8 : 0U) |
        (have > 2 ? std::uint32_t{mailassay::octet(octets[i + 2])} : 0U);
    out += kBase64Alphabet[(group >> 18) & 63U];
    out += kBase64Alphabet[(group >> 12) & 63U];
    out += have > 1 ? kBase64Alphabet[(group >> 6) & 63U] : '=';
    out += have > 2 ? kBase64Alphabet[group & 63U] : '=';
  }
  return out;
}

std::string base64_decoded(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    if (c == '=') break;
    bits = (bits << 6) | static_cast<std::uint32_t>(kBase64Alphabet.find(c));
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> held) & 255U);
  }
  return out;
}

std::string broken_into_lines(std::string_view text, std::size_t width, std::string_view line_end) {
  std::string out;
  out.reserve(text.size() + (text.size() / width + 1) * line_end.size());
  while (text.size() > width) {
    out += text.substr(0, width);
    out += line_end;
    text.remove_prefix(width);
  }
  out += text;
  return out;
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    out += quoted_printable_line(text.substr(0, end));
    if (end == std::string_view::npos) break;
    out += "\r\n";
    text.remove_prefix(end + 2);
  }
  return out;
}

std::string encoded_word(std::string_view text) {
  return "=?UTF-8?B?" + base64_encoded(text) + "?=";
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const unsigned value = mailassay::octet(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (value < 0x20) {
      out += "\\u00";
      out += kHexDigits[value >> 4];
      out += kHexDigits[value & 15U];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string with_lf(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (true) {
    const std::size_t end = text.find("\r\n");
    out += text.substr(0, end);
    if (end == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(end + 2);
  }
}

}  // namespace mkcorpus
