// [RFC6376 3.6.1] [RFC8463 4.2] [RFC8301 3.2]
#include "crypto/public_key.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/exact_copy.h"
#include "support/signed_message.h"

namespace mailassay::crypto {
namespace {

using namespace std::string_view_literals;

std::shared_ptr<const PublicKey> rsa(std::string_view der) {
  const test::ExactCopy copy(der);
  return parse_rsa_key(copy.view());
}

std::shared_ptr<const PublicKey> ed25519(std::string_view octets) {
  const test::ExactCopy copy(octets);
  return parse_ed25519_key(copy.view());
}

std::string element(unsigned char tag, std::string_view content) {
  std::string der(1, static_cast<char>(tag));
  if (content.size() < 128) {
    der.push_back(static_cast<char>(content.size()));
  } else {
    der.append("\x82");
    der.push_back(static_cast<char>(content.size() >> 8U));
    der.push_back(static_cast<char>(content.size() & 0xFFU));
  }
  return der.append(content);
}

/// RSAPublicKey of these numbers, whose octets are taken as they are.
std::string rsa_public_key(std::string_view modulus, std::string_view exponent) {
  return element(0x30, element(2, modulus) + element(2, exponent));
}

std::string odd_number(std::size_t bits) {
  std::string octets((bits + 7) / 8, '\xA5');
  octets.front() = static_cast<char>(1U << ((bits - 1) % 8));
  octets.back() = '\x01';
  return std::string(1, '\0') + octets;
}

std::string spki(std::string_view oid, std::string_view key, std::string_view unused = "\0"sv) {
  return element(0x30,
                 element(0x30, element(6, oid)) + element(3, std::string(unused).append(key)));
}

constexpr auto kRsaOid = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"sv;
constexpr auto kEd25519Oid = "\x2b\x65\x70"sv;

// [RFC6376 3.6.1] RSAPublicKey; [RFC6376 C] and the world use SubjectPublicKeyInfo.
TEST(PublicKey, ReadsBothFormsOfRsa) {
  const auto& key = test::key_pool().rsa_2048.front();
  const auto wrapped = rsa(key.public_octets());
  const auto bare = rsa(key.bare_public_octets());
  ASSERT_TRUE(wrapped && bare);
  EXPECT_EQ(wrapped->form(), KeyForm::spki);
  EXPECT_EQ(bare->form(), KeyForm::bare);
  EXPECT_EQ(bare->bits(), 2048U);
  EXPECT_EQ(wrapped->type(), dkim::KeyType::rsa);
}

// [RFC8301 3.2] 1024 to 4096 bits are handled; [RFC6376 3.3.3] smaller ones are told by their bits,
// which are those of the modulus and not of its encoding.
TEST(PublicKey, CountsTheBitsOfTheModulus) {
  for (const unsigned bits : {512U, 768U, 1017U, 1023U, 1024U, 1025U, 2048U, 2049U, 4095U, 4096U,
                              8192U, kMaxRsaBits - 1, kMaxRsaBits}) {
    const auto key = rsa(rsa_public_key(odd_number(bits), "\x01\x00\x01"sv));
    ASSERT_TRUE(key) << bits;
    EXPECT_EQ(key->bits(), bits);
  }
}

TEST(PublicKey, ReadsKeysThatOpenSslMakes) {
  for (const unsigned bits : {512U, 1024U, 4096U}) {
    const auto key = rsa(test::rsa_key(bits).public_octets());
    ASSERT_TRUE(key) << bits;
    EXPECT_EQ(key->bits(), bits);
  }
  EXPECT_TRUE(rsa(test::rsa_key(1024, 3).public_octets()));
  EXPECT_FALSE(rsa(test::rsa_key(1024, 3).public_octets())->has_usual_exponent());
  EXPECT_TRUE(rsa(test::rsa_key(1024).public_octets())->has_usual_exponent());
}

TEST(PublicKey, RefusesModuliAboveTheLimit) {
  EXPECT_FALSE(rsa(rsa_public_key(odd_number(kMaxRsaBits + 1), "\x01\x00\x01"sv)));
  EXPECT_FALSE(rsa(rsa_public_key(odd_number(kMaxRsaBits + 8), "\x01\x00\x01"sv)));
  EXPECT_FALSE(rsa(rsa_public_key(odd_number(60'000), "\x01\x00\x01"sv)));
}

// No signature fits into less. [RFC8017 9.2]
TEST(PublicKey, RefusesModuliThatNothingFitsInto) {
  EXPECT_TRUE(rsa(rsa_public_key(odd_number(46 * 8), "\x03"sv)));
  EXPECT_FALSE(rsa(rsa_public_key(odd_number(45 * 8), "\x03"sv)));
}

TEST(PublicKey, RefusesNumbersThatAreNoRsaKey) {
  const std::string modulus = odd_number(1024);
  std::string even = modulus;
  even.back() = '\x02';
  struct {
    std::string what, der;
  } const kCases[] = {
      {"exponent 1", rsa_public_key(modulus, "\x01"sv)},
      {"exponent 2", rsa_public_key(modulus, "\x02"sv)},
      {"even exponent", rsa_public_key(modulus, "\x01\x00\x02"sv)},
      {"exponent 0", rsa_public_key(modulus, "\x00"sv)},
      {"negative exponent", rsa_public_key(modulus, "\x81"sv)},
      {"no exponent", element(0x30, element(2, modulus))},
      {"empty exponent", rsa_public_key(modulus, "")},
      {"even modulus", rsa_public_key(even, "\x03"sv)},
      {"modulus 0", rsa_public_key("\x00"sv, "\x03"sv)},
      {"modulus 1", rsa_public_key("\x01"sv, "\x03"sv)},
      {"modulus 3", rsa_public_key("\x03"sv, "\x03"sv)},
      {"negative modulus", rsa_public_key("\xFF" + modulus, "\x03"sv)},
      {"three numbers",
       element(0x30, element(2, modulus) + element(2, "\x03"sv) + element(2, "\x03"sv))},
      {"octets behind", rsa_public_key(modulus, "\x03"sv) + "x"},
      {"no sequence", element(2, modulus) + element(2, "\x03"sv)},
  };
  for (const auto& [what, der] : kCases) EXPECT_FALSE(rsa(der)) << what;
}

TEST(PublicKey, RefusesWrappingsThatAreNotOfRsa) {
  const std::string bare = test::key_pool().rsa_1024.front().bare_public_octets();
  const std::string good = test::key_pool().rsa_1024.front().public_octets();
  ASSERT_TRUE(rsa(spki(kRsaOid, bare)));  // parameters may be absent
  struct {
    std::string what, der;
  } const kCases[] = {
      {"another algorithm", spki(kEd25519Oid, bare)},
      {"an algorithm that begins alike", spki("\x2a\x86\x48\x86\xf7\x0d\x01\x01"sv, bare)},
      {"RSASSA-PSS", spki("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"sv, bare)},
      {"empty algorithm", spki("", bare)},
      {"unused bits", spki(kRsaOid, bare, "\x01"sv)},
      {"no octet of unused bits", spki(kRsaOid, "", "")},
      {"an empty key", spki(kRsaOid, "")},
      {"wrapped twice", spki(kRsaOid, good)},
      {"octets behind", good + std::string(1, '\0')},
      {"octets behind the key", spki(kRsaOid, bare + "x")},
      {"32 octets", std::string(32, 'x')},
      {"empty", ""},
      {"text", "-----BEGIN PUBLIC KEY-----"},
  };
  for (const auto& [what, der] : kCases) EXPECT_FALSE(rsa(der)) << what;
}

TEST(PublicKey, RefusesEachTruncation) {
  for (const std::string& der : {test::key_pool().rsa_1024.front().public_octets(),
                                 test::key_pool().rsa_1024.front().bare_public_octets()}) {
    for (std::size_t size = 0; size < der.size(); ++size) {
      EXPECT_FALSE(rsa(std::string_view(der).substr(0, size))) << size;
    }
  }
}

TEST(PublicKey, SurvivesEachChangedOctet) {
  const std::string der = test::key_pool().rsa_1024.front().public_octets();
  std::size_t refused = 0;
  for (std::size_t i = 0; i < der.size(); ++i) {
    for (const int change : {0x01, 0x80, 0xFF}) {
      std::string changed = der;
      changed[i] = static_cast<char>(changed[i] ^ change);
      if (!rsa(changed)) ++refused;
    }
  }
  EXPECT_GT(refused, 20U);  // the frame; a changed modulus is another modulus
}

// [RFC8463 4.2] the bare 32 octets; a wrapped key is read and told apart.
TEST(PublicKey, ReadsBothFormsOfEd25519) {
  const std::string octets = test::key_pool().ed25519.front().public_octets();
  const auto bare = ed25519(octets);
  const auto wrapped = ed25519(spki(kEd25519Oid, octets));
  ASSERT_TRUE(bare && wrapped);
  EXPECT_EQ(bare->form(), KeyForm::bare);
  EXPECT_EQ(wrapped->form(), KeyForm::spki);
  EXPECT_EQ(bare->bits(), 256U);
  EXPECT_EQ(bare->type(), dkim::KeyType::ed25519);
}

TEST(PublicKey, RefusesWhatIsNotEd25519) {
  const std::string octets = test::key_pool().ed25519.front().public_octets();
  for (const std::string& der :
       {std::string(), octets.substr(1), octets + "x", std::string(64, 'x'),
        spki(kEd25519Oid, octets.substr(1)), spki(kEd25519Oid, octets + "x"), spki(kRsaOid, octets),
        spki("\x2b\x65\x71"sv, octets), spki(kEd25519Oid, octets, "\x01"sv),
        spki(kEd25519Oid, octets) + "x", test::key_pool().rsa_1024.front().public_octets()}) {
    EXPECT_FALSE(ed25519(der)) << der.size();
  }
}

}  // namespace
}  // namespace mailassay::crypto
