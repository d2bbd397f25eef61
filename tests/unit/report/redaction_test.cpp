// [RFC2104] HMAC-SHA256 in place of what names a person.
#include "report/redaction.h"

#include <gtest/gtest.h>

namespace mailassay::report {
namespace {

// HMAC_SHA256("key", "The quick brown fox jumps over the lazy dog"), a well-known value.
TEST(Redaction, IsAKeyedHash) {
  EXPECT_EQ(Redaction("key").text("The quick brown fox jumps over the lazy dog"),
            "redacted-f7bc83f430538424");
  EXPECT_NE(Redaction("key").text("a"), Redaction("kez").text("a"));
  EXPECT_NE(Redaction("key").text("a"), Redaction("key").text("A"));
  EXPECT_EQ(Redaction("key").text("a"), Redaction("key").text("a"));
  EXPECT_EQ(Redaction("key").text("").size(), 9U + 16U);
}

TEST(Redaction, KeepsTheDomainOfAddresses) {
  const Redaction redaction("key");
  EXPECT_EQ(redaction.address("jo@example.com"), redaction.text("jo") + "@example.com");
  EXPECT_EQ(redaction.address("<1.jo@example.com>"),
            "<" + redaction.text("1.jo") + "@example.com>");
  EXPECT_EQ(redaction.address("\"jo@home\"@example.com"),
            redaction.text("\"jo@home\"") + "@example.com");
  EXPECT_EQ(redaction.address("@example.com"), "@example.com");
  EXPECT_EQ(redaction.address("jo"), redaction.text("jo"));
  EXPECT_EQ(redaction.address("<jo>"), redaction.text("<jo>"));
  EXPECT_EQ(redaction.address("<@example.com>"), "<@example.com>");
}

}  // namespace
}  // namespace mailassay::report
