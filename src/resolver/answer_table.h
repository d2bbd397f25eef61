// Answers that many threads look up while some put new ones in; none is ever changed or removed.
#ifndef MAILASSAY_RESOLVER_ANSWER_TABLE_H
#define MAILASSAY_RESOLVER_ANSWER_TABLE_H

#include <tbb/concurrent_unordered_map.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "mailassay/dns.h"

namespace mailassay::resolver {

/// Threads: all functions from any thread.
class AnswerTable {
 public:
  /// Null if the question is not in the table.
  const dns::Answer* find(const dns::Question& question) const;

  /// Puts an answer in, or leaves the one that is there; gives the one that is then there.
  ///
  /// Demands: the answer has a sighting.
  const dns::Answer* insert(const dns::Question& question, dns::Answer answer, bool from_files);

  struct Counts {
    std::array<std::atomic<std::uint64_t>, 5> by_kind{};     ///< index: dns::AnswerKind
    std::array<std::atomic<std::uint64_t>, 4> by_failure{};  ///< index: dns::Failure
    std::atomic<std::uint64_t> from_files{0};
  };
  const Counts& counts() const noexcept { return counts_; }

 private:
  tbb::concurrent_unordered_map<dns::Question, std::unique_ptr<const dns::Answer>,
                                dns::QuestionHash>
      answers_;
  Counts counts_;
};

}  // namespace mailassay::resolver

#endif  // MAILASSAY_RESOLVER_ANSWER_TABLE_H
