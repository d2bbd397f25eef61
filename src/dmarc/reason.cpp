#include "dmarc/reason.h"

#include <array>
#include <cstddef>

namespace mailassay::dmarc {
namespace {

constexpr std::array kReasons = {
    ReasonEntry{Reason::aligned, "aligned",
                "a domain that passed DKIM or SPF is aligned with the Author Domain",
                "RFC9989 5.3.5"},
    ReasonEntry{Reason::not_aligned, "not-aligned",
                "no domain that passed DKIM or SPF is aligned with the Author Domain",
                "RFC9989 5.3.5"},
    ReasonEntry{Reason::no_record, "no-record", "no DMARC record applies to the Author Domain",
                "RFC9989 4.10.1"},
    ReasonEntry{Reason::several_records, "several-records",
                "a name has more than one DMARC record, and no other record applies",
                "RFC9989 4.10"},
    ReasonEntry{Reason::record_unusable, "record-unusable",
                "p, sp or np of the record is invalid, and it asks for no aggregate reports",
                "RFC9989 4.10.1"},
    ReasonEntry{Reason::no_from_field, "no-from-field", "the message has no From field",
                "RFC9989 4.4"},
    ReasonEntry{Reason::several_from_fields, "several-from-fields",
                "the message has more than one From field", "RFC9989 4.4"},
    ReasonEntry{Reason::no_author_domain, "no-author-domain", "the From field names no domain",
                "RFC9989 5.3.1"},
    ReasonEntry{Reason::several_author_domains, "several-author-domains",
                "the From field names more than one domain", "RFC9989 5.3.1"},
    ReasonEntry{Reason::bad_author_domain, "bad-author-domain",
                "the From field has an address without a valid domain name", "RFC9989 5.3.1"},
    ReasonEntry{Reason::authors_cut, "authors-cut",
                "the From field has more addresses than this program reads", "RFC9989 11.5"},
    ReasonEntry{Reason::dkim_unknown, "dkim-unknown",
                "a signature by an aligned domain may pass or not: its key is not known",
                "RFC9989 5.3.6"},
    ReasonEntry{Reason::spf_unknown, "spf-unknown",
                "SPF could have passed for an aligned domain, and is not known", "RFC9989 5.3.6"},
    ReasonEntry{Reason::dns_timeout, "dns-timeout", "no DNS server answered in time",
                "RFC9989 5.3.6"},
    ReasonEntry{Reason::dns_servfail, "dns-servfail", "the DNS servers answered with errors",
                "RFC9989 5.3.6"},
    ReasonEntry{Reason::dns_deadline, "dns-deadline",
                "the time allowed for a name was used up before a DNS server answered",
                "RFC9989 5.3.6"},
    ReasonEntry{Reason::no_evidence, "no-evidence",
                "the recorded DNS says nothing about a name that decides", "RFC9989 5.3.6"},
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
    case Status::pass:
      return "pass";
    case Status::fail:
      return "fail";
    case Status::temperror:
      return "temperror";
    case Status::permerror:
      break;
  }
  return "permerror";
}

std::string_view word_of(Policy policy) {
  switch (policy) {
    case Policy::none:
      return "none";
    case Policy::quarantine:
      return "quarantine";
    case Policy::reject:
      break;
  }
  return "reject";
}

std::string_view word_of(PolicyTag tag) {
  switch (tag) {
    case PolicyTag::p:
      return "p";
    case PolicyTag::sp:
      return "sp";
    case PolicyTag::np:
      return "np";
    case PolicyTag::assumed:
      break;
  }
  return "assumed";
}

std::string_view word_of(Alignment alignment) {
  switch (alignment) {
    case Alignment::strict:
      return "strict";
    case Alignment::relaxed:
      return "relaxed";
    case Alignment::none:
      return "none";
    case Alignment::unknown:
      break;
  }
  return "unknown";
}

std::string_view word_of(Existence existence) {
  switch (existence) {
    case Existence::exists:
      return "exists";
    case Existence::does_not_exist:
      return "does-not-exist";
    case Existence::unknown:
      return "unknown";
    case Existence::not_asked:
      break;
  }
  return "not-asked";
}

}  // namespace mailassay::dmarc
