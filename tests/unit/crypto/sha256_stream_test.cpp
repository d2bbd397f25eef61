// Hashes taken side by side have to be what OpenSSL gives for each alone. [RFC6234]
#include "crypto/sha256_stream.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <string>
#include <vector>

#include "base/base64.h"
#include "base/bytes.h"
#include "support/exact_copy.h"

namespace mailassay::crypto {
namespace {

#define SKIP_WITHOUT_LANES()                                            \
  if (!has_sha256_lanes())                                              \
  GTEST_SKIP() << "this processor has no SHA instructions: NOT TESTED " \
                  "HERE"

std::string text_of(const dkim::Digest& digest) {
  return encode_base64(as_text(digest.octets.data(), digest.size));
}

std::string by_openssl(std::string_view text) {
  Hasher hasher(HashAlgorithm::sha256);
  hasher.update(text);
  return text_of(hasher.finish());
}

std::string random_text(std::size_t size, std::mt19937& random) {
  std::string text(size, '\0');
  for (char& c : text) c = static_cast<char>(random() & 0xFFU);
  return text;
}

class Sha256StreamOf : public testing::TestWithParam<Sha256Backend> {};

// Published values of the empty and the CRLF body. [RFC6376 3.4.3] [RFC6376 3.4.4]
TEST_P(Sha256StreamOf, YieldsThePublishedHashes) {
  Sha256Stream stream(GetParam());
  EXPECT_EQ(text_of(stream.finish()), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  stream.begin();
  stream.feed("\r\n");
  EXPECT_EQ(text_of(stream.finish()), "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
}

// Every length around the padding's borders of 55, 56 and 64 octets. [RFC6234 4.1]
TEST_P(Sha256StreamOf, EveryLength) {
  std::mt19937 random(1);
  Sha256Stream stream(GetParam());
  for (std::size_t size = 0; size <= 300; ++size) {
    const std::string text = random_text(size, random);
    stream.begin();
    stream.feed(text);
    EXPECT_EQ(text_of(stream.finish()), by_openssl(text)) << size;
  }
}

TEST_P(Sha256StreamOf, DoesNotDependOnPieces) {
  std::mt19937 random(2);
  const std::string text = random_text(5000, random);
  Sha256Stream stream(GetParam());
  for (int round = 0; round < 300; ++round) {
    stream.begin();
    std::deque<test::ExactCopy> pieces;  // alive while they may wait
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = random() % (round % 2 == 0 ? 70 : 700);
      const std::string_view piece = std::string_view(text).substr(at, size);
      stream.feed(pieces.emplace_back(piece).view());
      if (random() % 3 == 0) stream.hash_waiting();
      at += piece.size();
    }
    ASSERT_EQ(text_of(stream.finish()), by_openssl(text)) << round;
  }
}

TEST_P(Sha256StreamOf, ForgetsWithBegin) {
  const std::string text(200, 'a');
  Sha256Stream stream(GetParam());
  stream.feed(text);
  stream.begin();
  EXPECT_FALSE(stream.waits());
  stream.feed("abc");
  EXPECT_EQ(text_of(stream.finish()), by_openssl("abc"));
}

INSTANTIATE_TEST_SUITE_P(Backends, Sha256StreamOf,
                         testing::Values(Sha256Backend::fastest, Sha256Backend::openssl));

TEST(Sha256Stream, NothingWaitsWithOpenssl) {
  const std::string text(200, 'a');
  Sha256Stream stream(Sha256Backend::openssl);
  stream.feed(text);
  EXPECT_FALSE(stream.waits());
}

TEST(Sha256Stream, LessThanABlockDoesNotWait) {
  SKIP_WITHOUT_LANES();
  const std::string text(kSha256BlockBytes, 'a');
  Sha256Stream stream;
  stream.feed(std::string_view(text).substr(1));
  EXPECT_FALSE(stream.waits());
  stream.begin();
  stream.feed(text);
  EXPECT_TRUE(stream.waits());
}

TEST(Sha256Stream, SideBySide) {
  SKIP_WITHOUT_LANES();
  std::mt19937 random(3);
  for (std::size_t count = 1; count <= 2 * kSha256Lanes + 1; ++count) {
    for (int round = 0; round < 50; ++round) {
      std::deque<test::ExactCopy> texts;
      std::deque<Sha256Stream> streams;
      std::vector<Sha256Stream*> waiting;
      for (std::size_t i = 0; i < count; ++i) {
        const auto& text = texts.emplace_back(random_text(random() % 2000, random));
        Sha256Stream& stream = streams.emplace_back();
        const std::size_t cut = std::min<std::size_t>(random() % 100, text.view().size());
        stream.feed(text.view().substr(0, cut));
        stream.feed(text.view().substr(cut));
        if (stream.waits()) waiting.push_back(&stream);
      }
      while (!waiting.empty()) {
        hash_together(waiting);
        const std::size_t before = waiting.size();
        std::erase_if(waiting, [](const Sha256Stream* stream) { return !stream->waits(); });
        ASSERT_LT(waiting.size(), before);  // or it would never end
      }
      for (std::size_t i = 0; i < count; ++i) {
        ASSERT_EQ(text_of(streams[i].finish()), by_openssl(texts[i].view())) << count;
      }
    }
  }
}

}  // namespace
}  // namespace mailassay::crypto
