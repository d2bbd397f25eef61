#include "dmarc/report_uri.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/cursor.h"

namespace mailassay::dmarc {
namespace {

bool is_hex(char c) {
  const char lower = ascii::to_lower(c);
  return ascii::is_digit(c) || (lower >= 'a' && lower <= 'f');
}

/// unreserved / gen-delims / sub-delims, without "," and "!". [RFC3986 2.2] [RFC3986 2.3]
bool is_uri_octet(char c) {
  constexpr std::string_view kMarks = "-._~:/?#[]@$&'()*+;=";
  return ascii::is_alnum(c) || kMarks.find(c) != std::string_view::npos;
}

/// pct-encoded triplets and what needs no encoding. [RFC3986 2.1]
bool is_uri_text(std::string_view text) {
  Cursor cursor(text);
  while (!cursor.at_end()) {
    cursor.take_while(is_uri_octet);
    if (cursor.at_end()) break;
    if (!cursor.take('%')) return false;
    const std::string_view code = cursor.take_up_to(2);
    if (code.size() != 2 || !is_hex(code[0]) || !is_hex(code[1])) return false;
  }
  return true;
}

/// An address with something on both sides of its @; what follows "?" are header fields.
bool is_mail_target(std::string_view rest) {
  const std::string_view address = rest.substr(0, rest.find('?'));
  const std::size_t at = address.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < address.size();
}

bool is_uri(std::string_view text) {
  Cursor cursor(text);
  const std::string_view scheme = cursor.take_while(
      [](char c) { return ascii::is_alnum(c) || c == '+' || c == '-' || c == '.'; });
  if (scheme.empty() || !ascii::is_alpha(scheme.front()) || !cursor.take(':')) return false;
  const std::string_view rest = cursor.rest();
  if (rest.empty() || !is_uri_text(rest)) return false;
  return !ascii::equal_ignoring_case(scheme, "mailto") || is_mail_target(rest);
}

/// obs-dmarc-report-size without its "!". [RFC9989 4.8 obs-dmarc-report-size]
bool is_size(std::string_view text) {
  constexpr std::string_view kUnits = "kmgt";
  if (!text.empty() && kUnits.find(ascii::to_lower(text.back())) != std::string_view::npos) {
    text.remove_suffix(1);
  }
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return ascii::is_digit(c); });
}

}  // namespace

ReportUris parse_report_uris(std::string_view list) {
  ReportUris out;
  for (std::size_t start = 0; start <= list.size();) {
    const std::size_t end = std::min(list.find(',', start), list.size());
    std::string_view part = ascii::trim(list.substr(start, end - start));
    start = end + 1;
    const std::size_t mark = part.find('!');
    if (mark != std::string_view::npos && is_size(part.substr(mark + 1))) {
      out.has_size = true;
      part = part.substr(0, mark);
    }
    if (is_uri(part)) {
      out.uris.emplace_back(part);
    } else {
      out.has_invalid = true;
    }
  }
  return out;
}

}  // namespace mailassay::dmarc
