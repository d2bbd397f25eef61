// The private keys that mkcorpus signs with: public test keys, see test_keys.cpp.
#ifndef MAILASSAY_MKCORPUS_TEST_KEYS_H
#define MAILASSAY_MKCORPUS_TEST_KEYS_H

#include <span>
#include <string_view>

namespace mkcorpus {

/// RSA private keys, each the base64 of a DER RSAPrivateKey. Lifetime: static.
std::span<const std::string_view> rsa_2048_test_keys();
std::span<const std::string_view> rsa_1024_test_keys();

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_TEST_KEYS_H
