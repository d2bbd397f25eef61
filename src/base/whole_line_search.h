// Looks for a line that is made of given octets, white space at its end apart, in a text that comes
// in pieces.
#ifndef MAILASSAY_BASE_WHOLE_LINE_SEARCH_H
#define MAILASSAY_BASE_WHOLE_LINE_SEARCH_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace mailassay {

/// Fed with a text in pieces; the result does not depend on their borders.
class WholeLineSearch {
 public:
  /// Begins a text, the first octet of which begins a line.
  ///
  /// Demands: `line` has no line end in it and no white space at its end.
  void begin(std::string_view line) {
    line_ = line;
    begin_again();
  }

  /// Begins another text, for the same line.
  void begin_again() {
    begin_line();
    found_ = false;
  }

  void feed(std::string_view piece) {
    for (std::size_t at = 0; at < piece.size() && !found_;) {
      if (state_ == State::in_other) {
        at = piece.find('\n', at);
        if (at == std::string_view::npos) return;
        begin_line();
      } else {
        take(piece[at]);
      }
      ++at;
    }
  }

  /// Demands: the last line of the text has a line end.
  bool found() const noexcept { return found_; }

 private:
  enum class State : std::uint8_t { in_line, behind_line, behind_cr, in_other };

  void begin_line() {
    state_ = State::in_line;
    matched_ = 0;
  }

  void take(char c) {
    if (state_ == State::in_line && matched_ < line_.size() && c == line_[matched_]) {
      ++matched_;
      return;
    }
    const bool whole = state_ != State::in_line || matched_ == line_.size();
    if (c == '\n') {
      found_ = whole;
      begin_line();
    } else if (whole && ascii::is_wsp(c) && state_ != State::behind_cr) {
      state_ = State::behind_line;
    } else if (whole && c == '\r' && state_ != State::behind_cr) {
      state_ = State::behind_cr;
    } else {
      state_ = State::in_other;
    }
  }

  std::string line_;
  std::size_t matched_ = 0;
  bool found_ = false;
  State state_ = State::in_line;
};

}  // namespace mailassay

#endif  // MAILASSAY_BASE_WHOLE_LINE_SEARCH_H
