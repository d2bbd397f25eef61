// The last leg of a journey: what receivers put above a message.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mkcorpus/journey.h"
#include "mkcorpus/mail_date.h"
#include "mkcorpus/prose.h"
#include "mkcorpus/sender_records.h"

namespace mkcorpus {
namespace {

bool is_ip6(const std::string& ip) { return ip.find(':') != std::string::npos; }

RecordedTruth recorded_of(std::string_view authserv_id, const Checked& checked, bool trusted) {
  return {std::string(authserv_id), signatures_word(checked), checked.spf, checked.dmarc, trusted};
}

}  // namespace

Arrival Journey::arrival(const Session& session) const {
  const bool is_stranger =
      std::find(kStrangers4.begin(), kStrangers4.end(), session.ip) != kStrangers4.end();
  // Every third name is one that the receiver could not confirm.
  const bool is_known = is_stranger || index_ % 3 != 0;
  return {session.helo, is_known ? session.helo : "", session.ip, session.mail_from, recipient_,
          received_at_};
}

void Journey::state_envelope(const Session& session) {
  truth_.envelope = {session.ip, session.helo, session.mail_from, received_at_, "sure"};
  truth_.spf = SpfTruth{session.spf.result, spf_domain(session), session.ip,
                        session.helo,       session.mail_from,   session.spf.mechanism};
}

void Journey::record(const RecordedTruth& recorded) {
  if (!truth_.recorded) truth_.recorded.emplace();
  truth_.recorded->push_back(recorded);
}

void Journey::receive(const Session& session, Notes notes) {
  const std::span<const Mta> all = border_mtas();
  std::size_t place = prng_.below(all.size());
  while (is_ip6(session.ip) && !all[place].takes_ip6) place = (place + 1) % all.size();
  receive(all[place], session, notes);
}

void Journey::receive(const Mta& mta, const Session& session, Notes notes) {
  state_envelope(session);
  switch (mta.receiver) {
    case Receiver::own:
      return deliver_own(mta, session, notes);
    case Receiver::gmail:
      return deliver_gmail(session);
    case Receiver::microsoft:
      return deliver_microsoft(session);
    case Receiver::yahoo:
      return deliver_yahoo(mta, session);
  }
}

void Journey::deliver_own(const Mta& mta, const Session& session, Notes notes) {
  const Checked checked = check(session);
  put_on_top(mta.received(arrival(session), mta.host, prng_));
  truth_.recorded.emplace();
  const bool may = notes == Notes::as_usual;
  if (notes == Notes::all || (may && prng_.chance(35))) put_on_top(own_spf(session, mta.host));
  if (notes == Notes::all || (may && prng_.chance(65))) {
    put_on_top(own_results(kOwnAuthservId, checked, session));
    record(recorded_of(kOwnAuthservId, checked, true));
  }
  if (notes != Notes::bare && prng_.chance(50)) {
    put_on_top(
        fmt::format("Received: from {} ([10.20.0.5])\r\n"
                    "\tby store.inbox.example.net with LMTP\r\n"
                    "\tid {} (envelope-from <{}>)\r\n\tfor <{}>; {}",
                    mta.host, token(prng_, 22), session.mail_from, recipient_,
                    header_date(received_at_ + 2, 0)));
  }
  put_on_top("Delivered-To: " + recipient_);
  put_on_top(fmt::format("Return-Path: <{}>", session.mail_from));
  if (notes == Notes::as_usual && prng_.chance(8)) {
    put_on_top("X-Mozilla-Status2: 00000000");
    put_on_top("X-Mozilla-Status: 0001");
    truth_.form = "known-additions";
  }
}

/// Its results stand below its trace field.
void Journey::deliver_gmail(const Session& session) {
  const Checked checked = check(session);
  put_on_top("Authentication-Results:" + gmail_results(checked, session));
  put_on_top(gmail_spf(session));
  const Mta& mta = mta_named("gmail");
  put_on_top(mta.received(arrival(session), mta.host, prng_));
  put_on_top(fmt::format("Return-Path: <{}>", session.mail_from));
  seal(world_.gmail_key(), gmail_results(checked, session));
  const std::string inside = fmt::format("by 2002:a05:6000:{:x}:b0:{:x}:{:x}:{:x}",
                                         prng_.between(4096, 65535), prng_.between(4096, 65535),
                                         prng_.between(4096, 65535), prng_.between(4096, 65535));
  put_on_top(fmt::format("X-Received: {} with SMTP id {};\r\n        {} (PDT)", inside,
                         token(prng_, 24), header_date(received_at_, -420)));
  put_on_top(fmt::format("Received: {} with SMTP id {};\r\n        {} (PDT)", inside,
                         token(prng_, 16), header_date(received_at_ + 1, -420)));
  put_on_top("Delivered-To: " + recipient_);
  if (prng_.chance(50)) {
    put_on_top("X-Gmail-Labels: Inbox,Opened");
    put_on_top(fmt::format("X-GM-THRID: {}{}", prng_.between(100000000, 999999999),
                           prng_.between(1000000000, 1999999999)));
    truth_.form = "known-additions";
  }
}

void Journey::deliver_microsoft(const Session& session) {
  const Checked checked = check(session);
  const Mta& mta = mta_named("microsoft");
  put_on_top(mta.received(arrival(session), mta.host, prng_));
  put_on_top(microsoft_spf(session));
  put_on_top(microsoft_results(checked, session));
  const std::string_view front = "DB5EUR03FT012.eop-EUR03.prod.protection.outlook.com";
  const std::string_view middle = "DB8PR04CA0011.eurprd04.prod.outlook.com";
  const std::string_view mailbox = "AM9PR04MB8274.eurprd04.prod.outlook.com";
  const std::string suffix = fmt::format("15.20.{}.{}", prng_.between(1000, 7000), 22);
  put_on_top(
      fmt::format("Received: from {}\r\n (2603:10a6:10:110::17) by {}\r\n"
                  " (2603:10a6:10:110::21) with Microsoft SMTP Server (version=TLS1_2,\r\n"
                  " cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id {} via\r\n"
                  " Frontend Transport; {}",
                  front, middle, suffix, header_date(received_at_ + 1, 0)));
  put_on_top(fmt::format("Received: from {} (2603:10a6:10:110::21)\r\n by {} with HTTPS; {}",
                         middle, mailbox, header_date(received_at_ + 3, 0)));
  draft_.fields.push_back(
      fmt::format("X-Forefront-Antispam-Report: CIP:{};CTRY:;LANG:en;SCL:1;"
                  "SRV:;IPV:NLI;SFV:NSPM;H:{};PTR:InfoDomainNonexistent",
                  session.ip, session.helo));
  draft_.fields.push_back(
      fmt::format("Return-Path: {}", session.mail_from.empty() ? "<>" : session.mail_from));
}

void Journey::deliver_yahoo(const Mta& mta, const Session& session) {
  const Checked checked = check(session);
  put_on_top(mta.received(arrival(session), mta.host, prng_));
  put_on_top(yahoo_results(mta.host, checked, session));
  put_on_top(fmt::format("X-Originating-IP: [{}]", session.ip));
  put_on_top(fmt::format("Received-SPF: {} (domain of {} {} {} as permitted sender)",
                         session.spf.result, spf_domain(session),
                         session.spf.result == "pass" ? "designates" : "does not designate",
                         session.ip));
  put_on_top(fmt::format("Return-Path: <{}>", session.mail_from));
  put_on_top(fmt::format("X-Apparently-To: {}; {}", recipient_, header_date(received_at_ + 1, 0)));
}

}  // namespace mkcorpus
