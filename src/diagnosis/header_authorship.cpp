// Reversals of what mailing lists and gateways write into header fields: tags of the subject, a
// From of their own.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "diagnosis/header_reversal.h"
#include "message/address.h"

namespace mailassay::diagnosis {
namespace {

/// Tags are short; what is longer is text.
constexpr std::size_t kLongestTag = 64;
/// Fields of one name that may have kept the author.
constexpr std::size_t kSourcesTried = 4;

constexpr std::array<std::string_view, 12> kBareTags = {
    "EXTERNAL:", "External:", "EXT:",       "[EXT]",    "***SPAM***", "*****SPAM*****",
    "SPAM:",     "{Spam?}",   "(EXTERNAL)", "CAUTION:", "WARNING:",   "**EXTERNAL**"};
constexpr std::array<std::string_view, 8> kReplyMarks = {
    "Re:", "RE:", "re:", "Fwd:", "FWD:", "Fw:", "FW:", "AW:"};

/// Size of a tag at the begin of `text`, white space behind it included; 0: there is none.
std::size_t tag_size(std::string_view text) {
  std::size_t size = 0;
  if (text.starts_with('[')) {
    const std::size_t end = text.substr(0, kLongestTag).find(']');
    if (end != std::string_view::npos) size = end + 1;
  }
  for (const std::string_view tag : kBareTags) {
    if (size == 0 && text.starts_with(tag)) size = tag.size();
  }
  if (size == 0) return 0;
  while (size < text.size() && ascii::is_fws_octet(text[size])) ++size;
  return size;
}

std::size_t reply_mark_size(std::string_view text) {
  for (const std::string_view mark : kReplyMarks) {
    if (!text.starts_with(mark)) continue;
    std::size_t size = mark.size();
    while (size < text.size() && ascii::is_fws_octet(text[size])) ++size;
    return size;
  }
  return 0;
}

/// The texts that a subject may have had before tags were put into it, the likelier first.
std::vector<std::string> untagged(std::string_view text) {
  std::vector<std::string> found;
  const std::size_t mark = reply_mark_size(text);
  const std::string_view head = text.substr(0, mark);
  std::string_view rest = text.substr(mark);
  while (const std::size_t size = tag_size(rest)) {
    rest.remove_prefix(size);
    found.push_back(std::string(head).append(rest));
    // "Re: [list] Re: subject" was "Re: subject".
    if (mark > 0 && reply_mark_size(rest) > 0) found.emplace_back(rest);
    if (found.size() > 6) break;
  }
  if (text.ends_with(']')) {
    const std::size_t begin = text.rfind('[');
    if (begin != std::string_view::npos && begin > 0 && text.size() - begin < kLongestTag) {
      found.emplace_back(ascii::trim(text.substr(0, begin)));
    }
  }
  return found;
}

/// The display name that stands before `<`, without quotes and what a list put behind it.
std::string display_name(std::string_view value) {
  std::string_view name = ascii::trim(value.substr(0, value.find('<')));
  for (const std::string_view mark : {" via ", " (via ", " [via "}) {
    name = ascii::trim(name.substr(0, name.find(mark)));
  }
  if (name.starts_with('"')) name.remove_prefix(1);
  if (name.ends_with('"')) name.remove_suffix(1);
  if (name.starts_with('\'') && name.ends_with('\'') && name.size() > 1) {
    name = name.substr(1, name.size() - 2);
  }
  return std::string(name);
}

void add_author(std::size_t place, std::string value, std::vector<HeaderReversal>& out) {
  out.push_back({Undo::from_restore, [place, value = std::move(value)](HeaderFields& header) {
                   header.set_value(place, value);
                 }});
}

}  // namespace

void list_subjects(const HeaderFields& fields, const SignatureAim& aim,
                   std::vector<HeaderReversal>& out) {
  const auto places = fields.places_of("subject");
  if (!aim.covers("subject") || places.empty()) return;
  const std::size_t place = places.back();
  const std::string_view value = fields.value(place);
  const std::size_t begin = std::min(value.find_first_not_of(" \t\r\n"), value.size());
  const std::string front(value.substr(0, begin));
  for (const std::string& text : untagged(value.substr(begin))) {
    out.push_back(
        {Undo::subject_tag_remove, [place, restored = front + text](HeaderFields& header) {
           header.set_value(place, restored);
         }});
  }
}

void list_authors(const HeaderFields& fields, const SignatureAim& aim,
                  std::vector<HeaderReversal>& out) {
  constexpr std::array<std::string_view, 6> kKeptIn = {
      "x-original-from",        "original-from", "x-mailman-original-from",
      "x-google-original-from", "reply-to",      "x-original-sender"};
  const auto places = fields.places_of("from");
  if (places.size() != 1 || !aim.covers("from")) return;
  const std::size_t place = places.front();
  const std::string name = display_name(fields.value(place));
  for (const std::string_view kept : kKeptIn) {
    // They are in much mail that no list has seen.
    if (!aim.on_list && (kept == "reply-to" || kept == "x-original-sender")) continue;
    std::vector<std::size_t> sources = fields.places_of(kept);
    if (sources.size() > kSourcesTried) sources.resize(kSourcesTried);
    for (const std::size_t source : sources) {
      const std::string_view value = fields.value(source);
      if (ascii::trim(value) == ascii::trim(fields.value(place))) continue;
      add_author(place, std::string(value), out);
      // A list that only keeps the address lets the name stand in From.
      const auto addresses = message::parse_address_list(value, 2);
      if (addresses.size() != 1 || name.empty()) continue;
      const std::string& address = addresses.front().address;
      const std::string in_brackets = " <" + address + ">";
      add_author(place, (" " + name).append(in_brackets), out);
      add_author(place, (" \"" + name).append("\"").append(in_brackets), out);
    }
  }
}

}  // namespace mailassay::diagnosis
