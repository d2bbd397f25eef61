// What b= signs. [RFC6376 3.7] [RFC6376 3.5 b=]
#include "dkim/header_hash.h"

#include <gtest/gtest.h>

#include <string>

#include "base/bytes.h"
#include "support/exact_copy.h"
#include "support/signed_message.h"

namespace mailassay::dkim {
namespace {

constexpr std::string_view kBodyHash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

/// The input of the hash of the DKIM-Signature field `own` of a message.
std::string input(std::string_view text, std::uint32_t own = 0) {
  const test::ExactCopy copy(text);
  message::HeaderIndex header;
  header.build(copy.view());
  const ParsedSignature signature = parse_signature(header.value(header.fields()[own]), {});
  EXPECT_EQ(signature.facts.fault, Reason::none) << static_cast<int>(signature.facts.fault);
  HeaderHash hash;
  const std::string made = hash.input(header, signature, own);
  EXPECT_EQ(hash.last_input_size(), made.size());
  const Digest digest = hash.compute(header, signature, own);
  const auto algorithm = digest.size == 20 ? mkcorpus::Hash::sha1 : mkcorpus::Hash::sha256;
  EXPECT_EQ(as_text(digest.octets.data(), digest.size), mkcorpus::hash_octets(algorithm, made));
  return made;
}

std::string tags(std::string_view rest) {
  return "v=1; a=rsa-sha256; d=example.com; s=s; bh=" + std::string(kBodyHash) + "; " +
         std::string(rest);
}

// Fields in the order of h= with CRLF, then the signature without one. [RFC6376 3.7]
TEST(HeaderHash, PutsTheSignatureLastWithoutLineEnd) {
  const std::string own = "DKIM-Signature: " + tags("h=to:from; c=simple; b=");
  EXPECT_EQ(input(own + "YWJj\r\nFrom: a\r\nTo: b\r\n\r\n"), "To: b\r\nFrom: a\r\n" + own);
  const std::string relaxed = tags("h=to:from; c=relaxed; b=");
  EXPECT_EQ(input("DKIM-Signature:  " + relaxed + "YWJj\r\nFrom:   a \r\nTO : b\r\n\r\n"),
            "to:b\r\nfrom:a\r\ndkim-signature:" + relaxed);
}

// Only the value of b= goes, with all white space around it. [RFC6376 3.5] [RFC6376 3.7]
TEST(HeaderHash, TakesTheValueOfBOutAndNothingElse) {
  struct {
    std::string_view what, before, value, after;
  } const kCases[] = {
      {"at the end", "h=from; b=", "YWJj", ""},
      {"in the middle", "h=from; b=", "YWJj", "; z=x"},
      {"at the front", "b=", "YWJj", "; h=from"},
      {"folded", "h=from; b=", " YW\r\n\tJj\r\n ", "; z=x"},
      {"blanks before the equals sign stay", "h=from; b \t=", "\t YWJj ", ";"},
      {"folding before the equals sign stays", "h=from; b\r\n =", "YWJj", "; z=x"},
      {"bh= holds b=, so to speak", "h=from; xbh=b=YWJj; b=", "YWJj", ""},
      {"z= tells of a b=", "h=from; z=From:a=b|b=3DYWJj; b=", "YWJj", "; zz=b=YWJj"},
      {"equal text elsewhere", "h=from; x=99; xx=YWJj; b=", "YWJj", "; xy=YWJj"},
      {"a name that ends with b", "h=from; ab=YWJj; b=", "YWJj", ""},
      {"another case", "h=from; B=YWJj; b=", "YWJj", ""},
  };
  for (const auto& [what, before, value, after] : kCases) {
    const std::string front = "DKIM-Signature: " + tags(before);
    const std::string message =
        front + std::string(value) + std::string(after) + "\r\nFrom: a\r\n\r\n";
    EXPECT_EQ(input(message), "From: a\r\n" + front + std::string(after)) << what;
  }
}

// Stored with LF: the network had CRLF. [RFC6376 3.4]
TEST(HeaderHash, DoesNotDependOnStoredLineEnds) {
  const std::string message =
      "DKIM-Signature: " + tags("c=simple;\r\n h=from:\r\n subject; b=YW\r\n Jj;\r\n z=x") +
      "\r\nFrom: a\r\n b\r\nSubject: x\r\n\r\n";
  EXPECT_EQ(input(message), input(test::as_stored(message)));
}

// Other signatures keep their b= when they are signed. [RFC6376 3.7]
TEST(HeaderHash, OtherSignaturesAreFieldsLikeAny) {
  const std::string own = "DKIM-Signature: " + tags("h=from:dkim-signature:dkim-signature; b=");
  const std::string other = "DKIM-Signature: v=1; b=other";
  EXPECT_EQ(input(own + "YWJj\r\n" + other + "\r\nFrom: a\r\n\r\n"),
            "From: a\r\n" + other + "\r\n" + own);
  EXPECT_EQ(input(other + "\r\n" + own + "YWJj\r\nFrom: a\r\n\r\n", 1),
            "From: a\r\n" + other + "\r\n" + own);
}

TEST(HeaderHash, OversignedNamesGiveNothing) {
  const std::string own = "DKIM-Signature: " + tags("h=from:from:x:x; b=");
  EXPECT_EQ(input(own + "YWJj\r\nFrom: a\r\n\r\n"), "From: a\r\n" + own);
  EXPECT_EQ(input(own + "YWJj\r\nFrom: b\r\nFrom: a\r\n\r\n"), "From: a\r\nFrom: b\r\n" + own);
}

TEST(HeaderHash, Sha1) {
  const std::string own =
      "DKIM-Signature: v=1; a=rsa-sha1; d=example.com; s=s; bh=2jmj7l5rSw0yVb/vlWAYkK/YBwk=; "
      "h=from; b=";
  EXPECT_EQ(input(own + "YWJj\r\nFrom: a\r\n\r\n"), "From: a\r\n" + own);
}

}  // namespace
}  // namespace mailassay::dkim
