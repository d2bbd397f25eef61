// Verdicts that were reached before: a million messages of one sender cost one evaluation.
//
// A verdict is kept if it hangs on nothing but the author, the identifiers and the answers of DNS:
// where each answer that it used has one sighting only, the time of the message chooses nothing.
#ifndef MAILASSAY_DMARC_MEMO_H
#define MAILASSAY_DMARC_MEMO_H

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

#include "mailassay/dmarc.h"

namespace mailassay::dmarc {

/// Threads: one at a time; keep one per thread.
class Memo {
 public:
  explicit Memo(const Options& options) : options_(options) {}

  /// Does what dmarc::evaluate() does.
  ///
  /// Demands: the same view, which may come to know more, for as long as the memo lives.
  /// Result:  null where evaluate() gives an empty optional.
  std::shared_ptr<const Verdict> evaluate(const Input& input, const dns::View& view,
                                          dns::Needs& needs);

  std::size_t size() const noexcept { return verdicts_.size(); }

  /// Bounded, so that an archive of a million domains does not fill the memory.
  static constexpr std::size_t kMaxVerdicts = 16384;

 private:
  Options options_;
  std::unordered_map<std::string, std::shared_ptr<const Verdict>> verdicts_;
};

}  // namespace mailassay::dmarc

#endif  // MAILASSAY_DMARC_MEMO_H
