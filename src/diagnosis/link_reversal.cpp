#include "diagnosis/link_reversal.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/base64.h"
#include "diagnosis/part_text.h"

namespace mailassay::diagnosis {
namespace {

std::optional<unsigned> hex_digit(char c) {
  if (ascii::is_digit(c)) return static_cast<unsigned>(c - '0');
  const char lower = ascii::to_lower(c);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a') + 10U;
  return std::nullopt;
}

/// Decodes `%` and two hexadecimal digits, as in URLs.
std::string decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
    if (text[i] != '%' || !high || !low) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(static_cast<char>(*high * 16U + *low));
    i += 2;
  }
  return out;
}

/// The value of the parameter that `text` begins with.
std::string_view parameter(std::string_view text) { return text.substr(0, text.find('&')); }

/// URL Defense v2: `-` for `%`, `_` for `/`.
std::string decode_v2(std::string_view value) {
  std::string text(value);
  std::replace(text.begin(), text.end(), '-', '%');
  std::replace(text.begin(), text.end(), '_', '/');
  return decode_percent(text);
}

std::optional<unsigned> base64url_index(char c) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const std::size_t at = kAlphabet.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

std::string decode_base64url(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '-', '+');
  std::replace(plain.begin(), plain.end(), '_', '/');
  while (plain.size() % 4 != 0) plain.push_back('=');
  return decode_base64(plain).value_or("");
}

/// URL Defense v3: `*` stands for the next replaced octet, `**X` for as many as X says and two.
std::string decode_v3(std::string_view link, std::string_view encoded) {
  const std::string replaced = decode_base64url(encoded);
  std::string out;
  std::size_t used = 0;
  for (std::size_t i = 0; i < link.size(); ++i) {
    if (link[i] != '*') {
      out.push_back(link[i]);
      continue;
    }
    std::size_t count = 1;
    if (i + 2 < link.size() && link[i + 1] == '*') {
      const auto size = base64url_index(link[i + 2]);
      if (size) {
        count = *size + std::size_t{2};
        i += 2;
      }
    }
    out.append(replaced, std::min(used, replaced.size()), count);
    used += count;
  }
  return out;
}

/// The original of a gateway's link; empty if it is none.
std::optional<std::string> original_of(std::string_view link) {
  const auto behind = [&](std::string_view mark) -> std::optional<std::string_view> {
    const std::size_t at = link.find(mark);
    if (at == std::string_view::npos) return std::nullopt;
    return link.substr(at + mark.size());
  };
  if (link.find(".safelinks.protection.outlook.com/") != std::string_view::npos) {
    if (const auto value = behind("?url=")) return decode_percent(parameter(*value));
  }
  if (const auto value = behind("urldefense.proofpoint.com/v1/url?u=")) {
    return decode_percent(parameter(*value));
  }
  if (const auto value = behind("urldefense.proofpoint.com/v2/url?u=")) {
    return decode_v2(parameter(*value));
  }
  // Barracuda.
  if (const auto value = behind("https://linkprotect.cudasvc.com/url?a=")) {
    return decode_percent(parameter(*value));
  }
  // Cisco: a token, a slash, and the link.
  if (const auto value = behind("https://secure-web.cisco.com/")) {
    const std::size_t slash = value->find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    return decode_percent(value->substr(slash + 1));
  }
  if (const auto value = behind("urldefense.com/v3/__")) {
    const std::size_t end = value->rfind("__;");
    const std::size_t stop = value->find("!!", end == std::string_view::npos ? 0 : end);
    if (end == std::string_view::npos || stop == std::string_view::npos) return std::nullopt;
    return decode_v3(value->substr(0, end), value->substr(end + 3, stop - end - 3));
  }
  return std::nullopt;
}

std::string escaped(std::string_view link) {
  std::string out;
  for (const char c : link) {
    out.push_back(c);
    if (c == '&') out.append("amp;");
  }
  return out;
}

bool has_gateway_link(std::string_view raw) {
  // Two halves of each name: a soft line end of quoted-printable can only be in one of them.
  constexpr std::string_view kMarks[] = {
      "safelinks",   "protection.outlook", "urldefense", "proofpoint.com/v", "/v3/__",
      "linkprotect", "cudasvc.com/url",    "secure-web", "cisco.com/"};
  return std::any_of(std::begin(kMarks), std::end(kMarks), [&](std::string_view mark) {
    return raw.find(mark) != std::string_view::npos;
  });
}

/// The body with the links of all texts decoded; empty if there is none.
std::optional<std::string> decoded_body(std::string_view body, const MimeParts& parts,
                                        bool escape) {
  std::string out;
  std::size_t at = 0;
  for (const MimePart& part : parts.parts) {
    const PartHeader& header = part.header;
    if (!header.content.type.starts_with("text/") || header.is_attachment) continue;
    const bool hidden = header.encoding == message::TransferEncoding::base64;
    if (!hidden && !has_gateway_link(part.text(body))) continue;
    const auto text = PartText::read(body, part);
    if (!text) continue;
    const std::string decoded =
        decode_links(text->text(), escape && header.content.type == "text/html");
    if (decoded == text->text()) continue;
    out.append(body.substr(at, text->begin() - at)).append(text->encode(decoded));
    at = text->end();
  }
  if (at == 0) return std::nullopt;
  return out.append(body.substr(at));
}

}  // namespace

std::string decode_links(std::string_view text, bool escape) {
  constexpr std::string_view kScheme = "https://";
  std::string out;
  std::size_t at = 0;
  for (;;) {
    const std::size_t begin = text.find(kScheme, at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\"'<>", begin), text.size());
    std::string_view link = text.substr(begin, end - begin);
    // A link of v3 ends with a dollar sign; what comes behind it is text.
    const std::size_t dollar = link.find("/v3/__") != std::string_view::npos
                                   ? link.find('$', std::min(link.rfind("!!"), link.size()))
                                   : std::string_view::npos;
    if (dollar != std::string_view::npos) link = link.substr(0, dollar + 1);
    const auto original = original_of(link);
    out.append(text.substr(at, begin - at));
    out.append(!original ? std::string(link) : escape ? escaped(*original) : *original);
    at = begin + link.size();
  }
  return out.append(text.substr(at));
}

bool try_link_reversal(std::string_view body, const MimeParts& parts, CandidateSink& sink) {
  auto plain = decoded_body(body, parts, false);
  if (!plain) return false;
  if (sink.take(Undo::rewritten_links_decode, *plain, Combine::yes)) return true;
  auto with_escapes = decoded_body(body, parts, true);
  return with_escapes && *with_escapes != *plain &&
         sink.take(Undo::rewritten_links_decode, std::move(*with_escapes), Combine::yes);
}

}  // namespace mailassay::diagnosis
