// Looks for a line that begins with given octets, in a text that comes in pieces.
#ifndef MAILASSAY_BASE_LINE_START_SEARCH_H
#define MAILASSAY_BASE_LINE_START_SEARCH_H

#include <algorithm>
#include <string>
#include <string_view>

namespace mailassay {

/// Fed with a text in pieces; the result does not depend on their borders.
class LineStartSearch {
 public:
  /// Begins a text. `at_line_start`: its first octet begins a line.
  void begin(std::string_view line_start, bool at_line_start = true) {
    needle_.assign("\n").append(line_start);
    found_ = false;
    tail_ = at_line_start ? "\n" : "";
  }

  void feed(std::string_view piece) {
    if (found_) return;
    const std::size_t overlap = needle_.size() - 1;
    const std::string border = tail_ + std::string(piece.substr(0, overlap));
    found_ =
        border.find(needle_) != std::string::npos || piece.find(needle_) != std::string_view::npos;
    tail_ = piece.size() < overlap ? border : std::string(piece.substr(piece.size() - overlap));
    tail_.erase(0, tail_.size() - std::min(tail_.size(), overlap));
  }

  bool found() const noexcept { return found_; }

 private:
  std::string needle_;
  bool found_ = false;
  std::string tail_;
};

}  // namespace mailassay

#endif  // MAILASSAY_BASE_LINE_START_SEARCH_H
