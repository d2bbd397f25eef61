#include "diagnosis/banner_reversal.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "diagnosis/part_text.h"
#include "diagnosis/text_line.h"

namespace mailassay::diagnosis {
namespace {

constexpr std::size_t kHead = std::size_t{8} * 1024;  ///< no banner is longer
constexpr std::size_t kLines = 30;
constexpr std::size_t kTagBytes = 64;
/// Cuts tried whose text does not speak like a warning, and all of them.
constexpr std::size_t kUnlikely = 2;
constexpr std::size_t kMost = 8;

/// Octets at the top of a text that may have been added.
struct TopCut {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool likely = false;  ///< it speaks like a warning
};

bool speaks_like_a_warning(std::string_view text) {
  const std::string lower = ascii::lower(text);
  constexpr std::string_view kWords[] = {"external", "outside of",   "outside the",   "originated",
                                         "caution",  "warning",      "suspicious",    "phish",
                                         "[ext]",    "do not click", "unknown sender"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

/// Adds a cut unless it is there or too many are.
void add_cut(std::string_view text, std::size_t begin, std::size_t end, std::vector<TopCut>& cuts) {
  const bool likely = speaks_like_a_warning(text.substr(begin, end - begin));
  std::size_t unlikely = 0;
  for (const TopCut& cut : cuts) {
    if (cut.begin == begin && cut.end == end) return;
    if (!cut.likely) ++unlikely;
  }
  if (cuts.size() == kMost || (!likely && unlikely == kUnlikely)) return;
  cuts.push_back({begin, end, likely});
}

std::size_t end_of_white_space(std::string_view text, std::size_t at) {
  while (at < text.size() && ascii::is_fws_octet(text[at])) ++at;
  return at;
}

std::vector<TopCut> text_banners(std::string_view text) {
  std::vector<TopCut> cuts;
  std::size_t lines = 0;
  bool divided = false;
  for_each_line(text, [&](const TextLine& line) {
    const bool blank = is_blank(line.text);
    const bool may_be_cut = line.begin > 0 && !blank;
    const bool after_one = lines == 1 && speaks_like_a_warning(text.substr(0, line.begin));
    if (may_be_cut && (divided || after_one)) add_cut(text, 0, line.begin, cuts);
    divided = blank || is_rule(line.text);
    return ++lines < kLines;
  });
  return cuts;
}

/// Where the content of the HTML begins: behind its <body ...>.
std::size_t html_content(std::string_view html) {
  const std::string lower = ascii::lower(html);
  const std::size_t body = lower.find("<body");
  if (body == std::string::npos) return 0;
  const std::size_t end = lower.find('>', body);
  return end == std::string::npos ? 0 : end + 1;
}

/// The end of the element that begins at `at`, which is a "<". `lower` is in lower case.
std::optional<std::size_t> end_of_element(std::string_view lower, std::size_t at) {
  std::size_t name_end = at + 1;
  while (name_end < lower.size() && ascii::is_alnum(lower[name_end])) ++name_end;
  const std::string name(lower.substr(at + 1, name_end - at - 1));
  if (name.empty()) return std::nullopt;
  const std::size_t tag_end = lower.find('>', name_end);
  if (tag_end == std::string_view::npos) return std::nullopt;
  if (name == "br" || name == "hr" || name == "img") return tag_end + 1;
  std::size_t depth = 1;
  for (std::size_t i = lower.find('<', tag_end); i != std::string_view::npos;
       i = lower.find('<', i + 1)) {
    const std::string_view rest = lower.substr(i + 1);
    if (rest.starts_with(name)) ++depth;
    if (rest.starts_with('/') && rest.substr(1).starts_with(name) && --depth == 0) {
      const std::size_t end = lower.find('>', i);
      if (end == std::string_view::npos) return std::nullopt;
      return end + 1;
    }
  }
  return std::nullopt;
}

std::vector<TopCut> html_banners(std::string_view html) {
  constexpr std::size_t kElements = 3;
  std::vector<TopCut> cuts;
  const std::string lower = ascii::lower(html);
  const std::size_t begin = html_content(html);
  std::size_t at = begin;
  for (std::size_t i = 0; i < kElements; ++i) {
    at = end_of_white_space(html, at);
    if (at >= html.size() || html[at] != '<') break;
    const auto end = end_of_element(lower, at);
    if (!end) break;
    at = *end;
    add_cut(html, begin, at, cuts);
    add_cut(html, begin, end_of_white_space(html, at), cuts);
  }
  return cuts;
}

/// A tag such as [EXTERNAL] at `at`; the octets up to behind it, with what may follow it.
std::vector<TopCut> tags_at(std::string_view text, std::size_t at) {
  constexpr std::string_view kOpening = "[({<*";
  constexpr std::string_view kClosing = "])}>*";
  if (at >= text.size()) return {};
  const std::size_t kind = kOpening.find(text[at]);
  if (kind == std::string_view::npos) return {};
  std::size_t inside = at;
  while (inside < text.size() && text[inside] == text[at]) ++inside;
  std::size_t end = text.find(kClosing[kind], inside);
  if (end == std::string_view::npos || end - at > kTagBytes) return {};
  if (!speaks_like_a_warning(text.substr(at, end + 1 - at))) return {};
  while (end < text.size() && text[end] == kClosing[kind]) ++end;
  std::vector<TopCut> cuts;
  std::size_t wsp = end;
  while (wsp < text.size() && ascii::is_wsp(text[wsp])) ++wsp;
  for (const std::size_t stop : {wsp, end_of_white_space(text, end), end}) {
    add_cut(text, at, stop, cuts);
  }
  const std::string lower = ascii::lower(text.substr(end, 16));
  if (lower.starts_with("<br")) {
    const std::size_t behind = text.find('>', end);
    if (behind != std::string_view::npos) add_cut(text, at, behind + 1, cuts);
  }
  return cuts;
}

std::vector<TopCut> html_tags(std::string_view html) {
  // Behind the tags that come before the first text.
  std::size_t at = html_content(html);
  for (;;) {
    at = end_of_white_space(html, at);
    if (at >= html.size() || html[at] != '<') break;
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) break;
    at = end + 1;
  }
  return tags_at(html, at);
}

/// One part and what may have been added at its top.
struct Place {
  std::optional<PartText> text;
  std::vector<TopCut> cuts;
};

struct Edit {
  std::size_t begin;
  std::size_t end;
  std::string octets;
};

Edit edit_of(const Place& place, const TopCut& cut) {
  const std::string left = spliced(place.text->text(), cut.begin, cut.end, {});
  return {place.text->begin(), place.text->end(), place.text->encode(left)};
}

std::string edited(std::string_view body, Edit a, Edit b) {
  if (a.begin > b.begin) std::swap(a, b);
  return spliced(spliced(body, b.begin, b.end, b.octets), a.begin, a.end, a.octets);
}

const MimePart* first_of(const MimeParts& parts, std::string_view type) {
  for (const MimePart& part : parts.parts) {
    if (part.header.content.type == type && !part.header.is_attachment) return &part;
  }
  return nullptr;
}

template <typename Find>
Place place_of(std::string_view body, const MimePart* part, Find find) {
  Place place;
  if (part != nullptr) place.text = PartText::read(body, *part, kHead);
  if (place.text) place.cuts = find(place.text->text().substr(0, kHead));
  return place;
}

/// Both first, since a gateway changes what it finds; then one of them alone.
bool try_places(std::string_view body, const Place& text, const Place& html, Undo undo, Guess guess,
                CandidateSink& sink) {
  for (const TopCut& a : text.cuts) {
    for (const TopCut& b : html.cuts) {
      if (!a.likely || !b.likely) continue;
      if (sink.take(undo, edited(body, edit_of(text, a), edit_of(html, b)), Combine::no)) {
        return true;
      }
    }
  }
  for (const Place* place : {&text, &html}) {
    for (const TopCut& cut : place->cuts) {
      if (!cut.likely && guess == Guess::no) continue;
      const Edit edit = edit_of(*place, cut);
      const Combine combine = cut.likely ? Combine::yes : Combine::no;
      if (sink.take(undo, spliced(body, edit.begin, edit.end, edit.octets), combine)) return true;
    }
  }
  return false;
}

}  // namespace

bool try_banner_reversals(std::string_view body, const MimeParts& parts, Guess guess,
                          CandidateSink& sink) {
  const MimePart* text = first_of(parts, "text/plain");
  const MimePart* html = first_of(parts, "text/html");
  const auto text_tags = [](std::string_view top) { return tags_at(top, 0); };
  return try_places(body, place_of(body, text, text_tags), place_of(body, html, html_tags),
                    Undo::external_tag_remove, guess, sink) ||
         try_places(body, place_of(body, text, text_banners), place_of(body, html, html_banners),
                    Undo::banner_remove, guess, sink);
}

}  // namespace mailassay::diagnosis
