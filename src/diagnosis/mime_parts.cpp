#include "diagnosis/mime_parts.h"

#include <utility>

#include "base/ascii.h"
#include "diagnosis/text_line.h"

namespace mailassay::diagnosis {
namespace {

constexpr std::size_t kDeepest = 8;
/// A part header that is longer than this is none.
constexpr std::size_t kLongestPartHeader = std::size_t{16} * 1024;

std::optional<std::string_view> value_of(const message::HeaderIndex& header,
                                         std::string_view name) {
  const std::uint32_t index = header.first(name);
  if (index == message::HeaderIndex::kNone) return std::nullopt;
  return ascii::trim(header.value(header.fields()[index]));
}

/// Goes through a body line by line, from delimiter to delimiter.
class PartWalk {
 public:
  PartWalk(std::string_view body, std::size_t limit) : body_(body), limit_(limit) {}

  MimeParts run(PartHeader whole) {
    open({std::move(whole), 0, 0, body_.size(), 0});
    std::size_t at = 0;
    while (at < body_.size() && !found_.cut) {
      if (!body_.substr(at).starts_with("--")) {
        at = next_dashes(at);
        continue;
      }
      const TextLine line = line_at(body_, at);
      at = take_delimiter(line) ? next_ : line.next();
    }
    return std::move(found_);
  }

 private:
  struct Open {
    std::size_t part;      ///< the multipart
    std::string boundary;  ///< not empty
  };

  /// Where the next line begins that can be a delimiter.
  std::size_t next_dashes(std::size_t at) const {
    const std::size_t found = body_.find("\n--", at);
    return found == std::string_view::npos ? body_.size() : found + 1;
  }

  void open(MimePart part) {
    if (found_.parts.size() == limit_) {
      found_.cut = true;
      return;
    }
    const std::string& boundary = part.header.content.boundary;
    const bool is_multipart = part.header.content.type.starts_with("multipart/");
    if (is_multipart && !boundary.empty() && open_.size() < kDeepest) {
      open_.push_back({found_.parts.size(), boundary});
    }
    found_.parts.push_back(std::move(part));
  }

  /// Ends the last part and every multipart that is deeper than `depth`.
  void end_parts(std::size_t begin_of_delimiter, std::size_t depth) {
    std::size_t end = begin_of_delimiter;
    if (end > 0 && body_[end - 1] == '\n') --end;
    if (end > 0 && body_[end - 1] == '\r') --end;
    for (std::size_t i = found_.parts.size(); i-- > 0;) {
      MimePart& part = found_.parts[i];
      if (part.depth <= depth) break;
      if (part.end == body_.size()) part.end = end < part.content ? part.content : end;
    }
  }

  bool take_delimiter(const TextLine& line) {
    const std::string_view name = without_wsp_at_end(line.text).substr(2);
    for (std::size_t level = open_.size(); level-- > 0;) {
      const std::string& boundary = open_[level].boundary;
      if (!name.starts_with(boundary)) continue;
      const std::string_view behind = name.substr(boundary.size());
      if (!behind.empty() && behind != "--") continue;
      const std::size_t depth = found_.parts[open_[level].part].depth;
      end_parts(line.begin, depth);
      open_.resize(behind.empty() ? level + 1 : level);
      next_ = line.next();
      if (behind.empty()) {
        begin_part(line, depth + 1);
      } else if (level == 0 && !found_.close_delimiter) {
        found_.close_delimiter = line.begin;
      }
      return true;
    }
    return false;
  }

  void begin_part(const TextLine& delimiter, std::size_t depth) {
    const std::size_t begin = delimiter.next();
    header_.build(body_.substr(begin, kLongestPartHeader));
    MimePart part;
    part.depth = depth;
    part.delimiter = delimiter.begin;
    part.content = begin + header_.body_offset();
    part.end = body_.size();
    part.header = read_part_header(header_, begin);
    part.header_lines = header_.fields().size() + header_.junk_lines();
    next_ = part.content;
    open(std::move(part));
  }

  std::string_view body_;
  std::size_t limit_;
  MimeParts found_;
  std::vector<Open> open_;
  message::HeaderIndex header_;
  std::size_t next_ = 0;
};

}  // namespace

PartHeader read_part_header(const message::HeaderIndex& header, std::optional<std::size_t> origin) {
  PartHeader out;
  if (const auto type = value_of(header, "content-type")) {
    out.content = message::parse_content_type(*type);
  }
  if (out.content.type.empty()) out.content.type = "text/plain";
  if (const auto encoding = value_of(header, "content-transfer-encoding")) {
    out.encoding = message::parse_transfer_encoding(*encoding);
    if (origin) {
      out.encoding_begin =
          *origin + static_cast<std::size_t>(encoding->data() - header.text().data());
      out.encoding_size = encoding->size();
    }
  }
  for (std::uint32_t at = header.last("content-transfer-encoding");
       at != message::HeaderIndex::kNone; at = header.previous(at)) {
    ++out.encoding_fields;
  }
  if (const auto disposition = value_of(header, "content-disposition")) {
    out.is_attachment = ascii::lower(disposition->substr(0, 10)) == "attachment";
  }
  return out;
}

MimeParts find_parts(std::string_view body, const message::HeaderIndex& header, std::size_t limit) {
  return PartWalk(body, limit).run(read_part_header(header, std::nullopt));
}

}  // namespace mailassay::diagnosis
