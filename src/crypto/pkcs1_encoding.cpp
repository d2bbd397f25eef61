#include "crypto/pkcs1_encoding.h"

#include <algorithm>

#include "base/bytes.h"

namespace mailassay::crypto {

std::string encode_pkcs1(const dkim::Digest& digest, std::size_t size) {
  const auto form =
      std::find_if(kDigestInfoForms.begin(), kDigestInfoForms.end(),
                   [&](const DigestInfoForm& known) { return known.size == digest.size; });
  if (form == kDigestInfoForms.end()) return {};
  const std::size_t info = form->prefix.size() + form->size;
  constexpr std::size_t kFrame = 3;  // 00 01 before the padding, 00 behind it
  if (size < kFrame + kLeastPadding + info) return {};
  std::string encoded("\x00\x01", 2);
  encoded.reserve(size);
  encoded.append(size - kFrame - info, '\xFF');
  encoded.push_back('\0');
  encoded.append(form->prefix);
  encoded.append(as_text(digest.octets.data(), form->size));
  return encoded;
}

}  // namespace mailassay::crypto
