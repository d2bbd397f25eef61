#include "kind/field_table.h"

#include <array>
#include <cstddef>

#include "base/ascii.h"
#include "mailassay/kind.h"

namespace mailassay::kind {
namespace {

constexpr FieldRule mark(std::string_view name, Reason reason) {
  return {name, Meaning::mark, static_cast<std::uint8_t>(reason)};
}
constexpr FieldRule esp(std::string_view name, Esp service) {
  return {name, Meaning::esp, static_cast<std::uint8_t>(service)};
}
constexpr FieldRule gateway(std::string_view name, Gateway product) {
  return {name, Meaning::gateway, static_cast<std::uint8_t>(product)};
}

constexpr std::array kRules = {
    FieldRule{"content-type", Meaning::content_type},
    FieldRule{"content-disposition", Meaning::content_disposition},
    FieldRule{"content-transfer-encoding", Meaning::content_encoding},
    FieldRule{"subject", Meaning::subject},
    FieldRule{"from", Meaning::from},
    FieldRule{"to", Meaning::to},
    FieldRule{"cc", Meaning::cc},
    FieldRule{"bcc", Meaning::bcc},
    FieldRule{"reply-to", Meaning::reply_to},
    FieldRule{"sender", Meaning::sender},
    FieldRule{"errors-to", Meaning::sender},
    FieldRule{"return-path", Meaning::return_path},
    // Where it was delivered to.
    FieldRule{"delivered-to", Meaning::delivered_to},
    FieldRule{"x-original-to", Meaning::delivered_to},
    FieldRule{"envelope-to", Meaning::delivered_to},
    FieldRule{"x-envelope-to", Meaning::delivered_to},
    FieldRule{"x-rcpt-to", Meaning::delivered_to},
    FieldRule{"x-apparently-to", Meaning::delivered_to},
    FieldRule{"x-gm-original-to", Meaning::delivered_to},
    // The author whom a list moved out of From.
    FieldRule{"x-original-from", Meaning::original_from},
    FieldRule{"x-original-sender", Meaning::original_from},
    FieldRule{"x-mailman-original-from", Meaning::original_from},
    // Journals.
    mark("x-ms-journal-report", Reason::journal_report_field),
    mark("x-ms-exchange-organization-journal-report", Reason::journal_report_field),
    // Bounces.
    mark("x-ms-exchange-message-is-ndr", Reason::exchange_ndr_field),
    FieldRule{"x-failed-recipients", Meaning::failed_recipients},
    // [RFC8460 5.3]
    FieldRule{"tls-report-domain", Meaning::tls_domain},
    FieldRule{"tls-report-submitter", Meaning::tls_submitter},
    // Automatic mail.
    FieldRule{"auto-submitted", Meaning::auto_submitted},
    FieldRule{"precedence", Meaning::precedence},
    FieldRule{"x-auto-response-suppress", Meaning::suppress},
    FieldRule{"x-apple-action", Meaning::apple_action},
    mark("x-autoreply", Reason::auto_reply_field),
    mark("x-autoreply-from", Reason::auto_reply_field),
    mark("x-auto-reply", Reason::auto_reply_field),
    mark("x-auto-reply-from", Reason::auto_reply_field),
    mark("x-autorespond", Reason::auto_reply_field),
    mark("x-autoresponder", Reason::auto_reply_field),
    mark("x-mail-autoreply", Reason::auto_reply_field),
    mark("x-mail-autorespond", Reason::auto_reply_field),
    mark("x-vacation", Reason::auto_reply_field),
    // Calendars.
    FieldRule{"content-class", Meaning::content_class},
    FieldRule{"x-ms-exchange-calendar-originator-id", Meaning::calendar},
    FieldRule{"x-ms-exchange-calendar-series-instance-id", Meaning::calendar},
    FieldRule{"x-microsoft-cdo-busystatus", Meaning::calendar},
    // Confidential mail.
    FieldRule{"x-gm-locker", Meaning::confidential},
    FieldRule{"x-virtru", Meaning::confidential},
    FieldRule{"x-virtru-policy", Meaning::confidential},
    // Lists. [RFC2919 3] [RFC2369 3]
    FieldRule{"list-id", Meaning::list_id},
    FieldRule{"list-post", Meaning::list_post},
    FieldRule{"list-unsubscribe", Meaning::list_unsubscribe},
    FieldRule{"list-unsubscribe-post", Meaning::list_unsubscribe_post},
    FieldRule{"list-help", Meaning::list_other},
    FieldRule{"list-subscribe", Meaning::list_other},
    FieldRule{"list-owner", Meaning::list_other},
    FieldRule{"list-archive", Meaning::list_other},
    mark("x-mailman-version", Reason::list_manager),
    mark("x-beenthere", Reason::list_manager),
    mark("mailing-list", Reason::list_manager),
    mark("x-mailing-list", Reason::list_manager),
    mark("x-google-group-id", Reason::list_manager),
    mark("x-ml-name", Reason::list_manager),
    mark("x-mlserver", Reason::list_manager),
    mark("x-sympa-to", Reason::list_manager),
    mark("x-listserver", Reason::list_manager),
    mark("x-majordomo", Reason::list_manager),
    // Services that send for others.
    FieldRule{"feedback-id", Meaning::feedback_id},
    FieldRule{"x-mailer", Meaning::mailer},
    esp("x-mc-user", Esp::mailchimp),
    esp("x-mandrill-user", Esp::mandrill),
    esp("x-sg-eid", Esp::sendgrid),
    esp("x-sg-id", Esp::sendgrid),
    esp("x-ses-outgoing", Esp::amazon_ses),
    esp("x-hs-cid", Esp::hubspot),
    esp("x-hubspot-cid", Esp::hubspot),
    esp("x-hubspot-portal-id", Esp::hubspot),
    esp("x-hubspot-campaign-id", Esp::hubspot),
    esp("x-sfmc-stack", Esp::salesforce_mc),
    esp("x-sfdc-lk", Esp::salesforce),
    esp("x-sfdc-user", Esp::salesforce),
    esp("x-mailgun-sid", Esp::mailgun),
    esp("x-mailgun-sending-ip", Esp::mailgun),
    esp("x-mailgun-variables", Esp::mailgun),
    esp("x-pm-message-id", Esp::postmark),
    esp("x-pm-rcpt", Esp::postmark),
    esp("x-pm-tag", Esp::postmark),
    esp("x-msfbl", Esp::sparkpost),
    esp("x-mj-mid", Esp::mailjet),
    esp("x-mj-smtpguid", Esp::mailjet),
    esp("x-mailin-eid", Esp::brevo),
    esp("x-mailin-client", Esp::brevo),
    esp("x-sib-id", Esp::brevo),
    esp("x-ctct-id", Esp::constant_contact),
    esp("x-roving-id", Esp::constant_contact),
    esp("x-roving-campaignid", Esp::constant_contact),
    esp("x-marketoid", Esp::marketo),
    esp("x-mktarchive", Esp::marketo),
    esp("x-mktmaildkim", Esp::marketo),
    esp("x-kmail-account", Esp::klaviyo),
    esp("x-kmail-message", Esp::klaviyo),
    esp("x-emarsys-identify", Esp::emarsys),
    esp("x-emarsys-environment", Esp::emarsys),
    esp("x-zendesk-from-account-id", Esp::zendesk),
    esp("x-intercom-bin", Esp::intercom),
    // Filtering gateways.
    gateway("x-mimecast-spam-score", Gateway::mimecast),
    gateway("x-mimecast-originator", Gateway::mimecast),
    gateway("x-mimecast-mfc-proc-id", Gateway::mimecast),
    gateway("x-mc-unique", Gateway::mimecast),
    gateway("x-proofpoint-spam-details", Gateway::proofpoint),
    gateway("x-proofpoint-virus-version", Gateway::proofpoint),
    gateway("x-proofpoint-guid", Gateway::proofpoint),
    gateway("x-proofpoint-orig-guid", Gateway::proofpoint),
    gateway("x-clx-shades", Gateway::proofpoint),
    gateway("x-barracuda-connect", Gateway::barracuda),
    gateway("x-barracuda-start-time", Gateway::barracuda),
    gateway("x-barracuda-spam-score", Gateway::barracuda),
    gateway("x-ironport-av", Gateway::cisco),
    gateway("x-ironport-anti-spam-result", Gateway::cisco),
    gateway("x-ironport-anti-spam-filtered", Gateway::cisco),
    gateway("x-brightmail-tracker", Gateway::symantec),
    gateway("x-msg-ref", Gateway::symantec),
    gateway("x-starscan-version", Gateway::symantec),
    gateway("x-tm-as-product-ver", Gateway::trend_micro),
    gateway("x-tmase-version", Gateway::trend_micro),
    gateway("x-sophos-email", Gateway::sophos),
    gateway("x-sophos-email-id", Gateway::sophos),
    gateway("x-fe-policy-id", Gateway::fortimail),
    gateway("x-fortimail-id", Gateway::fortimail),
    gateway("x-mailcontrol-outinfo", Gateway::forcepoint),
    gateway("x-mailcontrol-inboundspf", Gateway::forcepoint),
    gateway("x-antispameurope-recipient", Gateway::hornetsecurity),
    gateway("x-antispameurope-mailid", Gateway::hornetsecurity),
};
static_assert(kRules.size() < 255);

constexpr std::size_t kSlots = 512;
constexpr std::uint8_t kNoRule = 255;

constexpr std::size_t slot_of(std::string_view name) noexcept {
  const auto at = [&](std::size_t index) {
    return static_cast<std::size_t>(static_cast<unsigned char>(ascii::to_lower(name[index])));
  };
  return (name.size() * 41 + at(0) * 3 + at(name.size() - 1) * 7 + at(name.size() / 2) * 19) %
         kSlots;
}

/// Rules by slot, those of one slot chained.
struct Slots {
  std::array<std::uint8_t, kSlots> first{};
  std::array<std::uint8_t, kRules.size()> next{};
};

constexpr Slots make_slots() {
  Slots out;
  out.first.fill(kNoRule);
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    std::uint8_t& slot = out.first[slot_of(kRules[i].name)];
    out.next[i] = slot;
    slot = static_cast<std::uint8_t>(i);
  }
  return out;
}
constexpr Slots kByName = make_slots();

}  // namespace

const FieldRule* find_rule(std::string_view name) noexcept {
  if (name.empty()) return nullptr;
  for (std::uint8_t i = kByName.first[slot_of(name)]; i != kNoRule; i = kByName.next[i]) {
    if (ascii::equal_ignoring_case(kRules[i].name, name)) return &kRules[i];
  }
  return nullptr;
}

std::span<const FieldRule> field_rules() { return kRules; }

}  // namespace mailassay::kind
