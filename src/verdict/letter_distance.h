// Whether two names are one slip of the hand apart: Damerau's four errors.
#ifndef MAILASSAY_VERDICT_LETTER_DISTANCE_H
#define MAILASSAY_VERDICT_LETTER_DISTANCE_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailassay::impersonation {

/// A label has at most 63 octets. [RFC1035 2.3.4]
inline constexpr std::size_t kMostLetters = 63;

/// The code points of valid UTF-8; of anything else the octets.
std::u32string letters_of(std::string_view text);

/// True if one letter is added, left out or another, or two neighbours are swapped. Equal texts are
/// not; neither are two that differ by one digit for another, as numbered names do.
bool is_one_letter_apart(std::u32string_view a, std::u32string_view b) noexcept;

/// Calls `use` with a hash of the text, and with one of each text that has one letter less.
///
/// Two texts at most one letter apart have one of these in common; so may others.
/// Cost: a few instructions a letter. Of longer texts than kMostLetters nothing is given.
template <typename Use>
void for_each_deletion(std::u32string_view text, Use use) {
  constexpr std::uint64_t kBase = 0x9e3779b97f4a7c15U;
  if (text.size() > kMostLetters) return;
  // Of a text cut in two: what stands before the cut by rising powers, and the rest alike.
  std::array<std::uint64_t, kMostLetters + 1> before{};
  std::array<std::uint64_t, kMostLetters + 1> power{1};
  for (std::size_t i = 0; i < text.size(); ++i) {
    before[i + 1] = before[i] * kBase + text[i] + 1;
    power[i + 1] = power[i] * kBase;
  }
  const std::uint64_t whole = before[text.size()];
  use(whole);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t left = text.size() - i - 1;
    const std::uint64_t behind = whole - before[i + 1] * power[left];
    use(before[i] * power[left] + behind);
  }
}

}  // namespace mailassay::impersonation

#endif  // MAILASSAY_VERDICT_LETTER_DISTANCE_H
