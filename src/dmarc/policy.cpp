#include "dmarc/policy.h"

#include <algorithm>
#include <utility>

namespace mailassay::dmarc {
namespace {

struct Requested {
  Policy policy = Policy::none;
  PolicyTag tag = PolicyTag::p;
};

/// [RFC9989 4.7] t=y asks for one level less; it is no matter of RFC 7489.
Policy lowered(Policy policy) {
  return policy == Policy::reject ? Policy::quarantine : Policy::none;
}

Requested for_existing(const Record& record) {
  if (record.sp) return {*record.sp, PolicyTag::sp};
  return {record.p.value_or(Policy::none), PolicyTag::p};
}

Requested for_missing(const Record& record) {
  // [RFC9989 4.7] without np it is sp, without that p
  return record.np ? Requested{*record.np, PolicyTag::np} : for_existing(record);
}

}  // namespace

Usability usability(const Record& record, Rules rules) {
  // [RFC9989 4.10.1] [RFC7489 6.6.3] np is of RFC 9989
  const bool is_valid =
      record.p && !record.has_invalid_sp && !(record.has_invalid_np && rules == Rules::rfc9989);
  if (is_valid) return Usability::usable;
  return record.rua.empty() ? Usability::unusable : Usability::as_monitoring;
}

bool depends_on_existence(const Record& record) {
  return usability(record, Rules::rfc9989) == Usability::usable && record.np &&
         *record.np != for_existing(record).policy;
}

void set_policy(PolicyResult& result, std::string_view author_domain, Existence existence,
                Rules rules) {
  const Record& record = *result.record;
  if (usability(record, rules) == Usability::as_monitoring) {
    result.policy = Policy::none;
    result.tag = PolicyTag::assumed;
    return;
  }
  const bool lowers = rules == Rules::rfc9989 && record.test;
  const auto final_policy = [&](Policy policy) { return lowers ? lowered(policy) : policy; };
  // [RFC9989 4.10.1] p for the domain of the record itself, the others for those below it
  Requested requested{record.p.value_or(Policy::none), PolicyTag::p};
  if (result.policy_domain != author_domain) {
    requested = for_existing(record);
    if (rules == Rules::rfc9989 && existence == Existence::does_not_exist) {
      requested = for_missing(record);
    }
    if (rules == Rules::rfc9989 && existence == Existence::unknown) {
      Requested other = for_missing(record);
      if (other.policy < requested.policy) std::swap(other, requested);
      if (final_policy(other.policy) != final_policy(requested.policy)) {
        result.stricter_policy = final_policy(other.policy);
      }
    }
  }
  result.policy = final_policy(requested.policy);
  result.tag = requested.tag;
}

}  // namespace mailassay::dmarc
