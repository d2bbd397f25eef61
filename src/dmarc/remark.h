// Words and sentences of what is remarked on beside a result: faults of records, near misses, notes
// on a verdict, and the reasons for which RFC 9989 and RFC 7489 differ.
#ifndef MAILASSAY_DMARC_REMARK_H
#define MAILASSAY_DMARC_REMARK_H

#include <string_view>

#include "mailassay/dmarc.h"

namespace mailassay::dmarc {

struct Remark {
  std::string_view word;
  std::string_view sentence;  ///< for a person
};

const Remark& remark_on(FaultKind kind);
const Remark& remark_on(NearMiss miss);
const Remark& remark_on(Note note);
const Remark& remark_on(Difference difference);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_REMARK_H
