// Copies: messages of one scan that are, or say that they are, one message.
//
// Messages belong together by their Message-ID. Whether they are the same is shown by the
// signatures that both have: by what each covers, header and body, and not by the octets of the
// file, since every store adds fields of its own. Rows are told by their number in the order of
// the output, from 0.
#ifndef MAILASSAY_COPIES_H
#define MAILASSAY_COPIES_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace mailassay {

/// How a message stands to earlier ones of the scan that have its Message-ID.
enum class CopyState : std::uint8_t {
  same,            ///< the signatures that both have cover all of it, and the same in both
  differs,         ///< a signature that both have covers another header or body: damage or forgery
  unproven,        ///< no signature that covers all of it is in both, so that nothing tells
  identity_limit,  ///< not looked for: it is new, and so many identities are held already
};
inline constexpr std::size_t kCopyStates = static_cast<std::size_t>(CopyState::identity_limit) + 1;

/// What the row of a copy says; the first message of an identity has none.
struct CopyMark {
  CopyState state = CopyState::same;
  std::optional<std::uint64_t> of;             ///< row of the first of them; empty at the limit
  std::optional<std::uint64_t> compared_with;  ///< row that it is the same as, or differs from
  /// A signature verifies in it that is in those before, too, and fits none of them as well: of
  /// all, the last with this word, or else the first, is the one to keep. A signature that others
  /// do not have counts for nothing here: anyone can write a Message-ID and sign.
  bool replaces = false;
};

/// Messages of one identity of which not all are the same, or the first is not the best.
struct CopyGroup {
  std::uint64_t first = 0;
  std::uint64_t preferred = 0;           ///< row of the one to keep
  std::uint64_t differing_count = 0;     ///< of state `differs`
  std::vector<std::uint64_t> differing;  ///< rows of the first of them
};

struct CopySummary {
  std::array<std::uint64_t, kCopyStates> states{};  ///< rows, by CopyState
  std::uint64_t replacing = 0;                      ///< rows that replace those before
  std::uint64_t without_identity = 0;               ///< rows of messages without Message-ID
  std::uint64_t identities = 0;                     ///< that are held
  std::uint64_t limit = 0;                          ///< how many are held at most
  std::vector<CopyGroup> groups;                    ///< the first ones
  std::uint64_t group_count = 0;
};

}  // namespace mailassay

#endif  // MAILASSAY_COPIES_H
