// Reading of DER: just the types that a public key is made of. [X.690 8, 10]
#ifndef MAILASSAY_CRYPTO_DER_H
#define MAILASSAY_CRYPTO_DER_H

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/cursor.h"

namespace mailassay::crypto {

enum class DerTag : std::uint8_t {
  integer = 0x02,
  bit_string = 0x03,
  object_identifier = 0x06,
  sequence = 0x30,
};

/// Takes elements from the front of a DER text; the views point into it.
class DerReader {
 public:
  explicit DerReader(std::string_view der) noexcept : cursor_(der) {}

  bool at_end() const noexcept { return cursor_.at_end(); }

  /// The content of the next element. Empty if it has another tag or its length is malformed.
  std::optional<std::string_view> read(DerTag tag);

  /// The magnitude of the next element, an integer above zero, without leading zero octets.
  std::optional<std::string_view> read_positive_integer();

 private:
  std::optional<std::size_t> read_length();

  Cursor cursor_;
};

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_DER_H
