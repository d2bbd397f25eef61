// What RSA signatures say was signed. [RFC8017 8.2.2] [RFC8017 9.2]
#include "crypto/recovery.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "support/signed_message.h"

namespace mailassay::crypto {
namespace {

constexpr std::string_view kSha256Info = std::string_view(
    "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20", 19);
constexpr std::string_view kSha1Info =
    std::string_view("\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14", 15);

/// A key pair of OpenSSL and what our parser makes of it.
struct Pair {
  explicit Pair(unsigned bits) : native(EVP_RSA_gen(bits), &EVP_PKEY_free) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(native.get(), &der);
    key = parse_rsa_key(as_text(der, static_cast<std::size_t>(size)));
    OPENSSL_free(der);
  }

  /// The private operation on octets that stand as they are: any form of padding can be made.
  std::string apply(std::string_view encoded) const {
    std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new(native.get(), nullptr), &EVP_PKEY_CTX_free);
    std::vector<unsigned char> out(encoded.size());
    std::size_t size = out.size();
    EXPECT_EQ(EVP_PKEY_sign_init(context.get()), 1);
    EXPECT_EQ(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING), 1);
    EXPECT_EQ(EVP_PKEY_sign(context.get(), out.data(), &size, octets(encoded), encoded.size()), 1);
    return std::string(as_text(out.data(), size));
  }

  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> native;
  std::shared_ptr<const PublicKey> key;
};

const Pair& pair() {
  static const Pair kPair(1024);
  return kPair;
}

std::string padded(std::string_view info, std::size_t size = 128) {
  return std::string("\x00\x01", 2) + std::string(size - 3 - info.size(), '\xFF') +
         std::string(1, '\0') + std::string(info);
}

Recovered recover(std::string_view encoded) {
  return recover_digest(*pair().key, pair().apply(encoded));
}

TEST(Recovery, ReadsTheHashThatWasSigned) {
  const std::string hash256(32, 'h');
  const std::string hash1(20, 'g');
  const Recovered longer = recover(padded(std::string(kSha256Info) + hash256));
  EXPECT_TRUE(longer.by_this_key);
  ASSERT_TRUE(longer.digest);
  EXPECT_EQ(as_text(longer.digest->octets.data(), longer.digest->size), hash256);
  const Recovered shorter = recover(padded(std::string(kSha1Info) + hash1));
  EXPECT_TRUE(shorter.by_this_key);
  ASSERT_TRUE(shorter.digest);
  EXPECT_EQ(as_text(shorter.digest->octets.data(), shorter.digest->size), hash1);
}

// Octet for octet: what is only nearly of the form was made by no honest signer. [RFC8017 8.2.2]
TEST(Recovery, RefusesOtherForms) {
  const std::string info = std::string(kSha256Info) + std::string(32, 'h');
  const std::string good = padded(info);
  const auto changed = [&](std::size_t at, char to) {
    std::string encoded = good;
    encoded[at] = to;
    return encoded;
  };
  // No NULL parameters: some verifiers take it, the encoding of EMSA-PKCS1-v1_5 has them.
  const std::string without_null =
      std::string("\x30\x2f\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x04\x20", 17) +
      std::string(32, 'h');
  const std::string sha512 =
      std::string("\x30\x51\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40",
                  19) +
      std::string(64, 'h');
  const std::string garbage_behind = std::string("\x00\x01", 2) + std::string(8, '\xFF') +
                                     std::string(1, '\0') + info +
                                     std::string(128 - 11 - info.size(), 'x');
  const struct {
    const char* name;
    std::string encoded;
    bool by_this_key;
  } cases[] = {
      {"block type 2", changed(1, '\x02'), false},
      {"padding broken", changed(40, '\xFE'), false},
      {"no zero behind it", changed(128 - 1 - info.size(), '\x01'), false},
      {"another length in DER", changed(128 - info.size() + 1, '\x32'), true},
      {"another algorithm", changed(128 - info.size() + 14, '\x09'), true},
      {"hash cut by one", padded(info.substr(0, info.size() - 1)), true},
      {"no parameters", padded(without_null), true},
      {"SHA-512", padded(sha512), true},
      {"octets behind the hash (e=3 forgeries)", garbage_behind, true},
      {"hash alone", padded(std::string(32, 'h')), true},
      {"zeroes", std::string(127, '\0') + "\1", false},
  };
  ASSERT_TRUE(recover(good).digest);
  for (const auto& one : cases) {
    ASSERT_EQ(one.encoded.size(), 128U) << one.name;
    const Recovered recovered = recover(one.encoded);
    EXPECT_FALSE(recovered.digest) << one.name;
    EXPECT_EQ(recovered.by_this_key, one.by_this_key) << one.name;
  }
}

TEST(Recovery, RefusesWhatIsNoSignatureOfTheKey) {
  const std::string good = pair().apply(padded(std::string(kSha256Info) + std::string(32, 'h')));
  const Pair other(1024);
  const Pair longer(2048);
  EXPECT_FALSE(recover_digest(*other.key, good).by_this_key);
  EXPECT_FALSE(recover_digest(*longer.key, good).by_this_key);
  EXPECT_FALSE(recover_digest(*pair().key, good.substr(1)).by_this_key);
  EXPECT_FALSE(recover_digest(*pair().key, good + "x").by_this_key);
  EXPECT_FALSE(recover_digest(*pair().key, "").by_this_key);
  EXPECT_FALSE(
      recover_digest(*pair().key, std::string(128, '\xFF')).by_this_key);  // not below the modulus
}

}  // namespace
}  // namespace mailassay::crypto
