// A heap block of exactly the input's size, so that AddressSanitizer sees a one-octet over-read.
#ifndef MAILASSAY_TESTS_SUPPORT_EXACT_COPY_H
#define MAILASSAY_TESTS_SUPPORT_EXACT_COPY_H

#include <cstring>
#include <memory>
#include <string_view>

namespace mailassay::test {

/// Owns the copy; view() lives as long as the object.
class ExactCopy {
 public:
  explicit ExactCopy(std::string_view text) : block_(new char[text.size()]), size_(text.size()) {
    if (!text.empty()) std::memcpy(block_.get(), text.data(), text.size());
  }
  std::string_view view() const { return {block_.get(), size_}; }

 private:
  std::unique_ptr<char[]> block_;
  std::size_t size_;
};

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_EXACT_COPY_H
