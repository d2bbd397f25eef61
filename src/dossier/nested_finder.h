// Finds the messages that are parts of a message.
#ifndef MAILASSAY_DOSSIER_NESTED_FINDER_H
#define MAILASSAY_DOSSIER_NESTED_FINDER_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mailassay/dossier.h"

namespace mailassay {

/// What may still be found in one stored message, all levels together.
struct NestedRoom {
  std::size_t messages = 0;
  std::size_t decoded_bytes = 0;
};

/// A message that is a part; offset and length count octets of the message that it lies in.
struct FoundMessage {
  /// Number of the part among those beside it, from the outermost multipart on. [RFC3501 6.4.5]
  std::vector<std::uint32_t> section;
  std::size_t offset = 0;
  std::size_t length = 0;
  std::optional<std::string> decoded;  ///< empty: the part is not encoded
  Enclosure enclosure;
};

struct FoundMessages {
  std::vector<FoundMessage> messages;  ///< in the order of the parts
  bool is_cut = false;                 ///< there are more, for which there was no room
};

/// Finds the messages directly in `message`, and takes what they need from `room`. Messages in
/// those are left alone.
///
/// Demands: `dossier` is that of `message`.
/// Cost:    none where KindFacts::may_hold_messages says no.
FoundMessages find_nested(std::string_view message, const Dossier& dossier, const Limits& limits,
                          NestedRoom& room);

}  // namespace mailassay

#endif  // MAILASSAY_DOSSIER_NESTED_FINDER_H
