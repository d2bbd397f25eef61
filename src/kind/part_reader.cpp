#include "kind/part_reader.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "kind/bounce_text.h"
#include "kind/delivery_status.h"
#include "kind/feedback_report.h"
#include "kind/field_marks.h"
#include "kind/journal_report.h"
#include "kind/report_fields.h"
#include "kind/summary_report.h"

namespace mailassay::kind {
namespace {

/// [RFC6533 4.1] the second is the first with UTF-8 in it.
constexpr std::string_view kStatusTypes[] = {"message/delivery-status",
                                             "message/global-delivery-status"};
/// [RFC6522 3] the third part; [RFC6533 4.4] its forms for other alphabets.
constexpr std::string_view kReturnedTypes[] = {"message/rfc822", "text/rfc822-headers",
                                               "message/global", "message/global-headers",
                                               "message/rfc822-headers"};

/// Octets of a message that came back in which its header is looked for.
constexpr std::size_t kMostReturnedHeader = std::size_t{64} * 1024;

template <std::size_t Size>
bool is_one_of(std::string_view type, const std::string_view (&types)[Size]) {
  return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

bool is_message(std::string_view type) {
  return type == "message/rfc822" || type == "message/global";
}

Encoding encoding_of(message::TransferEncoding encoding) {
  switch (encoding) {
    case message::TransferEncoding::identity:
      return Encoding::identity;
    case message::TransferEncoding::quoted_printable:
      return Encoding::quoted_printable;
    case message::TransferEncoding::base64:
      return Encoding::base64;
    case message::TransferEncoding::unknown:
      break;
  }
  return Encoding::unknown;
}

message::MimeValue value_of(const message::MimePart& part) {
  return {part.type, part.parameters, false};
}

bool is_stub_name(std::string_view filename) {
  return contains(filename, ".rpmsg") || begins_with(filename, "securemessageatt") ||
         begins_with(filename, "securedoc") || contains(filename, ".tdf");
}

/// METHOD of a calendar object. [RFC5545 3.7.2]
std::string method_in(std::string_view calendar) {
  constexpr std::string_view kName = "method:";
  for (std::size_t at = 0; at < calendar.size();) {
    const std::size_t end = std::min(calendar.find('\n', at), calendar.size());
    const std::string_view line = calendar.substr(at, end - at);
    if (begins_with(line, kName)) return calendar_method(ascii::trim(line.substr(kName.size())));
    at = end + 1;
  }
  return {};
}

}  // namespace

void read_protection(const message::MimeValue& type, Traits& traits) {
  const std::string_view name = type.type;
  const std::string protocol = ascii::lower(ascii::trim(type.parameter("protocol")));
  if (name == "application/pkcs7-mime" || name == "application/x-pkcs7-mime") {
    traits.smime = true;
    // [RFC8551 3.2.2] without smime-type it is most likely what it was before that was invented.
    const std::string kind = ascii::lower(ascii::trim(type.parameter("smime-type")));
    if (kind != "signed-data" && kind != "certs-only" && kind != "compressed-data") {
      traits.encrypted = true;
    }
  } else if (name == "multipart/signed") {
    if (protocol.ends_with("pkcs7-signature")) traits.smime = true;
    if (protocol == "application/pgp-signature") traits.pgp = true;
  } else if (name == "multipart/encrypted") {
    traits.encrypted = true;
    if (protocol.empty() || protocol == "application/pgp-encrypted") traits.pgp = true;
  }
}

std::string calendar_method(std::string_view method) {
  std::string out(method.substr(0, 32));
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  }
  return out;
}

void add_failed_recipients(std::string_view value, const Limits& limits, DsnFacts& out, bool& cut) {
  value = value.substr(0, limits.kind_text_bytes);
  while (!value.empty()) {
    const std::size_t comma = value.find(',');
    const std::string_view address = ascii::trim(value.substr(0, comma));
    value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
    if (address.find('@') == std::string_view::npos) continue;
    DsnRecipient* const recipient = add_recipient(limits, out, cut);
    if (recipient == nullptr) continue;
    recipient->final_recipient = kept(address, limits.kind_string_bytes, cut);
    recipient->action = Action::failed;
    recipient->category = Category::hard;
  }
}

PartReader::PartReader(const message::HeaderIndex& header, std::string_view body,
                       const Limits& limits, ReasonSet& marks, KindFacts& out, bool& cut)
    : body_(body),
      limits_(limits),
      marks_(marks),
      out_(out),
      cut_(cut),
      structure_(message::read_mime_structure(header, body, limits)) {
  mark_report_parts();
}

void PartReader::mark_report_parts() {
  for (const Part& part : structure_.parts) {
    if (part.depth > 1) continue;
    Reason reason = Reason::delivery_status_part;
    if (is_one_of(part.type, kStatusTypes)) {
      reason = Reason::delivery_status_part;
    } else if (part.type == "message/disposition-notification" ||
               part.type == "message/global-disposition-notification") {
      reason = Reason::disposition_part;
    } else if (part.type == "message/feedback-report") {
      reason = Reason::feedback_part;
    } else {
      continue;
    }
    // The type of the whole body is known from the header already.
    if (part.depth == 1 && !marks_.has(reason)) of_parts_.add(reason);
    marks_.add(reason);
  }
}

bool PartReader::has_message() const {
  return std::any_of(structure_.parts.begin(), structure_.parts.end(),
                     [](const Part& part) { return is_one_of(part.type, kReturnedTypes); });
}

void PartReader::forget_reports() { marks_.remove(of_parts_); }

const PartReader::Part* PartReader::find_top(std::string_view type, std::string_view other) const {
  for (const Part& part : structure_.parts) {
    if (part.depth <= 1 && (part.type == type || (!other.empty() && part.type == other))) {
      return &part;
    }
  }
  return nullptr;
}

const PartReader::Part* PartReader::first_text() const {
  for (const Part& part : structure_.parts) {
    if (part.type == "text/plain" && part.disposition != "attachment") return &part;
  }
  return nullptr;
}

std::string PartReader::content_of(const Part& part) {
  message::PartContent content =
      message::decode_content(part.text(body_), part.encoding, limits_.kind_text_bytes);
  if (content.cut) cut_ = true;
  return std::move(content.text);
}

std::string PartReader::header_of(const Part& part) const {
  return message::decode_content(part.text(body_), part.encoding, kMostReturnedHeader).text;
}

ByteRange PartReader::range_of(const Part& part) const {
  return {part.content, part.end - part.content};
}

void PartReader::read_dsn() {
  DsnFacts dsn;
  if (const Part* const status = find_top(kStatusTypes[0], kStatusTypes[1])) {
    read_delivery_status(content_of(*status), limits_, dsn, cut_);
  }
  if (dsn.recipients.empty()) {
    // The part is missing or empty: the text for people may tell. Where the boundary is lost, that
    // is the whole body.
    const Part* const text = first_text();
    auto read =
        kind::read_bounce_text(content_of(text ? *text : structure_.parts.front()), limits_, cut_);
    if (read) {
      read->returned.reset();
      if (read->reporting_mta.empty()) read->reporting_mta = dsn.reporting_mta;
      read->original_envelope_id = dsn.original_envelope_id;
      dsn = std::move(*read);
    }
  }
  take_returned(dsn);
  out_.dsn = std::move(dsn);
}

void PartReader::take_returned(DsnFacts& dsn) {
  for (const Part& part : structure_.parts) {
    if (part.depth != 1 || !is_one_of(part.type, kReturnedTypes)) continue;
    dsn.returned = range_of(part);
    dsn.returned_encoding = encoding_of(part.encoding);
    dsn.returned_whole = is_message(part.type);
    OriginalFields original = read_original(header_of(part), limits_, cut_);
    dsn.original_message_id = std::move(original.message_id);
    dsn.original_from = std::move(original.from);
    consumed_ = &part;
    return;
  }
}

void PartReader::read_bounce_text() {
  const Part* const text = first_text();
  if (text == nullptr) return;
  const bool is_identity = text->encoding == message::TransferEncoding::identity;
  const std::string decoded = is_identity ? std::string() : content_of(*text);
  auto dsn = kind::read_bounce_text(is_identity ? text->text(body_) : decoded, limits_, cut_);
  if (!dsn) return;
  marks_.add(dsn->form == DsnForm::qsbmf ? Reason::qsbmf_text : Reason::bounce_text);
  if (!is_identity) dsn->returned.reset();
  if (dsn->returned) dsn->returned->offset += text->content;
  if (!dsn->returned) take_returned(*dsn);
  out_.dsn = std::move(dsn);
}

void PartReader::read_mdn() {
  const Part* const part =
      find_top("message/disposition-notification", "message/global-disposition-notification");
  out_.mdn = part == nullptr ? MdnFacts()
                             : read_disposition_notification(content_of(*part), limits_, cut_);
}

void PartReader::read_feedback() {
  ReportFacts report;
  if (const Part* const part = find_top("message/feedback-report")) {
    report = read_feedback_report(content_of(*part), limits_, cut_);
  }
  for (const Part& part : structure_.parts) {
    if (part.depth != 1 || !is_one_of(part.type, kReturnedTypes)) continue;
    report.data = range_of(part);
    report.data_encoding = encoding_of(part.encoding);
    report.original_message_id = read_original(header_of(part), limits_, cut_).message_id;
    consumed_ = &part;
    break;
  }
  // [RFC5965 2] the third part is required.
  if (!report.data) report.well_formed = false;
  out_.report = std::move(report);
}

void PartReader::read_journal(bool has_field) {
  if (!structure_.parts.front().is_multipart()) return;
  const Part* text = nullptr;
  const Part* message = nullptr;
  for (const Part& part : structure_.parts) {
    if (part.depth == 0) continue;
    if (text == nullptr && part.type == "text/plain") text = &part;
    if (message == nullptr && part.depth == 1 && is_message(part.type)) message = &part;
  }
  if (text == nullptr || message == nullptr) return;
  // Without the field the envelope has to be the first thing, and all there is beside the message.
  if (!has_field && (text != &structure_.parts[1] || structure_.parts.size() != 3)) return;
  bool cut = false;
  auto journal = read_journal_envelope(content_of(*text), limits_, cut);
  if (!journal || journal->recipients_seen == 0) return;
  cut_ = cut_ || cut;
  marks_.add(Reason::journal_envelope);
  journal->message = range_of(*message);
  journal->message_encoding = encoding_of(message->encoding);
  consumed_ = message;
  out_.journal = std::move(journal);
}

void PartReader::take_report_data(const Part& part) {
  const auto name = parse_report_name(part.filename);
  const bool is_tls_type = part.type.starts_with("application/tlsrpt");
  if (!name && !is_tls_type) return;
  marks_.add(is_tls_type || name->is_tls ? Reason::tls_report_part : Reason::dmarc_filename);
  if (out_.report) return;
  ReportFacts report;
  if (name) {
    report.domain = name->domain;
    report.submitter = name->submitter;
    report.begin = name->begin;
    report.end = name->end;
  }
  report.filename = kept(part.filename, limits_.kind_string_bytes, cut_);
  report.data = range_of(part);
  report.data_encoding = encoding_of(part.encoding);
  out_.report = std::move(report);
}

void PartReader::read_attachments(bool may_report, bool has_calendar_field) {
  for (const Part& part : structure_.parts) {
    read_protection(value_of(part), out_.traits);
    if (part.type == "application/x-microsoft-rpmsg-message" || is_stub_name(part.filename)) {
      out_.traits.confidential_stub = true;
    }
    if (may_report) take_report_data(part);
    if (part.type == "text/calendar" && out_.calendar_method.empty()) {
      out_.calendar_method = calendar_method(ascii::trim(part.parameter("method")));
      if (out_.calendar_method.empty() && has_calendar_field) {
        out_.calendar_method = method_in(content_of(part));
      }
      // What is published as an attachment is a file among others: a booking, a list of dates.
      const bool is_file = part.disposition == "attachment" && out_.calendar_method == "PUBLISH";
      if (is_file) out_.calendar_method.clear();
      if (!out_.calendar_method.empty()) marks_.add(Reason::calendar_part);
    }
    const bool is_attached = is_message(part.type) && &part != consumed_;
    if (is_attached && !out_.attached_message) {
      out_.attached_message = range_of(part);
      out_.attached_encoding = encoding_of(part.encoding);
    }
  }
}

}  // namespace mailassay::kind
