// Which header fields a signature covers. [RFC6376 5.4.2] [RFC6376 3.5 h=]
#ifndef MAILASSAY_DKIM_HEADER_SELECTION_H
#define MAILASSAY_DKIM_HEADER_SELECTION_H

#include <cstdint>
#include <string_view>
#include <vector>

#include "message/header_index.h"

namespace mailassay::dkim {

/// Scratch and result of a selection; kept so that nothing is allocated per signature.
///
/// Threads: one at a time.
class HeaderSelection {
 public:
  /// Selects the fields that `signed_fields` names, in its order.
  ///
  /// Each name takes the lowest field of that name that is not taken yet; a name with none left
  /// gives nothing. The field `own` is the signature itself and is never selected.
  ///
  /// Demands:  `signed_fields` is SignatureFacts::signed_fields: names joined by colons.
  /// Result:   indices into header.fields(); valid until the next call.
  /// Cost:     O(names * distinct names + fields).
  const std::vector<std::uint32_t>& select(const message::HeaderIndex& header,
                                           std::string_view signed_fields, std::uint32_t own);

 private:
  struct Position {
    std::uint64_t name_hash;
    std::string_view name;
    std::uint32_t next;  ///< lowest field of this name that is not taken yet
  };
  std::vector<std::uint32_t> selected_;
  std::vector<Position> positions_;
};

}  // namespace mailassay::dkim

#endif  // MAILASSAY_DKIM_HEADER_SELECTION_H
