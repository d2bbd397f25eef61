// Eight signatures at once have to give what OpenSSL gives for each. [RFC8017 8.2.2]
#include "crypto/rsa_lanes.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>

#include <array>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "crypto/hasher.h"
#include "crypto/pkcs1_encoding.h"
#include "crypto/public_key_native.h"
#include "crypto/verifier.h"
#include "support/signed_message.h"

namespace mailassay::crypto {
namespace {

#define SKIP_WITHOUT_LANES() \
  if (!has_rsa_lanes()) GTEST_SKIP() << "this processor has no AVX-512 IFMA: NOT TESTED HERE"

struct Number {
  explicit Number(std::string_view octets)
      : value(BN_bin2bn(mailassay::octets(octets), static_cast<int>(octets.size()), nullptr)) {}
  std::unique_ptr<BIGNUM, Freer<BN_free>> value;
};

dkim::Digest digest_of(HashAlgorithm algorithm, std::string_view text) {
  Hasher hasher(algorithm);
  hasher.update(text);
  return hasher.finish();
}

/// The modulus plus `signature`, in as many octets; empty if it needs one more.
std::string plus_modulus(std::string_view signature, const Limbs& modulus) {
  Limbs sum = to_limbs(signature);
  std::string octets(signature.size(), '\0');
  std::uint64_t carry = 0;
  for (std::size_t j = 0; j < sum.size(); ++j) {
    carry += sum[j] + modulus[j];
    sum[j] = carry & ((std::uint64_t{1} << kLimbBits) - 1);
    carry >>= kLimbBits;
  }
  for (std::size_t bit = 0; bit < sum.size() * kLimbBits; ++bit) {
    if ((sum[bit / kLimbBits] >> bit % kLimbBits & 1U) == 0) continue;
    if (bit / 8 >= octets.size()) return {};
    char& at = octets[octets.size() - 1 - bit / 8];
    at = static_cast<char>(octet(at) | 1U << bit % 8);
  }
  return octets;
}

struct Question {
  std::shared_ptr<const PublicKey> key;
  dkim::Digest digest;
  std::string signature;
  bool right = false;
};

/// Signatures that are right, and wrong ones of many kinds.
std::vector<Question> questions(unsigned bits, std::mt19937& random) {
  const mkcorpus::SigningKey& signing = test::rsa_key(bits);
  const auto key = parse_rsa_key(signing.public_octets());
  std::vector<Question> out;
  for (int i = 0; i < 40; ++i) {
    const bool sha1 = i % 5 == 0;
    const auto hash = sha1 ? mkcorpus::Hash::sha1 : mkcorpus::Hash::sha256;
    const auto algorithm = sha1 ? HashAlgorithm::sha1 : HashAlgorithm::sha256;
    const std::string text = std::to_string(random());
    const dkim::Digest digest = digest_of(algorithm, text);
    const std::string signature = signing.sign(hash, mkcorpus::hash_octets(hash, text));
    out.push_back({key, digest, signature, true});
    std::string changed = signature;
    changed[random() % changed.size()] ^= static_cast<char>(1U << random() % 8);
    out.push_back({key, digest, changed});
    out.push_back({key, digest_of(algorithm, text + "x"), signature});
    out.push_back({key, digest, signature.substr(1)});
    out.push_back({key, digest, signature + '\0'});
    if (const auto above = plus_modulus(signature, key->native().lane_key->modulus); !above.empty())
      out.push_back({key, digest, above});
  }
  const dkim::Digest digest = digest_of(HashAlgorithm::sha256, "text");
  const std::string zero(signing.sign(mkcorpus::Hash::sha256, std::string(32, 'x')).size(), '\0');
  for (const std::string& odd :
       {zero, zero.substr(1) + '\x01', zero.substr(1) + '\x02', std::string(zero.size(), '\xFF'),
        plus_modulus(zero, key->native().lane_key->modulus), std::string(),
        encode_pkcs1(digest, zero.size())}) {
    out.push_back({key, digest, odd});
  }
  std::shuffle(out.begin(), out.end(), random);
  return out;
}

// [RFC8017 8.2.2] the length, the range, and the encoded message
TEST(RsaLanes, AgreeWithOpenssl) {
  SKIP_WITHOUT_LANES();
  std::mt19937 random(7);
  for (const unsigned bits : {512U, 768U, 1000U, 1023U, 1024U, 1025U, 1536U, 2040U, 2047U, 2048U}) {
    SCOPED_TRACE(bits);
    const std::vector<Question> all = questions(bits, random);
    std::vector<Check> by_lanes;
    for (const Question& question : all) {
      by_lanes.push_back({question.key, &question.digest, question.signature, !question.right});
    }
    std::vector<Check> by_openssl = by_lanes;
    Verifier(RsaBackend::openssl).verify(by_openssl);
    Verifier(RsaBackend::fastest).verify(by_lanes);
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(by_openssl[i].verified, all[i].right) << i;
      EXPECT_EQ(by_lanes[i].verified, all[i].right) << i;
    }
  }
}

// From one to eight, and a right one in each lane beside wrong ones.
TEST(RsaLanes, EachLaneHasItsOwnResult) {
  SKIP_WITHOUT_LANES();
  std::vector<std::shared_ptr<const PublicKey>> keys;
  std::vector<std::string> signatures;
  const dkim::Digest digest = digest_of(HashAlgorithm::sha256, "text");
  const std::string hash = mkcorpus::hash_octets(mkcorpus::Hash::sha256, "text");
  for (const auto& signing : test::key_pool().rsa_2048) {
    keys.push_back(parse_rsa_key(signing.public_octets()));
    signatures.push_back(signing.sign(mkcorpus::Hash::sha256, hash));
  }
  ASSERT_GE(keys.size(), 2U);
  for (std::size_t count = 1; count <= kRsaLanes; ++count) {
    for (std::size_t right = 0; right < count; ++right) {
      std::array<bool, kRsaLanes> verified{};
      std::vector<LaneCheck> checks;
      for (std::size_t lane = 0; lane < count; ++lane) {
        const std::size_t key = lane % keys.size();
        const std::size_t signer = lane == right ? key : (key + 1) % keys.size();
        checks.push_back(
            {&*keys[key]->native().lane_key, &digest, signatures[signer], &verified[lane]});
      }
      verify_in_lanes(checks);
      for (std::size_t lane = 0; lane < count; ++lane) {
        EXPECT_EQ(verified[lane], lane == right) << count << ' ' << right << ' ' << lane;
      }
    }
  }
}

TEST(LaneKey, OnlyUsualSizesAndTheUsualExponent) {
  struct Row {
    unsigned bits;
    unsigned exponent;
    std::size_t limbs;  ///< 0: left to OpenSSL
  };
  for (const Row& row :
       {Row{512, 65537, kShortLimbs}, Row{1024, 65537, kShortLimbs}, Row{1025, 65537, kLongLimbs},
        Row{2048, 65537, kLongLimbs}, Row{2056, 65537, 0}, Row{4096, 65537, 0}, Row{1024, 3, 0}}) {
    SCOPED_TRACE(row.bits);
    const auto key = parse_rsa_key(test::rsa_key(row.bits, row.exponent).public_octets());
    ASSERT_TRUE(key);
    const std::optional<LaneKey>& lane_key = key->native().lane_key;
    EXPECT_EQ(lane_key ? lane_key->limbs : 0, row.limbs);
  }
}

TEST(LaneKey, LimbsOfOctets) {
  struct Row {
    std::string octets;
    std::array<std::uint64_t, 3> limbs;
  };
  const std::uint64_t full = (std::uint64_t{1} << kLimbBits) - 1;
  for (const Row& row :
       {Row{"", {}}, Row{"\x01", {1}}, Row{std::string("\x01\x00", 2), {256}},
        Row{std::string(6, '\xFF'), {full >> 4U}}, Row{std::string(7, '\xFF'), {full, 15}},
        Row{std::string(13, '\xFF'), {full, full}}, Row{std::string(14, '\xFF'), {full, full, 255}},
        Row{std::string(30, '\0') + "\x02", {2}}}) {
    const Limbs limbs = to_limbs(row.octets);
    for (std::size_t j = 0; j < limbs.size(); ++j) {
      EXPECT_EQ(limbs[j], j < row.limbs.size() ? row.limbs[j] : 0) << row.octets.size() << ' ' << j;
    }
  }
}

// [RFC8017 9.2] step 3: a modulus that is too short has no encoded message.
TEST(Pkcs1Encoding, FramePaddingAndHash) {
  const dkim::Digest digest = digest_of(HashAlgorithm::sha256, "text");
  EXPECT_EQ(encode_pkcs1(digest, 61), "");
  const std::string least = encode_pkcs1(digest, 62);
  ASSERT_EQ(least.size(), 62U);
  EXPECT_EQ(least.substr(0, 12),
            std::string("\x00\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x00\x30", 12));
  EXPECT_EQ(least.substr(30), std::string(as_text(digest.octets.data(), 32)));
  dkim::Digest odd = digest;
  odd.size = 31;
  EXPECT_EQ(encode_pkcs1(odd, 256), "");
}

}  // namespace
}  // namespace mailassay::crypto
