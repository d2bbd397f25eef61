// Where a message lies that is a part of another one.
//
// Whoever wrote the outer message put it there, trace fields and all: nothing in it is the word of
// a receiver, and what fails in it may have been changed on its way into the part. So nobody is
// accused by it, and only what a signature proves counts for it. Threads: plain data.
#ifndef MAILASSAY_ENCLOSURE_H
#define MAILASSAY_ENCLOSURE_H

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailassay {

/// What the enclosing message makes of it. That is the word of the enclosing message.
enum class EnclosureRole : std::uint8_t {
  attached,   ///< passed on as an attachment
  returned,   ///< came back with a bounce or a receipt [RFC3464 2] [RFC8098 3]
  reported,   ///< complained of in a feedback report [RFC5965 2]
  journaled,  ///< the message that a journal report is about
};
inline constexpr std::size_t kEnclosureRoles =
    static_cast<std::size_t>(EnclosureRole::journaled) + 1;

/// A dossier has it if its message is a part of another one.
struct Enclosure {
  EnclosureRole role = EnclosureRole::attached;
  /// The part says that it holds a header alone: text/rfc822-headers. [RFC6522 4]
  bool is_header_only = false;

  friend bool operator==(const Enclosure&, const Enclosure&) = default;
};

/// The words of rows.
std::string_view word_of(EnclosureRole role);

}  // namespace mailassay

#endif  // MAILASSAY_ENCLOSURE_H
