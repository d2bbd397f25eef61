// Reversals that change the form of header fields and nothing that a reader would see.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/bytes.h"
#include "diagnosis/header_reversal.h"
#include "message/address.h"
#include "message/encoded_word.h"

namespace mailassay::diagnosis {
namespace {

/// Mail servers break lines here. [RFC5322 2.1.1]
constexpr std::size_t kLongLine = 990;
constexpr std::size_t kFoldAt = 78;  // [RFC5322 2.1.1]

using ValueForm = std::string (*)(std::string_view value);

/// Calls `use(before, at)` at each fold: `before` is the text up to the line end, `at` the offset
/// of the white space behind it.
template <typename Piece, typename Join>
std::string rebuild(std::string_view value, Piece piece, Join join) {
  std::string out;
  std::size_t at = 0;
  while (at < value.size()) {
    const std::size_t feed = value.find('\n', at);
    if (feed == std::string_view::npos) break;
    const std::size_t end = feed > at && value[feed - 1] == '\r' ? feed - 1 : feed;
    piece(value.substr(at, end - at), out);
    std::size_t next = feed + 1;
    while (next < value.size() && ascii::is_wsp(value[next])) ++next;
    join(value.substr(feed + 1, next - feed - 1), out);
    at = next;
  }
  piece(value.substr(at), out);
  return out;
}

void keep(std::string_view text, std::string& out) { out.append(text); }

std::string unfold(std::string_view value) {
  return rebuild(value, keep, [](std::string_view wsp, std::string& out) { out.append(wsp); });
}
std::string unfold_to_blank(std::string_view value) {
  return rebuild(value, keep, [](std::string_view, std::string& out) { out.push_back(' '); });
}
std::string fold_with_tab(std::string_view value) {
  return rebuild(value, keep, [](std::string_view, std::string& out) { out.append("\r\n\t"); });
}
std::string fold_with_blank(std::string_view value) {
  return rebuild(value, keep, [](std::string_view, std::string& out) { out.append("\r\n "); });
}
std::string fold_with_blanks(std::string_view value) {
  return rebuild(value, keep,
                 [](std::string_view, std::string& out) { out.append("\r\n        "); });
}
/// Lines that were broken within a word by a server that allows no long ones.
std::string join_long_lines(std::string_view value) {
  std::size_t size = 0;
  return rebuild(
      value,
      [&](std::string_view text, std::string& out) {
        size = text.size();
        out.append(text);
      },
      [&](std::string_view wsp, std::string& out) {
        if (size < kLongLine) out.append("\r\n").append(wsp);
      });
}
std::string without_white_space_at_line_ends(std::string_view value) {
  const auto trimmed = [](std::string_view text, std::string& out) {
    const std::size_t last = text.find_last_not_of(" \t");
    out.append(text.substr(0, last == std::string_view::npos ? 0 : last + 1));
  };
  return rebuild(value, trimmed,
                 [](std::string_view wsp, std::string& out) { out.append("\r\n").append(wsp); });
}
std::string with_one_blank_in_front(std::string_view value) {
  const std::size_t first = std::min(value.find_first_not_of(" \t"), value.size());
  return " " + std::string(value.substr(first));
}
std::string without_blank_in_front(std::string_view value) {
  return std::string(value.substr(std::min(value.find_first_not_of(" \t"), value.size())));
}
std::string with_single_blanks(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (ascii::is_wsp(c) && !out.empty() && out.back() == ' ') continue;
    out.push_back(c == '\t' ? ' ' : c);
  }
  return out;
}

/// Folds at white space so that no line is over 78 octets, as most writers do.
std::string fold_at_78(std::string_view value, std::string_view fold) {
  const std::string flat = unfold_to_blank(value);
  constexpr std::size_t kNameSize = 10;  // about; where it matters the fold is another one anyway
  std::string out;
  std::size_t line = kNameSize;
  std::size_t at = 0;
  while (at < flat.size()) {
    std::size_t next = flat.find(' ', at + 1);
    if (next == std::string::npos) next = flat.size();
    const bool too_long = line + (next - at) > kFoldAt && !out.empty() && flat[at] == ' ';
    if (too_long) {
      out.append(fold);
      line = 1;
      ++at;
    }
    out.append(flat, at, next - at);
    line += next - at;
    at = next;
  }
  return out;
}
std::string fold_at_78_with_blank(std::string_view value) { return fold_at_78(value, "\r\n "); }
std::string fold_at_78_with_tab(std::string_view value) { return fold_at_78(value, "\r\n\t"); }

/// Folds behind each comma or semicolon, as address lists and parameters are.
std::string fold_at(std::string_view value, std::string_view separator, std::string_view fold) {
  std::string flat = unfold_to_blank(value);
  for (std::size_t at = flat.find(separator); at != std::string::npos;
       at = flat.find(separator, at + fold.size())) {
    flat.replace(at + 1, separator.size() - 1, fold);
  }
  return flat;
}
std::string fold_at_commas(std::string_view value) { return fold_at(value, ", ", "\r\n\t"); }
std::string fold_at_commas_with_blank(std::string_view value) {
  return fold_at(value, ", ", "\r\n ");
}
std::string fold_at_semicolons(std::string_view value) { return fold_at(value, "; ", "\r\n\t"); }
std::string fold_at_semicolons_with_blank(std::string_view value) {
  return fold_at(value, "; ", "\r\n ");
}

constexpr std::array<ValueForm, 15> kForms = {unfold,
                                              unfold_to_blank,
                                              fold_with_tab,
                                              fold_with_blank,
                                              fold_with_blanks,
                                              with_one_blank_in_front,
                                              without_blank_in_front,
                                              without_white_space_at_line_ends,
                                              with_single_blanks,
                                              fold_at_78_with_blank,
                                              fold_at_78_with_tab,
                                              fold_at_commas,
                                              fold_at_commas_with_blank,
                                              fold_at_semicolons,
                                              fold_at_semicolons_with_blank};

void add_form(std::vector<std::size_t> places, ValueForm form, const HeaderFields& fields,
              std::vector<HeaderReversal>& out) {
  std::erase_if(
      places, [&](std::size_t place) { return form(fields.value(place)) == fields.value(place); });
  if (places.empty()) return;
  out.push_back({Undo::refold, [places = std::move(places), form](HeaderFields& header) {
                   for (const std::size_t place : places) {
                     header.set_value(place, form(header.value(place)));
                   }
                 }});
}

/// Names are as h= has them, since a signer writes there what it reads; or in their usual case.
void list_name_cases(const HeaderFields& fields, const SignatureAim& aim,
                     std::vector<HeaderReversal>& out) {
  const auto usual = [](std::string_view name) {
    std::string text = ascii::lower(name);
    if (text == "mime-version") return std::string("MIME-Version");
    if (text == "message-id") return std::string("Message-ID");
    bool first = true;
    for (char& c : text) {
      if (first && c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
      first = c == '-';
    }
    return text;
  };
  const auto written = [&aim](const std::string& name) {
    const auto found = aim.signed_names.find(name);
    return found == aim.signed_names.end() ? name : found->second;
  };
  const auto rename = [&](const std::vector<std::size_t>& places, auto spelling) {
    std::vector<std::pair<std::size_t, std::string>> names;
    names.reserve(places.size());
    for (const std::size_t place : places) {
      names.emplace_back(place, place == aim.own ? "DKIM-Signature" : spelling(fields.name(place)));
    }
    out.push_back({Undo::field_name_case, [names = std::move(names)](HeaderFields& header) {
                     for (const auto& [place, name] : names) header.set_name(place, name);
                   }});
  };
  std::vector<std::size_t> all = aim.covered;
  rename(all, usual);
  rename(all, written);
  std::erase(all, aim.own);
  rename(all, usual);
  rename(all, written);
  for (const std::size_t place : all) {
    rename({place}, usual);
    rename({place}, written);
  }
}

/// Fields that a server rewrites when it encodes the body in another way, or adds.
void list_mime_fields(const HeaderFields& fields, const SignatureAim& aim,
                      std::vector<HeaderReversal>& out) {
  constexpr std::array<std::string_view, 4> kEncodings = {"8bit", "7bit", "quoted-printable",
                                                          "base64"};
  const auto restore = [&](Undo undo, std::string_view name, std::string_view written,
                           std::string_view value) {
    const auto places = fields.places_of(name);
    if (!aim.covers(std::string(name)) || places.size() > 1) return;
    if (!places.empty() && ascii::trim(fields.value(places[0])) == value) return;
    out.push_back({undo, [places, field = std::string(written) + ": " + std::string(value),
                          text = " " + std::string(value)](HeaderFields& header) {
                     if (places.empty()) {
                       header.add(field);
                     } else {
                       header.set_value(places[0], text);
                     }
                   }});
  };
  for (const std::string_view encoding : kEncodings) {
    restore(Undo::transfer_encoding_restore, "content-transfer-encoding",
            "Content-Transfer-Encoding", encoding);
  }
  restore(Undo::field_restore, "mime-version", "MIME-Version", "1.0");
}

bool needs_encoding(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (octet(c) & 0x80U) != 0; });
}

/// Decoded text stands for the encoded one only if it is one line, and in an address field only if
/// it names the same addresses: what is inside an encoded word is never an address. [RFC2047 5]
bool is_same_to_a_reader(std::string_view name, std::string_view encoded, std::string_view text) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return octet(c) < 0x20 || c == 0x7F; })) {
    return false;
  }
  if (name == "subject") return true;
  const auto before = message::parse_address_list(encoded);
  const auto after = message::parse_address_list(text);
  return std::equal(before.begin(), before.end(), after.begin(), after.end(),
                    [](const auto& a, const auto& b) { return a.address == b.address; });
}

std::string q_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (c == ' ') {
      out.push_back('_');
    } else if (ascii::is_alnum(c) ||
               std::string_view("!*+-/.,'").find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      out.push_back('=');
      out.push_back(kHex[octet(c) >> 4U]);
      out.push_back(kHex[octet(c) & 15U]);
    }
  }
  return out;
}

/// UTF-8 as ISO-8859-1; empty if it has other characters. [RFC3629 3]
std::optional<std::string> to_latin1(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned first = octet(text[i]);
    if (first < 0x80) {
      out.push_back(text[i]);
      continue;
    }
    const bool two = (first == 0xC2 || first == 0xC3) && i + 1 < text.size() &&
                     (octet(text[i + 1]) & 0xC0U) == 0x80U;
    if (!two) return std::nullopt;
    out.push_back(static_cast<char>((first & 3U) << 6U | (octet(text[++i]) & 0x3FU)));
  }
  return out;
}

/// The text from the first word that needs encoding to the last one, as one encoded word.
std::string encode_words(std::string_view text, std::string_view charset, char encoding,
                         bool whole) {
  std::size_t begin = 0;
  std::size_t end = text.size();
  if (!whole) {
    while (begin < end && (octet(text[begin]) & 0x80U) == 0) ++begin;
    while (end > begin && (octet(text[end - 1]) & 0x80U) == 0) --end;
    while (begin > 0 && text[begin - 1] != ' ') --begin;
    while (end < text.size() && text[end] != ' ') ++end;
  }
  const std::string_view middle = text.substr(begin, end - begin);
  const bool is_q = encoding == 'q' || encoding == 'Q';
  return std::string(text.substr(0, begin)) + "=?" + std::string(charset) + "?" + encoding + "?" +
         (is_q ? q_encoded(middle) : encode_base64(middle)) + "?=" + std::string(text.substr(end));
}

}  // namespace

void list_forms(const HeaderFields& fields, const SignatureAim& aim,
                std::vector<HeaderReversal>& out) {
  const std::vector<std::size_t> places = aim.covered;
  // Relaxed canonicalization undoes all of this itself, but for words that were broken.
  // [RFC6376 3.4.2]
  add_form(places, join_long_lines, fields, out);
  if (aim.is_simple) {
    for (const ValueForm form : kForms) add_form(places, form, fields, out);
    list_name_cases(fields, aim, out);
    for (const std::size_t place : places) {
      for (const ValueForm form : kForms) add_form({place}, form, fields, out);
    }
  }
  list_mime_fields(fields, aim, out);
}

void list_encoded_words(const HeaderFields& fields, const SignatureAim& aim,
                        std::vector<HeaderReversal>& out) {
  constexpr std::array<std::string_view, 4> kNames = {"subject", "from", "to", "reply-to"};
  for (const std::string_view name : kNames) {
    const auto places = fields.places_of(name);
    if (!aim.covers(std::string(name)) || places.size() != 1) continue;
    const std::size_t place = places.front();
    const std::string text = message::decode_unstructured(fields.value(place));
    if (!needs_encoding(text)) continue;
    const bool is_raw = needs_encoding(fields.value(place));
    if (!is_raw && is_same_to_a_reader(name, fields.value(place), text)) {
      out.push_back({Undo::encoded_words_decode,
                     [place, text](HeaderFields& header) { header.set_value(place, " " + text); }});
    }
    if (name != "subject") continue;  // in addresses the words are those of display names
    const auto latin1 = to_latin1(text);
    for (const std::string_view charset : {"UTF-8", "utf-8", "ISO-8859-1", "iso-8859-1"}) {
      const bool is_utf8 = ascii::to_lower(charset.front()) == 'u';
      if (!is_utf8 && !latin1) continue;
      const std::string& octets = is_utf8 ? text : *latin1;
      for (const char encoding : {'B', 'Q', 'b', 'q'}) {
        for (const bool whole : {true, false}) {
          out.push_back({Undo::encoded_words_encode,
                         [place, value = " " + encode_words(octets, charset, encoding, whole)](
                             HeaderFields& header) { header.set_value(place, value); }});
        }
      }
    }
  }
}

}  // namespace mailassay::diagnosis
