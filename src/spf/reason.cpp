#include "spf/reason.h"

#include <array>
#include <cstddef>

namespace mailassay::spf {
namespace {

constexpr std::array kReasons = {
    ReasonEntry{Reason::matched, "matched", "a mechanism matched the host", "RFC7208 4.6.2"},
    ReasonEntry{Reason::no_match, "no-match", "no mechanism matched the host", "RFC7208 4.7"},
    ReasonEntry{Reason::bad_domain, "bad-domain",
                "the name to check is no domain name of two labels or more", "RFC7208 4.3"},
    ReasonEntry{Reason::identity_too_long, "identity-too-long",
                "MAIL FROM or HELO is over a limit of this program", "RFC7208 4.3"},
    ReasonEntry{Reason::no_record, "no-record", "the domain has no SPF record", "RFC7208 4.5"},
    ReasonEntry{Reason::several_records, "several-records", "a domain has more than one SPF record",
                "RFC7208 4.5"},
    ReasonEntry{Reason::record_syntax, "record-syntax", "a record breaks the grammar",
                "RFC7208 4.6"},
    ReasonEntry{Reason::include_without_record, "include-without-record",
                "a domain that is included has no SPF record", "RFC7208 5.2"},
    ReasonEntry{Reason::redirect_without_record, "redirect-without-record",
                "the domain that the record redirects to has no SPF record", "RFC7208 6.1"},
    ReasonEntry{Reason::too_many_terms, "too-many-terms",
                "the records have more than 10 terms that ask DNS", "RFC7208 4.6.4"},
    ReasonEntry{Reason::too_many_void_lookups, "too-many-void-lookups",
                "more questions than allowed were answered with nothing", "RFC7208 4.6.4"},
    ReasonEntry{Reason::too_many_mx_names, "too-many-mx-names",
                "a domain of an mx mechanism has more than 10 MX names", "RFC7208 4.6.4"},
    ReasonEntry{Reason::dns_timeout, "dns-timeout", "no DNS server answered in time",
                "RFC7208 4.4"},
    ReasonEntry{Reason::dns_servfail, "dns-servfail", "the DNS servers answered with errors",
                "RFC7208 4.4"},
    ReasonEntry{Reason::dns_deadline, "dns-deadline",
                "the time allowed for a name was used up before a DNS server answered",
                "RFC7208 4.4"},
    ReasonEntry{Reason::no_evidence, "no-evidence",
                "the recorded DNS says nothing about a name that decides", "RFC7208 4.4"},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kReasons.size(); ++i) {
    if (static_cast<std::size_t>(kReasons[i].reason) != i) return false;
  }
  return kReasons.size() == static_cast<std::size_t>(Reason::no_evidence) + 1;
}
static_assert(is_in_order());

}  // namespace

std::span<const ReasonEntry> reason_table() { return kReasons; }

const ReasonEntry& entry_of(Reason reason) { return kReasons[static_cast<std::size_t>(reason)]; }

std::string_view word_of(Status status) {
  switch (status) {
    case Status::none:
      return "none";
    case Status::neutral:
      return "neutral";
    case Status::pass:
      return "pass";
    case Status::fail:
      return "fail";
    case Status::softfail:
      return "softfail";
    case Status::temperror:
      return "temperror";
    case Status::permerror:
      break;
  }
  return "permerror";
}

}  // namespace mailassay::spf
