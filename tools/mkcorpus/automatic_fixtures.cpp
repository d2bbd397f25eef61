#include <fmt/format.h>

#include <array>

#include "mkcorpus/fixture.h"
#include "mkcorpus/prose.h"

namespace mkcorpus {
namespace {

constexpr std::string_view kBoundary = "_=report_17";
// Small reports, packed by gzip.
constexpr std::string_view kDmarcReport =
    "H4sIAAAAAAAC/42S23LCIBCGX6XjA4RgrIeZFfsmGQIbpXIaINa+fYlJNNZe9Irdf+HfbwE4XI1+\r\n"
    "u2CIytn9ghbl4sCgRZQNF2cGAb0LqTaYuOSJM3DhWFtukA0VDEXCmIDcdUDDlWbS8CA+fm0aSpOp\r\n"
    "kmy1oRTII4fcBOvA7TEbNXhUltH3zWZbrbdlCWRQAK28ybtlRXe7bJtzIPOj5IXbO63Ed+27Rqt4\r\n"
    "wr6VyzSWKdu4a4FXbrzGwmLGHCvg85CfKLLis+WrQ0DhQr+6LwbRdUFgrTxbllVRFpRWxXoF5KGD\r\n"
    "cJ1NrAIyBBMTXrjuMnzPpKJ3UaX8GMw6i5llpoA8K8M8jzHrfQjRt2PeR3fGmSO5wSmJNqlW5Xdm\r\n"
    "cEIuMdRtcOav6edlIE8neZdOdcDY6RSH5v+4xWH/iDkmE++zIZkulNw/4A/RIlG0oAIAAA==\r\n";
constexpr std::string_view kTlsReport =
    "H4sIAAAAAAAC/3VQTWvDMAz9Lz7HwUk7xnLaj9ipZQfNVorBkYKtQLOQ/14l6S6FwQNJ7z19oMVw\r\n"
    "vgHFX5DIZAkGNJ3JOHIWzLVgEVOZAII2A91UXEwRyGI3TuJub13rrGsUX851Oy7ahRT+cbWn7u1D\r\n"
    "cTFrZTyTgBcbqWe1SSqfr/uP2sag+vm9aZQaOUUfsZjuuhzFvN12ZFbmcVtJbJ9EzxOFv7bZBh4g\r\n"
    "kjoi/fC9xjsMY8KaULaLyjQMkPd5wgLJlsl7LKWfNNW4fcrrQDHdqXpaeohpyviqu3X9Xh/UN24R\r\n"
    "ZQEAAA==\r\n";

/// The own message that did not arrive.
struct Lost {
  std::string message_id, recipient, header, text;
};

Lost lost_message(Journey& journey) {
  Journey own(journey.world(), journey.prng().next(), 11, true);
  own.receive_at(journey.received_at() - 60);
  own.write_own(Form::letter);
  own.set_body("text/plain; charset=us-ascii", paragraph(own.prng(), Charset::ascii, ""));
  own.sign(journey.world().own().key);
  Lost lost{own.draft().message_id, own.recipient(), "", ""};
  for (const std::string& field : own.draft().fields) lost.header += field + "\r\n";
  lost.text = lost.header + "\r\n" + own.draft().body;
  return lost;
}

/// Null sender: the name of HELO is what SPF is asked of. [RFC7208 2.4]
Session null_session(const Sender& site) { return {site.ip4, site.helo, "", {"pass", "a"}}; }

void write_bounce(Journey& journey, const Sender& site, std::string_view from,
                  std::string_view subject) {
  journey.write(Form::letter, site);
  journey.remove("Reply-To");
  journey.remove("In-Reply-To");
  journey.remove("References");
  journey.set("From", fmt::format("{} <{}@{}>", from, "MAILER-DAEMON", site.domain));
  journey.set("To", fmt::format("team@{}", kOwnDomain));
  journey.set("Subject", subject);
}

CorpusMessage finish_bounce(Journey& journey, const Sender& site, const Lost& lost,
                            std::string_view action, std::string_view status) {
  SceneTruth& truth = journey.truth();
  truth.kind = "dsn";
  truth.traits.reset();
  truth.standing = "authenticated";
  truth.reasons = {"spf-aligned"};
  truth.bounce = BounceTruth{lost.recipient, action, status, lost.message_id};
  return journey.finish(&site);
}

/// A multipart/report. RFC 6522, section 3.
void set_report(Journey& journey, std::string_view type, std::string_view text,
                std::string_view second, std::string_view third) {
  std::string body = fmt::format(
      "--{0}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n{1}\r\n"
      "--{0}\r\n{2}\r\n",
      kBoundary, text, second);
  if (!third.empty()) body += fmt::format("--{}\r\n{}\r\n", kBoundary, third);
  journey.set_body(
      fmt::format("multipart/report; report-type={};\r\n\tboundary=\"{}\"", type, kBoundary),
      body + fmt::format("--{}--\r\n", kBoundary));
}

CorpusMessage bounce_postfix(Journey& journey) {
  const Sender& site = journey.world().party("postfixsite.test");
  const Lost lost = lost_message(journey);
  write_bounce(journey, site, "Mail Delivery System", "Undelivered Mail Returned to Sender");
  journey.set("Auto-Submitted", "auto-replied");
  set_report(journey, "delivery-status",
             fmt::format("This is the mail system at host {}.\r\n\r\n<{}>: host mx.{}[192.0.2.9] "
                         "said: 550 5.1.1\r\n    User unknown (in reply to RCPT TO command)\r\n",
                         site.helo, lost.recipient, site.domain),
             fmt::format("Content-Description: Delivery report\r\n"
                         "Content-Type: message/delivery-status\r\n\r\n"
                         "Reporting-MTA: dns; {0}\r\nX-Postfix-Queue-ID: 4F1C2A0B3D\r\n\r\n"
                         "Final-Recipient: rfc822; {1}\r\nOriginal-Recipient: rfc822;{1}\r\n"
                         "Action: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.{2}\r\n"
                         "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n",
                         site.helo, lost.recipient, site.domain),
             "Content-Type: message/rfc822\r\n\r\n" + lost.text);
  journey.truth().inner = InnerTruth{"3", "returned", "authenticated"};
  journey.receive(mta_named("postfix"), null_session(site));
  return finish_bounce(journey, site, lost, "failed", "5.1.1");
}

/// With an empty line too many between the blocks.
CorpusMessage bounce_exchange(Journey& journey) {
  const Sender& site = journey.world().party("exchangesite.test");
  const Lost lost = lost_message(journey);
  write_bounce(journey, site, "Microsoft Outlook", "Undeliverable: your order");
  journey.set("X-MS-Exchange-Message-Is-Ndr", "");
  set_report(journey, "\"delivery-status\"", "Delivery has failed to these recipients.\r\n",
             fmt::format("Content-Type: message/delivery-status\r\n\r\n"
                         "Reporting-MTA: dns;{0}\r\nReceived-From-MTA: dns;mail.{1}\r\n\r\n\r\n"
                         "Final-Recipient: rfc822;{2}\r\nAction: failed\r\nStatus: 5.7.509\r\n"
                         "Diagnostic-Code: smtp;550 5.7.509 Access denied, sending domain\r\n"
                         " {1} does not pass DMARC verification\r\n",
                         site.helo, kOwnDomain, lost.recipient),
             "Content-Type: text/rfc822-headers\r\n\r\n" + lost.header);
  journey.truth().inner = InnerTruth{"3", "returned", "attested", "headers-only"};
  journey.receive(mta_named("exim"), null_session(site));
  return finish_bounce(journey, site, lost, "failed", "5.7.509");
}

CorpusMessage bounce_gmail(Journey& journey) {
  const Sender& site = journey.world().party("gmailsite.test");
  const Lost lost = lost_message(journey);
  write_bounce(journey, site, "Mail Delivery Subsystem", "Delivery Status Notification (Failure)");
  journey.set("X-Failed-Recipients", lost.recipient);
  journey.set("Auto-Submitted", "auto-replied");
  set_report(
      journey, "delivery-status", "** Message blocked **\r\n",
      fmt::format("Content-Type: message/delivery-status\r\n\r\n"
                  "Reporting-MTA: dns; {}\r\nArrival-Date: Wed, 01 Jan 2020 00:00:00 -0800\r\n"
                  "X-Original-Message-ID: {}\r\n\r\nFinal-Recipient: rfc822; {}\r\n"
                  "Action: failed\r\nStatus: 5.7.26\r\n"
                  "Diagnostic-Code: smtp; 550-5.7.26 Unauthenticated email is not "
                  "accepted due to\r\n 550 5.7.26 domain's DMARC policy.\r\n",
                  site.domain, lost.message_id, lost.recipient),
      "Content-Type: message/rfc822\r\n\r\n" + lost.text);
  journey.truth().inner = InnerTruth{"3", "returned", "authenticated"};
  journey.sign(site.key);
  journey.receive(mta_named("gmail"), null_session(site));
  CorpusMessage made = finish_bounce(journey, site, lost, "failed", "5.7.26");
  made.truth.scene->reasons = {"dkim-aligned"};
  return made;
}

/// Plain text, no report.
CorpusMessage bounce_exim(Journey& journey) {
  const Sender& site = journey.world().party("mail.eximsite.test");
  const Lost lost = lost_message(journey);
  write_bounce(journey, site, "Mail Delivery System",
               "Mail delivery failed: returning message to sender");
  journey.set("X-Failed-Recipients", lost.recipient);
  journey.set("Auto-Submitted", "auto-replied");
  journey.set_body(
      "text/plain; charset=us-ascii",
      fmt::format("This message was created automatically by mail delivery software.\r\n\r\n"
                  "A message that you sent could not be delivered to one or more of its\r\n"
                  "recipients. This is a permanent error. The following address(es) failed:\r\n\r\n"
                  "  {}\r\n    host mx.eximsite.test [192.0.2.9]\r\n"
                  "    SMTP error after RCPT TO:<{}>:\r\n    550 5.2.2 mailbox full\r\n\r\n"
                  "------ This is a copy of the message, including all the headers. ------\r\n\r\n"
                  "{}",
                  lost.recipient, lost.recipient, lost.text));
  journey.receive(mta_named("sendmail"), null_session(site));
  return finish_bounce(journey, site, lost, "", "5.2.2");
}

CorpusMessage bounce_qmail(Journey& journey) {
  const Sender& site = journey.world().party("mail.qmailsite.test");
  const Lost lost = lost_message(journey);
  write_bounce(journey, site, "Mail Delivery", "failure notice");
  journey.set("From", "MAILER-DAEMON@" + site.domain);
  for (const std::string_view name :
       {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}) {
    journey.remove(name);
  }
  journey.draft().body = fmt::format(
      "Hi. This is the qmail-send program at {}.\r\n"
      "I'm afraid I wasn't able to deliver your message to the following addresses.\r\n"
      "This is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n<{}>:\r\n"
      "Sorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
      "--- Below this line is a copy of the message.\r\n\r\n{}",
      site.helo, lost.recipient, lost.text);
  journey.receive(mta_named("qmail"), null_session(site));
  return finish_bounce(journey, site, lost, "", "5.1.1");
}

/// In good order, and of that kind.
CorpusMessage finish_signed(Journey& journey, const Sender& from, std::string_view kind,
                            const Session& session) {
  journey.sign(from.key);
  journey.receive(session);
  SceneTruth& truth = journey.truth();
  truth.kind = kind;
  truth.traits.reset();
  truth.standing = "authenticated";
  truth.reasons = {"dkim-aligned"};
  return journey.finish(&from);
}

/// RFC 3834, section 5.
CorpusMessage auto_reply(Journey& journey) {
  const Sender& from = journey.world().party("rejecting.test");
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.set("Subject", "Automatic reply: your order");
  journey.set("Auto-Submitted", "auto-replied");
  journey.set("X-Auto-Response-Suppress", "All");
  return finish_signed(journey, from, "auto-reply", journey.from_hosts(from));
}

/// RFC 8098, section 3.1.
CorpusMessage receipt(Journey& journey) {
  const Sender& from = journey.world().party("rejecting.test");
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.set("Subject", "Read: your order");
  set_report(journey, "disposition-notification", "Your message was displayed.\r\n",
             fmt::format("Content-Type: message/disposition-notification\r\n\r\n"
                         "Reporting-UA: desk.rejecting.test; Customer Desk\r\n"
                         "Final-Recipient: rfc822;news@{}\r\nOriginal-Message-ID: <1@{}>\r\n"
                         "Disposition: manual-action/MDN-sent-manually; displayed\r\n",
                         from.domain, kOwnDomain),
             "");
  return finish_signed(journey, from, "mdn", journey.from_hosts(from));
}

/// RFC 5965, section 2.
CorpusMessage complaint(Journey& journey) {
  const Sender& from = journey.world().party("reporter.test");
  const Lost lost = lost_message(journey);
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.set("Subject", "FW: your order");
  set_report(journey, "feedback-report", "This is an email abuse report.\r\n",
             fmt::format("Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"
                         "User-Agent: SomeGenerator/1.0\r\nVersion: 1\r\n"
                         "Original-Mail-From: <team@{}>\r\nSource-IP: 203.0.113.64\r\n",
                         kOwnDomain),
             "Content-Type: message/rfc822\r\n\r\n" + lost.text);
  journey.truth().inner = InnerTruth{"3", "reported", "authenticated"};
  return finish_signed(journey, from, "arf", journey.from_hosts(from));
}

/// RFC 9990, section 3.5.2.
CorpusMessage dmarc_report(Journey& journey) {
  const Sender& from = journey.world().party("reporter.test");
  const std::string file =
      fmt::format("{}!{}!1577836800!1577923199.xml.gz", from.domain, kOwnDomain);
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.set("Subject", fmt::format("Report Domain: {} Submitter: {} Report-ID: <4711@{}>",
                                     kOwnDomain, from.domain, from.domain));
  journey.set_body(fmt::format("application/gzip; name=\"{}\"", file), std::string(kDmarcReport));
  journey.set("Content-Transfer-Encoding", "base64");
  journey.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", file));
  return finish_signed(journey, from, "dmarc-report", journey.from_hosts(from));
}

/// RFC 8460, section 5.3.
CorpusMessage tls_report(Journey& journey) {
  const Sender& from = journey.world().party("reporter.test");
  journey.write(Form::letter, from);
  journey.remove("Reply-To");
  journey.set("Subject", fmt::format("Report Domain: {} Submitter: {} Report-ID: <4711@{}>",
                                     kOwnDomain, from.domain, from.domain));
  journey.set("TLS-Report-Domain", kOwnDomain);
  journey.set("TLS-Report-Submitter", from.domain);
  set_report(journey, "\"tlsrpt\"", "This is an aggregate TLS report.\r\n",
             fmt::format("Content-Type: application/tlsrpt+gzip\r\n"
                         "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n"
                         "\tfilename=\"{}!{}!1577836800!1577923199!4711.json.gz\"\r\n\r\n{}",
                         from.domain, kOwnDomain, kTlsReport),
             "");
  return finish_signed(journey, from, "tls-report", journey.from_hosts(from));
}

constexpr std::array kAutomatic = {
    Fixture{"bounce-postfix", bounce_postfix}, Fixture{"bounce-exchange", bounce_exchange},
    Fixture{"bounce-gmail", bounce_gmail},     Fixture{"bounce-exim", bounce_exim},
    Fixture{"bounce-qmail", bounce_qmail},     Fixture{"auto-reply", auto_reply},
    Fixture{"read-receipt", receipt},          Fixture{"complaint", complaint},
    Fixture{"dmarc-report", dmarc_report},     Fixture{"tls-report", tls_report},
};

}  // namespace

std::span<const Fixture> automatic_fixtures() { return kAutomatic; }

}  // namespace mkcorpus
