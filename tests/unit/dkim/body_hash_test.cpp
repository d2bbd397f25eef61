// bh=, l= and which hashes are made. [RFC6376 3.5] [RFC6376 3.7] [RFC6376 6.1.3]
#include "dkim/body_hash.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "support/signed_message.h"

namespace mailassay::dkim {
namespace {

std::string octets_of(const Digest& digest) {
  return std::string(as_text(digest.octets.data(), digest.size));
}

std::string sha256(std::string_view text) {
  return mkcorpus::hash_octets(mkcorpus::Hash::sha256, text);
}

SignatureFacts wish(BodyCanon canon, std::optional<std::uint64_t> length = {},
                    Algorithm algorithm = Algorithm::rsa_sha256) {
  SignatureFacts facts;
  facts.algorithm = algorithm;
  facts.header_canon = HeaderCanon::relaxed;
  facts.body_canon = canon;
  facts.body_length = length;
  return facts;
}

std::uint64_t run(BodyHash& hash, std::vector<SignatureFacts>& facts, std::string_view body,
                  std::size_t piece = std::string_view::npos) {
  hash.begin(facts);
  for (std::size_t at = 0; at < body.size(); at += std::min(piece, body.size())) {
    hash.feed(body.substr(at, piece));
  }
  return hash.finish(facts);
}

SignatureFacts hashed(SignatureFacts facts, std::string_view body) {
  BodyHash hash;
  std::vector<SignatureFacts> list = {facts};
  run(hash, list, body);
  return list.front();
}

// l= counts octets of the canonicalized body, after trailing lines are gone. [RFC6376 3.5]
TEST(BodyHash, Length) {
  constexpr std::string_view kBody = "a  b \r\nc\r\n\r\n\r\n";  // relaxed: "a b\r\nc\r\n", 8 octets
  struct {
    std::uint64_t length;
    std::string_view covered;
  } const kCases[] = {{0, ""},        {1, "a"},          {2, "a "},
                      {3, "a b"},     {4, "a b\r"},  // inside a CRLF
                      {5, "a b\r\n"}, {7, "a b\r\nc\r"}, {8, "a b\r\nc\r\n"}};
  for (const auto& [length, covered] : kCases) {
    const SignatureFacts facts = hashed(wish(BodyCanon::relaxed, length), kBody);
    EXPECT_EQ(facts.fault, Reason::none) << length;
    ASSERT_TRUE(facts.body_hash) << length;
    EXPECT_EQ(octets_of(*facts.body_hash), sha256(covered)) << length;
    EXPECT_EQ(facts.canonical_body_length, 8U);
  }
  // Larger than the body: not allowed. [RFC6376 3.5]
  for (const std::uint64_t length :
       {std::uint64_t{9}, std::uint64_t{15}, std::numeric_limits<std::uint64_t>::max()}) {
    const SignatureFacts facts = hashed(wish(BodyCanon::relaxed, length), kBody);
    EXPECT_EQ(facts.fault, Reason::body_length_exceeds) << length;
    EXPECT_FALSE(facts.body_hash || facts.body_match);
    EXPECT_EQ(facts.canonical_body_length, 8U);
  }
}

TEST(BodyHash, LengthZeroHashesNothing) {
  for (const BodyCanon canon : {BodyCanon::simple, BodyCanon::relaxed}) {
    for (const std::string_view body : {"", "\r\n", "text"}) {
      const SignatureFacts facts = hashed(wish(canon, 0), body);
      EXPECT_EQ(octets_of(*facts.body_hash), sha256(""));
      EXPECT_EQ(facts.fault, Reason::none);
    }
  }
}

TEST(BodyHash, LengthOfTheEmptyBody) {
  EXPECT_EQ(hashed(wish(BodyCanon::simple, 2), "").fault, Reason::none);
  EXPECT_EQ(octets_of(*hashed(wish(BodyCanon::simple, 1), "").body_hash), sha256("\r"));
  EXPECT_EQ(hashed(wish(BodyCanon::simple, 3), "").fault, Reason::body_length_exceeds);
  EXPECT_EQ(hashed(wish(BodyCanon::relaxed, 1), "\r\n").fault, Reason::body_length_exceeds);
}

TEST(BodyHash, BothHashes) {
  SignatureFacts facts = hashed(wish(BodyCanon::simple, {}, Algorithm::rsa_sha1), "a");
  EXPECT_EQ(octets_of(*facts.body_hash), mkcorpus::hash_octets(mkcorpus::Hash::sha1, "a\r\n"));
  EXPECT_EQ(facts.body_hash->size, 20U);
  facts = hashed(wish(BodyCanon::simple, {}, Algorithm::ed25519_sha256), "a");
  EXPECT_EQ(octets_of(*facts.body_hash), sha256("a\r\n"));
}

TEST(BodyHash, ComparesWithWhatIsDeclared) {
  SignatureFacts facts = wish(BodyCanon::simple);
  EXPECT_EQ(hashed(facts, "a").body_match, Match::mismatch);
  facts.declared_body_hash = *hashed(facts, "a").body_hash;
  EXPECT_EQ(hashed(facts, "a").body_match, Match::match);
  EXPECT_EQ(hashed(facts, "a\r\n\r\n").body_match, Match::match);
  EXPECT_EQ(hashed(facts, "a ").body_match, Match::mismatch);
  // A SHA-1 that is a prefix is none.
  facts.declared_body_hash.size = 20;
  EXPECT_EQ(hashed(facts, "a").body_match, Match::mismatch);
}

// Equal wishes are hashed once; the counter says how much was hashed.
TEST(BodyHash, SharesEqualWishes) {
  const std::string body = "a  b\r\n";  // simple 6 octets, relaxed 5
  std::vector<SignatureFacts> facts = {
      wish(BodyCanon::simple),
      wish(BodyCanon::simple),
      wish(BodyCanon::simple, {}, Algorithm::ed25519_sha256),  // SHA-256 as well
      wish(BodyCanon::relaxed),
      wish(BodyCanon::relaxed, 3),
      wish(BodyCanon::relaxed, 3),
      wish(BodyCanon::simple, {}, Algorithm::rsa_sha1),
      wish(BodyCanon::relaxed, 0),
      wish(BodyCanon::relaxed, 5)};
  BodyHash hash;
  EXPECT_EQ(run(hash, facts, body), 6U + 5U + 3U + 6U + 0U + 5U);
  EXPECT_EQ(facts[0].body_hash, facts[1].body_hash);
  EXPECT_EQ(facts[0].body_hash, facts[2].body_hash);
  EXPECT_EQ(facts[4].body_hash, facts[5].body_hash);
  EXPECT_NE(facts[0].body_hash, facts[3].body_hash);
  EXPECT_EQ(octets_of(*facts[3].body_hash), octets_of(*facts[8].body_hash));
  EXPECT_EQ(octets_of(*facts[4].body_hash), sha256("a b"));
}

TEST(BodyHash, FaultsAskForNothing) {
  std::vector<SignatureFacts> facts = {SignatureFacts{}};
  facts.front().fault = Reason::signature_syntax;
  BodyHash hash;
  hash.begin(facts);
  EXPECT_FALSE(hash.wanted());
  hash.feed("body");
  EXPECT_EQ(hash.finish(facts), 0U);
  EXPECT_FALSE(facts.front().body_hash);
  EXPECT_EQ(facts.front().fault, Reason::signature_syntax);
}

TEST(BodyHash, KeepsNothingOfTheMessageBefore) {
  BodyHash hash;
  std::vector<SignatureFacts> many(5, wish(BodyCanon::simple));
  for (std::size_t i = 0; i < many.size(); ++i) many[i].body_length = i;
  run(hash, many, "first message");
  std::vector<SignatureFacts> one = {wish(BodyCanon::simple)};
  EXPECT_EQ(run(hash, one, "x"), 3U);
  EXPECT_EQ(octets_of(*one.front().body_hash), sha256("x\r\n"));
  std::vector<SignatureFacts> none;
  EXPECT_EQ(run(hash, none, "x"), 0U);
}

// The signatures of a second list are like the others; what both ask for is hashed once.
TEST(BodyHash, TwoLists) {
  BodyHash hash;
  std::vector<SignatureFacts> first = {wish(BodyCanon::simple)};
  std::vector<SignatureFacts> second = {wish(BodyCanon::simple), wish(BodyCanon::relaxed),
                                        wish(BodyCanon::relaxed, 100)};
  hash.begin(first, second);
  hash.feed("a  b");
  EXPECT_EQ(hash.finish(first, second), 6U + 5U + 5U);
  EXPECT_EQ(octets_of(*first[0].body_hash), sha256("a  b\r\n"));
  EXPECT_EQ(second[0].body_hash, first[0].body_hash);
  EXPECT_EQ(octets_of(*second[1].body_hash), sha256("a b\r\n"));
  EXPECT_EQ(second[2].fault, Reason::body_length_exceeds);
  std::vector<SignatureFacts> none;
  hash.begin(none, second);
  EXPECT_TRUE(hash.wanted());
  hash.begin(none, none);
  EXPECT_FALSE(hash.wanted());
}

TEST(BodyHash, DoesNotDependOnPieces) {
  std::string body;
  for (int i = 0; i < 3'000; ++i) body += "line " + std::to_string(i * i) + " \t\r\n\r\n";
  BodyHash hash;
  const std::vector<SignatureFacts> wishes = {wish(BodyCanon::simple), wish(BodyCanon::relaxed),
                                              wish(BodyCanon::relaxed, 32'768),
                                              wish(BodyCanon::simple, 32'767)};
  std::vector<SignatureFacts> whole = wishes;
  run(hash, whole, body);
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, std::size_t{4096}, std::size_t{65536}}) {
    std::vector<SignatureFacts> pieces = wishes;
    run(hash, pieces, body, piece);
    for (std::size_t i = 0; i < wishes.size(); ++i)
      EXPECT_EQ(pieces[i].body_hash, whole[i].body_hash);
  }
}

// Wherever l= ends and however the body comes, a delimiter that ends behind it is one.
TEST(BodyHash, ALineThatTheLengthCuts) {
  constexpr std::string_view kBody = "a\r\n--b  c \t\r\nmore\r\n";
  struct {
    BodyCanon canon;
    std::size_t end;  ///< of the delimiter line in the canonical body
  } const kCases[] = {{BodyCanon::simple, 13}, {BodyCanon::relaxed, 10}};
  for (const auto& [canon, end] : kCases) {
    for (std::size_t length = 0; length <= end + 1; ++length) {
      for (std::size_t piece = 1; piece <= kBody.size(); ++piece) {
        BodyHash hash;
        std::vector<SignatureFacts> facts = {wish(canon, length)};
        hash.begin(facts);
        hash.watch_for("--b  c");
        for (std::size_t at = 0; at < kBody.size(); at += piece) {
          hash.feed(kBody.substr(at, piece));
        }
        hash.finish(facts);
        EXPECT_EQ(facts.front().mime_part_beyond_length, length < end) << length << ' ' << piece;
      }
    }
  }
}

}  // namespace
}  // namespace mailassay::dkim
