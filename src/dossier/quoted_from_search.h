// Looks for body lines that begin with `>From `: an mbox writer may have put the `>` there, and
// then the body that was signed lacked it. Nothing is undone here.
#ifndef MAILASSAY_DOSSIER_QUOTED_FROM_SEARCH_H
#define MAILASSAY_DOSSIER_QUOTED_FROM_SEARCH_H

#include <algorithm>
#include <string>
#include <string_view>

namespace mailassay {

/// Fed with a body in pieces; the result does not depend on their borders.
class QuotedFromSearch {
 public:
  void begin() {
    found_ = false;
    tail_ = "\n";  // the body's begin is the begin of a line
  }

  void feed(std::string_view piece) {
    if (found_) return;
    constexpr std::size_t kOverlap = kNeedle.size() - 1;
    const std::string border = tail_ + std::string(piece.substr(0, kOverlap));
    found_ =
        border.find(kNeedle) != std::string::npos || piece.find(kNeedle) != std::string_view::npos;
    tail_ = piece.size() < kOverlap ? border : std::string(piece.substr(piece.size() - kOverlap));
    tail_.erase(0, tail_.size() - std::min(tail_.size(), kOverlap));
  }

  bool found() const noexcept { return found_; }

 private:
  static constexpr std::string_view kNeedle = "\n>From ";

  bool found_ = false;
  std::string tail_;
};

}  // namespace mailassay

#endif  // MAILASSAY_DOSSIER_QUOTED_FROM_SEARCH_H
