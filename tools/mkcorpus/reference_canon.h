// A second, simple implementation of what a DKIM signature is computed over. [RFC6376 3.4] [RFC6376 3.7]
//
// Written from the RFC in the plainest form that is obviously right: whole strings, several
// passes, no streaming, no views into buffers. mkcorpus signs with it, and tests compare the
// product's own code with it. It shares nothing with src/dkim and src/message, on purpose.
#ifndef MAILASSAY_MKCORPUS_REFERENCE_CANON_H
#define MAILASSAY_MKCORPUS_REFERENCE_CANON_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mkcorpus::reference {

enum class Canon : std::uint8_t { simple, relaxed };

/// A message taken apart. The fields keep their octets, folding included, without the last CRLF.
struct Message {
  std::vector<std::string> fields;  ///< from the top to the bottom
  std::string body;                 ///< CRLF line ends
};

/// Makes every LF that does not follow a CR into CRLF. A CR alone stays as it is.
std::string network_line_ends(std::string_view text);

/// Takes a message apart at its first empty line; without one the body is empty. Lines of the
/// header that are neither a field nor its continuation are left out.
Message split_message(std::string_view stored);

/// The canonical form of a body. [RFC6376 3.4.3] [RFC6376 3.4.4]
///
/// Demands:  CRLF line ends.
std::string canonical_body(std::string_view body, Canon canon);

/// The same, cut to l= octets of the canonical form; empty if l= is larger. [RFC6376 3.5]
std::optional<std::string> canonical_body_prefix(std::string_view body, Canon canon,
                                                 std::optional<std::uint64_t> length);

/// The canonical form of one header field, without CRLF at its end. [RFC6376 3.4.1]
/// [RFC6376 3.4.2]
std::string canonical_field(std::string_view field, Canon canon);

/// The DKIM-Signature field with an empty b= value. [RFC6376 3.7]
std::string without_signature_value(std::string_view signature_field);

/// What the header hash is computed over. [RFC6376 3.7] [RFC6376 5.4.2]
///
/// Demands:  `own_index` is the place of the signature's own field in `fields`.
/// Result:   for each name the lowest field not yet used; the own field last, without CRLF.
std::string header_hash_input(std::span<const std::string> fields, std::size_t own_index,
                              std::span<const std::string> signed_names, Canon canon);

}  // namespace mkcorpus::reference

#endif  // MAILASSAY_MKCORPUS_REFERENCE_CANON_H
