// A digest as people compare it.
#ifndef MAILASSAY_CRYPTO_DIGEST_TEXT_H
#define MAILASSAY_CRYPTO_DIGEST_TEXT_H

#include <cstddef>
#include <string>
#include <string_view>

#include "mailassay/dossier.h"

namespace mailassay::crypto {

/// In lower-case hex, two digits an octet.
inline std::string hex(const dkim::Digest& digest) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < digest.size; ++i) {
    out.push_back(kHex[digest.octets[i] >> 4U]);
    out.push_back(kHex[digest.octets[i] & 15U]);
  }
  return out;
}

}  // namespace mailassay::crypto

#endif  // MAILASSAY_CRYPTO_DIGEST_TEXT_H
