// What tells whether two messages are one: found by any thread, compared by the last stage.
#ifndef MAILASSAY_ENGINE_COPY_IDENTITY_H
#define MAILASSAY_ENGINE_COPY_IDENTITY_H

#include <array>
#include <cstddef>
#include <cstdint>

#include "crypto/hasher.h"
#include "mailassay/dossier.h"
#include "mailassay/verdict.h"

namespace mailassay::engine {

/// Signatures of a message that are compared: those that were made first, which its copies have in
/// common. What was added on different ways stands above them.
inline constexpr std::size_t kComparedSignatures = 3;

/// The front of a SHA-256; all zero: there is none.
using Fingerprint = std::array<std::uint8_t, 16>;

/// Hashes alone, so that what is held of a message has a size that is known before.
struct CopyIdentity {
  struct Signature {
    std::uint64_t name = 0;  ///< hash of d=, s= and b=: which signature it is
    Fingerprint covered{};   ///< of the header and the body that it covers
    std::uint8_t rank = 0;   ///< how well it fits: more is better
    bool is_whole = false;   ///< it leaves no end of the body unsigned
  };
  Fingerprint key{};     ///< of the Message-ID
  Fingerprint octets{};  ///< of the whole message, where that was hashed
  std::array<Signature, kComparedSignatures> signatures{};
  std::uint8_t signature_count = 0;

  bool has_key() const noexcept { return key != Fingerprint{}; }
};

/// `hasher` is one for SHA-256.
CopyIdentity copy_identity(const Dossier& dossier, const Verdict& verdict, crypto::Hasher& hasher);

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_COPY_IDENTITY_H
