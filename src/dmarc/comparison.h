// Why RFC 9989 and RFC 7489 do not say the same of a message.
#ifndef MAILASSAY_DMARC_COMPARISON_H
#define MAILASSAY_DMARC_COMPARISON_H

#include "mailassay/dmarc.h"

namespace mailassay::dmarc {

/// `psd_seen`: a record with psd=y or psd=n ended one of the walks.
Difference difference(const PolicyResult& rfc9989, const PolicyResult& rfc7489, bool psd_seen);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_COMPARISON_H
