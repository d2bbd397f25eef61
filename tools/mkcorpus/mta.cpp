#include "mkcorpus/mta.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "mkcorpus/mail_date.h"
#include "mkcorpus/prose.h"
#include "mkcorpus/text_encoding.h"

namespace mkcorpus {
namespace {

bool is_ip6(std::string_view ip) { return ip.find(':') != std::string_view::npos; }

/// As address literals write it. [RFC5321 4.1.3]
std::string literal(std::string_view ip) {
  return fmt::format("{}{}", is_ip6(ip) ? "IPv6:" : "", ip);
}

std::string host_or(const Arrival& arrival, std::string_view word) {
  return arrival.host.empty() ? std::string(word) : arrival.host;
}

/// `length` capital letters and digits.
std::string capitals(Prng& prng, std::size_t length) {
  std::string out(length, '\0');
  for (char& c : out) c = "0123456789ABCDEF"[prng.below(16)];
  return out;
}

std::string postfix(const Arrival& a, std::string_view host, Prng& prng) {
  const std::string tls =
      prng.chance(70) ? "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\r\n"
                        "\t key-exchange X25519 server-signature RSA-PSS (2048 bits))\r\n"
                        "\t(No client certificate requested)\r\n"
                      : "";
  return fmt::format(
      "Received: from {} ({} [{}])\r\n{}\tby {} (Postfix) with {} id {}\r\n\tfor <{}>; {}", a.helo,
      host_or(a, "unknown"), literal(a.ip), tls, host, tls.empty() ? "ESMTP" : "ESMTPS",
      capitals(prng, 10), a.recipient, header_date(a.at, prng.chance(50) ? 60 : -300));
}

std::string sendmail(const Arrival& a, std::string_view host, Prng& prng) {
  const std::string client = a.host.empty()
                                 ? fmt::format("[{}]", literal(a.ip))
                                 : fmt::format("{} [{}]{}", a.host, literal(a.ip),
                                               prng.chance(20) ? " (may be forged)" : "");
  return fmt::format(
      "Received: from {} ({})\r\n\tby {} (8.15.2/8.15.2) with ESMTP id {}\r\n\tfor <{}>; {}",
      a.helo, client, host, token(prng, 14), a.recipient, header_date(a.at, -420) + " (PDT)");
}

std::string exim(const Arrival& a, std::string_view host, Prng& prng) {
  const std::string client = a.host == a.helo ? fmt::format("{} ([{}])", a.helo, a.ip)
                             : a.host.empty()
                                 ? fmt::format("[{}] (helo={})", a.ip, a.helo)
                                 : fmt::format("{} ([{}] helo={})", a.host, a.ip, a.helo);
  return fmt::format(
      "Received: from {}\r\n\tby {} with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384\r\n"
      "\t(Exim 4.94.2)\r\n\t(envelope-from <{}>)\r\n\tid 1m{}-0004{}-{}\r\n\tfor {}; {}",
      client, host, a.mail_from, token(prng, 4), prng.chance(50) ? "Ab" : "Qz",
      prng.between(10, 99), a.recipient, header_date(a.at, 0));
}

/// Its dates have no weekday.
std::string qmail_date(std::int64_t at) {
  std::string date = header_date(at, 0).substr(5);
  if (date[0] == '0') date.erase(0, 1);
  return date.replace(date.rfind('+'), 1, "-");
}

std::string qmail(const Arrival& a, std::string_view host, Prng& prng) {
  const std::string name =
      a.host == a.helo ? a.helo : fmt::format("{} (HELO {})", host_or(a, "unknown"), a.helo);
  return fmt::format(
      "Received: (qmail {} invoked from network); {}\r\nReceived: from {} ({})\r\n"
      "  by {} with SMTP; {}",
      prng.between(900, 32000), qmail_date(a.at + 1), name, a.ip, host, qmail_date(a.at));
}

std::string communigate(const Arrival& a, std::string_view host, Prng& prng) {
  const std::string client = a.host == a.helo ? fmt::format("{} ([{}] verified)", a.helo, a.ip)
                                              : fmt::format("[{}] (HELO {})", a.ip, a.helo);
  return fmt::format(
      "Received: from {}\r\n  by {} (CommuniGate Pro SMTP 6.2.5)\r\n"
      "  with ESMTPS id {} for {}; {}",
      client, host, prng.between(1000000, 99999999), a.recipient, header_date(a.at, 180));
}

/// With the sender behind the date.
std::string powermta(const Arrival& a, std::string_view host, Prng& prng) {
  return fmt::format(
      "Received: from {} ({}) by {} (PowerMTA(TM) v4.5r8) id h{} for <{}>; {}\r\n"
      " (envelope-from <{}>)",
      a.helo, a.ip, host, token(prng, 11), a.recipient, header_date(a.at, 0), a.mail_from);
}

std::string momentum(const Arrival& a, std::string_view host, Prng& prng) {
  return fmt::format(
      "Received: from [{0}] ([{0}:{1}] helo={2})\r\n\tby {3} (envelope-from <{4}>)\r\n"
      "\t(ecelerity 4.2.38.62370 r(:)) with ESMTPS (cipher=ECDHE-RSA-AES256-GCM-SHA384)\r\n"
      "\tid {5}/{6}-{7}-{8}; {9}",
      a.ip, prng.between(1024, 65000), a.helo, host, a.mail_from, capitals(prng, 2),
      capitals(prng, 2), prng.between(10000, 99999), capitals(prng, 8), header_date(a.at, -240));
}

std::string exchange_server(const Arrival& a, std::string_view host, Prng& prng) {
  return fmt::format(
      "Received: from {} ({}) by\r\n {} (10.20.0.17) with Microsoft SMTP Server\r\n"
      " (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\r\n"
      " 15.1.2507.{} via Frontend Transport; {}",
      a.helo, a.ip, host, prng.between(6, 39), header_date(a.at, 120));
}

std::string gmail(const Arrival& a, std::string_view host, Prng& prng) {
  const std::string client =
      a.host.empty() ? fmt::format("[{}]", a.ip) : fmt::format("{}. [{}]", a.host, a.ip);
  return fmt::format(
      "Received: from {} ({})\r\n        by {} with ESMTPS id {}.{}.2021.01.01\r\n"
      "        for <{}>\r\n"
      "        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\r\n        {} (PDT)",
      a.helo, client, host, token(prng, 20), prng.between(100, 999), a.recipient,
      header_date(a.at, -420));
}

std::string microsoft(const Arrival& a, std::string_view host, Prng& prng) {
  return fmt::format(
      "Received: from {} ({}) by\r\n {} (10.152.20.99) with Microsoft SMTP\r\n"
      " Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\r\n"
      " 15.20.{}.{} via Frontend Transport; {}",
      a.helo, a.ip, host, prng.between(1000, 7000), prng.between(10, 30), header_date(a.at, 0));
}

/// The first address is not that of the client.
std::string yahoo(const Arrival& a, std::string_view host, Prng&) {
  return fmt::format("Received: from 127.0.0.1  (EHLO {}) ({})\r\n  by {} with SMTPS; {}", a.helo,
                     a.ip, host, header_date(a.at, 0));
}

constexpr std::array kMtas = {
    Mta{"postfix", "postfix.inbox.example.net", Receiver::own, true, postfix},
    Mta{"sendmail", "sendmail.inbox.example.net", Receiver::own, true, sendmail},
    Mta{"exim", "exim.inbox.example.net", Receiver::own, true, exim},
    Mta{"qmail", "qmail.inbox.example.net", Receiver::own, false, qmail},
    Mta{"communigate", "cgp.inbox.example.net", Receiver::own, true, communigate},
    Mta{"powermta", "pmta.inbox.example.net", Receiver::own, true, powermta},
    Mta{"momentum", "momentum.inbox.example.net", Receiver::own, false, momentum},
    Mta{"exchange", "EX01.inbox.example.net", Receiver::own, true, exchange_server},
    Mta{"gmail", "mx.google.com", Receiver::gmail, true, gmail},
    Mta{"microsoft", "DB5EUR03FT012.mail.protection.outlook.com", Receiver::microsoft, true,
        microsoft},
    Mta{"yahoo", "mta4021.mail.bf1.yahoo.com", Receiver::yahoo, false, yahoo},
};

}  // namespace

std::span<const Mta> border_mtas() { return kMtas; }

const Mta& mta_named(std::string_view name) {
  for (const Mta& mta : kMtas) {
    if (mta.name == name) return mta;
  }
  throw std::out_of_range("no such server");
}

}  // namespace mkcorpus
