#include "mkcorpus/reference_canon.h"

#include <gtest/gtest.h>

#include "mkcorpus/signing_key.h"
#include "mkcorpus/text_encoding.h"
#include "support/exact_copy.h"

namespace mkcorpus::reference {
namespace {

using mailassay::test::ExactCopy;

struct BodyCase {
  std::string body;
  std::string simple;
  std::string relaxed;
};

TEST(ReferenceCanon, CanonicalizesBodies) {
  const std::vector<BodyCase> cases = {
      // The example of [RFC6376 3.4.5].
      {" C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n"},
      {"", "\r\n", ""},  // [RFC6376 3.4.3] [RFC6376 3.4.4]
      {"\r\n\r\n", "\r\n", ""},
      {" \r\n\t\r\n", " \r\n\t\r\n", ""},  // blanks first, empty lines second
      {"a", "a\r\n", "a\r\n"},             // the last line lacks its CRLF
      {"a\r\n ", "a\r\n \r\n", "a\r\n"},
      {"\t a\r\n", "\t a\r\n", " a\r\n"},    // leading WSP is kept as one SP
      {"a\rb\r\n", "a\rb\r\n", "a\rb\r\n"},  // CR alone is neither line end nor WSP
      {"\r\na\r\n", "\r\na\r\n", "\r\na\r\n"},
  };
  for (const BodyCase& c : cases) {
    const ExactCopy body(c.body);
    EXPECT_EQ(canonical_body(body.view(), Canon::simple), c.simple) << c.body;
    EXPECT_EQ(canonical_body(body.view(), Canon::relaxed), c.relaxed) << c.body;
  }
}

TEST(ReferenceCanon, HashesOfEmptyBodies) {
  const auto hash = [](Hash kind, Canon canon) {
    return base64_encoded(hash_octets(kind, canonical_body("", canon)));
  };
  // Printed in [RFC6376 3.4.3] and [RFC6376 3.4.4].
  EXPECT_EQ(hash(Hash::sha256, Canon::simple), "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
  EXPECT_EQ(hash(Hash::sha1, Canon::simple), "uoq1oCgLlTqpdDX/iUbLy7J1Wic=");
  EXPECT_EQ(hash(Hash::sha256, Canon::relaxed), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(hash(Hash::sha1, Canon::relaxed), "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
}

TEST(ReferenceCanon, LengthCountsCanonicalOctets) {
  const std::string body = "a  b\r\n\r\n";  // relaxed: "a b\r\n" [RFC6376 3.5 l=]
  EXPECT_EQ(canonical_body_prefix(body, Canon::relaxed, 5), "a b\r\n");
  EXPECT_EQ(canonical_body_prefix(body, Canon::relaxed, 4), "a b\r");
  EXPECT_EQ(canonical_body_prefix(body, Canon::relaxed, 0), "");
  EXPECT_EQ(canonical_body_prefix(body, Canon::simple, 0), "");
  EXPECT_EQ(canonical_body_prefix(body, Canon::relaxed, 6), std::nullopt);
  EXPECT_EQ(canonical_body_prefix(body, Canon::relaxed, std::nullopt), "a b\r\n");
}

TEST(ReferenceCanon, CanonicalizesFields) {
  struct Case {
    std::string field;
    std::string relaxed;
  };
  const std::vector<Case> cases = {
      // The example of [RFC6376 3.4.5].
      {"A: X", "a:X"},          {"B : Y\t\r\n\tZ  ", "b:Y Z"},
      {"Subject:", "subject:"},  // [RFC6376 3.4.2]
      {"X:\r\n y", "x:y"},      {"X: a:b\t \tC", "x:a:b C"},
  };
  for (const Case& c : cases) {
    const ExactCopy field(c.field);
    EXPECT_EQ(canonical_field(field.view(), Canon::relaxed), c.relaxed);
    EXPECT_EQ(canonical_field(field.view(), Canon::simple), c.field);
  }
}

TEST(ReferenceCanon, EmptiesTheSignatureAndNothingElse) {
  struct Case {
    std::string field;
    std::string expected;
  };
  const std::vector<Case> cases = {
      // [RFC6376 3.7] with the folding around the value; a WSP before "=" stays.
      {"D: v=1; b=abc", "D: v=1; b="},
      {"D: v=1; b=abc\r\n def; bh=ghi", "D: v=1; b=; bh=ghi"},
      {"D:b=abc;", "D:b=;"},
      {"D: bh=abc; \r\n\tb = x\r\n y ", "D: bh=abc; \r\n\tb ="},
      {"D: z=b=1; bb=2;b=3;B=4", "D: z=b=1; bb=2;b=;B=4"},
  };
  for (const Case& c : cases) {
    const ExactCopy field(c.field);
    EXPECT_EQ(without_signature_value(field.view()), c.expected);
  }
}

TEST(ReferenceCanon, SelectsFieldsFromTheBottom) {
  const std::vector<std::string> fields = {"DKIM-Signature: b=x", "A: 1", "B: 2", "a: 3",
                                           "DKIM-Signature: b=y"};
  const auto input = [&](std::size_t own, const std::vector<std::string>& names) {
    return header_hash_input(fields, own, names, Canon::relaxed);
  };
  // [RFC6376 5.4.2]
  EXPECT_EQ(input(0, {"a"}), "a:3\r\ndkim-signature:b=");
  EXPECT_EQ(input(0, {"A", "b", "a"}), "a:3\r\nb:2\r\na:1\r\ndkim-signature:b=");
  EXPECT_EQ(input(0, {"a", "a", "a", "x"}), "a:3\r\na:1\r\ndkim-signature:b=");
  // The own field is never selected, another one is with its b=. [RFC6376 3.7]
  EXPECT_EQ(input(0, {"dkim-signature", "dkim-signature"}),
            "dkim-signature:b=y\r\ndkim-signature:b=");
  EXPECT_EQ(input(4, {"dkim-signature"}), "dkim-signature:b=x\r\ndkim-signature:b=");
}

TEST(ReferenceCanon, SplitsStoredMessages) {
  struct Case {
    std::string stored;
    std::vector<std::string> fields;
    std::string body;
  };
  const std::vector<Case> cases = {
      {"A: 1\n b\n\nbody\n", {"A: 1\r\n b"}, "body\r\n"},
      {"A: 1\r\n\r\n\r\nx\ny", {"A: 1"}, "\r\nx\r\ny"},
      {"A: 1", {"A: 1"}, ""},  // no separator: all header
      {"\nbody\n", {}, "body\r\n"},
      {"A: 1\n \n b\n\n", {"A: 1\r\n \r\n b"}, ""},  // a line of blanks continues the field
      {">From x@y Sat Apr 12 15:59:28 2025\njunk\n more\nA : 1\n\n", {"A : 1"}, ""},
      {"", {}, ""},
  };
  for (const Case& c : cases) {
    const ExactCopy stored(c.stored);
    const Message message = split_message(stored.view());
    EXPECT_EQ(message.fields, c.fields) << c.stored;
    EXPECT_EQ(message.body, c.body) << c.stored;
  }
}

}  // namespace
}  // namespace mkcorpus::reference
