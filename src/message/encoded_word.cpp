#include "message/encoded_word.h"

#include <unicode/ucnv.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/bytes.h"
#include "base/octet_set.h"

namespace mailassay::message {
namespace {

constexpr OctetSet kNotAscii =
    OctetSet::of([](char c) { return static_cast<unsigned char>(c) >= 0x80; });
constexpr std::string_view kReplacement = "\xef\xbf\xbd";
/// An encoded word may have 75 characters [RFC2047 2]; real ones are longer, but not much.
constexpr std::size_t kMaxEncodedWord = 4096;
constexpr std::size_t kMaxCharset = 40;

/// Octets of the valid UTF-8 sequence at the front, 0 if there is none. [RFC3629 4]
std::size_t utf8_sequence(std::string_view text) noexcept {
  const auto at = [&](std::size_t i) { return i < text.size() ? octet(text[i]) : std::uint8_t{0}; };
  const auto is_tail = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
  const std::uint8_t lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return is_tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (lead == 0xE0 && at(1) < 0xA0) return 0;  // overlong
    if (lead == 0xED && at(1) > 0x9F) return 0;  // surrogate
    return is_tail(1) && is_tail(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (lead == 0xF0 && at(1) < 0x90) return 0;  // overlong
    if (lead == 0xF4 && at(1) > 0x8F) return 0;  // above U+10FFFF
    return is_tail(1) && is_tail(2) && is_tail(3) ? 4 : 0;
  }
  return 0;
}

struct ConverterCloser {
  void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};

/// Octets of a charset as UTF-8; empty if the charset is unknown.
std::optional<std::string> convert_to_utf8(std::string_view octets, std::string_view charset) {
  if (ascii::equal_ignoring_case(charset, "utf-8") ||
      ascii::equal_ignoring_case(charset, "us-ascii")) {
    return to_valid_utf8(octets);
  }
  const std::string name(charset);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterCloser> converter(ucnv_open(name.c_str(), &error));
  if (U_FAILURE(error) != 0 || !converter) return std::nullopt;
  std::vector<UChar> wide(octets.size() * 2 + 1);
  error = U_ZERO_ERROR;
  const std::int32_t wide_size =
      ucnv_toUChars(converter.get(), wide.data(), static_cast<std::int32_t>(wide.size()),
                    octets.data(), static_cast<std::int32_t>(octets.size()), &error);
  if (U_FAILURE(error) != 0) return std::nullopt;
  std::string out(static_cast<std::size_t>(wide_size) * 3 + 1, '\0');
  error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterCloser> utf8(ucnv_open("UTF-8", &error));
  if (U_FAILURE(error) != 0 || !utf8) return std::nullopt;
  const std::int32_t size =
      ucnv_fromUChars(utf8.get(), out.data(), static_cast<std::int32_t>(out.size()), wide.data(),
                      wide_size, &error);
  if (U_FAILURE(error) != 0) return std::nullopt;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::optional<unsigned> hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  const char lower = ascii::to_lower(c);
  if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a' + 10);
  return std::nullopt;
}

/// The "Q" encoding. [RFC2047 4.2] A stray equals sign stays as it is.
std::string decode_q(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      out.push_back(' ');
      continue;
    }
    if (text[i] == '=' && text.size() - i >= 3) {
      const auto high = hex_digit(text[i + 1]);
      const auto low = hex_digit(text[i + 2]);
      if (high && low) {
        out.push_back(static_cast<char>(*high << 4U | *low));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

/// The "B" encoding. [RFC2047 4.1] Writers often leave the padding away.
std::optional<std::string> decode_b(std::string_view text) {
  std::string padded(text);
  while (padded.size() % 4 != 0) padded.push_back('=');
  if (padded.empty()) return std::string();
  return decode_base64(padded);
}

struct EncodedWord {
  std::string_view charset;
  char encoding;
  std::string_view text;
  std::size_t size;  ///< octets of the whole word
};

/// The encoded word at the front of `text`.
std::optional<EncodedWord> read_encoded_word(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  text = text.substr(0, kMaxEncodedWord);
  const std::size_t charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end - 2 > kMaxCharset) return std::nullopt;
  if (text.size() - charset_end < 5 || text[charset_end + 2] != '?') return std::nullopt;
  const std::size_t text_begin = charset_end + 3;
  const std::size_t end = text.find("?=", text_begin);
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view charset = text.substr(2, charset_end - 2);
  charset = charset.substr(0, charset.find('*'));  // language suffix [RFC2231 5]
  return EncodedWord{charset, ascii::to_lower(text[charset_end + 1]),
                     text.substr(text_begin, end - text_begin), end + 2};
}

std::optional<std::string> decoded_octets(const EncodedWord& word) {
  if (word.encoding == 'q') return decode_q(word.text);
  if (word.encoding == 'b') return decode_b(word.text);
  return std::nullopt;
}

/// Drops line ends; the white space that follows each of them stays. [RFC5322 2.2.3]
std::string unfold(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  for (const char c : value) {
    if (c != '\r' && c != '\n') out.push_back(c);
  }
  return out;
}

}  // namespace

bool is_valid_utf8(std::string_view octets) {
  while (!octets.empty()) {
    const std::size_t size = utf8_sequence(octets);
    if (size == 0) return false;
    octets.remove_prefix(size);
  }
  return true;
}

std::string to_valid_utf8(std::string_view octets) {
  const std::size_t plain = kNotAscii.find(octets, 0);
  std::string out(octets.substr(0, plain));
  if (plain == octets.size()) return out;
  octets.remove_prefix(plain);
  out.reserve(plain + octets.size());
  while (!octets.empty()) {
    const std::size_t size = utf8_sequence(octets);
    if (size == 0) {
      out.append(kReplacement);
      octets.remove_prefix(1);
    } else {
      out.append(octets.substr(0, size));
      octets.remove_prefix(size);
    }
  }
  return out;
}

std::string decode_unstructured(std::string_view value) {
  const std::string unfolded = unfold(value);
  const std::string_view text = ascii::trim(unfolded);
  if (text.find("=?") == std::string_view::npos) return to_valid_utf8(text);

  std::string out;
  // Octets of adjacent words in one charset are joined before they are converted: writers split
  // multi-octet characters between words.
  std::string pending;
  std::string_view pending_charset;
  std::size_t gap_begin = std::string_view::npos;  // white space after an encoded word
  std::size_t literal_begin = 0;

  const auto flush_pending = [&] {
    if (pending_charset.empty()) return;
    out.append(convert_to_utf8(pending, pending_charset).value_or(to_valid_utf8(pending)));
    pending.clear();
    pending_charset = {};
  };
  const auto flush_literal = [&](std::size_t end) {
    if (literal_begin < end)
      out.append(to_valid_utf8(text.substr(literal_begin, end - literal_begin)));
  };

  std::size_t i = 0;
  while (i < text.size()) {
    const auto word = text[i] == '=' ? read_encoded_word(text.substr(i)) : std::nullopt;
    const auto octets = word ? decoded_octets(*word) : std::nullopt;
    if (!octets || !convert_to_utf8("", word->charset)) {
      if (gap_begin != std::string_view::npos && !ascii::is_wsp(text[i])) {
        flush_pending();
        literal_begin = gap_begin;
        gap_begin = std::string_view::npos;
      }
      ++i;
      continue;
    }
    if (gap_begin == std::string_view::npos) {
      flush_pending();
      flush_literal(i);
    }
    if (!ascii::equal_ignoring_case(pending_charset, word->charset)) flush_pending();
    pending_charset = word->charset;
    pending.append(*octets);
    i += word->size;
    gap_begin = i;
    literal_begin = i;
  }
  flush_pending();
  if (gap_begin == std::string_view::npos) flush_literal(text.size());
  return out;
}

}  // namespace mailassay::message
