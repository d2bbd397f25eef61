// The words of rows and of `explain`: one table for each enumeration.
#include <array>
#include <cstddef>
#include <cstdint>

#include "mailassay/kind.h"

namespace mailassay::kind {
namespace {

constexpr std::array<std::string_view, kKinds> kKindWords = {
    "journal",    "dsn",      "mdn",  "arf",  "dmarc-report", "tls-report",
    "auto-reply", "calendar", "list", "bulk", "ordinary"};

struct ReasonEntry {
  Reason reason;
  Kind kind;
  std::string_view word;
};

constexpr std::array<ReasonEntry, kReasons> kReasonTable = {{
    {Reason::journal_report_field, Kind::journal, "journal-report-field"},
    {Reason::journal_envelope, Kind::journal, "journal-envelope"},
    {Reason::report_type_dsn, Kind::dsn, "report-type-delivery-status"},
    {Reason::delivery_status_part, Kind::dsn, "delivery-status-part"},
    {Reason::exchange_ndr_field, Kind::dsn, "exchange-ndr-field"},
    {Reason::failed_recipients_field, Kind::dsn, "failed-recipients-field"},
    {Reason::qsbmf_text, Kind::dsn, "qsbmf-text"},
    {Reason::daemon_sender, Kind::dsn, "daemon-sender"},
    {Reason::bounce_text, Kind::dsn, "bounce-text"},
    {Reason::report_type_mdn, Kind::mdn, "report-type-disposition"},
    {Reason::disposition_part, Kind::mdn, "disposition-part"},
    {Reason::report_type_feedback, Kind::arf, "report-type-feedback"},
    {Reason::feedback_part, Kind::arf, "feedback-part"},
    {Reason::dmarc_subject, Kind::dmarc_report, "dmarc-subject"},
    {Reason::dmarc_filename, Kind::dmarc_report, "dmarc-filename"},
    {Reason::report_type_tls, Kind::tls_report, "report-type-tls"},
    {Reason::tls_report_part, Kind::tls_report, "tls-report-part"},
    {Reason::tls_fields, Kind::tls_report, "tls-report-fields"},
    {Reason::auto_replied, Kind::auto_reply, "auto-replied"},
    {Reason::auto_generated, Kind::auto_reply, "auto-generated"},
    {Reason::auto_notified, Kind::auto_reply, "auto-notified"},
    {Reason::auto_submitted, Kind::auto_reply, "auto-submitted"},
    {Reason::auto_reply_field, Kind::auto_reply, "auto-reply-field"},
    {Reason::auto_reply_subject, Kind::auto_reply, "auto-reply-subject"},
    {Reason::precedence_auto, Kind::auto_reply, "precedence-auto-reply"},
    {Reason::calendar_part, Kind::calendar, "calendar-part"},
    {Reason::calendar_class, Kind::calendar, "calendar-class"},
    {Reason::list_id, Kind::list, "list-id"},
    {Reason::list_post, Kind::list, "list-post"},
    {Reason::precedence_list, Kind::list, "precedence-list"},
    {Reason::list_manager, Kind::list, "list-manager"},
    {Reason::list_unsubscribe, Kind::bulk, "list-unsubscribe"},
    {Reason::precedence_bulk, Kind::bulk, "precedence-bulk"},
    {Reason::feedback_id, Kind::bulk, "feedback-id"},
    {Reason::esp_field, Kind::bulk, "esp-field"},
}};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kReasonTable.size(); ++i) {
    if (static_cast<std::size_t>(kReasonTable[i].reason) != i) return false;
  }
  return true;
}
static_assert(is_in_order());

/// Bits of a ReasonSet that speak for each kind.
constexpr std::array<std::uint64_t, kKinds> make_reasons_of_kind() {
  std::array<std::uint64_t, kKinds> out{};
  for (std::size_t i = 0; i < kReasonTable.size(); ++i) {
    out[static_cast<std::size_t>(kReasonTable[i].kind)] |= std::uint64_t{1} << i;
  }
  return out;
}
constexpr std::array<std::uint64_t, kKinds> kReasonsOfKind = make_reasons_of_kind();

constexpr std::array<std::string_view, 3> kNoteWords = {"mime-limit", "kind-header-only",
                                                        "kind-cut"};

constexpr std::array<std::string_view, 23> kEspWords = {
    "",          "activecampaign",   "adobe-campaign",   "amazon-ses",
    "brevo",     "campaign-monitor", "constant-contact", "customer-io",
    "emarsys",   "hubspot",          "intercom",         "klaviyo",
    "mailchimp", "mailgun",          "mailjet",          "mandrill",
    "marketo",   "postmark",         "salesforce",       "salesforce-mc",
    "sendgrid",  "sparkpost",        "zendesk"};
static_assert(kEspWords.size() == static_cast<std::size_t>(Esp::zendesk) + 1);

constexpr std::array<std::string_view, 5> kRewritingWords = {"", "srs", "batv", "gmail-caf",
                                                             "verp"};

constexpr std::array<std::string_view, 11> kGatewayWords = {
    "",       "mimecast",  "proofpoint", "barracuda",     "cisco", "symantec", "trend-micro",
    "sophos", "fortimail", "forcepoint", "hornetsecurity"};
static_assert(kGatewayWords.size() == static_cast<std::size_t>(Gateway::hornetsecurity) + 1);

/// [RFC3464 2.3.3]
constexpr std::array<std::string_view, 6> kActionWords = {"unknown",   "failed",  "delayed",
                                                          "delivered", "relayed", "expanded"};

constexpr std::array<std::string_view, 7> kCategoryWords = {
    "undetermined", "delivered", "hard", "soft", "mailbox-full", "blocked", "authentication"};

constexpr std::array<std::string_view, 28> kCauseWords = {"undetermined",
                                                          "unknown-user",
                                                          "bad-address",
                                                          "bad-domain",
                                                          "null-mx",
                                                          "moved",
                                                          "disabled",
                                                          "mailbox-full",
                                                          "system-full",
                                                          "too-big",
                                                          "expired",
                                                          "network",
                                                          "system",
                                                          "loop",
                                                          "greylisted",
                                                          "rate-limited",
                                                          "relaying-denied",
                                                          "not-authorized",
                                                          "content",
                                                          "reputation",
                                                          "policy",
                                                          "protocol",
                                                          "dkim",
                                                          "spf",
                                                          "dmarc",
                                                          "arc",
                                                          "reverse-dns",
                                                          "tls"};
static_assert(kCauseWords.size() == static_cast<std::size_t>(Cause::tls) + 1);

constexpr std::array<std::string_view, 9> kFormWords = {
    "standard", "qsbmf", "exim", "postfix", "sendmail", "exchange", "gmail", "notes", "other"};

template <typename Enum, std::size_t Size>
std::string_view at(const std::array<std::string_view, Size>& words, Enum value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace

std::vector<Reason> ReasonSet::list() const {
  std::vector<Reason> out;
  for (const ReasonEntry& entry : kReasonTable) {
    if (has(entry.reason)) out.push_back(entry.reason);
  }
  return out;
}

ReasonSet ReasonSet::of(Kind kind) const {
  ReasonSet out;
  out.bits_ = bits_ & kReasonsOfKind[static_cast<std::size_t>(kind)];
  return out;
}

std::string_view word_of(Kind kind) { return at(kKindWords, kind); }
std::string_view word_of(Reason reason) {
  return kReasonTable[static_cast<std::size_t>(reason)].word;
}
std::string_view word_of(Note note) { return at(kNoteWords, note); }
std::string_view word_of(Esp esp) { return at(kEspWords, esp); }
std::string_view word_of(Rewriting rewriting) { return at(kRewritingWords, rewriting); }
std::string_view word_of(Gateway gateway) { return at(kGatewayWords, gateway); }
std::string_view word_of(Action action) { return at(kActionWords, action); }
std::string_view word_of(Category category) { return at(kCategoryWords, category); }
std::string_view word_of(Cause cause) { return at(kCauseWords, cause); }
std::string_view word_of(DsnForm form) { return at(kFormWords, form); }

Kind kind_of(Reason reason) { return kReasonTable[static_cast<std::size_t>(reason)].kind; }

}  // namespace mailassay::kind
