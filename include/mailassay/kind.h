// What sort of message it is, and what it reports: bounces, receipts, feedback, lists, journals.
//
// Read from the header and, where the header asks for it, from the MIME structure. The kind is the
// message's own claim: it never makes a standing better. All strings are octets of the message,
// cut to Limits::kind_string_bytes. Threads: plain data.
#ifndef MAILASSAY_KIND_H
#define MAILASSAY_KIND_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/kind_reports.h"
#include "mailassay/kind_traits.h"
#include "mailassay/limits.h"

namespace mailassay::kind {

/// In the order of decision: the first that fits is the kind.
enum class Kind : std::uint8_t {
  journal,       ///< wraps a message with its envelope for an archive (Exchange journal report)
  dsn,           ///< tells what became of a delivery, in the form of RFC 3464 or another
  mdn,           ///< tells what the recipient did with a message [RFC8098]
  arf,           ///< a complaint or failure report of a receiver [RFC5965]
  dmarc_report,  ///< an aggregate report [RFC9990]
  tls_report,    ///< a report on TLS sessions [RFC8460]
  auto_reply,    ///< written by a program, in reply or unasked [RFC3834]
  calendar,      ///< an invitation, an answer to one, or its end [RFC6047]
  list,          ///< went through a mailing list [RFC2919]
  bulk,          ///< sent to many, with a way to unsubscribe or by a service that does such
  ordinary,      ///< nothing of these
};
inline constexpr std::size_t kKinds = 11;

/// A mark that speaks for a kind. A closed list; word_of() has the word of each in `kind_reasons`.
enum class Reason : std::uint8_t {
  // journal
  journal_report_field,  ///< X-MS-Journal-Report, X-MS-Exchange-Organization-Journal-Report
  journal_envelope,      ///< envelope lines above an attached message
  // dsn
  report_type_dsn,          ///< multipart/report, report-type delivery-status [RFC6522 3]
  delivery_status_part,     ///< a part message/delivery-status [RFC3464 2.1]
  exchange_ndr_field,       ///< X-MS-Exchange-Message-Is-Ndr
  failed_recipients_field,  ///< X-Failed-Recipients (Exim, Gmail)
  qsbmf_text,               ///< the body begins as qmail's do (QSBMF)
  daemon_sender,            ///< from mailer-daemon, and Return-Path is null
  bounce_text,              ///< the body has the shape of a known mail server's bounce
  // mdn
  report_type_mdn,   ///< multipart/report, report-type disposition-notification [RFC8098 3]
  disposition_part,  ///< a part message/disposition-notification
  // arf
  report_type_feedback,  ///< multipart/report, report-type feedback-report [RFC5965 2]
  feedback_part,         ///< a part message/feedback-report
  // dmarc_report
  dmarc_subject,   ///< Subject "Report Domain: ... Submitter: ..." [RFC9990 3.5.2]
  dmarc_filename,  ///< an attachment named receiver!domain!begin!end.xml[.gz] [RFC9990 3.5.2]
  // tls_report
  report_type_tls,  ///< multipart/report, report-type tlsrpt [RFC8460 5.3]
  tls_report_part,  ///< a part application/tlsrpt+gzip or +json
  tls_fields,       ///< TLS-Report-Domain and TLS-Report-Submitter
  // auto_reply
  auto_replied,        ///< Auto-Submitted: auto-replied [RFC3834 5]
  auto_generated,      ///< Auto-Submitted: auto-generated
  auto_notified,       ///< Auto-Submitted: auto-notified [RFC5436 2.7.1]
  auto_submitted,      ///< Auto-Submitted with another word than no
  auto_reply_field,    ///< X-Autoreply, X-Autorespond, X-Auto-Reply-From, X-Vacation, ...
  auto_reply_subject,  ///< the subject begins as those of auto-replies do
  precedence_auto,     ///< Precedence: auto_reply
  // calendar
  calendar_part,   ///< a text/calendar part or body with a method [RFC6047 2.4]
  calendar_class,  ///< Content-Class: urn:content-classes:calendarmessage
  // list
  list_id,          ///< List-Id [RFC2919 3]
  list_post,        ///< List-Post other than NO [RFC2369 3.4]
  precedence_list,  ///< Precedence: list
  list_manager,     ///< a field of Mailman, Google Groups, ezmlm, majordomo, Sympa, LISTSERV, ...
  // bulk
  list_unsubscribe,  ///< List-Unsubscribe, and no list above
  precedence_bulk,   ///< Precedence: bulk or junk
  feedback_id,       ///< Feedback-ID
  esp_field,         ///< a field that a sending service puts
};
inline constexpr std::size_t kReasons = static_cast<std::size_t>(Reason::esp_field) + 1;

/// A set of reasons, in the order of the enumeration.
class ReasonSet {
 public:
  void add(Reason reason) noexcept { bits_ |= bit(reason); }
  void remove(ReasonSet other) noexcept { bits_ &= ~other.bits_; }
  bool has(Reason reason) const noexcept { return (bits_ & bit(reason)) != 0; }
  bool empty() const noexcept { return bits_ == 0; }
  std::vector<Reason> list() const;

  /// Those of them that speak for `kind`.
  ReasonSet of(Kind kind) const;

  friend bool operator==(ReasonSet, ReasonSet) = default;

 private:
  static constexpr std::uint64_t bit(Reason reason) noexcept {
    return std::uint64_t{1} << static_cast<unsigned>(reason);
  }
  std::uint64_t bits_ = 0;
};
static_assert(kReasons <= 64);

/// What could not be read, or was not looked at.
enum class Note : std::uint8_t {
  mime_limit,   ///< the MIME structure is over a limit and was not read to its end
  header_only,  ///< the body was not at hand, and the header asked for it
  cut,          ///< a string or a list is longer than what is kept, or a text than what is read
};

struct ListFacts {
  std::string list_id;  ///< what stands between the angle brackets, lower case
  bool has_post = false;
  std::uint32_t unsubscribe_fields = 0;       ///< List-Unsubscribe
  std::uint32_t unsubscribe_post_fields = 0;  ///< List-Unsubscribe-Post
  std::uint32_t https_uris = 0;               ///< in the topmost List-Unsubscribe
  std::uint32_t http_uris = 0;                ///< the same
  bool post_is_one_click = false;             ///< the topmost one is `List-Unsubscribe=One-Click`

  /// One field of each, with one HTTPS URI and the pair. Who signed them is not asked.
  /// [RFC8058 3.1]
  bool one_click() const noexcept {
    return unsubscribe_fields == 1 && unsubscribe_post_fields == 1 && https_uris == 1 &&
           http_uris == 0 && post_is_one_click;
  }

  friend bool operator==(const ListFacts&, const ListFacts&) = default;
};

/// Fields that a valid DKIM signature has to cover for one-click to count. [RFC8058 4]
inline constexpr std::string_view kOneClickFields[] = {"list-unsubscribe", "list-unsubscribe-post"};

/// Everything that is known about the kind of one message. At most one of dsn, mdn, journal and
/// report is there, that of the kind.
struct KindFacts {
  Kind kind = Kind::ordinary;
  ReasonSet reasons;  ///< that speak for `kind`; empty if it is ordinary
  ReasonSet marks;    ///< all that were seen, for whatever kind
  Traits traits;
  Handling handling;
  bool null_return_path = false;  ///< Return-Path: <>
  std::optional<DsnFacts> dsn;
  std::optional<MdnFacts> mdn;
  std::optional<JournalFacts> journal;
  std::optional<ReportFacts> report;
  std::optional<ListFacts> list;  ///< if there is any List- field
  std::string calendar_method;    ///< upper case: REQUEST, REPLY, CANCEL; empty: none
  std::string srs_sender;         ///< the address that SRS0= hides; empty: none
  /// A part is a message or the header of one; or it might be, in a body that was not at hand.
  bool may_hold_messages = false;
  /// A message/rfc822 part that is not the subject of a report; the first of them.
  std::optional<ByteRange> attached_message;
  Encoding attached_encoding = Encoding::identity;
  std::vector<Note> notes;

  friend bool operator==(const KindFacts&, const KindFacts&) = default;
};

/// The words of rows and of `explain`.
std::string_view word_of(Kind kind);
std::string_view word_of(Reason reason);
std::string_view word_of(Note note);

/// Which kind a reason speaks for.
Kind kind_of(Reason reason);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_H
