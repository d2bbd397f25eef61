#include "dossier/nested_finder.h"

#include <algorithm>
#include <utility>

#include "kind/body_glance.h"
#include "message/header_index.h"
#include "message/mime_structure.h"
#include "message/part_content.h"

namespace mailassay {
namespace {

using message::MimePart;
using message::TransferEncoding;

/// [RFC2046 5.2.1] [RFC6532 3.7]
bool is_message(std::string_view type) {
  return type == "message/rfc822" || type == "message/global";
}

/// [RFC6522 4] [RFC6533 4.4]
bool is_header(std::string_view type) {
  return type == "text/rfc822-headers" || type == "message/global-headers" ||
         type == "message/rfc822-headers";
}

/// For each part its number among those beside it, as IMAP counts them. [RFC3501 6.4.5]
std::vector<std::uint32_t> numbers_of(const std::vector<MimePart>& parts) {
  std::vector<std::uint32_t> children(parts.size());
  std::vector<std::uint32_t> numbers(parts.size(), 1);
  for (std::size_t i = 1; i < parts.size(); ++i) numbers[i] = ++children[parts[i].parent];
  return numbers;
}

class Finder {
 public:
  Finder(std::string_view body, const Dossier& dossier, const Limits& limits, NestedRoom& room)
      : body_(body), kind_(dossier.kind), limits_(limits), room_(room) {}

  FoundMessages run(const message::HeaderIndex& header) {
    const message::MimeStructure structure = message::read_mime_structure(header, body_, limits_);
    parts_ = &structure.parts;
    numbers_ = numbers_of(structure.parts);
    found_.is_cut = structure.over_limit;
    for (std::size_t i = 0; i < structure.parts.size(); ++i) take(i);
    return std::move(found_);
  }

 private:
  bool lies_at(const std::optional<kind::ByteRange>& range, const MimePart& part) const {
    return range && range->offset == part.content && range->length == part.end - part.content;
  }

  EnclosureRole role_of(const MimePart& part) const {
    if (kind_.journal && lies_at(kind_.journal->message, part)) return EnclosureRole::journaled;
    if (kind_.dsn && lies_at(kind_.dsn->returned, part)) return EnclosureRole::returned;
    if (kind_.kind == kind::Kind::arf && kind_.report && lies_at(kind_.report->data, part)) {
      return EnclosureRole::reported;
    }
    const bool is_of_receipt = kind_.mdn && part.depth == 1;
    return is_of_receipt ? EnclosureRole::returned : EnclosureRole::attached;
  }

  void take(std::size_t index) {
    const MimePart& part = (*parts_)[index];
    const bool is_header_only = is_header(part.type);
    if (part.content == part.end || !(is_message(part.type) || is_header_only)) return;
    FoundMessage found;
    found.enclosure = {role_of(part), is_header_only};
    // A header that somebody attaches is a text like any other.
    if (is_header_only && found.enclosure.role == EnclosureRole::attached) return;
    if (room_.messages == 0 || !decode(part, found)) {
      found_.is_cut = true;
      return;
    }
    --room_.messages;
    found.section = section_of(index);
    found.offset = part.content;
    found.length = part.end - part.content;
    found_.messages.push_back(std::move(found));
  }

  /// [RFC2045 6.4] knows no encoding of message/rfc822 but the identity; mail has others.
  bool decode(const MimePart& part, FoundMessage& found) {
    if (part.encoding == TransferEncoding::identity) return true;
    if (part.encoding == TransferEncoding::unknown) return false;
    message::PartContent content =
        message::decode_content(part.text(body_), part.encoding, room_.decoded_bytes);
    // The front of a message is not that message; and of none, something could not be decoded.
    if (content.cut || content.text.empty()) return false;
    room_.decoded_bytes -= content.text.size();
    found.decoded = std::move(content.text);
    return true;
  }

  std::vector<std::uint32_t> section_of(std::size_t index) const {
    // The body that is no multipart is part 1.
    if (index == 0) return {1};
    std::vector<std::uint32_t> section;
    for (; index != 0; index = (*parts_)[index].parent) section.push_back(numbers_[index]);
    std::reverse(section.begin(), section.end());
    return section;
  }

  std::string_view body_;
  const kind::KindFacts& kind_;
  const Limits& limits_;
  NestedRoom& room_;
  const std::vector<MimePart>* parts_ = nullptr;
  std::vector<std::uint32_t> numbers_;
  FoundMessages found_;
};

}  // namespace

FoundMessages find_nested(std::string_view message, const Dossier& dossier, const Limits& limits,
                          NestedRoom& room) {
  if (!dossier.kind.may_hold_messages || dossier.body_bytes > message.size()) return {};
  const std::size_t header_size = message.size() - dossier.body_bytes;
  const std::string_view body = message.substr(header_size);
  message::HeaderIndex header;
  header.build(message.substr(0, header_size));
  // Where the body was not read for its kind, nothing but the type of the whole told so.
  const bool was_read = message.size() <= limits.kind_message_bytes;
  const bool is_multipart = dossier.form.names_parts;
  if (!was_read && is_multipart && !kind::has_message_part(body)) return {};
  FoundMessages found = Finder(body, dossier, limits, room).run(header);
  for (FoundMessage& one : found.messages) one.offset += header_size;
  return found;
}

}  // namespace mailassay
