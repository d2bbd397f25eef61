#include <fmt/format.h>

#include <array>

#include "mkcorpus/fixture.h"
#include "mkcorpus/mail_date.h"
#include "mkcorpus/prose.h"

namespace mkcorpus {
namespace {

/// Nothing of a session is left: SPF is null, and DMARC cannot be decided.
CorpusMessage finish_local(Journey& journey, std::vector<std::string> reasons) {
  journey.truth().standing = "local";
  journey.truth().reasons = std::move(reasons);
  return journey.finish(&journey.world().own());
}

/// Out of a folder of sent mail.
CorpusMessage sent_copy(Journey& journey) {
  journey.write_own(Form::letter);
  journey.set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Thunderbird/102.5");
  return finish_local(journey, {"sent-copy"});
}

/// As a CRM system keeps it, before it is given to a server.
CorpusMessage crm_copy(Journey& journey) {
  journey.write_own(Form::newsletter);
  journey.set("X-Mailer", "Ledger CRM");
  journey.set("X-CRM-Activity", fmt::format("{}", journey.prng().below(1000000)));
  return finish_local(journey, {"crm-log"});
}

/// Received fields inside an Exchange organization.
void add_exchange_hops(Journey& journey) {
  const std::int64_t at = journey.received_at();
  journey.put_on_top(fmt::format(
      "Received: from EX02.inbox.example.net (10.20.1.6) by\r\n EX02.inbox.example.net (10.20.1.6) "
      "with Microsoft SMTP Server (TLS) id\r\n 15.1.2507.16 via Mailbox Transport; {}",
      header_date(at, 60)));
  journey.put_on_top(fmt::format(
      "Received: from EX02.inbox.example.net ([10.20.1.6]) by\r\n EX01.inbox.example.net "
      "([10.20.1.5]) with mapi id 15.01.2507.016; {}",
      header_date(at + 1, 60)));
  journey.set("X-MS-Exchange-Organization-AuthAs", "Internal");
  journey.set("X-MS-Exchange-Organization-AuthSource", "EX02.inbox.example.net");
}

void address_inside(Journey& journey) {
  journey.write_own(Form::letter);
  journey.set_recipient(fmt::format("orders@{}", kOwnDomain));
  journey.set("To", "Orders <" + journey.recipient() + ">");
  journey.truth().direction = "internal";
}

/// No client from outside, but a time of receipt.
CorpusMessage internal_hops(Journey& journey) {
  address_inside(journey);
  add_exchange_hops(journey);
  journey.truth().envelope.received_at.reset();
  return finish_local(journey, {"internal-hops"});
}

/// Handed in from outside by somebody who logged in: that is no border.
CorpusMessage submitted(Journey& journey) {
  address_inside(journey);
  journey.put_on_top(fmt::format(
      "Received: from [192.168.1.23] (dsl-17.isp.test [192.0.2.200])\r\n"
      "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\r\n"
      "\t(No client certificate requested)\r\n\t(Authenticated sender: team@{0})\r\n"
      "\tby postfix.inbox.example.net (Postfix) with ESMTPSA id {1}\r\n\tfor <{2}>; {3}",
      kOwnDomain, token(journey.prng(), 10), journey.recipient(),
      header_date(journey.received_at(), 60)));
  return finish_local(journey, {"submitted"});
}

/// A copy of signed mail that went to the drop-box of the CRM system.
CorpusMessage bcc_copy(Journey& journey) {
  const Sender& own = journey.world().own();
  journey.write_own(Form::letter);
  journey.sign(own.key);
  journey.set_recipient(std::string(kCopyAddress));
  const Mta copy_host{"postfix", kCopyHost, Receiver::own, true, mta_named("postfix").received};
  Session session = journey.from_hosts(own);
  session.mail_from = fmt::format("team@{}", kOwnDomain);
  journey.receive(copy_host, session, Notes::none);
  journey.truth().direction = "copy";
  journey.truth().traits = {{"bcc-copy"}};
  journey.truth().standing = "authenticated";
  journey.truth().reasons = {"dkim-aligned"};
  return journey.finish(&own);
}

/// A message of a sender, as text: what a journal report carries.
struct Carried {
  std::string text;
  const Sender* sender;
  std::string mail_from, message_id;
};

Carried carried_message(Journey& journey) {
  const Sender& sender = journey.world().party("rejecting.test");
  Journey inner(journey.world(), journey.prng().next(), 7, true);
  inner.receive_at(journey.received_at() - 2);
  inner.write(Form::letter, sender);
  inner.sign(sender.key);
  const Session session = inner.from_hosts(sender);
  inner.receive(mta_named("exchange"), session, Notes::none);
  const CorpusMessage made = inner.finish(&sender);
  return {made.text, &sender, session.mail_from, made.truth.message_id};
}

/// An Exchange journal report: its parts hold the envelope, BCC among it, and the message.
CorpusMessage journal(Journey& journey) {
  address_inside(journey);
  const Carried inner = carried_message(journey);
  const std::string boundary = "_000_" + token(journey.prng(), 20);
  journey.set("From",
              fmt::format("<MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@{}>", kOwnDomain));
  journey.set_recipient(fmt::format("journal@{}", kOwnDomain));
  journey.set("To", "<" + journey.recipient() + ">");
  journey.set("X-MS-Journal-Report", "");
  journey.set_body(
      fmt::format("multipart/mixed; boundary=\"{}\"", boundary),
      fmt::format("--{0}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
                  "Sender: {1}\r\nSubject: journaled\r\nMessage-Id: {2}\r\n"
                  "To: team@{3}\r\nBcc: chief@{3}\r\n\r\n--{0}\r\n"
                  "Content-Type: message/rfc822\r\n\r\n{4}\r\n--{0}--\r\n",
                  boundary, inner.mail_from, inner.message_id, kOwnDomain, inner.text));
  add_exchange_hops(journey);
  journey.truth().kind = "journal";
  journey.truth().direction.reset();
  journey.truth().traits.reset();
  journey.truth().inner = InnerTruth{"2", "journaled", "authenticated"};
  return finish_local(journey, {"journal"});
}

constexpr std::array kLocal = {
    Fixture{"sent-copy", sent_copy},         Fixture{"crm-copy", crm_copy},
    Fixture{"internal-hops", internal_hops}, Fixture{"submitted", submitted},
    Fixture{"bcc-copy", bcc_copy},           Fixture{"journal", journal},
};

}  // namespace

std::span<const Fixture> local_fixtures() { return kLocal; }

}  // namespace mkcorpus
