// The words by which banners and tags of gateways are known.
#ifndef MAILASSAY_DIAGNOSIS_WARNING_WORDS_H
#define MAILASSAY_DIAGNOSIS_WARNING_WORDS_H

#include <cstddef>
#include <string_view>
#include <vector>

namespace mailassay::diagnosis {

/// Where a text speaks like a warning. It is read once, however many pieces of it are asked about.
class WarningWords {
 public:
  explicit WarningWords(std::string_view text);

  /// Whether one of the words lies in [begin, end).
  bool any_in(std::size_t begin, std::size_t end) const noexcept;

 private:
  struct Place {
    std::size_t begin;
    std::size_t end;
  };
  std::vector<Place> places_;  ///< in the order of the text
};

}  // namespace mailassay::diagnosis

#endif  // MAILASSAY_DIAGNOSIS_WARNING_WORDS_H
