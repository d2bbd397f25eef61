#include "mkcorpus/draft_body.h"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>

#include "mkcorpus/prose.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

constexpr std::size_t kBase64Width = 76;

/// One row of a newsletter: a picture, a headline, a sentence, a tracked link.
std::string html_row(const Author& author, Prng& prng) {
  return fmt::format(
      "<tr><td align=\"left\" style=\"padding:12px 24px;font-family:Arial,sans-serif\">\r\n"
      "<img src=\"https://img.{0}/{1}.png\" width=\"560\" alt=\"{2}\">\r\n"
      "<h2 style=\"color:#1a3c5e\">{2}</h2>\r\n<p>{3}</p>\r\n"
      "<a href=\"https://click.{0}/ls/click?upn={4}&c={5}\">{6}</a>\r\n</td></tr>\r\n",
      author.domain, token(prng, 10), headline(prng), sentence(prng, Charset::utf8),
      token(prng, prng.between(60, 180)), prng.below(100000), word(prng));
}

std::string html_page(const Author& author, std::size_t size, Prng& prng) {
  std::string page = fmt::format(
      "<!DOCTYPE html>\r\n<html>\r\n<head><meta charset=\"utf-8\">\r\n"
      "<style>\r\nbody {{ margin: 0; }}\r\n\ttd {{ vertical-align: top; }}  \r\n</style>\r\n"
      "<title>{}</title></head>\r\n<body>\r\n<table role=\"presentation\">\r\n",
      headline(prng));
  while (page.size() < size) page += html_row(author, prng);
  page += fmt::format(
      "</table>\r\n<img src=\"https://open.{}/o.gif?e={}\" width=\"1\" height=\"1\">\r\n"
      "</body>\r\n</html>\r\n",
      author.domain, token(prng, 40));
  return page;
}

std::string plain_text(std::size_t size, Charset charset, Prng& prng) {
  std::string text;
  while (text.size() < size) {
    text += paragraph(prng, charset, "");
    text += "\r\n";
  }
  return text;
}

void write_newsletter(const Author& author, Draft& draft, Prng& prng) {
  const std::string boundary = "=_alt_" + token(prng, 22);
  const std::size_t size = prng.between(3200, 11500);
  draft.fields.push_back(
      fmt::format("Content-Type: multipart/alternative;\r\n\tboundary=\"{}\"", boundary));
  const std::string page = html_page(author, size * 3 / 4, prng);
  const bool as_base64 = prng.chance(15);
  const std::string encoded =
      as_base64 ? broken_into_lines(base64_encoded(page), kBase64Width, "\r\n") + "\r\n"
                : quoted_printable(page);
  draft.body = fmt::format(
      "This is a multi-part message in MIME format.\r\n--{0}\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
      "\r\n{1}\r\n--{0}\r\n"
      "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {2}\r\n"
      "\r\n{3}\r\n--{0}--\r\n",
      boundary, quoted_printable(plain_text(size / 6, Charset::utf8, prng)),
      as_base64 ? "base64" : "quoted-printable", encoded);
}

/// White space that the two canonicalizations treat differently. [RFC6376 3.4.3] [RFC6376 3.4.4]
void add_white_space(std::string& body, Prng& prng) {
  switch (prng.below(8)) {
    case 0:
      body += "Total:\t\t12.50   EUR \t\r\n";
      break;
    case 1:
      body += "  indented line  with  gaps  \r\n\t\r\n";
      break;
    case 2:
      body += "last words\r\n\r\n\r\n\r\n";
      break;
    case 3:
      body += " \r\n \t \r\n";
      break;
    default:
      break;
  }
}

std::string letter_text(bool is_reply, Charset charset, Prng& prng) {
  std::string text = "Dear " + person(prng) + ",\r\n\r\n";
  const std::size_t size = prng.between(700, 3000);
  if (is_reply) {
    text += "On Monday " + person(prng) + " wrote:\r\n";
    for (std::size_t i = prng.between(1, 3); i > 0; --i) {
      text += paragraph(prng, charset, prng.chance(80) ? "> " : ">> ");
      text += ">\r\n";
    }
  }
  text += plain_text(size > text.size() ? size - text.size() : 0, charset, prng);
  // "-- " keeps its blank: the separator of a signature block. [RFC3676 4.3]
  text += "Kind regards\r\n-- \r\n" + person(prng) + "\r\n";
  return text;
}

void write_letter(bool is_reply, Draft& draft, Prng& prng) {
  const Charset charset = prng.chance(35) ? Charset::utf8 : Charset::ascii;
  draft.fields.push_back(fmt::format("Content-Type: text/plain; charset={}{}",
                                     charset == Charset::utf8 ? "\"UTF-8\"" : "us-ascii",
                                     prng.chance(20) ? "; format=flowed" : ""));
  if (prng.chance(2)) {
    draft.body = prng.chance(60) ? "" : "\r\n\r\n";
    return;
  }
  std::string text = letter_text(is_reply, charset, prng);
  add_white_space(text, prng);
  if (charset == Charset::ascii) {
    draft.body = std::move(text);
    return;
  }
  const bool as_octets = prng.chance(60);
  draft.fields.emplace_back(as_octets ? "Content-Transfer-Encoding: 8bit"
                                      : "Content-Transfer-Encoding: quoted-printable");
  draft.body = as_octets ? std::move(text) : quoted_printable(text);
}

/// Base64 of `octets` random octets, in lines.
std::string random_base64(std::size_t octets, Prng& prng) {
  std::string data;
  data.reserve(octets + 8);
  while (data.size() < octets) {
    const std::uint64_t bits = prng.next();
    for (unsigned shift = 0; shift < 64; shift += 8) data += static_cast<char>(bits >> shift);
  }
  return broken_into_lines(base64_encoded(data), kBase64Width, "\r\n") + "\r\n";
}

void write_attachment(Draft& draft, Prng& prng) {
  const std::string boundary = "----part_" + token(prng, 18);
  draft.fields.push_back(fmt::format("Content-Type: multipart/mixed; boundary=\"{}\"", boundary));
  const std::size_t octets = prng.between(37000, 219000);
  draft.body = fmt::format(
      "--{0}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n{1}\r\n--{0}\r\n"
      "Content-Type: application/pdf; name=\"document-{2}.pdf\"\r\n"
      "Content-Disposition: attachment; filename=\"document-{2}.pdf\"\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\n{3}--{0}--\r\n",
      boundary, plain_text(600, Charset::ascii, prng), prng.below(90000),
      random_base64(octets, prng));
}

}  // namespace

void write_body(Form form, bool is_reply, const Author& author, Draft& draft, Prng& prng) {
  switch (form) {
    case Form::newsletter:
      write_newsletter(author, draft, prng);
      break;
    case Form::letter:
      write_letter(is_reply, draft, prng);
      break;
    case Form::attachment:
      write_attachment(draft, prng);
      break;
  }
}

}  // namespace mkcorpus
