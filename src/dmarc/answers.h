// What one evaluation asks of DNS: the answer that counts, the questions that are missing, and
// those that were used.
#ifndef MAILASSAY_DMARC_ANSWERS_H
#define MAILASSAY_DMARC_ANSWERS_H

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "mailassay/dmarc.h"
#include "mailassay/dns.h"

namespace mailassay::dmarc {

/// Lifetime: view and needs outlive it.
class Answers {
 public:
  Answers(const dns::View& view, dns::Needs& needs, std::optional<std::chrono::sys_seconds> time)
      : view_(view), needs_(needs), time_(time) {}

  /// The answer that counts; null: it is missing, and now named as needed.
  const dns::Sighting* find(const std::string& name, dns::Type type);

  /// Names the question as needed if its answer is missing; nothing depends on it yet.
  void prefetch(const std::string& name, dns::Type type);

  std::vector<dns::Question> take_used() { return std::move(used_); }

 private:
  const dns::View& view_;
  dns::Needs& needs_;
  std::optional<std::chrono::sys_seconds> time_;
  std::vector<dns::Question> used_;
};

/// True for an answer that says nothing about the name.
bool is_unknown(const dns::Sighting& sighting);

/// Why it says nothing.
///
/// Demands: is_unknown(sighting).
Reason reason_of(const dns::Sighting& sighting);

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_ANSWERS_H
