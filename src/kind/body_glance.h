// A look at a body that costs little: does anything in it ask for its MIME structure to be read?
//
// Every message with parts gets it, so it takes no boundary and no library: it goes from line to
// line that begins with two hyphens, and reads the few header lines below each.
#ifndef MAILASSAY_KIND_BODY_GLANCE_H
#define MAILASSAY_KIND_BODY_GLANCE_H

#include <cstddef>
#include <string_view>

namespace mailassay::kind {

/// Octets of the body in which all of that is looked for, and delimiter lines in them.
inline constexpr std::size_t kMostGlance = std::size_t{256} * 1024;
inline constexpr std::size_t kMostGlances = 64;

/// Whether a part's header tells of a message, a calendar, a report, or of what is encrypted.
/// Beyond what is glanced at, it is asked for messages alone.
bool has_telling_part(std::string_view body);

/// Whether a part's header tells of a message, in all of the body.
bool has_message_part(std::string_view body);

/// Octets at the begin of a body in which the marks below are looked for.
inline constexpr std::size_t kMostOpening = 2048;

struct Opening {
  bool pgp_message = false;  ///< "-----BEGIN PGP MESSAGE-----" at the begin of a line
  bool pgp_signed = false;   ///< "-----BEGIN PGP SIGNED MESSAGE-----", likewise
};
Opening read_opening(std::string_view body);

/// Whether there is a link to a service that keeps confidential mail.
bool has_secure_link(std::string_view body);

}  // namespace mailassay::kind

#endif  // MAILASSAY_KIND_BODY_GLANCE_H
