// Checked reading of octets from the front. All parsing goes through it: no pointer arithmetic.
#ifndef MAILASSAY_BASE_CURSOR_H
#define MAILASSAY_BASE_CURSOR_H

#include <cstddef>
#include <string_view>

#include "base/ascii.h"

namespace mailassay {

class Cursor {
 public:
  explicit constexpr Cursor(std::string_view text) noexcept : text_(text) {}

  constexpr bool at_end() const noexcept { return position_ == text_.size(); }
  constexpr std::size_t position() const noexcept { return position_; }
  constexpr std::string_view rest() const noexcept { return text_.substr(position_); }

  /// The next octet, or NUL at the end (ask at_end() where NUL can occur).
  constexpr char peek() const noexcept { return at_end() ? '\0' : text_[position_]; }

  constexpr bool take(char expected) noexcept {
    if (at_end() || text_[position_] != expected) return false;
    ++position_;
    return true;
  }
  constexpr bool take(std::string_view expected) noexcept {
    if (!rest().starts_with(expected)) return false;
    position_ += expected.size();
    return true;
  }
  template <typename Predicate>
  constexpr std::string_view take_while(const Predicate& predicate) {
    const std::size_t start = position_;
    while (position_ < text_.size() && predicate(text_[position_])) ++position_;
    return text_.substr(start, position_ - start);
  }
  /// At most `count` octets; fewer only at the end.
  constexpr std::string_view take_up_to(std::size_t count) noexcept {
    const std::string_view taken = rest().substr(0, count);
    position_ += taken.size();
    return taken;
  }
  constexpr void skip_fws() noexcept {
    take_while([](char c) { return ascii::is_fws_octet(c); });
  }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace mailassay

#endif  // MAILASSAY_BASE_CURSOR_H
