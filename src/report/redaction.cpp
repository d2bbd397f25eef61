#include "report/redaction.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <new>

#include "base/bytes.h"

namespace mailassay::report {

std::string Redaction::text(std::string_view value) const {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::size_t kShownOctets = 8;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), octets(value), value.size(),
           digest.data(), &size) == nullptr) {
    throw std::bad_alloc();
  }
  std::string out = "redacted-";
  for (std::size_t i = 0; i < kShownOctets; ++i) {
    out.push_back(kHex[digest[i] >> 4U]);
    out.push_back(kHex[digest[i] & 15U]);
  }
  return out;
}

std::string Redaction::address(std::string_view value) const {
  const std::size_t at = value.rfind('@');
  if (at == std::string_view::npos) return text(value);
  const bool angle = value.starts_with('<');
  const std::string_view local = value.substr(angle ? 1 : 0, at - (angle ? 1 : 0));
  std::string out = angle ? "<" : "";
  if (!local.empty()) out.append(text(local));
  out.append(value.substr(at));
  return out;
}

}  // namespace mailassay::report
