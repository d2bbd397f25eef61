// What a record asks for: by RFC 9989 [RFC9989 4.10.1] and by RFC 7489 [RFC7489 6.6.3].
#ifndef MAILASSAY_DMARC_POLICY_H
#define MAILASSAY_DMARC_POLICY_H

#include <cstdint>
#include <string_view>

#include "mailassay/dmarc.h"

namespace mailassay::dmarc {

enum class Rules : std::uint8_t { rfc9989, rfc7489 };

/// What can be done with a record whose p, sp or np is invalid.
enum class Usability : std::uint8_t {
  usable,         ///< nothing of them is invalid
  as_monitoring,  ///< it counts as p=none, since it asks for aggregate reports
  unusable,       ///< DMARC is not applied
};

Usability usability(const Record& record, Rules rules);

/// True if the policy for a subdomain depends on whether that exists: np is there and differs.
bool depends_on_existence(const Record& record);

/// Fills policy, stricter_policy and tag of a result whose record and policy_domain are set.
///
/// Demands: the record is not unusable.
void set_policy(PolicyResult& result, std::string_view author_domain, Existence existence,
                Rules rules);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_POLICY_H
