// A set of octets with a lookup of one load: what parsers that go octet by octet ask again and
// again.
#ifndef MAILASSAY_BASE_OCTET_SET_H
#define MAILASSAY_BASE_OCTET_SET_H

#include <array>
#include <cstddef>
#include <string_view>

namespace mailassay {

class OctetSet {
 public:
  /// The octets for which `predicate` holds.
  template <typename Predicate>
  static constexpr OctetSet of(Predicate predicate) {
    OctetSet set;
    for (std::size_t i = 0; i < set.members_.size(); ++i) {
      set.members_[i] = predicate(static_cast<char>(static_cast<unsigned char>(i)));
    }
    return set;
  }

  constexpr bool operator()(char c) const noexcept {
    return members_[static_cast<unsigned char>(c)];
  }

  /// Offset of the first octet at or behind `from` that is in the set, or the size of the text.
  constexpr std::size_t find(std::string_view text, std::size_t from) const noexcept {
    while (from < text.size() && !(*this)(text[from])) ++from;
    return from;
  }

 private:
  std::array<bool, 256> members_{};
};

}  // namespace mailassay

#endif  // MAILASSAY_BASE_OCTET_SET_H
