#include "message/mime_structure.h"

#include <utility>

#include "base/ascii.h"
#include "message/hyphen_line.h"

namespace mailassay::message {
namespace {

std::size_t end_of_line(std::string_view text, std::size_t at) {
  const std::size_t found = text.find('\n', at);
  return found == std::string_view::npos ? text.size() : found + 1;
}

std::string_view without_blanks_at_end(std::string_view text) {
  while (!text.empty() && ascii::is_fws_octet(text.back())) text.remove_suffix(1);
  return text;
}

bool is_empty_line(std::string_view line) { return line == "\n" || line == "\r\n"; }

/// Goes through a body from delimiter to delimiter.
class PartWalk {
 public:
  PartWalk(std::string_view body, const Limits& limits) : body_(body), limits_(limits) {}

  MimeStructure run(const HeaderIndex& header) {
    MimePart whole;
    whole.end = body_.size();
    if (header.header_size() > limits_.mime_header_bytes) {
      found_.over_limit = true;
      found_.parts.push_back(std::move(whole));
      return std::move(found_);
    }
    read_header(header, whole);
    open(std::move(whole));
    walk();
    return std::move(found_);
  }

 private:
  /// A part that has not ended.
  struct Open {
    std::size_t part;
    std::string boundary;  ///< empty: it has no parts
  };

  void walk() {
    std::size_t at = find_hyphen_line(body_, 0);
    while (at < body_.size() && !is_cut_) {
      const std::size_t next = end_of_line(body_, at);
      std::size_t level = 0;
      bool closes = false;
      if (is_delimiter(body_.substr(at, next - at), level, closes)) {
        at = take_delimiter(at, next, level, closes);
      } else {
        at = next;
      }
      at = find_hyphen_line(body_, at);
    }
  }

  bool is_delimiter(std::string_view line, std::size_t& level, bool& closes) const {
    if (!line.starts_with("--")) return false;
    // White space at the end is transport padding. [RFC2046 5.1.1]
    const std::string_view name = without_blanks_at_end(line.substr(2));
    for (level = open_.size(); level-- > 0;) {
      const std::string& boundary = open_[level].boundary;
      if (boundary.empty() || !name.starts_with(boundary)) continue;
      const std::string_view behind = name.substr(boundary.size());
      closes = behind == "--";
      if (behind.empty() || closes) return true;
    }
    return false;
  }

  std::size_t take_delimiter(std::size_t begin, std::size_t next, std::size_t level, bool closes) {
    end_parts(begin, level);
    if (closes) {
      // What follows is the epilogue, up to a delimiter further out.
      open_[level].boundary.clear();
      return next;
    }
    if (found_.parts.size() > limits_.mime_parts) {
      found_.over_limit = true;
      is_cut_ = true;
      return next;
    }
    return begin_part(next, open_[level].part);
  }

  /// Ends every part that is deeper than the multipart on `level`.
  void end_parts(std::size_t begin_of_delimiter, std::size_t level) {
    std::size_t end = begin_of_delimiter;
    if (end > 0 && body_[end - 1] == '\n') --end;
    if (end > 0 && body_[end - 1] == '\r') --end;
    while (open_.size() > level + 1) {
      MimePart& part = found_.parts[open_.back().part];
      part.end = end < part.content ? part.content : end;
      open_.pop_back();
    }
  }

  std::size_t begin_part(std::size_t begin, std::size_t parent) {
    MimePart part;
    part.parent = parent;
    part.depth = found_.parts[parent].depth + 1;
    part.header = begin;
    part.end = body_.size();
    std::size_t content = begin;
    const bool is_whole = find_content(begin, content);
    part.content = content;
    if (is_whole) {
      header_.build(body_.substr(begin, content - begin));
      read_header(header_, part);
    } else {
      part.type = "application/octet-stream";
      found_.over_limit = true;
    }
    open(std::move(part));
    return content;
  }

  /// The header ends at an empty line, or where a delimiter cuts it off.
  bool find_content(std::size_t begin, std::size_t& content) const {
    std::size_t at = begin;
    while (at < body_.size()) {
      const std::size_t next = end_of_line(body_, at);
      if (next - begin > limits_.mime_header_bytes) {
        content = at;
        return false;
      }
      const std::string_view line = body_.substr(at, next - at);
      std::size_t level = 0;
      bool closes = false;
      if (is_delimiter(line, level, closes)) break;
      at = next;
      if (is_empty_line(line)) break;
    }
    content = at;
    return true;
  }

  void open(MimePart part) {
    std::string boundary;
    if (part.is_multipart()) boundary = without_blanks_at_end(part.parameter("boundary"));
    if (!boundary.empty() && part.depth >= limits_.mime_depth) {
      found_.over_limit = true;
      boundary.clear();
    }
    open_.push_back({found_.parts.size(), std::move(boundary)});
    found_.parts.push_back(std::move(part));
  }

  std::string_view value_of(const HeaderIndex& header, std::string_view name) {
    const std::uint32_t index = header.first(name);
    if (index == HeaderIndex::kNone) return {};
    return ascii::trim(header.value(header.fields()[index]));
  }

  void read_header(const HeaderIndex& header, MimePart& part) {
    for (const HeaderField& field : header.fields()) {
      if (field.end - field.begin > limits_.mime_field_bytes) found_.over_limit = true;
    }
    MimeValue type = read_content_type(value_of(header, "content-type"), limits_);
    MimeValue disposition = read_disposition(value_of(header, "content-disposition"), limits_);
    if (type.over_limit || disposition.over_limit) found_.over_limit = true;
    part.type = type.type.empty() ? default_type(part) : std::move(type.type);
    part.filename = disposition.parameter("filename");
    if (part.filename.empty()) part.filename = type.parameter("name");
    part.parameters = std::move(type.parameters);
    part.disposition = std::move(disposition.type);
    part.encoding = parse_transfer_encoding(value_of(header, "content-transfer-encoding"));
  }

  /// [RFC2046 5.1.5] the parts of a digest are messages unless they say otherwise.
  std::string default_type(const MimePart& part) const {
    const bool in_digest = part.depth > 0 && found_.parts[part.parent].type == "multipart/digest";
    return in_digest ? "message/rfc822" : "text/plain";
  }

  std::string_view body_;
  const Limits& limits_;
  MimeStructure found_;
  std::vector<Open> open_;
  HeaderIndex header_;
  bool is_cut_ = false;
};

}  // namespace

std::string_view MimePart::parameter(std::string_view name) const noexcept {
  for (const MimeParameter& one : parameters) {
    if (one.name == name) return one.value;
  }
  return {};
}

MimeStructure read_mime_structure(const HeaderIndex& header, std::string_view body,
                                  const Limits& limits) {
  return PartWalk(body, limits).run(header);
}

}  // namespace mailassay::message
