// SPF: whether a host may send for a domain, judged from DNS as data. [RFC7208]
#ifndef MAILASSAY_SPF_H
#define MAILASSAY_SPF_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/dns.h"
#include "mailassay/limits.h"

namespace mailassay::spf {

/// The result words of [RFC8601 2.7.2].
enum class Status : std::uint8_t {
  none,       ///< no name to check, or no record there
  neutral,    ///< the domain says nothing about the host
  pass,       ///< the host may send for the domain
  fail,       ///< the host may not
  softfail,   ///< the host probably may not
  temperror,  ///< an answer of DNS could not be had
  permerror,  ///< the records cannot be understood
};

/// Why the status is what it is. spf/reason.h has word, sentence and section of each.
enum class Reason : std::uint8_t {
  matched,                  ///< a mechanism matched; its qualifier is the status
  no_match,                 ///< no mechanism matched, and there is no redirect
  bad_domain,               ///< the name to check is no domain name of two labels or more
  identity_too_long,        ///< MAIL FROM or HELO is over a limit of this program
  no_record,                ///< the domain has no SPF record
  several_records,          ///< a domain has more than one SPF record
  record_syntax,            ///< a record breaks the grammar
  include_without_record,   ///< the target of an include has no record
  redirect_without_record,  ///< the target of a redirect has no record
  too_many_terms,           ///< more than 10 terms that ask DNS
  too_many_void_lookups,    ///< more void lookups than allowed
  too_many_mx_names,        ///< more than 10 MX names in one mechanism
  dns_timeout,              ///< no server answered in time
  dns_servfail,             ///< the servers answered with errors
  dns_deadline,             ///< the time allowed for a name was used up
  no_evidence,              ///< recorded DNS does not know a name that decides
};

/// Which name of the session is checked. [RFC7208 2.3] [RFC7208 2.4]
enum class Identity : std::uint8_t {
  mail_from,  ///< MAIL FROM; the null sender is postmaster at HELO
  helo,       ///< HELO or EHLO
};

struct Input {
  Identity identity = Identity::mail_from;
  std::string client_ip;  ///< 4 or 16 octets in network order
  std::string mail_from;  ///< without angle brackets; empty: the null sender
  std::string helo;       ///< as the client gave it
  std::string receiver;   ///< the name for %{r}; empty: "unknown"
  /// Which sightings count, and %{t}. Empty: those seen last, and 0.
  std::optional<std::chrono::sys_seconds> time;
};

/// What was counted against the limits. [RFC7208 4.6.4]
struct Counters {
  /// include, a, mx, ptr, exists and redirect that were evaluated, and those of them with %{p}.
  unsigned terms = 0;
  unsigned void_lookups = 0;  ///< questions of these that were answered with nothing

  friend bool operator==(const Counters&, const Counters&) = default;
};

/// One record on the way to the verdict, in the order of evaluation.
struct Visit {
  enum class Way : std::uint8_t { start, include, redirect };

  Way way = Way::start;
  std::size_t depth =
      0;  ///< 0 for the first record; one more than that of the record that led here
  std::string domain;
  std::string record;  ///< empty if there is none, or not exactly one
  Status status = Status::none;
  Reason reason = Reason::no_record;
  std::string mechanism;  ///< that matched, as the record has it; empty if none did

  friend bool operator==(const Visit&, const Visit&) = default;
};

struct Verdict {
  Status status = Status::none;
  Reason reason = Reason::no_record;
  std::string domain;         ///< that was checked
  std::string record_domain;  ///< whose record decided, after redirects; `domain` if there is none
  std::string mechanism;      ///< of that record; empty if none matched
  std::optional<std::string> explanation;  ///< only with fail, and only if the domain has one
  Counters counters;
  std::vector<Visit> visits;
  std::vector<dns::Question> evidence;  ///< the questions whose answers were used, each once

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// Judges one identity by check_host(). [RFC7208 4]
///
/// Demands: client_ip has 4 or 16 octets.
/// Result:  empty: `needs` has at least one more question; call again once they are answered.
/// Cost:    bounded by the limits, whatever the records say.
std::optional<Verdict> evaluate(const Input& input, const dns::View& view, dns::Needs& needs,
                                const Limits& limits);

}  // namespace mailassay::spf

#endif  // MAILASSAY_SPF_H
