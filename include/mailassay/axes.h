// The axes beside the standing: integrity, basis, direction. Each is a function of its own.
#ifndef MAILASSAY_AXES_H
#define MAILASSAY_AXES_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mailassay/standing.h"

namespace mailassay::standing {

/// Whether the content is what some signer signed, aligned or not.
enum class Integrity : std::uint8_t {
  intact,         ///< a signature over all of it verifies
  partial,        ///< one that leaves the end of the body unsigned
  headers,        ///< the header is what was signed; what became of the body is not known
  restored,       ///< a signature verifies once an encoding is undone
  altered,        ///< a signature tells that the body or the header is another
  unsigned_mail,  ///< there is no signature that counts
  unknown,        ///< no signature could be checked, or none that tells
};

inline constexpr std::size_t kIntegrityCount = static_cast<std::size_t>(Integrity::unknown) + 1;

struct IntegrityVerdict {
  Integrity value = Integrity::unknown;
  std::vector<std::string> by;  ///< d= of the signatures that tell, each once

  friend bool operator==(const IntegrityVerdict&, const IntegrityVerdict&) = default;
};

IntegrityVerdict integrity_of(const Evidence& evidence);

/// When the evidence is from that the standing rests on.
enum class Basis : std::uint8_t {
  fresh,     ///< the time of receipt
  later,     ///< another time
  recorded,  ///< what a receiver wrote down
  mixed,     ///< several of these
};

inline constexpr std::size_t kBasisCount = static_cast<std::size_t>(Basis::mixed) + 1;

/// Result: empty if it rests on no evidence of DNS and on no record, as for a local message.
std::optional<Basis> basis_of(const Evidence& evidence, const Standing& standing);

/// Which way the message went, by its transit. From alone never tells.
enum class Direction : std::uint8_t {
  inbound,   ///< it came over the border
  outbound,  ///< it is kept where it was sent from, and goes to others
  internal,  ///< it went from own to own hosts and addresses
  copy,      ///< it was delivered to a copy address, such as that of a customer system
  unknown,
};

inline constexpr std::size_t kDirectionCount = static_cast<std::size_t>(Direction::unknown) + 1;

/// Whom the message was for.
enum class Recipients : std::uint8_t {
  unknown,       ///< nobody is named, or own domains are not configured
  all_own,       ///< all are of own domains
  some_foreign,  ///< at least one is not
};

struct Transit {
  Border border = Border::none;
  Hops hops = Hops::foreign;
  bool from_is_own = false;
  /// The standing is `local`: from an own author, without a border or a foreign hop.
  bool is_local = false;
  Recipients recipients = Recipients::unknown;
  /// A field of delivery, or a hop's `for`, names one of --copy-address; To and Cc do not count.
  bool delivered_to_copy_address = false;
};

Direction direction_of(const Transit& transit);

}  // namespace mailassay::standing

#endif  // MAILASSAY_AXES_H
