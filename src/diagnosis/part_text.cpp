#include "diagnosis/part_text.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/base64.h"
#include "diagnosis/text_line.h"
#include "message/quoted_printable.h"

namespace mailassay::diagnosis {
namespace {

using message::TransferEncoding;

/// The line that begins at `at`, soft line ends passed over. [RFC2045 6.7]
std::string_view raw_line_at(std::string_view raw, std::size_t at) {
  std::size_t end = at;
  while (end < raw.size()) {
    const TextLine line = line_at(raw, end);
    end = line.next();
    if (!without_wsp_at_end(line.text).ends_with('=')) break;
  }
  return raw.substr(at, end - at);
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for_each_line(text, [&](const TextLine& line) {
    lines.push_back(text.substr(line.begin, line.next() - line.begin));
    return true;
  });
  return lines;
}

std::string encoded_anew(std::string_view line, std::string_view soft_end) {
  const TextLine parts = line_at(line, 0);
  return message::encode_quoted_printable_line(parts.text, soft_end, message::kQuotedPrintableWidth)
      .append(parts.end);
}

/// LF and CR LF count as the same.
bool same_but_line_ends(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  const auto skip_cr = [](std::string_view text, std::size_t& at) {
    if (text.substr(at).starts_with("\r\n")) ++at;
  };
  for (; i < a.size() && j < b.size(); ++i, ++j) {
    skip_cr(a, i);
    skip_cr(b, j);
    if (a[i] != b[j]) return false;
  }
  return i == a.size() && j == b.size();
}

/// Where the raw text may be cut so that at least `head` octets come before.
std::size_t head_size(std::string_view raw, TransferEncoding encoding, std::size_t head) {
  if (head >= raw.size() || encoding == TransferEncoding::base64) return raw.size();
  if (encoding == TransferEncoding::identity) return line_at(raw, head).next();
  // From a line that begins surely: one whose forerunner is not soft.
  std::size_t at = 0;
  for (std::size_t begin = head; begin < raw.size();) {
    const TextLine line = line_at(raw, begin);
    at = line.next();
    // An empty line is no surer than what stands above it.
    if (!is_blank(line.text) && !without_wsp_at_end(line.text).ends_with('=')) break;
    begin = at;
  }
  return at;
}

}  // namespace

std::optional<PartText> PartText::read(std::string_view body, const MimePart& part,
                                       std::size_t head) {
  PartText out;
  out.encoding_ = part.header.encoding;
  out.begin_ = part.content;
  out.raw_ = part.text(body);
  out.raw_ = out.raw_.substr(0, head_size(out.raw_, out.encoding_, head));
  if (out.raw_.size() > kMostText) return std::nullopt;
  switch (out.encoding_) {
    case TransferEncoding::identity:
      out.text_ = out.raw_;
      return out;
    case TransferEncoding::quoted_printable:
      out.decode_lines();
      return out;
    case TransferEncoding::base64: {
      auto octets = decode_base64(out.raw_);
      if (!octets) return std::nullopt;
      out.text_ = std::move(*octets);
      return out;
    }
    case TransferEncoding::unknown:
      break;
  }
  return std::nullopt;
}

void PartText::decode_lines() {
  text_.reserve(raw_.size());
  for (std::size_t at = 0; at < raw_.size();) {
    const std::string_view line = raw_line_at(raw_, at);
    message::decode_quoted_printable(line, text_);
    at += line.size();
    lines_.push_back({text_.size(), at});
  }
}

std::string PartText::encode(std::string_view text) const {
  if (encoding_ == TransferEncoding::quoted_printable) return encode_quoted_printable(text);
  if (encoding_ == TransferEncoding::base64) return encode_base64(text);
  return std::string(text);
}

std::string PartText::encode_quoted_printable(std::string_view text) const {
  const std::vector<std::string_view> lines = split_lines(text);
  const std::string_view soft_end = line_end_of(raw_);
  const std::size_t least = std::min(lines_.size(), lines.size());
  std::size_t front = 0;
  while (front < least && decoded_line(front) == lines[front]) ++front;
  std::size_t back = 0;
  while (back < least - front &&
         decoded_line(lines_.size() - 1 - back) == lines[lines.size() - 1 - back]) {
    ++back;
  }
  const bool line_by_line = lines_.size() == lines.size();
  std::string out;
  out.reserve(raw_.size() + text.size() / 8);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t old = i < front || line_by_line ? i : i + lines_.size() - lines.size();
    const bool in_middle = i >= front && i < lines.size() - back;
    const bool kept = !in_middle || (line_by_line && decoded_line(old) == lines[i]);
    if (kept) {
      out.append(raw_line(old));
    } else {
      out.append(encoded_anew(lines[i], soft_end));
    }
  }
  return out;
}

std::string PartText::encode_base64(std::string_view text) const {
  constexpr std::size_t kUsualWidth = 76;
  const TextLine first = line_at(raw_, 0);
  const std::size_t width =
      first.end.empty() || first.text.empty() ? kUsualWidth : first.text.size();
  const std::size_t behind = raw_.find_last_not_of("\r\n") + 1;
  return base64_lines(text, width, line_end_of(raw_)).append(raw_.substr(behind));
}

bool read_the_same(std::string_view body_a, const MimePart& a, std::string_view body_b,
                   const MimePart& b) {
  const std::string_view raw_a = a.text(body_a);
  const std::string_view raw_b = b.text(body_b);
  if (a.header.encoding == b.header.encoding && raw_a == raw_b) return true;
  const auto is_sound = [](const MimePart& part, std::string_view raw) {
    return part.header.encoding != TransferEncoding::quoted_printable ||
           message::is_quoted_printable(raw);
  };
  if (!is_sound(a, raw_a) || !is_sound(b, raw_b)) return false;
  const auto text_a = PartText::read(body_a, a);
  const auto text_b = PartText::read(body_b, b);
  return text_a && text_b && same_but_line_ends(text_a->text(), text_b->text());
}

std::string spliced(std::string_view body, std::size_t begin, std::size_t end,
                    std::string_view octets) {
  std::string out;
  out.reserve(body.size() + octets.size());
  return out.append(body.substr(0, begin)).append(octets).append(body.substr(end));
}

std::string base64_lines(std::string_view octets, std::size_t width, std::string_view line_end) {
  const std::string encoded = encode_base64(octets);
  std::string out;
  out.reserve(encoded.size() + encoded.size() / width * line_end.size());
  for (std::size_t at = 0; at < encoded.size(); at += width) {
    if (at > 0) out.append(line_end);
    out.append(encoded, at, width);
  }
  return out;
}

std::string_view line_end_of(std::string_view text) {
  const std::string_view end = line_at(text, 0).end;
  return end.empty() ? "\r\n" : end;
}

}  // namespace mailassay::diagnosis
