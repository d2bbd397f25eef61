// What a message reports of other messages: bounces, receipts, journals, complaints, summaries.
//
// All of it is the reporter's word. Strings are octets of the message.
#ifndef MAILASSAY_KIND_REPORTS_H
#define MAILASSAY_KIND_REPORTS_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailassay::kind {

/// Octets of the body, counted from its first one.
struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// How the octets of a range are to be decoded. [RFC2045 6]
enum class Encoding : std::uint8_t { identity, quoted_printable, base64, unknown };

/// Action field. [RFC3464 2.3.3]
enum class Action : std::uint8_t { unknown, failed, delayed, delivered, relayed, expanded };

/// What a sender makes of a recipient's report.
enum class Category : std::uint8_t {
  undetermined,    ///< nothing tells
  delivered,       ///< delivered, relayed or expanded
  hard,            ///< this address will not work
  soft,            ///< may work later, delays included
  mailbox_full,    ///< over quota
  blocked,         ///< refused for reputation, content or policy
  authentication,  ///< refused for SPF, DKIM, DMARC, ARC, reverse DNS or TLS
};

/// Why, in finer words; undetermined: the codes and texts are none that we know.
enum class Cause : std::uint8_t {
  undetermined,
  unknown_user,
  bad_address,
  bad_domain,
  null_mx,
  moved,
  disabled,
  mailbox_full,
  system_full,
  too_big,
  expired,
  network,
  system,
  loop,
  greylisted,
  rate_limited,
  relaying_denied,
  not_authorized,
  content,
  reputation,
  policy,
  protocol,
  dkim,
  spf,
  dmarc,
  arc,
  reverse_dns,
  tls,
};

struct DsnRecipient {
  std::string final_recipient;     ///< without the address type; empty: not said
  std::string original_recipient;  ///< without the address type; empty: not said
  Action action = Action::unknown;
  std::string status;       ///< "5.1.1": of Status, else of the diagnostic; empty: neither has one
  std::uint16_t reply = 0;  ///< SMTP reply code of the diagnostic, "550"; 0: none
  std::string diagnostic_type;  ///< "smtp", lower case
  std::string diagnostic;       ///< unfolded
  std::string remote_mta;       ///< without the name type
  Category category = Category::undetermined;
  Cause cause = Cause::undetermined;

  friend bool operator==(const DsnRecipient&, const DsnRecipient&) = default;
};

/// Whose form a bounce has.
enum class DsnForm : std::uint8_t {
  standard,  ///< a message/delivery-status part [RFC3464]
  qsbmf,     ///< qmail
  exim,      ///< Exim's text
  postfix,   ///< Postfix's text
  sendmail,  ///< Sendmail's transcript
  exchange,  ///< Exchange and MS SMTP text
  gmail,     ///< Gmail's text
  notes,     ///< Notes or Domino
  other,     ///< another text
};

struct DsnFacts {
  DsnForm form = DsnForm::standard;
  std::string reporting_mta;             ///< without the name type
  std::string original_envelope_id;      ///< [RFC3464 2.2.1]
  std::string original_message_id;       ///< of the message that is reported on, with its brackets
  std::string original_from;             ///< From field of it, trimmed
  std::vector<DsnRecipient> recipients;  ///< at most Limits::dsn_recipients
  std::uint32_t recipients_seen = 0;     ///< all of them
  /// The message or the header that came back; empty: none did.
  std::optional<ByteRange> returned;
  Encoding returned_encoding = Encoding::identity;
  bool returned_whole = false;  ///< body and all, as far as its type says

  friend bool operator==(const DsnFacts&, const DsnFacts&) = default;
};

/// A receipt. [RFC8098 3.2]
struct MdnFacts {
  std::string final_recipient;      ///< without the address type
  std::string original_message_id;  ///< with its brackets
  std::string disposition;          ///< "automatic-action/MDN-sent-automatically; displayed"
  std::string disposition_type;     ///< "displayed", "deleted", ..., lower case

  friend bool operator==(const MdnFacts&, const MdnFacts&) = default;
};

/// An Exchange journal report: the envelope, and where the message lies. Each address is as it is
/// written, lower case or not.
struct JournalFacts {
  std::string sender;
  std::string message_id;
  std::string subject;
  std::vector<std::string> to;  ///< with those whose role is not said; Limits::journal_recipients
  std::vector<std::string> cc;
  std::vector<std::string> bcc;
  std::uint32_t recipients_seen = 0;
  std::optional<ByteRange> message;  ///< empty: none is attached
  Encoding message_encoding = Encoding::identity;

  friend bool operator==(const JournalFacts&, const JournalFacts&) = default;
};

/// A feedback, DMARC or TLS report.
struct ReportFacts {
  /// Required fields are there, each once where once is said. [RFC5965 3.1]
  bool well_formed = false;
  // arf
  std::string feedback_type;  ///< "abuse", lower case
  std::string user_agent;
  std::string version;
  std::string original_mail_from;
  std::string original_rcpt_to;  ///< the first
  std::string source_ip;
  std::string reported_domain;  ///< the first
  std::string reporting_mta;
  std::string auth_failure;         ///< of an auth-failure report [RFC6591 3.2], lower case
  std::string original_message_id;  ///< of the message complained of
  // dmarc_report, tls_report
  std::string domain;     ///< reported on, lower case
  std::string submitter;  ///< who reports, lower case
  std::string report_id;
  std::optional<std::int64_t> begin;  ///< seconds since 1970
  std::optional<std::int64_t> end;
  std::string filename;
  /// The data: an attachment, or the message complained of; empty: none was found.
  std::optional<ByteRange> data;
  Encoding data_encoding = Encoding::identity;

  friend bool operator==(const ReportFacts&, const ReportFacts&) = default;
};

/// The words of rows and of `explain`.
std::string_view word_of(Action action);
std::string_view word_of(Category category);
std::string_view word_of(Cause cause);
std::string_view word_of(DsnForm form);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_REPORTS_H
