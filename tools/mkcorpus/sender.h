// One domain that sends mail, with everything DNS says of it and what that makes of its mail.
#ifndef MAILASSAY_MKCORPUS_SENDER_H
#define MAILASSAY_MKCORPUS_SENDER_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mkcorpus/key_directory.h"

namespace mkcorpus {

/// How a domain states which hosts may send for it. [RFC7208 5]
enum class SpfShape : std::uint8_t {
  ip4,              ///< its address, -all
  ip4_and_ip6,      ///< two addresses, ~all
  include,          ///< those of its mailing service, -all
  include_softly,   ///< its address and those of its mailing service, ~all
  redirect,         ///< to a record below it, ~all
  host,             ///< a:, mx and -all
  exchanger,        ///< mx, ?all
  macro,            ///< exists: with the address in the name, -all
  own_host,         ///< a, -all; the domain itself has an address
  none,             ///< TXT, but no SPF record
  two_records,      ///< permerror [RFC7208 4.5]
  bad_syntax,       ///< permerror [RFC7208 4.6]
  include_of_none,  ///< permerror [RFC7208 5.2]
};

/// What a domain publishes for DMARC. [RFC9989 4.7]
enum class DmarcShape : std::uint8_t {
  none,
  policy_none,
  quarantine,
  reject,
  reject_strict,      ///< adkim=s, aspf=s
  test_quarantine,    ///< t=y: none by RFC 9989, quarantine by RFC 7489
  reports_only,       ///< no p=, with rua=: as none
  two_records,        ///< which is none at all
  parent_subdomains,  ///< the organization's p=none; sp=reject
  parent_only,        ///< the organization's p=quarantine
  registry,           ///< the parent has psd=y, p=reject
  missing_names,      ///< the organization's p=none; sp=none; np=reject; the domain does not exist
  two_below_reject,   ///< two records; the organization has p=reject
};

struct SpfOutcome {
  std::string_view result = "none";
  std::string mechanism;  ///< as the record has it; empty: none matched
};

/// The policy that applies to mail of a domain.
struct PolicyTruth {
  std::string domain;       ///< where the record stands; empty: there is none
  std::string_view policy;  ///< asked for, after sp=, np= and t=

  friend bool operator==(const PolicyTruth&, const PolicyTruth&) = default;
};

struct Sender {
  std::string domain;
  std::string helo;
  std::string ip4;
  std::string ip6;      ///< empty: none
  SpfOutcome from_ip4;  ///< of mail from its own hosts
  SpfOutcome from_ip6;
  SpfOutcome from_stranger;
  std::string organization;  ///< organizational domain [RFC9989 4.10.2]
  PolicyTruth policy;        ///< by RFC 9989
  PolicyTruth old_policy;    ///< by RFC 7489
  bool strict = false;       ///< alignment of both kinds [RFC9989 4.4]
  KeyName key;               ///< published
  KeyName revoked_key;
  KeyName missing_key;
};

/// A domain that is to be made.
struct SenderPlan {
  std::string domain;
  std::string ip4;
  std::string ip6;
  SpfShape spf = SpfShape::ip4;
  DmarcShape dmarc = DmarcShape::none;
  const Sender* service = nullptr;  ///< whose hosts send, for the shapes that include
  KeyKind key_kind = KeyKind::rsa_2048;
};

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_SENDER_H
