// [RFC6376 3.4.3] simple, [RFC6376 3.4.4] relaxed.
#include "dkim/canonical_body.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "base/base64.h"
#include "base/bytes.h"
#include "crypto/hasher.h"
#include "support/exact_copy.h"

namespace mailassay::dkim {
namespace {

std::string canonical(BodyCanon canon, std::string_view first, std::string_view second = {},
                      std::string_view third = {}) {
  BodyCanonicalizer canonicalizer(canon);
  StringSink sink;
  canonicalizer.begin(sink);
  for (const std::string_view piece : {first, second, third}) {
    const test::ExactCopy copy(piece);
    canonicalizer.feed(copy.view());
  }
  const std::uint64_t length = canonicalizer.finish();
  EXPECT_EQ(length, sink.text().size());
  return sink.text();
}

struct Case {
  std::string_view what, body, simple, relaxed;
};

constexpr Case kCases[] = {
    {"empty", "", "\r\n", ""},
    {"one CRLF", "\r\n", "\r\n", ""},
    {"one LF", "\n", "\r\n", ""},
    {"only line ends", "\r\n\n\r\n", "\r\n", ""},
    {"a line of blanks", " \t\r\n", " \t\r\n", ""},
    {"lines of blanks", " \r\n\t\r\n  \r\n", " \r\n\t\r\n  \r\n", ""},
    {"blanks without line end", "  ", "  \r\n", ""},
    {"empty lines at the end", "a\r\n\r\n\r\n", "a\r\n", "a\r\n"},
    {"empty lines at the end, LF", "a\n\n\n", "a\r\n", "a\r\n"},
    {"blank lines at the end", "a\r\n \r\n\t\r\n", "a\r\n \r\n\t\r\n", "a\r\n"},
    {"blank, then empty lines", "a\r\n \r\n\r\n\r\n", "a\r\n \r\n", "a\r\n"},
    {"no line end", "a", "a\r\n", "a\r\n"},
    {"no line end behind a blank", "a ", "a \r\n", "a\r\n"},
    {"no line end behind another line", "a\r\nb", "a\r\nb\r\n", "a\r\nb\r\n"},
    {"white space at line ends", "a \t\r\nb\t\r\n", "a \t\r\nb\t\r\n", "a\r\nb\r\n"},
    {"runs inside", "a  b\tc \t d\r\n", "a  b\tc \t d\r\n", "a b c d\r\n"},
    {"white space at the front becomes one SP", "  a\r\n\tb\r\n", "  a\r\n\tb\r\n", " a\r\n b\r\n"},
    {"empty lines inside stay", "a\r\n\r\n\r\nb\r\n", "a\r\n\r\n\r\nb\r\n", "a\r\n\r\n\r\nb\r\n"},
    {"empty lines at the front stay", "\r\n\r\na\r\n", "\r\n\r\na\r\n", "\r\n\r\na\r\n"},
    {"blank lines at the front become empty", " \r\n\t\r\na\r\n", " \r\n\t\r\na\r\n",
     "\r\n\r\na\r\n"},
    {"bare LF is a line end", "a\nb\n", "a\r\nb\r\n", "a\r\nb\r\n"},
    {"mixed", "a\r\nb\nc", "a\r\nb\r\nc\r\n", "a\r\nb\r\nc\r\n"},
    {"CR alone is text", "a\rb\r\n", "a\rb\r\n", "a\rb\r\n"},
    {"CR at the end", "a\r", "a\r\r\n", "a\r\r\n"},
    {"CR only", "\r", "\r\r\n", "\r\r\n"},
    {"CR CR LF", "a\r\r\n", "a\r\r\n", "a\r\r\n"},
    {"blank before a CR alone", "a \rb\r\n", "a \rb\r\n", "a \rb\r\n"},
    {"blank CR CR LF", "a \r\r\n", "a \r\r\n", "a \r\r\n"},
    {"CR blank LF", "a\r \n", "a\r \r\n", "a\r\r\n"},
    {"LF CR", "a\n\r", "a\r\n\r\r\n", "a\r\n\r\r\n"},
    {"no other octet is white space", "a\v \f\xA0 \r\n", "a\v \f\xA0 \r\n", "a\v \f\xA0\r\n"},
    // The example of [RFC6376 3.4.5].
    {"example", " C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n"},
};

TEST(CanonicalBody, Table) {
  for (const Case& c : kCases) {
    EXPECT_EQ(canonical(BodyCanon::simple, c.body), c.simple) << c.what;
    EXPECT_EQ(canonical(BodyCanon::relaxed, c.body), c.relaxed) << c.what;
  }
}

// The output depends on the concatenation, not on the borders of the pieces.
TEST(CanonicalBody, EveryBorder) {
  for (const Case& c : kCases) {
    for (std::size_t i = 0; i <= c.body.size(); ++i) {
      for (std::size_t j = i; j <= c.body.size(); ++j) {
        const std::string_view a = c.body.substr(0, i);
        const std::string_view b = c.body.substr(i, j - i);
        const std::string_view d = c.body.substr(j);
        ASSERT_EQ(canonical(BodyCanon::simple, a, b, d), c.simple)
            << c.what << ' ' << i << ' ' << j;
        ASSERT_EQ(canonical(BodyCanon::relaxed, a, b, d), c.relaxed)
            << c.what << ' ' << i << ' ' << j;
      }
    }
  }
}

TEST(CanonicalBody, OctetByOctet) {
  for (const Case& c : kCases) {
    for (const BodyCanon canon : {BodyCanon::simple, BodyCanon::relaxed}) {
      BodyCanonicalizer canonicalizer(canon);
      StringSink sink;
      canonicalizer.begin(sink);
      for (const char octet : c.body) canonicalizer.feed({&octet, 1});
      canonicalizer.finish();
      EXPECT_EQ(sink.text(), canon == BodyCanon::simple ? c.simple : c.relaxed) << c.what;
    }
  }
}

// Each case behind text that puts it over each place of the 64 octets that are scanned at once.
TEST(CanonicalBody, EveryPlaceInABlock) {
  for (const Case& c : kCases) {
    for (std::size_t before = 1; before <= 130; ++before) {
      const std::string text = std::string(before - 1, 'x') + "\r\n";
      // An empty body behind a line is nothing.
      const std::string body = text + std::string(c.body);
      const bool nothing = c.simple == "\r\n";
      ASSERT_EQ(canonical(BodyCanon::simple, body),
                before == 1 && nothing ? "\r\n" : text + std::string(nothing ? "" : c.simple))
          << c.what << ' ' << before;
      ASSERT_EQ(canonical(BodyCanon::relaxed, body),
                before == 1 && c.relaxed.empty() ? "" : text + std::string(c.relaxed))
          << c.what << ' ' << before;
    }
  }
}

TEST(CanonicalBody, ForgetsWithBegin) {
  BodyCanonicalizer canonicalizer(BodyCanon::relaxed);
  StringSink first;
  canonicalizer.begin(first);
  canonicalizer.feed("a \r\n\r\nb \r");
  StringSink second;
  canonicalizer.begin(second);
  canonicalizer.feed("\nc");
  EXPECT_EQ(canonicalizer.finish(), 5U);
  EXPECT_EQ(second.text(), "\r\nc\r\n");
}

// The published hashes of the empty body. [RFC6376 3.4.3] [RFC6376 3.4.4]
TEST(CanonicalBody, PublishedHashesOfTheEmptyBody) {
  struct {
    BodyCanon canon;
    crypto::HashAlgorithm algorithm;
    std::string_view hash;
  } const kHashes[] = {
      {BodyCanon::simple, crypto::HashAlgorithm::sha256,
       "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY="},
      {BodyCanon::simple, crypto::HashAlgorithm::sha1, "uoq1oCgLlTqpdDX/iUbLy7J1Wic="},
      {BodyCanon::relaxed, crypto::HashAlgorithm::sha256,
       "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
      {BodyCanon::relaxed, crypto::HashAlgorithm::sha1, "2jmj7l5rSw0yVb/vlWAYkK/YBwk="}};
  for (const auto& [canon, algorithm, hash] : kHashes) {
    crypto::Hasher hasher(algorithm);
    hasher.update(canonical(canon, ""));
    const Digest digest = hasher.finish();
    EXPECT_EQ(encode_base64(as_text(digest.octets.data(), digest.size)), hash);
  }
}

}  // namespace
}  // namespace mailassay::dkim
