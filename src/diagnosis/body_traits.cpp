#include "diagnosis/body_traits.h"

#include <cstddef>
#include <cstring>

#include "base/ascii.h"
#include "diagnosis/text_line.h"

namespace mailassay::diagnosis {
namespace {

constexpr std::size_t kLongLine = 980;

void look_at_begin(std::string_view text, BodyTraits& traits) {
  switch (text.front()) {
    case '>': {
      const std::size_t quotes = text.find_first_not_of('>');
      if (quotes == std::string_view::npos) {
        traits.bare_quote = true;
      } else if (text.substr(quotes).starts_with("From ")) {
        (quotes == 1 ? traits.from_quoted : traits.from_quoted_twice) = true;
      }
      break;
    }
    case ' ':
      traits.blank_run = true;
      if (text.starts_with(" From ")) traits.from_behind_blank = true;
      break;
    case '.':
      (text.starts_with("..") ? traits.two_dots : traits.dot) = true;
      break;
    default:
      if (text == "--") traits.signature_rule = true;
      break;
  }
}

void look_at_carriage_returns(std::string_view text, bool has_line_end, BodyTraits& traits) {
  if (text.back() == '\r' && has_line_end) {
    traits.double_cr = true;
    text = text.substr(0, text.find_last_not_of('\r') + 1);
  }
  if (text.find('\r') != std::string_view::npos) traits.bare_cr = true;
}

}  // namespace

BodyTraits traits_of(std::string_view body, dkim::BodyCanon canon) {
  BodyTraits traits;
  const bool any_cr = body.find('\r') != std::string_view::npos;
  if (canon == dkim::BodyCanon::simple) {
    traits.tab = body.find('\t') != std::string_view::npos;
    traits.blank_run = body.size() > 1 && ::memmem(body.data(), body.size(), "  ", 2) != nullptr;
  }
  traits.octet_80 = body.find('\x80') != std::string_view::npos;
  std::size_t lines = 0;
  std::size_t texts_in_odd_places = 0;
  std::size_t texts = 0;
  bool after_long = false;
  for_each_line(body, [&](const TextLine& line) {
    const bool odd = lines++ % 2 == 1;
    if (line.text.empty()) {
      if (lines == 1) traits.blank_at_top = true;
      after_long = false;
      return true;
    }
    ++texts;
    if (odd) ++texts_in_odd_places;
    if (after_long && line.text.front() == ' ') traits.long_line_cut = true;
    after_long = line.text.size() >= kLongLine;
    look_at_begin(line.text, traits);
    if (ascii::is_wsp(line.text.back())) traits.wsp_at_end = true;
    if (any_cr) look_at_carriage_returns(line.text, !line.end.empty(), traits);
    return true;
  });
  constexpr std::size_t kFewestDoubled = 3;
  traits.lines_doubled = texts >= kFewestDoubled && texts_in_odd_places == 0;
  return traits;
}

}  // namespace mailassay::diagnosis
