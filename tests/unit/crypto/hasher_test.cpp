#include "crypto/hasher.h"

#include <gtest/gtest.h>

#include <string>

#include "base/base64.h"
#include "base/bytes.h"

namespace mailassay::crypto {
namespace {

std::string text_of(const dkim::Digest& digest) {
  return encode_base64(as_text(digest.octets.data(), digest.size));
}

std::string hash(HashAlgorithm algorithm, std::string_view text) {
  Hasher hasher(algorithm);
  hasher.update(text);
  return text_of(hasher.finish());
}

// Published values of the empty and the CRLF body. [RFC6376 3.4.3] [RFC6376 3.4.4]
TEST(Hasher, YieldsThePublishedHashes) {
  EXPECT_EQ(hash(HashAlgorithm::sha1, ""), "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
  EXPECT_EQ(hash(HashAlgorithm::sha256, ""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(hash(HashAlgorithm::sha1, "\r\n"), "uoq1oCgLlTqpdDX/iUbLy7J1Wic=");
  EXPECT_EQ(hash(HashAlgorithm::sha256, "\r\n"), "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
}

TEST(Hasher, DoesNotDependOnPieces) {
  const std::string text(1000, 'a');
  for (std::size_t cut = 0; cut <= text.size(); cut += 37) {
    Hasher hasher(HashAlgorithm::sha256);
    hasher.update(std::string_view(text).substr(0, cut));
    hasher.update({});
    hasher.update(std::string_view(text).substr(cut));
    EXPECT_EQ(text_of(hasher.finish()), hash(HashAlgorithm::sha256, text));
  }
}

TEST(Hasher, ForgetsWithBegin) {
  Hasher hasher(HashAlgorithm::sha1);
  hasher.update("abc");
  hasher.begin();
  EXPECT_EQ(text_of(hasher.finish()), hash(HashAlgorithm::sha1, ""));
  hasher.begin();
  hasher.update("abc");
  Hasher moved = std::move(hasher);
  EXPECT_EQ(text_of(moved.finish()), hash(HashAlgorithm::sha1, "abc"));
  EXPECT_NE(hash(HashAlgorithm::sha1, "abc"), hash(HashAlgorithm::sha1, "abd"));
}

TEST(Hasher, ResumesWhereAnotherIs) {
  Hasher prefix(HashAlgorithm::sha256);
  Hasher branch(HashAlgorithm::sha256);
  prefix.update("ab");
  for (const std::string tail : {"c", "", "cd"}) {
    branch.update("what is forgotten");
    branch.resume(prefix);
    branch.update(tail);
    EXPECT_EQ(text_of(branch.finish()), hash(HashAlgorithm::sha256, "ab" + tail));
  }
  prefix.update("c");
  EXPECT_EQ(text_of(prefix.finish()), hash(HashAlgorithm::sha256, "abc"));
}

TEST(Hasher, SaysItsSize) {
  Hasher sha1(HashAlgorithm::sha1);
  Hasher sha256(HashAlgorithm::sha256);
  EXPECT_EQ(sha1.finish().size, 20U);
  EXPECT_EQ(sha256.finish().size, 32U);
  EXPECT_EQ(sha1.algorithm(), HashAlgorithm::sha1);
}

}  // namespace
}  // namespace mailassay::crypto
