// Looks for the change that broke a body hash: single reversals first, those that remove nothing
// before those that do, then pairs of them where the body gives cause for both.
#ifndef MAILASSAY_DIAGNOSIS_BODY_SEARCH_H
#define MAILASSAY_DIAGNOSIS_BODY_SEARCH_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "diagnosis/body_trial.h"
#include "mailassay/dossier.h"
#include "mailassay/limits.h"
#include "message/header_index.h"

namespace mailassay::diagnosis {

/// Threads: one at a time; buffers are kept between messages.
class BodySearch {
 public:
  explicit BodySearch(const Limits& limits) : limits_(limits) {}

  /// Fills body_repair of every signature whose body hash differs. Equal wishes are searched for
  /// once.
  ///
  /// Result:   octets that were worked on.
  /// Cost:     Limits::diagnosis_work_bytes bounds it for all signatures together.
  std::uint64_t search(std::string_view body, const message::HeaderIndex& header,
                       std::span<dkim::SignatureFacts> signatures);

  /// The body that the last repair stands for, so that it can be checked; empty if there is none.
  const std::string& found_body() const noexcept { return found_body_; }

 private:
  Repair search_one(std::string_view body, const message::HeaderIndex& header,
                    const BodyWish& wish);

  Limits limits_;
  WorkBudget budget_;
  BodyTrial trial_;
  std::string found_body_;
};

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_BODY_SEARCH_H
