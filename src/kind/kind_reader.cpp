#include "kind/kind_reader.h"

#include <utility>

#include "base/ascii.h"
#include "kind/body_glance.h"
#include "kind/bounce_text.h"
#include "kind/field_marks.h"
#include "kind/list_facts.h"
#include "kind/part_reader.h"
#include "kind/summary_report.h"
#include "message/encoded_word.h"

namespace mailassay::kind {
namespace {

bool is_reply_or_forward(std::string_view subject) {
  constexpr std::string_view kBegins[] = {"re:", "fw:", "fwd:", "aw:", "wg:", "tr:", "rv:"};
  return !first_begin(ascii::trim(subject), kBegins).empty();
}

class KindReader {
 public:
  KindReader(const message::HeaderIndex& header, std::string_view body, bool has_body,
             const Limits& limits)
      : header_(header),
        body_(body),
        has_body_(has_body),
        limits_(limits),
        fields_(read_fields(header)),
        type_(ascii::trim(fields_.content_type.substr(0, kMostType))) {}

  KindFacts run() {
    out_.traits = fields_.traits;
    out_.handling = fields_.handling;
    out_.null_return_path = fields_.null_return_path;
    read_top_type();
    read_body();
    read_decoded_subject();
    decide();
    read_traits();
    if (cut_) out_.notes.push_back(Note::cut);
    return std::move(out_);
  }

 private:
  /// Octets of Content-Type in which the words that steer stand.
  static constexpr std::size_t kMostType = std::size_t{64} * 1024;

  ReasonSet& marks() { return fields_.marks; }
  bool has(Reason reason) const { return fields_.marks.has(reason); }
  bool has_kind(Kind kind) const { return !fields_.marks.of(kind).empty(); }

  bool is_from_daemon() const {
    return fields_.daemon_from || fields_.null_return_path || fields_.daemon_return_path ||
           fields_.postmaster_from;
  }

  /// Types whose parameters are asked for. All others are left alone: most mail is text, or parts.
  bool has_steering_type() const {
    constexpr std::string_view kTypes[] = {
        "multipart/report", "multipart/signed",  "multipart/encrypted", "message/",
        "text/calendar",    "application/pkcs7", "application/x-pkcs7", "application/gzip",
        "application/zip",  "application/x-zip", "application/x-gzip",  "application/octet",
        "text/xml",         "application/xml",   "application/tlsrpt"};
    return !first_begin(type_, kTypes).empty();
  }

  void read_top_type() {
    if (!has_steering_type()) return;
    const message::MimeValue type = message::read_content_type(fields_.content_type, limits_);
    if (type.over_limit) note(Note::mime_limit);
    read_report_type(type);
    read_protection(type, out_.traits);
    read_calendar_type(type);
    std::string filename(
        message::read_disposition(fields_.content_disposition, limits_).parameter("filename"));
    if (filename.empty()) filename = type.parameter("name");
    read_filename(filename);
    if (type.type.starts_with("application/tlsrpt")) marks().add(Reason::tls_report_part);
  }

  /// [RFC6522 3] report-type names the second part.
  void read_report_type(const message::MimeValue& type) {
    if (type.type == "message/delivery-status" || type.type == "message/global-delivery-status") {
      marks().add(Reason::delivery_status_part);
    }
    if (type.type != "multipart/report") return;
    is_report_ = true;
    const std::string report = ascii::lower(ascii::trim(type.parameter("report-type")));
    if (report == "delivery-status" || report == "global-delivery-status") {
      marks().add(Reason::report_type_dsn);
    } else if (report == "disposition-notification" ||
               report == "global-disposition-notification") {
      marks().add(Reason::report_type_mdn);
    } else if (report == "feedback-report") {
      marks().add(Reason::report_type_feedback);
    } else if (report == "tlsrpt") {
      marks().add(Reason::report_type_tls);
    }
  }

  void read_calendar_type(const message::MimeValue& type) {
    if (type.type != "text/calendar") return;
    const std::string_view method = ascii::trim(type.parameter("method"));
    if (method.empty()) return;
    // [RFC6047 2.4] the method parameter is the method of the calendar object.
    marks().add(Reason::calendar_part);
    out_.calendar_method = calendar_method(method);
  }

  void read_filename(std::string_view filename) {
    // A person who sends a report on is no reporter.
    if (filename.empty() || is_reply_or_forward(fields_.subject)) return;
    if (const auto name = parse_report_name(filename)) {
      marks().add(name->is_dmarc ? Reason::dmarc_filename : Reason::tls_report_part);
    }
  }

  bool wants_structure() const {
    if (is_report_ || begins_with(type_, "message/")) return true;
    if (has_kind(Kind::journal) || has_kind(Kind::dmarc_report)) return true;
    if (has(Reason::calendar_class) || fields_.calendar_field) return true;
    if (begins_with(type_, "multipart/digest")) return true;
    if (!begins_with(type_, "multipart/")) return false;
    return is_from_daemon() || has(Reason::failed_recipients_field) || has_telling_part(body_);
  }

  void read_body() {
    const bool is_multipart = begins_with(type_, "multipart/");
    if (!has_body_) {
      out_.may_hold_messages = is_multipart || begins_with(type_, "message/");
      if (is_multipart || is_report_ || is_from_daemon()) note(Note::header_only);
      return;
    }
    if (wants_structure()) {
      read_parts();
    } else if (!is_multipart && wants_bounce_text()) {
      read_whole_bounce();
    }
    if (!begins_with(type_, "application/")) read_plain_opening();
  }

  void read_whole_bounce() {
    const auto encoding = message::parse_transfer_encoding(fields_.content_encoding);
    const bool is_identity = encoding == message::TransferEncoding::identity;
    // What is not encoded needs no copy, and then the range of what came back is that of the body.
    const std::string decoded =
        is_identity ? std::string()
                    : message::decode_content(body_, encoding, limits_.kind_text_bytes).text;
    auto facts = read_bounce_text(is_identity ? body_ : decoded, limits_, cut_);
    if (!facts) return;
    marks().add(facts->form == DsnForm::qsbmf ? Reason::qsbmf_text : Reason::bounce_text);
    if (!is_identity) facts->returned.reset();
    out_.dsn = std::move(facts);
  }

  bool wants_bounce_text() const {
    return is_from_daemon() || has(Reason::failed_recipients_field) ||
           begins_with(ascii::trim(fields_.subject), "failure notice");
  }

  void read_plain_opening() {
    if (has_secure_link(body_)) out_.traits.confidential_stub = true;
    if (begins_with(type_, "multipart/")) return;
    const Opening opening = read_opening(body_);
    if (opening.pgp_message || opening.pgp_signed) out_.traits.pgp = true;
    if (opening.pgp_message) out_.traits.encrypted = true;
  }

  void read_parts() {
    PartReader parts(header_, body_, limits_, marks(), out_, cut_);
    if (parts.over_limit()) note(Note::mime_limit);
    out_.may_hold_messages = parts.has_message();
    // A daemon may put the part into multipart/mixed; anyone else who does so forwards it.
    if (!is_report_ && !is_from_daemon()) parts.forget_reports();
    if (has(Reason::report_type_dsn) || has(Reason::delivery_status_part) ||
        has(Reason::exchange_ndr_field)) {
      parts.read_dsn();
    } else if (wants_bounce_text() && !is_other_report()) {
      parts.read_bounce_text();
    }
    if (has_kind(Kind::mdn)) parts.read_mdn();
    if (has_kind(Kind::arf)) parts.read_feedback();
    parts.read_journal(has(Reason::journal_report_field));
    parts.read_attachments(!is_reply_or_forward(fields_.subject), fields_.calendar_field);
  }

  /// Words of a subject that is encoded are asked for only where something else speaks of a reply.
  void read_decoded_subject() {
    if (!fields_.suppresses_replies && !fields_.null_return_path) return;
    const std::string_view subject = fields_.subject.substr(0, 1024);
    if (subject.find("=?") == std::string_view::npos) return;
    constexpr std::string_view kBegins[] = {
        "automatic reply:",           "out of office:",
        "automatische antwort:",      "abwesenheitsnotiz:",
        "r\xC3\xA9ponse automatique", "respuesta autom\xC3\xA1tica",
        "risposta automatica:",       "resposta autom\xC3\xA1tica",
        "automatisch antwoord:",      "autosvar:",
        "automaattinen vastaus:",     "odpowied\xC5\xBA automatyczna:"};
    if (!first_begin(message::decode_unstructured(subject), kBegins).empty()) {
      marks().add(Reason::auto_reply_subject);
    }
  }

  bool is_other_report() const {
    return has_kind(Kind::mdn) || has_kind(Kind::arf) || has_kind(Kind::dmarc_report) ||
           has_kind(Kind::tls_report);
  }

  bool is_dsn() const {
    if (has(Reason::report_type_dsn) || has(Reason::delivery_status_part) ||
        has(Reason::exchange_ndr_field) || has(Reason::qsbmf_text) || has(Reason::bounce_text)) {
      return true;
    }
    return has(Reason::failed_recipients_field) && is_from_daemon();
  }

  bool is_journal() const {
    if (!has_body_) return has(Reason::journal_report_field);
    return out_.journal.has_value();
  }

  /// Automatic mail that goes to a list or to many is a list's or bulk, unless it is a reply.
  bool is_auto_reply() const {
    const bool goes_to_many = has_kind(Kind::list) || has_kind(Kind::bulk);
    if (has(Reason::auto_replied) || has(Reason::auto_notified) || has(Reason::auto_submitted) ||
        has(Reason::auto_reply_field) || has(Reason::precedence_auto)) {
      return true;
    }
    const bool is_from_machine =
        fields_.daemon_from || fields_.postmaster_from || contains(from(), "root@");
    if (has(Reason::auto_reply_subject) && !is_from_machine && !has_kind(Kind::list)) return true;
    return has(Reason::auto_generated) && !goes_to_many;
  }

  std::string_view from() const { return fields_.from.substr(0, 1024); }

  /// A List-Id is put by sending services, too: then the rest decides.
  bool is_list() const {
    if (has(Reason::list_post) || has(Reason::precedence_list) || has(Reason::list_manager)) {
      return true;
    }
    return has(Reason::list_id) && !has(Reason::esp_field) && !has(Reason::feedback_id) &&
           !has(Reason::precedence_bulk);
  }

  Kind kind() {
    if (is_journal()) return Kind::journal;
    if (is_dsn()) return Kind::dsn;
    const bool null_path = fields_.null_return_path || fields_.daemon_return_path;
    if (fields_.daemon_from && null_path && !is_other_report()) {
      marks().add(Reason::daemon_sender);
      return Kind::dsn;
    }
    if (has_kind(Kind::mdn)) return Kind::mdn;
    if (has_kind(Kind::arf)) return Kind::arf;
    // TLS reports have the subject of DMARC reports. [RFC8460 5.3]
    const bool is_tls = has_kind(Kind::tls_report);
    if (has(Reason::dmarc_filename) || (has(Reason::dmarc_subject) && !is_tls)) {
      return Kind::dmarc_report;
    }
    if (is_tls) return Kind::tls_report;
    if (is_auto_reply()) return Kind::auto_reply;
    if (has(Reason::calendar_part) || has(Reason::calendar_class)) return Kind::calendar;
    if (is_list()) return Kind::list;
    if (has_kind(Kind::bulk) || has(Reason::list_id)) return Kind::bulk;
    return Kind::ordinary;
  }

  void decide() {
    out_.kind = kind();
    out_.marks = fields_.marks;
    out_.reasons = fields_.marks.of(out_.kind);
    // Facts that were read on the way to another kind.
    if (out_.kind != Kind::dsn) out_.dsn.reset();
    if (out_.kind != Kind::mdn) out_.mdn.reset();
    if (out_.kind != Kind::dmarc_report && out_.kind != Kind::tls_report &&
        out_.kind != Kind::arf) {
      out_.report.reset();
    }
    if (out_.kind == Kind::dsn) complete_dsn();
    if (out_.kind == Kind::dmarc_report || out_.kind == Kind::tls_report) complete_report();
    if (fields_.has_list_field) out_.list = read_list_facts(fields_, limits_, cut_);
  }

  /// Recipients that only the header names. (Exim, Gmail)
  void complete_dsn() {
    if (!out_.dsn) out_.dsn.emplace().form = DsnForm::other;
    if (!out_.dsn->recipients.empty()) return;
    add_failed_recipients(fields_.failed_recipients, limits_, *out_.dsn, cut_);
  }

  void complete_report() {
    if (!out_.report) out_.report.emplace();
    ReportFacts subject;
    if (read_report_subject(fields_.subject, limits_, subject)) {
      ReportFacts& report = *out_.report;
      report.well_formed = report.data.has_value();
      if (report.domain.empty()) report.domain = subject.domain;
      if (report.submitter.empty()) report.submitter = subject.submitter;
      report.report_id = subject.report_id;
    }
    if (out_.kind == Kind::tls_report && out_.report->domain.empty()) {
      out_.report->domain = tls_field(fields_.tls_domain);
      out_.report->submitter = tls_field(fields_.tls_submitter);
    }
  }

  std::string tls_field(std::string_view value) {
    value = ascii::trim(value);
    if (value.size() > limits_.kind_string_bytes) cut_ = true;
    return ascii::lower(value.substr(0, limits_.kind_string_bytes));
  }

  void read_traits() {
    const bool is_listed = fields_.has_list_field || has_kind(Kind::list);
    if (is_listed || !fields_.original_from.empty()) {
      out_.traits.from_munged = is_listed && is_from_munged(fields_);
    }
    if (fields_.confidential_field) out_.traits.confidential_stub = true;
    if (out_.traits.rewriting == Rewriting::srs) out_.srs_sender = srs_sender(fields_.return_path);
    if (!fields_.delivered_to.empty()) {
      out_.handling.delivered_elsewhere = is_delivered_elsewhere(fields_);
    }
  }

  void note(Note note) {
    for (const Note present : out_.notes) {
      if (present == note) return;
    }
    out_.notes.push_back(note);
  }

  const message::HeaderIndex& header_;
  std::string_view body_;
  bool has_body_;
  const Limits& limits_;
  FieldMarks fields_;
  std::string_view type_;
  KindFacts out_;
  bool is_report_ = false;
  bool cut_ = false;
};

}  // namespace

KindFacts read_kind(const message::HeaderIndex& header, std::string_view body,
                    const Limits& limits) {
  return KindReader(header, body, true, limits).run();
}

KindFacts read_kind_of_header(const message::HeaderIndex& header, const Limits& limits) {
  return KindReader(header, {}, false, limits).run();
}

}  // namespace mailassay::kind
