// Relations of kinds: ranges lie in the body, strings within their limits, reasons speak for the
// kind, and the header alone is never read as more than the message.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "kind/kind_reader.h"
#include "message/mime_structure.h"

namespace {

using namespace mailassay;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

void check_structure(const message::HeaderIndex& header, std::string_view body,
                     const Limits& limits) {
  const message::MimeStructure found = message::read_mime_structure(header, body, limits);
  demand(!found.parts.empty() && found.parts.size() <= limits.mime_parts + 1);
  for (std::size_t i = 0; i < found.parts.size(); ++i) {
    const message::MimePart& part = found.parts[i];
    demand(part.header <= part.content && part.content <= part.end && part.end <= body.size());
    demand(part.depth <= limits.mime_depth && part.parameters.size() <= limits.mime_parameters);
    if (i == 0) continue;
    const message::MimePart& parent = found.parts[part.parent];
    demand(part.parent < i && part.depth == parent.depth + 1 && parent.is_multipart());
    demand(part.header >= parent.content);
    // Parts of one multipart do not overlap.
    const message::MimePart& before = found.parts[i - 1];
    if (before.parent == part.parent && i > 1) demand(before.end <= part.header);
  }
}

void check_range(const std::optional<kind::ByteRange>& range, std::size_t size) {
  if (range) demand(range->offset <= size && range->length <= size - range->offset);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text(data, size);
  message::HeaderIndex header;
  header.build(text);
  const std::string_view body = text.substr(header.body_offset());
  Limits limits;
  limits.mime_parts = 8;
  limits.mime_depth = 3;
  limits.mime_parameters = 4;
  limits.dsn_recipients = 2;
  limits.journal_recipients = 2;
  limits.kind_string_bytes = 40;
  for (const Limits& one : {Limits(), limits}) {
    check_structure(header, body, one);
    const kind::KindFacts facts = kind::read_kind(header, body, one);
    demand(facts == kind::read_kind(header, body, one));
    demand(facts.reasons == facts.marks.of(facts.kind));
    demand(facts.reasons.empty() == (facts.kind == kind::Kind::ordinary));
    demand(facts.dsn.has_value() == (facts.kind == kind::Kind::dsn));
    if (facts.dsn) {
      check_range(facts.dsn->returned, body.size());
      demand(facts.dsn->recipients.size() <= one.dsn_recipients);
      demand(facts.dsn->recipients_seen >= facts.dsn->recipients.size());
      for (const kind::DsnRecipient& recipient : facts.dsn->recipients) {
        demand(recipient.diagnostic.size() <= one.kind_string_bytes);
        demand(recipient.final_recipient.size() <= one.kind_string_bytes);
      }
    }
    if (facts.journal) check_range(facts.journal->message, body.size());
    if (facts.report) check_range(facts.report->data, body.size());
    check_range(facts.attached_message, body.size());
    kind::read_kind_of_header(header, one);
  }
  return 0;
}
