// [RFC8017 8.2.2] RSASSA-PKCS1-v1_5; [RFC8463 3] PureEdDSA over a SHA-256.
#include "crypto/verifier.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "crypto/hasher.h"
#include "support/exact_copy.h"
#include "support/signed_message.h"

namespace mailassay::crypto {
namespace {

dkim::Digest digest(HashAlgorithm algorithm, std::string_view text) {
  Hasher hasher(algorithm);
  hasher.update(text);
  return hasher.finish();
}

std::shared_ptr<const PublicKey> public_key(const mkcorpus::SigningKey& key) {
  return key.kind() == mkcorpus::KeyKind::ed25519 ? parse_ed25519_key(key.public_octets())
                                                  : parse_rsa_key(key.public_octets());
}

bool verifies(const std::shared_ptr<const PublicKey>& key, const dkim::Digest& of,
              std::string_view signature) {
  const test::ExactCopy copy(signature);
  Check check{key, &of, copy.view(), false};
  Verifier verifier;
  verifier.verify(std::span(&check, 1));
  return check.verified;
}

std::string sign(const mkcorpus::SigningKey& key, mkcorpus::Hash hash, std::string_view text) {
  return key.sign(hash, mkcorpus::hash_octets(hash, text));
}

struct Scheme {
  const char* name;
  const mkcorpus::SigningKey* key;
  mkcorpus::Hash hash;
  HashAlgorithm algorithm;
};

std::vector<Scheme> schemes() {
  const auto& pool = test::key_pool();
  return {
      {"rsa-sha256", &pool.rsa_2048.front(), mkcorpus::Hash::sha256, HashAlgorithm::sha256},
      {"rsa-sha1", &pool.rsa_2048.front(), mkcorpus::Hash::sha1, HashAlgorithm::sha1},
      {"rsa-sha256, 1024", &pool.rsa_1024.front(), mkcorpus::Hash::sha256, HashAlgorithm::sha256},
      {"rsa-sha256, 512", &test::rsa_key(512), mkcorpus::Hash::sha256, HashAlgorithm::sha256},
      {"rsa-sha256, 4096", &test::rsa_key(4096), mkcorpus::Hash::sha256, HashAlgorithm::sha256},
      {"rsa-sha256, e=3", &test::rsa_key(1024, 3), mkcorpus::Hash::sha256, HashAlgorithm::sha256},
      {"ed25519", &pool.ed25519.front(), mkcorpus::Hash::sha256, HashAlgorithm::sha256},
  };
}

// [RFC6376 3.3] [RFC8463 5] [RFC8301 3.2]
TEST(Verifier, AcceptsWhatWasSignedAndNothingElse) {
  for (const Scheme& scheme : schemes()) {
    SCOPED_TRACE(scheme.name);
    const auto key = public_key(*scheme.key);
    ASSERT_TRUE(key);
    const std::string signature = sign(*scheme.key, scheme.hash, "text");
    const dkim::Digest right = digest(scheme.algorithm, "text");
    EXPECT_TRUE(verifies(key, right, signature));
    EXPECT_FALSE(verifies(key, digest(scheme.algorithm, "Text"), signature));
    for (const std::size_t at : {std::size_t{0}, signature.size() / 2, signature.size() - 1}) {
      std::string changed = signature;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      EXPECT_FALSE(verifies(key, right, changed)) << at;
    }
  }
}

// Longer or shorter than the modulus: invalid, even when the number is the same. [RFC8017 8.2.2]
TEST(Verifier, RefusesSignaturesOfAnotherLength) {
  for (const Scheme& scheme : schemes()) {
    SCOPED_TRACE(scheme.name);
    const auto key = public_key(*scheme.key);
    const dkim::Digest right = digest(scheme.algorithm, "text");
    const std::string signature = sign(*scheme.key, scheme.hash, "text");
    const std::string zero(1, '\0');
    for (const std::string& other :
         {std::string(), zero, signature + zero, signature + "x", zero + signature,
          std::string(64, '\0') + signature, signature + signature, signature.substr(1),
          signature.substr(0, signature.size() - 1), std::string(signature.size(), '\0'),
          std::string(signature.size(), '\xFF'), std::string(100'000, 'x')}) {
      EXPECT_FALSE(verifies(key, right, other)) << other.size();
    }
  }
}

TEST(Verifier, RefusesASignatureWithALeadingZeroLeftAway) {
  // About one signature in 256 begins with a zero octet; without it, it is too short.
  const auto& signing = test::key_pool().rsa_1024.front();
  const auto key = public_key(signing);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = std::to_string(i);
    const std::string signature = sign(signing, mkcorpus::Hash::sha256, text);
    if (signature.front() != '\0') continue;
    EXPECT_TRUE(verifies(key, digest(HashAlgorithm::sha256, text), signature));
    EXPECT_FALSE(verifies(key, digest(HashAlgorithm::sha256, text), signature.substr(1)));
    return;
  }
  FAIL() << "no such signature in 5000";
}

// The hash is named by what is signed: a SHA-1 signature is none of a SHA-256 digest.
TEST(Verifier, KeepsTheHashesApart) {
  const auto& signing = test::key_pool().rsa_2048.front();
  const auto key = public_key(signing);
  const std::string sha1 = sign(signing, mkcorpus::Hash::sha1, "text");
  const std::string sha256 = sign(signing, mkcorpus::Hash::sha256, "text");
  EXPECT_FALSE(verifies(key, digest(HashAlgorithm::sha256, "text"), sha1));
  EXPECT_FALSE(verifies(key, digest(HashAlgorithm::sha1, "text"), sha256));
}

// [RFC8463 3] not over the header data itself, but over its SHA-256.
TEST(Verifier, Ed25519SignsTheHash) {
  const auto& signing = test::key_pool().ed25519.front();
  const auto key = public_key(signing);
  const std::string over_text = signing.sign(mkcorpus::Hash::sha256, "text");
  EXPECT_FALSE(verifies(key, digest(HashAlgorithm::sha256, "text"), over_text));
  EXPECT_TRUE(verifies(key, digest(HashAlgorithm::sha256, "text"),
                       sign(signing, mkcorpus::Hash::sha256, "text")));
}

TEST(Verifier, KeysOfOneKindDoNotStandInForEachOther) {
  for (const Scheme& signer : schemes()) {
    const std::string signature = sign(*signer.key, signer.hash, "text");
    for (const Scheme& other : schemes()) {
      if (other.key == signer.key) continue;
      EXPECT_FALSE(verifies(public_key(*other.key), digest(signer.algorithm, "text"), signature))
          << signer.name << " under " << other.name;
    }
  }
}

// A context once kept the first key that it was used with. Many keys, in any order, in one batch
// and in several: each check has its own result.
TEST(Verifier, ManyKeysInterleaved) {
  const auto& pool = test::key_pool();
  std::vector<const mkcorpus::SigningKey*> signers;
  for (const auto& key : pool.ed25519) signers.push_back(&key);
  for (const auto& key : pool.rsa_1024) signers.push_back(&key);
  for (const auto& key : pool.rsa_2048) signers.push_back(&key);
  ASSERT_GE(pool.ed25519.size(), 2U);
  std::vector<std::shared_ptr<const PublicKey>> keys;
  for (const auto* signer : signers) keys.push_back(public_key(*signer));

  struct Expected {
    std::size_t key;
    dkim::Digest digest;
    std::string signature;
    bool verified;
  };
  std::mt19937 random(11);
  Verifier verifier;
  std::size_t good = 0;
  for (int batch = 0; batch < 6; ++batch) {
    std::vector<Expected> table;
    for (int i = 0; i < 60; ++i) {
      const std::size_t signer = random() % signers.size();
      const bool right_key = random() % 3 != 0;
      const std::size_t key = right_key ? signer : random() % signers.size();
      const bool is_rsa = keys[signer]->type() == dkim::KeyType::rsa;
      const bool sha1 = is_rsa && random() % 2 == 0;
      const std::string text = std::to_string(random() % 8);
      table.push_back(
          {key, digest(sha1 ? HashAlgorithm::sha1 : HashAlgorithm::sha256, text),
           sign(*signers[signer], sha1 ? mkcorpus::Hash::sha1 : mkcorpus::Hash::sha256, text),
           key == signer});
    }
    std::vector<Check> checks;
    for (const Expected& row : table) {
      checks.push_back({keys[row.key], &row.digest, row.signature, !row.verified});
    }
    verifier.verify(checks);
    for (std::size_t i = 0; i < checks.size(); ++i) {
      EXPECT_EQ(checks[i].verified, table[i].verified) << batch << ' ' << i;
      if (table[i].verified) ++good;
    }
  }
  EXPECT_GT(good, 100U);
}

TEST(Verifier, NothingToDo) {
  Verifier verifier;
  verifier.verify({});
  Verifier moved = std::move(verifier);
  moved.verify({});
}

}  // namespace
}  // namespace mailassay::crypto
