// Signs messages at run time, with the public test keys of mkcorpus, in any wrong way a test wants.
#ifndef MAILASSAY_TESTS_SUPPORT_TEST_SIGNER_H
#define MAILASSAY_TESTS_SUPPORT_TEST_SIGNER_H

#include <string>
#include <string_view>

#include "mkcorpus/signing_key.h"

namespace mailassay::test {

/// How the octets to sign are made; the tag-list may say something else.
struct SigningWay {
  mkcorpus::Hash hash = mkcorpus::Hash::sha256;
  std::string_view signed_names = "from:subject";
};

/// The message with a DKIM-Signature on top whose value is `tags`, in which "@BH@" stands for the
/// body hash and "@B@" for the signature. Both canonicalizations are relaxed. [RFC6376 3.7]
///
/// Demands: `message` has an empty line between header and body; "@B@" is the whole value of b=.
std::string sign_with_tags(const mkcorpus::SigningKey& key, std::string_view message,
                           std::string_view tags, const SigningWay& way = {});

/// p= for the key: SubjectPublicKeyInfo, or the octets of an Ed25519 key, in base64.
std::string public_data(const mkcorpus::SigningKey& key);

/// An RSA key of 512 bits. PUBLIC TEST KEY, it protects nothing.
mkcorpus::SigningKey rsa_512_test_key();

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_TEST_SIGNER_H
