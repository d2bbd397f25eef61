// What names say in the stores that mail programs keep: Maildir, Apple Mail, Thunderbird, Dovecot.
//
// A name alone never makes a file mail or keeps it from being read as mail; it only tells what is
// expected there.
#ifndef MAILASSAY_IO_MAIL_STORE_NAME_H
#define MAILASSAY_IO_MAIL_STORE_NAME_H

#include <cstdint>
#include <optional>
#include <string_view>

namespace mailassay::io {

/// Sizes in the name of a Maildir file: `1700000000.M1P2.host,S=4567,W=4690:2,S`.
struct MaildirSizes {
  std::optional<std::uint64_t> stored;     ///< S=: octets of the file
  std::optional<std::uint64_t> with_crlf;  ///< W=: octets with CRLF line ends
};

/// Reads the sizes; both empty if the file is not in cur or new.
MaildirSizes maildir_sizes(std::string_view path);

/// True for files that mail programs keep beside mail: indexes, lists, settings. They are passed
/// over if they hold no mail.
bool is_companion(std::string_view path);

/// True for `123.partial.emlx`: parts of the message are kept elsewhere.
bool is_partial_emlx(std::string_view path);

enum class MemberPlace : std::uint8_t {
  ordinary,    ///< to be read
  hidden,      ///< a name begins with a dot, and it is no Maildir++ folder
  unfinished,  ///< in tmp of a Maildir
};

/// Where in a store a member of a container lies, by its name.
MemberPlace place_of_member(std::string_view name);

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_MAIL_STORE_NAME_H
