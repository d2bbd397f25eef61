// Replacement of what names a person by a keyed hash: equal values stay equal within one key, and
// nobody without the key can look one up.
#ifndef MAILASSAY_REPORT_REDACTION_H
#define MAILASSAY_REPORT_REDACTION_H

#include <string>
#include <string_view>

namespace mailassay::report {

/// Threads: const; any number of threads.
class Redaction {
 public:
  /// Demands: a key that is not empty; 32 random octets are good.
  explicit Redaction(std::string key) : key_(std::move(key)) {}

  /// `redacted-` and 16 hexadecimal digits of HMAC-SHA256. [RFC2104]
  std::string text(std::string_view value) const;

  /// An address, Message-ID or AUID with its local part replaced; the domain stays. Text without
  /// an `@` is replaced as a whole; an empty local part stays empty.
  std::string address(std::string_view value) const;

 private:
  std::string key_;
};

}  // namespace mailassay::report

#endif  // MAILASSAY_REPORT_REDACTION_H
