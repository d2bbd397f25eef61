#include "diagnosis/warning_words.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.h"
#include "base/bytes.h"

namespace mailassay::diagnosis {
namespace {

constexpr std::array<std::string_view, 11> kWords = {
    "external",   "outside of", "outside the", "originated",   "caution",       "warning",
    "suspicious", "phish",      "[ext]",       "do not click", "unknown sender"};

/// For each octet, in either case, a bit for each word that has it at place `at`.
constexpr std::array<std::uint16_t, 256> words_with_octet_at(std::size_t at) {
  std::array<std::uint16_t, 256> words{};
  for (std::size_t word = 0; word < kWords.size(); ++word) {
    for (std::size_t c = 0; c < words.size(); ++c) {
      const char lower = ascii::to_lower(static_cast<char>(static_cast<unsigned char>(c)));
      if (lower == kWords[word][at]) words[c] = static_cast<std::uint16_t>(words[c] | 1U << word);
    }
  }
  return words;
}

constexpr auto kFirst = words_with_octet_at(0);
constexpr auto kSecond = words_with_octet_at(1);
constexpr auto kThird = words_with_octet_at(2);

}  // namespace

WarningWords::WarningWords(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto words = static_cast<unsigned>(kFirst[octet(text[i])] & kSecond[octet(text[i + 1])] &
                                             kThird[octet(text[i + 2])]);
    if (words == 0) continue;
    for (std::size_t word = 0; word < kWords.size(); ++word) {
      const std::size_t size = kWords[word].size();
      if ((words >> word & 1U) != 0 &&
          ascii::equal_ignoring_case(text.substr(i, size), kWords[word])) {
        places_.push_back({i, i + size});
      }
    }
  }
}

bool WarningWords::any_in(std::size_t begin, std::size_t end) const noexcept {
  return std::any_of(places_.begin(), places_.end(),
                     [&](const Place& place) { return place.begin >= begin && place.end <= end; });
}

}  // namespace mailassay::diagnosis
