// Verdicts of SPF by what they really depended on: a million messages of one sender from one host
// cost one evaluation.
//
// A verdict is kept under the sender's domain and those of client address, local part, HELO,
// receiver and time that its evaluation read: a record without macros is evaluated once for each
// address, "v=spf1 -all" once for all. Where DNS was seen differently at different times, it stands
// for those times alone at which the same sightings count.
#ifndef MAILASSAY_SPF_EVALUATION_CACHE_H
#define MAILASSAY_SPF_EVALUATION_CACHE_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "mailassay/dns.h"
#include "mailassay/limits.h"
#include "mailassay/spf.h"
#include "spf/evaluation.h"
#include "spf/record_cache.h"
#include "spf/session.h"

namespace mailassay::spf {

/// Threads: one at a time. Give each its own; the verdicts are the same with any cache or none.
class EvaluationCache {
 public:
  static constexpr std::size_t kDefaultBytes = std::size_t{8} * 1024 * 1024;

  /// Keeps about `most_bytes` octets of verdicts and as many of records.
  explicit EvaluationCache(std::size_t most_bytes = kDefaultBytes) : most_bytes_(most_bytes) {}

  /// spf::evaluate(), from what is kept where that is possible.
  ///
  /// Demands:  all calls of one cache get the same limits and the same view, or ones that give the
  ///           same answers; a view may have learned more since the last call.
  /// Result:   null: `needs` has at least one more question.
  std::shared_ptr<const Verdict> evaluate(const Input& input, const dns::View& view,
                                          dns::Needs& needs, const Limits& limits);

  /// How many verdicts had to be worked out.
  std::uint64_t evaluations() const noexcept { return evaluations_; }
  /// Octets of the verdicts that are kept, roughly.
  std::size_t bytes() const noexcept { return newer_.bytes + older_.bytes; }

 private:
  struct Entry {
    std::vector<Trace::Choice> choices;
    std::shared_ptr<const Verdict> verdict;
  };
  /// What is kept goes by halves: when the newer one is full, the older one is forgotten.
  struct Half {
    /// Of each domain the sets of facts that verdicts read: bit n stands for the set n.
    std::unordered_map<std::string, std::uint32_t> fact_sets;
    std::unordered_map<std::string, std::vector<Entry>> entries;  ///< by the facts of such a set
    std::size_t bytes = 0;
  };

  std::shared_ptr<const Verdict> find(const Half& half, const Input& input, const Session& session,
                                      const dns::View& view);
  std::shared_ptr<const Verdict> keep(unsigned fact_set, const Input& input, const Session& session,
                                      Entry entry);
  /// The facts of the set, each with its length, into `key_`.
  void make_key(unsigned fact_set, const Input& input, const Session& session);
  void append_fact(std::string_view fact);

  std::size_t most_bytes_;
  Half newer_;
  Half older_;
  RecordCache records_;
  std::string key_;
  std::uint64_t evaluations_ = 0;
};

}  // namespace mailassay::spf

#endif  // MAILASSAY_SPF_EVALUATION_CACHE_H
