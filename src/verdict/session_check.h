// SPF of the SMTP session that a stored message still tells of. [RFC7208 2.3] [RFC7208 2.4]
#ifndef MAILASSAY_VERDICT_SESSION_CHECK_H
#define MAILASSAY_VERDICT_SESSION_CHECK_H

#include <chrono>
#include <optional>

#include "mailassay/dns.h"
#include "mailassay/limits.h"
#include "mailassay/verdict.h"
#include "spf/evaluation_cache.h"

namespace mailassay {

/// Threads: one at a time; keep one per thread.
class SessionCheck {
 public:
  /// Evaluates MAIL FROM and HELO of the envelope. `is_fresh` of the result is left alone.
  ///
  /// Result: empty: `needs` has at least one more question.
  std::optional<SpfVerdict> check(const envelope::Envelope& envelope,
                                  std::optional<std::chrono::sys_seconds> time,
                                  const dns::View& view, dns::Needs& needs, const Limits& limits);

 private:
  spf::EvaluationCache cache_;
};

}  // namespace mailassay

#endif  // MAILASSAY_VERDICT_SESSION_CHECK_H
