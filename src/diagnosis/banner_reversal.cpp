#include "diagnosis/banner_reversal.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "diagnosis/part_text.h"
#include "diagnosis/text_line.h"
#include "diagnosis/warning_words.h"

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

/// The cuts of one text, as far as they are not too many.
class TopCuts {
 public:
  void add(const WarningWords& words, std::size_t begin, std::size_t end) {
    const bool likely = words.any_in(begin, end);
    std::size_t unlikely = 0;
    for (const TopCut& cut : cuts_) {
      if (cut.begin == begin && cut.end == end) return;
      if (!cut.likely) ++unlikely;
    }
    if (cuts_.size() == kMost || (!likely && unlikely == kUnlikely)) return;
    cuts_.push_back({begin, end, likely});
  }
  std::vector<TopCut> take() { return std::move(cuts_); }

 private:
  std::vector<TopCut> cuts_;
};

std::size_t end_of_white_space(std::string_view text, std::size_t at) {
  while (at < text.size() && ascii::is_fws_octet(text[at])) ++at;
  return at;
}

/// The lines in which a banner may end.
std::string_view first_lines(std::string_view text) {
  std::size_t lines = 0;
  std::size_t end = 0;
  for_each_line(text, [&](const TextLine& line) {
    end = line.next();
    return ++lines < kLines;
  });
  return text.substr(0, end);
}

std::vector<TopCut> text_banners(std::string_view whole) {
  const std::string_view text = first_lines(whole);
  const WarningWords words(text);
  TopCuts cuts;
  bool divided = false;
  bool first = true;
  std::size_t first_end = 0;
  for_each_line(text, [&](const TextLine& line) {
    const bool blank = is_blank(line.text);
    const bool may_be_cut = line.begin > 0 && !blank;
    const bool after_one = line.begin > 0 && line.begin == first_end && words.any_in(0, first_end);
    if (may_be_cut && (divided || after_one)) cuts.add(words, 0, line.begin);
    if (first) first_end = line.next();
    first = false;
    divided = blank || is_rule(line.text);
    return true;
  });
  return cuts.take();
}

bool begins_with(std::string_view text, std::size_t at, std::string_view lower) {
  return ascii::equal_ignoring_case(text.substr(at, lower.size()), lower);
}

/// Where the content of the HTML begins: behind its <body ...>.
std::size_t html_content(std::string_view html) {
  std::size_t at = html.find('<');
  while (at != std::string_view::npos && !begins_with(html, at, "<body")) {
    at = html.find('<', at + 1);
  }
  const std::size_t end = at == std::string_view::npos ? at : html.find('>', at);
  return end == std::string_view::npos ? 0 : end + 1;
}

/// The end of the element that begins at `at`, which is a "<".
std::optional<std::size_t> end_of_element(std::string_view html, std::size_t at) {
  std::size_t name_end = at + 1;
  while (name_end < html.size() && ascii::is_alnum(html[name_end])) ++name_end;
  const std::string name = ascii::lower(html.substr(at + 1, name_end - at - 1));
  if (name.empty()) return std::nullopt;
  const std::size_t tag_end = html.find('>', name_end);
  if (tag_end == std::string_view::npos) return std::nullopt;
  if (name == "br" || name == "hr" || name == "img") return tag_end + 1;
  std::size_t depth = 1;
  for (std::size_t i = html.find('<', tag_end); i != std::string_view::npos;
       i = html.find('<', i + 1)) {
    const std::string_view rest = html.substr(i + 1);
    if (begins_with(rest, 0, name)) ++depth;
    if (rest.starts_with('/') && begins_with(rest, 1, name) && --depth == 0) {
      const std::size_t end = html.find('>', i);
      if (end == std::string_view::npos) return std::nullopt;
      return end + 1;
    }
  }
  return std::nullopt;
}

std::vector<TopCut> html_banners(std::string_view html) {
  constexpr std::size_t kElements = 3;
  const std::size_t begin = html_content(html);
  std::vector<std::size_t> ends;
  std::size_t at = begin;
  while (ends.size() < 2 * kElements) {
    at = end_of_white_space(html, at);
    if (at >= html.size() || html[at] != '<') break;
    const auto end = end_of_element(html, at);
    if (!end) break;
    at = *end;
    ends.push_back(at);
    ends.push_back(end_of_white_space(html, at));
  }
  if (ends.empty()) return {};
  const WarningWords words(html.substr(0, ends.back()));
  TopCuts cuts;
  for (const std::size_t end : ends) cuts.add(words, begin, end);
  return cuts.take();
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
  const WarningWords words(text.substr(0, end + 1));
  if (!words.any_in(at, end + 1)) return {};
  while (end < text.size() && text[end] == kClosing[kind]) ++end;
  TopCuts cuts;
  std::size_t wsp = end;
  while (wsp < text.size() && ascii::is_wsp(text[wsp])) ++wsp;
  for (const std::size_t stop : {wsp, end_of_white_space(text, end), end}) {
    cuts.add(words, at, stop);
  }
  if (begins_with(text, end, "<br")) {
    const std::size_t behind = text.find('>', end);
    if (behind != std::string_view::npos) cuts.add(words, at, behind + 1);
  }
  return cuts.take();
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
