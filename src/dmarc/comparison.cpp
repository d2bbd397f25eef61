#include "dmarc/comparison.h"

namespace mailassay::dmarc {
namespace {

bool is_same(const PolicyResult& a, const PolicyResult& b) {
  return a.status == b.status && a.policy == b.policy && a.stricter_policy == b.stricter_policy &&
         a.policy_domain == b.policy_domain;
}

}  // namespace

Difference difference(const PolicyResult& rfc9989, const PolicyResult& rfc7489, bool psd_seen) {
  if (is_same(rfc9989, rfc7489)) return Difference::none;
  if ((rfc9989.status == Status::temperror) != (rfc7489.status == Status::temperror)) {
    return Difference::not_known;
  }
  if (rfc7489.reason == Reason::several_records) return Difference::several_records;
  const bool is_same_record = rfc9989.record && rfc9989.policy_domain == rfc7489.policy_domain;
  const bool uses_np = rfc9989.record && (rfc9989.record->has_invalid_np ||
                                          rfc9989.tag == PolicyTag::np || rfc9989.stricter_policy);
  if (is_same_record && uses_np) return Difference::np_tag;
  if (is_same_record && rfc9989.status == rfc7489.status && rfc9989.record->test) {
    return Difference::test_mode;
  }
  return psd_seen ? Difference::psd_tag : Difference::organizational_domain;
}

}  // namespace mailassay::dmarc
