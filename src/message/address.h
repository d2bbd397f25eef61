// Author addresses of a From field. [RFC5322 3.4] with obsolete forms [RFC5322 4.4].
//
// All addresses are read and counted; nobody takes "the first" of many. A quoted local part may
// hold an `@`, so the domain begins after the `@` that stands outside of quotes.
#ifndef MAILASSAY_MESSAGE_ADDRESS_H
#define MAILASSAY_MESSAGE_ADDRESS_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailassay::message {

struct Address {
  std::string address;  ///< addr-spec without comments and white space, valid UTF-8
  std::string domain;   ///< lower case; empty if there is no `@`
  /// What stands before an address in angle brackets, as it is: quoted, encoded, or neither.
  /// Lifetime: that of the value that was read.
  std::string_view display_name;
};

/// Reads the mailboxes of an address list; groups are opened up.
///
/// Result: in the order of the field; parts that hold no address at all give nothing. What has two
///         addresses without a comma between them gives both, or one whose domain is no name. After
///         `most` addresses nothing more is read: a field of 16 MiB can hold millions.
std::vector<Address> parse_address_list(std::string_view value,
                                        std::size_t most = static_cast<std::size_t>(-1));

}  // namespace mailassay::message

#endif  // MAILASSAY_MESSAGE_ADDRESS_H
