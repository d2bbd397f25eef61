#include "crypto/recovery.h"

#include <openssl/err.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "crypto/pkcs1_encoding.h"
#include "crypto/public_key_native.h"

namespace mailassay::crypto {
namespace {

/// The octets of RSAVP1 as they stand before the padding is looked at; empty if there are none.
std::string apply_public_key(const PublicKey& key, std::string_view signature) {
  EVP_PKEY* native = key.native().key.get();
  const KeyContextHandle context(EVP_PKEY_CTX_new_from_pkey(nullptr, native, nullptr));
  std::vector<unsigned char> out(static_cast<std::size_t>(EVP_PKEY_get_size(native)));
  std::size_t size = out.size();
  // A signature has the length of the modulus. [RFC8017 8.2.2]
  const bool done = context && signature.size() == size &&
                    EVP_PKEY_verify_recover_init(context.get()) == 1 &&
                    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) == 1 &&
                    EVP_PKEY_verify_recover(context.get(), out.data(), &size, octets(signature),
                                            signature.size()) == 1;
  ERR_clear_error();
  if (!done) return {};
  return std::string(as_text(out.data(), size));
}

/// What stands behind 00 01 FF .. FF 00; empty if that is not how it begins.
std::optional<std::string_view> without_padding(std::string_view encoded) {
  if (!encoded.starts_with(std::string_view("\x00\x01", 2))) return std::nullopt;
  const std::size_t end = encoded.find_first_not_of('\xFF', 2);
  if (end == std::string_view::npos || end < 2 + kLeastPadding || encoded[end] != '\0') {
    return std::nullopt;
  }
  return encoded.substr(end + 1);
}

}  // namespace

Recovered recover_digest(const PublicKey& key, std::string_view signature) {
  const std::string encoded = apply_public_key(key, signature);
  const auto info = without_padding(encoded);
  Recovered out;
  out.by_this_key = info.has_value();
  if (!info) return out;
  for (const DigestInfoForm& form : kDigestInfoForms) {
    if (info->size() != form.prefix.size() + form.size || !info->starts_with(form.prefix)) continue;
    dkim::Digest& digest = out.digest.emplace();
    digest.size = form.size;
    for (std::size_t i = 0; i < form.size; ++i) {
      digest.octets[i] = octet((*info)[form.prefix.size() + i]);
    }
  }
  return out;
}

}  // namespace mailassay::crypto
