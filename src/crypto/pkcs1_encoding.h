// EMSA-PKCS1-v1_5: what an RSA signature is of. [RFC8017 9.2]
#ifndef MAILASSAY_CRYPTO_PKCS1_ENCODING_H
#define MAILASSAY_CRYPTO_PKCS1_ENCODING_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mailassay/dossier.h"

namespace mailassay::crypto {

/// DER of a DigestInfo up to its hash. [RFC8017 9.2 note 1]
struct DigestInfoForm {
  std::string_view prefix;
  std::uint8_t size;  ///< octets of the hash
};

inline constexpr std::array<DigestInfoForm, 2> kDigestInfoForms = {
    {{std::string_view("\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14", 15), 20},
     {std::string_view(
          "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20", 19),
      32}}};

/// Octets of FF in the padding, at least. [RFC8017 9.2]
inline constexpr std::size_t kLeastPadding = 8;

/// The encoded message of `size` octets; empty if the hash is none of the forms or does not fit.
std::string encode_pkcs1(const dkim::Digest& digest, std::size_t size);

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_PKCS1_ENCODING_H
