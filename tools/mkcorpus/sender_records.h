// Publishing what a sender has in DNS, and stating what it makes of mail.
#ifndef MAILASSAY_MKCORPUS_SENDER_RECORDS_H
#define MAILASSAY_MKCORPUS_SENDER_RECORDS_H

#include <array>
#include <string_view>

#include "mkcorpus/dns_table.h"
#include "mkcorpus/sender.h"

namespace mkcorpus {

/// Hosts that no sender names. [RFC5737] RFC 3849
constexpr std::array<std::string_view, 4> kStrangers4 = {"203.0.113.130", "203.0.113.141",
                                                         "203.0.113.152", "203.0.113.163"};
constexpr std::array<std::string_view, 2> kStrangers6 = {"2001:db8:bad::1", "2001:db8:bad::2a"};

/// Makes a sender and publishes its hosts, keys, SPF and DMARC records.
Sender publish_sender(const SenderPlan& plan, const KeyPool& pool, DnsTable& dns, Prng& prng);

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_SENDER_RECORDS_H
