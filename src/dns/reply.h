// What a response packet says about a question: facts, or nothing that could be relied on.
// [RFC1034 4.3.1] [RFC2308 2]
#ifndef MAILASSAY_DNS_REPLY_H
#define MAILASSAY_DNS_REPLY_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dns/packet.h"
#include "mailassay/dns.h"

namespace mailassay::dns {

/// One thing that a packet says: records, no_data or no_such_name of one name and type.
struct Fact {
  Question question;
  AnswerKind kind = AnswerKind::records;
  std::vector<std::string> rdata;    ///< as in Sighting
  std::optional<std::uint32_t> ttl;  ///< seconds; the smallest of the set
};

/// Reads the aliases from the question on, and what stands at their end.
///
/// Result: at least one fact. Where the packet leaves the end of a chain open, the last fact is an
///         alias and its target has to be asked. Empty: the server failed us (SERVFAIL, REFUSED,
///         an answer to another question, a referral, ...) and another one should be asked.
std::optional<std::vector<Fact>> facts_of(const Packet& packet, const Question& question);

}  // namespace mailassay::dns

#endif  // MAILASSAY_DNS_REPLY_H
