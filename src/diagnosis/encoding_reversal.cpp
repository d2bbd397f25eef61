#include "diagnosis/encoding_reversal.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "diagnosis/part_text.h"
#include "diagnosis/text_line.h"
#include "message/quoted_printable.h"

namespace mailassay::diagnosis {
namespace {

using message::TransferEncoding;

constexpr std::size_t kSinglesTried = 4;
constexpr std::size_t kBase64Width = 76;

/// A text in another encoding, to be put in the place of a part's content.
struct Recoded {
  const MimePart* part;
  std::string content;
};

bool is_leaf(const MimePart& part) {
  return !part.header.content.type.starts_with("multipart/") &&
         !part.header.content.type.starts_with("message/");
}

bool is_text(const MimePart& part) {
  return part.header.content.type.starts_with("text/") && !part.header.is_attachment;
}

/// The body with these parts as they are there, and `encoding` in their headers.
std::string recoded_body(std::string_view body, const std::vector<Recoded>& parts,
                         std::string_view encoding) {
  std::string out;
  out.reserve(body.size() * 5 / 4);
  std::size_t at = 0;
  for (const Recoded& recoded : parts) {
    const PartHeader& header = recoded.part->header;
    if (header.encoding_size > 0) {
      out.append(body.substr(at, header.encoding_begin - at)).append(encoding);
      at = header.encoding_begin + header.encoding_size;
    }
    out.append(body.substr(at, recoded.part->content - at)).append(recoded.content);
    at = recoded.part->end;
  }
  return out.append(body.substr(at));
}

/// Tries all of the parts together, then the first few of them one by one.
bool try_recoded(std::string_view body, const std::vector<Recoded>& parts, Undo undo,
                 std::string_view encoding, Combine combine, CandidateSink& sink) {
  if (parts.empty()) return false;
  std::string all = recoded_body(body, parts, encoding);
  if (all != body && sink.take(undo, std::move(all), combine)) return true;
  if (parts.size() == 1) return false;
  for (std::size_t i = 0; i < std::min(parts.size(), kSinglesTried); ++i) {
    std::string one = recoded_body(body, {parts[i]}, encoding);
    if (one != body && sink.take(undo, std::move(one), Combine::no)) return true;
  }
  return false;
}

/// `recode` gives the content of a part in its other encoding, or nothing.
template <typename Recode>
std::vector<Recoded> recoded_parts(const MimeParts& parts, Recode recode) {
  std::vector<Recoded> out;
  for (const MimePart& part : parts.parts) {
    if (!is_leaf(part)) continue;
    std::optional<std::string> content = recode(part);
    if (content) out.push_back({&part, std::move(*content)});
  }
  return out;
}

bool is_encoded(const MimePart& part, TransferEncoding encoding) {
  return part.header.encoding == encoding &&
         (encoding != TransferEncoding::base64 || is_text(part));
}

/// Texts that were 8bit before they were encoded. Text without 8bit octets would not have been.
bool try_decoding(std::string_view body, const MimeParts& parts, TransferEncoding encoding,
                  Undo undo, CandidateSink& sink) {
  const auto recoded =
      recoded_parts(parts, [&](const MimePart& part) -> std::optional<std::string> {
        if (!is_encoded(part, encoding)) return std::nullopt;
        const bool quoted = encoding == TransferEncoding::quoted_printable;
        if (quoted && !message::may_yield_8bit(part.text(body))) return std::nullopt;
        const auto text = PartText::read(body, part);
        if (!text || !has_8bit(text->text())) return std::nullopt;
        return std::string(text->text());
      });
  // A list that encodes a text anew may have added a footer to it.
  const bool alone = parts.parts.size() == 1;
  return try_recoded(body, recoded, undo, "8bit", alone ? Combine::yes : Combine::no, sink);
}

std::string quoted_printable_of(std::string_view text, std::size_t width) {
  const std::string_view soft_end = line_end_of(text);
  return rewrite_lines(text, [&](std::string_view line, std::string& out) {
    out.append(message::encode_quoted_printable_line(line, soft_end, width));
  });
}

bool try_quoted_printable(std::string_view body, const MimeParts& parts, std::size_t width,
                          CandidateSink& sink) {
  const auto recoded =
      recoded_parts(parts, [&](const MimePart& part) -> std::optional<std::string> {
        const bool decoded = part.header.encoding == TransferEncoding::identity && is_text(part);
        if (!decoded || !has_8bit(part.text(body))) return std::nullopt;
        return quoted_printable_of(part.text(body), width);
      });
  return try_recoded(body, recoded, Undo::quoted_printable_encode, "quoted-printable", Combine::no,
                     sink);
}

bool try_base64(std::string_view body, const MimeParts& parts, CandidateSink& sink) {
  const auto recoded =
      recoded_parts(parts, [&](const MimePart& part) -> std::optional<std::string> {
        const std::string_view text = part.text(body);
        const bool decoded = part.header.encoding == TransferEncoding::identity && is_text(part);
        if (!decoded || !has_8bit(text)) return std::nullopt;
        // The line end before a delimiter belongs to that, and base64 ends with one of its own.
        const std::string_view end = line_end_of(text);
        const bool in_multipart = part.depth > 0;
        return base64_lines(text, kBase64Width, end)
            .append(in_multipart ? std::string_view{} : end);
      });
  return try_recoded(body, recoded, Undo::base64_encode, "base64", Combine::no, sink);
}

/// Base64 in lines of another length than the usual one.
bool try_usual_base64_lines(std::string_view body, const MimeParts& parts, CandidateSink& sink) {
  const auto recoded =
      recoded_parts(parts, [&](const MimePart& part) -> std::optional<std::string> {
        const std::string_view raw = part.text(body);
        const TextLine first = line_at(raw, 0);
        const bool usual = first.end.empty() || first.text.size() == kBase64Width;
        if (part.header.encoding != TransferEncoding::base64 || usual) return std::nullopt;
        const auto text = PartText::read(body, part);
        if (!text) return std::nullopt;
        return base64_lines(text->text(), kBase64Width, first.end)
            .append(raw.substr(raw.find_last_not_of("\r\n") + 1));
      });
  return try_recoded(body, recoded, Undo::base64_encode, "base64", Combine::no, sink);
}

}  // namespace

bool try_encoding_reversals(std::string_view body, const MimeParts& parts, CandidateSink& sink) {
  if (try_decoding(body, parts, TransferEncoding::quoted_printable, Undo::quoted_printable_decode,
                   sink) ||
      try_decoding(body, parts, TransferEncoding::base64, Undo::base64_decode, sink)) {
    return true;
  }
  // The width of the standard, and those of encoders that count otherwise.
  for (const std::size_t width : {std::size_t{76}, std::size_t{75}, std::size_t{73}}) {
    if (try_quoted_printable(body, parts, width, sink)) return true;
  }
  return try_base64(body, parts, sink) || try_usual_base64_lines(body, parts, sink);
}

}  // namespace mailassay::diagnosis
