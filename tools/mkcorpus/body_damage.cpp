#include "mkcorpus/body_damage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "mkcorpus/prose.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::string_view kCrlf = "\r\n";
constexpr std::string_view kListFooter =
    "_______________________________________________\r\n"
    "team mailing list\r\nhttps://lists.inbox.example.net/team\r\n";
constexpr std::string_view kBanner =
    "CAUTION: this message came from outside of the company.\r\n"
    "Do not click on links unless you know the sender.\r\n\r\n";

/// The body with each line as `rewrite(line)` makes it.
template <typename Rewrite>
void rewrite_lines(std::string& body, Rewrite rewrite) {
  std::string out;
  std::string_view rest = body;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(kCrlf), rest.size());
    out += rewrite(rest.substr(0, end));
    out += rest.substr(end, kCrlf.size());
    rest.remove_prefix(std::min(end + kCrlf.size(), rest.size()));
  }
  body = out;
}

void set_field(Draft& draft, std::string_view name, std::string_view value) {
  std::erase_if(draft.fields, [&](const std::string& field) {
    return mailassay::ascii::equal_ignoring_case(field.substr(0, name.size()), name);
  });
  draft.fields.push_back(fmt::format("{} {}", name, value));
}

/// A letter in plain text, some of it with accents, in the place of the body.
void write_letter(Draft& draft, Prng& prng, std::string_view middle) {
  set_field(draft, "Content-Type:", "text/plain; charset=utf-8");
  set_field(draft, "Content-Transfer-Encoding:", "8bit");
  draft.body = "Dear " + person(prng) + ",\r\n\r\n" + paragraph(prng, Charset::utf8, "") + "\r\n";
  draft.body += middle;
  draft.body +=
      paragraph(prng, Charset::utf8, "") + "caf\xc3\xa9\r\n-- \r\n" + person(prng) + "\r\n";
}

void prepare_letter(Draft& draft, Prng& prng) { write_letter(draft, prng, ""); }
void prepare_from(Draft& draft, Prng& prng) {
  write_letter(draft, prng, "From here on it is new.\r\n>From what was said before.\r\n");
}
void prepare_plain_from(Draft& draft, Prng& prng) {
  write_letter(draft, prng, "From here on it is new.\r\n>>From what was said long before.\r\n");
}
void prepare_dots(Draft& draft, Prng& prng) {
  write_letter(draft, prng, ".hidden files\r\n...and so on\r\n");
}
void prepare_tabs(Draft& draft, Prng& prng) {
  write_letter(draft, prng, "item\tprice\tcount\r\npen\t2\t17\r\n");
}
void prepare_columns(Draft& draft, Prng& prng) {
  write_letter(draft, prng, "        indented\r\n                deep\r\n");
}
void prepare_long_line(Draft& draft, Prng& prng) {
  write_letter(draft, prng, token(prng, prng.between(2100, 2900)) + "\r\n");
}
void prepare_nul(Draft& draft, Prng& prng) {
  write_letter(draft, prng, std::string("end of block \0\r\n", 16));
}

void write_alternative(Draft& draft, Prng& prng, std::string_view encoding, std::string_view link) {
  const std::string boundary = "=_b_" + token(prng, 20);
  set_field(draft, "Content-Type:", "multipart/alternative; boundary=\"" + boundary + "\"");
  std::erase_if(draft.fields, [](const std::string& field) {
    return field.starts_with("Content-Transfer-Encoding:");
  });
  const std::string text = "Dear " + person(prng) + ",\r\n\r\n" +
                           paragraph(prng, Charset::utf8, "") + "caf\xc3\xa9 " + std::string(link) +
                           "\r\n";
  const std::string page = fmt::format(
      "<html><body bgcolor=\"#ffffff\">\r\n<h1>{}</h1>\r\n<p>{} caf\xc3\xa9</p>\r\n"
      "<p><a href=\"{}\">{}</a></p>\r\n</body></html>\r\n",
      headline(prng), sentence(prng, Charset::utf8), link, word(prng));
  const auto encoded = [&](const std::string& octets) {
    return encoding == "8bit" ? octets : quoted_printable(octets);
  };
  draft.body = fmt::format(
      "--{0}\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Content-Transfer-Encoding: {1}\r\n\r\n{2}\r\n--{0}\r\n"
      "Content-Type: text/html; charset=utf-8\r\n"
      "Content-Transfer-Encoding: {1}\r\n\r\n{3}\r\n--{0}--\r\n",
      boundary, encoding, encoded(text), encoded(page));
}

void prepare_8bit_parts(Draft& draft, Prng& prng) { write_alternative(draft, prng, "8bit", "-"); }
void prepare_encoded_parts(Draft& draft, Prng& prng) {
  write_alternative(draft, prng, "quoted-printable", "-");
}
void prepare_links(Draft& draft, Prng& prng) {
  write_alternative(
      draft, prng, "8bit",
      fmt::format("https://www.example.com/{}/a_b-c?id={}", token(prng, 8), prng.below(1000)));
}
void prepare_mixed(Draft& draft, Prng& prng) {
  const std::string boundary = "=_m_" + token(prng, 20);
  set_field(draft, "Content-Type:", "multipart/mixed; boundary=\"" + boundary + "\"");
  draft.body = fmt::format(
      "--{0}\r\nContent-Type: text/plain\r\n\r\n{1}\r\n--{0}\r\n"
      "Content-Type: application/pdf\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n{2}\r\n--{0}--\r\n",
      boundary, paragraph(prng, Charset::ascii, ""),
      broken_into_lines(base64_encoded(token(prng, 600)), 76, "\r\n"));
}

void quote_mboxrd(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    const std::size_t at = std::min(line.find_first_not_of('>'), line.size());
    return (line.substr(at).starts_with("From ") ? ">" : "") + std::string(line);
  });
}
void quote_mboxo(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    return (line.starts_with("From ") ? ">" : "") + std::string(line);
  });
}
void quote_blank(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    return (line.starts_with("From ") ? " " : "") + std::string(line);
  });
}
void end_with_cr(Draft& draft, Prng&) {
  std::string& body = draft.body;
  for (std::size_t at = body.find(kCrlf); at != std::string::npos && at + 2 < body.size();
       at = body.find(kCrlf, at + 1)) {
    body.erase(at + 1, 1);
  }
}
void double_cr(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) { return std::string(line) + "\r"; });
}
void stuff_dots(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    return (line.starts_with(".") ? "." : "") + std::string(line);
  });
}
void eat_dots(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    return std::string(line.substr(line.starts_with("..") ? 1 : 0));
  });
}
void prepare_two_dots(Draft& draft, Prng& prng) {
  write_letter(draft, prng, "..hidden files\r\n...and so on\r\n");
}
void add_blank_line(Draft& draft, Prng&) { draft.body.insert(0, kCrlf); }
void double_lines(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) { return std::string(line) + "\r\n"; });
}
void leave_dot_line(Draft& draft, Prng&) { draft.body += ".\r\n"; }
void add_trailing(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    return std::string(line) + (line == "-- " ? "" : "  ");
  });
}
void drop_trailing(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    return std::string(line.substr(0, line.find_last_not_of(" \t") + 1));
  });
}
void expand_tabs(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    std::string out;
    for (const char c : line) {
      if (c != '\t')
        out += c;
      else
        out.append(8 - out.size() % 8, ' ');
    }
    return out;
  });
}
void blanks_to_tabs(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    std::string out;
    while (line.starts_with("        ")) {
      out += '\t';
      line.remove_prefix(8);
    }
    return out + std::string(line);
  });
}
void break_long_lines(Draft& draft, Prng&) {
  rewrite_lines(draft.body, [](std::string_view line) {
    std::string out(line.substr(0, 998));
    for (std::size_t at = 998; at < line.size(); at += 997) {
      out += "\r\n " + std::string(line.substr(at, 997));
    }
    return out;
  });
}
void replace_nul(Draft& draft, Prng&) {
  std::replace(draft.body.begin(), draft.body.end(), '\0', '\x80');
}

/// Each content of a multipart as `recode` makes it, and its encoding as `encoding`.
template <typename Recode>
void recode_parts(std::string& body, std::string_view encoding, Recode recode) {
  constexpr std::string_view kField = "Content-Transfer-Encoding: ";
  for (std::size_t at = body.find(kField); at != std::string::npos; at = body.find(kField, at)) {
    at += kField.size();
    body.replace(at, body.find(kCrlf, at) - at, encoding);
    const std::size_t begin = body.find("\r\n\r\n", at) + 4;
    const std::size_t size = body.find("\r\n--=_b_", begin) - begin;
    body.replace(begin, size, recode(body.substr(begin, size)));
  }
}
void encode_parts(Draft& draft, Prng&) {
  recode_parts(draft.body, "quoted-printable",
               [](const std::string& text) { return quoted_printable(text); });
}
void encode_base64_parts(Draft& draft, Prng&) {
  recode_parts(draft.body, "base64", [](const std::string& text) {
    return broken_into_lines(base64_encoded(text), 76, kCrlf);
  });
}
/// Decodes what quoted_printable() makes.
std::string decoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += text[i];
    } else if (text.compare(i, 3, "=\r\n") == 0) {
      i += 2;
    } else {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    }
  }
  return out;
}
void decode_parts(Draft& draft, Prng&) { recode_parts(draft.body, "8bit", decoded); }

void append_footer(Draft& draft, Prng&) { draft.body += kListFooter; }
void append_mime_footer(Draft& draft, Prng&) {
  const std::size_t close = draft.body.rfind("\r\n--=_m_") + 2;
  const std::string delimiter = draft.body.substr(close, draft.body.rfind("--") - close);
  draft.body.insert(close, delimiter + "\r\nContent-Type: text/plain\r\n\r\n" +
                               std::string(kListFooter) + "\r\n");
}
void wrap(Draft& draft, Prng& prng) {
  const std::string boundary = "===_" + token(prng, 16);
  std::string inner = "text/plain";
  for (const std::string& field : draft.fields) {
    if (field.starts_with("Content-Type:")) inner = field.substr(14);
  }
  draft.body = fmt::format(
      "--{0}\r\nContent-Type: {1}\r\n\r\n{2}\r\n--{0}\r\nContent-Type: text/plain\r\n\r\n{3}\r\n"
      "--{0}--\r\n",
      boundary, inner, draft.body, kListFooter);
  set_field(draft, "Content-Type:", "multipart/mixed; boundary=\"" + boundary + "\"");
}

std::string html_banner() {
  return "<div style=\"background:#fc3\"><b>CAUTION:</b> this message came from outside of the "
         "company.</div>";
}
std::size_t behind(const std::string& body, std::string_view mark) {
  return body.find(mark) + mark.size();
}
void banner_in_letter(Draft& draft, Prng&) { draft.body.insert(0, kBanner); }
void banner_in_text(Draft& draft, Prng&) {
  draft.body.insert(behind(draft.body, "\r\n\r\n"), kBanner);
}
void banner_in_html(Draft& draft, Prng&) {
  draft.body.insert(behind(draft.body, "<body bgcolor=\"#ffffff\">"), html_banner());
}
void banner_in_both(Draft& draft, Prng& prng) {
  banner_in_html(draft, prng);
  banner_in_text(draft, prng);
}
void tag_letter(Draft& draft, Prng&) { draft.body.insert(0, "[EXTERNAL] "); }

template <typename Rewrite>
void rewrite_links(std::string& body, Rewrite rewrite) {
  constexpr std::string_view kBegin = "https://www.example.com/";
  std::string out;
  std::size_t at = 0;
  for (std::size_t begin = body.find(kBegin); begin != std::string::npos;
       begin = body.find(kBegin, at)) {
    const std::size_t end = body.find_first_of("\"\r", begin);
    out += body.substr(at, begin - at) + rewrite(body.substr(begin, end - begin));
    at = end;
  }
  body = out + body.substr(at);
}
std::string percent_encoded(const std::string& link, char mark) {
  std::string out;
  for (const char c : link) {
    if (mailassay::ascii::is_alnum(c) || c == '.') {
      out += c;
    } else if (mark == '-' && c == '/') {
      out += '_';
    } else {
      out += fmt::format("{}{:02X}", mark, static_cast<unsigned>(c));
    }
  }
  return out;
}
void safe_links(Draft& draft, Prng&) {
  rewrite_links(draft.body, [](const std::string& link) {
    return "https://eur02.safelinks.protection.outlook.com/?url=" + percent_encoded(link, '%') +
           "&data=05%7C01&sdata=abc%3D&reserved=0";
  });
}
void url_defense_v2(Draft& draft, Prng&) {
  rewrite_links(draft.body, [](const std::string& link) {
    return "https://urldefense.proofpoint.com/v2/url?u=" + percent_encoded(link, '-') +
           "&d=DwMFaQ&c=x&r=y&m=z&s=w&e=";
  });
}
void url_defense_v3(Draft& draft, Prng&) {
  rewrite_links(draft.body, [](std::string link) {
    std::replace(link.begin(), link.end(), '?', '*');
    return "https://urldefense.com/v3/__" + link + "__;Pw!!ABC!xyz$";
  });
}
void links_and_banner(Draft& draft, Prng& prng) {
  safe_links(draft, prng);
  banner_in_html(draft, prng);
}
void quote_and_footer(Draft& draft, Prng& prng) {
  append_footer(draft, prng);
  quote_mboxrd(draft, prng);
}
void quote_and_double_cr(Draft& draft, Prng& prng) {
  quote_mboxrd(draft, prng);
  double_cr(draft, prng);
}

/// Changes one letter somewhere.
void change_letter(Draft& draft, Prng& prng) {
  std::string& body = draft.body;
  const std::size_t start = prng.below(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    char& c = body[(start + i) % body.size()];
    if (c < 'a' || c > 'z') continue;
    c = c == 'z' ? 'a' : static_cast<char>(c + 1);
    return;
  }
}
void insert_sentence(Draft& draft, Prng& prng) {
  draft.body.insert(draft.body.find(kCrlf, draft.body.size() / 2) + 2,
                    sentence(prng, Charset::ascii) + "\r\n");
}
void remove_paragraph(Draft& draft, Prng&) {
  const std::size_t begin = behind(draft.body, "\r\n\r\n");
  draft.body.erase(begin, draft.body.find("\r\n\r\n", begin) + 4 - begin);
}
void prepare_nothing_to_undo(Draft& draft, Prng& prng) {
  write_letter(draft, prng, ">From here\r\n.dots\r\n\ttabs  \r\nhttps://a.example/ caution\r\n");
}

constexpr std::array kBodyDamages = {
    DamageKind{"body-mboxrd", prepare_from, quote_mboxrd, "mboxrd-unquote"},
    DamageKind{"body-mboxo", prepare_plain_from, quote_mboxo, "mboxo-unquote"},
    DamageKind{"body-space-from", prepare_from, quote_blank, "space-unquote"},
    DamageKind{"body-bare-cr", prepare_letter, end_with_cr, "bare-cr-to-line-end"},
    DamageKind{"body-double-cr", prepare_letter, double_cr, "double-cr-to-line-end", false, true},
    DamageKind{"body-dots-stuffed", prepare_dots, stuff_dots, "dot-unstuff"},
    DamageKind{"body-dots-eaten", prepare_two_dots, eat_dots, "dot-stuff"},
    DamageKind{"body-blank-line", prepare_letter, add_blank_line, "blank-lines-restore"},
    DamageKind{"body-lines-doubled", prepare_letter, double_lines, "blank-lines-restore"},
    DamageKind{"body-end-mark", prepare_letter, leave_dot_line, "end-mark-remove"},
    DamageKind{"body-trailing-added", prepare_letter, add_trailing, "trailing-space-remove"},
    DamageKind{"body-trailing-lost", prepare_letter, drop_trailing, "trailing-space-restore"},
    DamageKind{"body-tabs-expanded", prepare_tabs, expand_tabs, "spaces-to-tabs"},
    DamageKind{"body-blanks-tabbed", prepare_columns, blanks_to_tabs, "tabs-to-spaces"},
    DamageKind{"body-long-lines", prepare_long_line, break_long_lines, "long-lines-join"},
    DamageKind{"body-nul", prepare_nul, replace_nul, "nul-restore", true},
    DamageKind{"body-qp-encoded", prepare_8bit_parts, encode_parts, "quoted-printable-decode"},
    DamageKind{"body-qp-decoded", prepare_encoded_parts, decode_parts, "quoted-printable-encode"},
    DamageKind{"body-base64-encoded", prepare_8bit_parts, encode_base64_parts, "base64-decode"},
    DamageKind{"body-footer", nullptr, append_footer, "footer-remove", true},
    DamageKind{"body-mime-footer", prepare_mixed, append_mime_footer, "mime-footer-remove", true},
    DamageKind{"body-wrapped", nullptr, wrap, "mime-wrapper-remove", true},
    DamageKind{"body-banner-letter", prepare_letter, banner_in_letter, "banner-remove", true},
    DamageKind{"body-banner-text", prepare_encoded_parts, banner_in_text, "banner-remove", true},
    DamageKind{"body-banner-html", prepare_8bit_parts, banner_in_html, "banner-remove", true},
    DamageKind{"body-banner-both", prepare_8bit_parts, banner_in_both, "banner-remove", true},
    DamageKind{"body-tag", prepare_letter, tag_letter, "external-tag-remove", true},
    DamageKind{"body-safe-links", prepare_links, safe_links, "rewritten-links-decode", true},
    DamageKind{"body-url-defense-2", prepare_links, url_defense_v2, "rewritten-links-decode", true},
    DamageKind{"body-url-defense-3", prepare_links, url_defense_v3, "rewritten-links-decode", true},
    DamageKind{"body-links-banner", prepare_links, links_and_banner,
               "rewritten-links-decode banner-remove", true},
    DamageKind{"body-mboxrd-footer", prepare_from, quote_and_footer, "mboxrd-unquote footer-remove",
               true},
    DamageKind{"body-mboxrd-double-cr", prepare_from, quote_and_double_cr,
               "mboxrd-unquote double-cr-to-line-end", false, true},
    DamageKind{"text-letter", prepare_letter, change_letter, ""},
    DamageKind{"text-sentence", prepare_8bit_parts, insert_sentence, ""},
    DamageKind{"text-paragraph", prepare_letter, remove_paragraph, ""},
    DamageKind{"text-traces", prepare_nothing_to_undo, change_letter, ""},
};

}  // namespace

std::span<const DamageKind> body_damages() { return kBodyDamages; }

}  // namespace mkcorpus
