// Traits of a message that its header and structure tell.
#ifndef MAILASSAY_KIND_TRAITS_H
#define MAILASSAY_KIND_TRAITS_H

#include <cstdint>
#include <string_view>

namespace mailassay::kind {

/// A service that sends mail for others, by the header fields that it alone puts.
enum class Esp : std::uint8_t {
  none,
  // Each word is the name of the service, with hyphens.
  activecampaign,
  adobe_campaign,
  amazon_ses,
  brevo,
  campaign_monitor,
  constant_contact,
  customer_io,
  emarsys,
  hubspot,
  intercom,
  klaviyo,
  mailchimp,
  mailgun,
  mailjet,
  mandrill,
  marketo,
  postmark,
  salesforce,
  salesforce_mc,
  sendgrid,
  sparkpost,
  zendesk,
};

/// What rewrote the envelope sender, by the form of Return-Path.
enum class Rewriting : std::uint8_t {
  none,
  srs,        ///< SRS0= or SRS1=: a forwarder's
  batv,       ///< prvs=: the sender's own tag
  gmail_caf,  ///< +caf_=: Gmail's forwarding
  verp,       ///< the recipient stands in it: a list's or a sender's bounce address
};

/// A filtering gateway, by the header fields that it puts. It need not have changed anything.
enum class Gateway : std::uint8_t {
  none,
  mimecast,
  proofpoint,
  barracuda,
  cisco,
  symantec,
  trend_micro,
  sophos,
  fortimail,
  forcepoint,
  hornetsecurity,
};

/// Traits that header and structure tell. bcc-copy, nested, gateway-modified and replay-suspect
/// need more than one message says; what there is to say about them stands in `Handling`.
struct Traits {
  bool encrypted = false;  ///< the content is encrypted, by S/MIME or PGP
  bool smime = false;      ///< S/MIME, signed or encrypted [RFC8551 3]
  bool pgp = false;        ///< OpenPGP, MIME or inline [RFC3156 4]
  bool confidential_stub =
      false;                 ///< the content lies at a service; the message holds a link to it
  bool from_munged = false;  ///< a list put its address in the place of the author's
  Esp esp = Esp::none;       ///< word_of(esp) is the NAME of via-esp:NAME
  Rewriting rewriting = Rewriting::none;  ///< srs: the trait `srs`

  friend bool operator==(const Traits&, const Traits&) = default;
};

/// What speaks for the traits that need more than the message.
struct Handling {
  Gateway gateway = Gateway::none;
  bool external_tag = false;  ///< the subject begins with a tag like [EXTERNAL]
  bool has_bcc = false;       ///< a Bcc field, as sent copies and drafts have
  /// The delivery address (Delivered-To, X-Original-To, Envelope-To, ...) is there, and in neither
  /// To nor Cc: a blind copy, an alias, a list, or a replay.
  bool delivered_elsewhere = false;
  bool no_recipients = false;  ///< neither To nor Cc names an address

  friend bool operator==(const Handling&, const Handling&) = default;
};

/// The words of rows and of `explain`.
std::string_view word_of(Esp esp);
std::string_view word_of(Rewriting rewriting);
std::string_view word_of(Gateway gateway);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_TRAITS_H
