// Failing signatures that attack the cost of looking for a reason. The work is bounded by limits
// that count octets and candidates; the test's time limit is far above what they allow.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "diagnosis/header_search.h"

namespace mailassay::diagnosis {
namespace {

std::string repeat(std::string_view piece, std::size_t count) {
  std::string text;
  text.reserve(piece.size() * count);
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

std::string signature(std::string_view names, std::string_view tags = "") {
  return "DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d=a.example; s=s; h=from" +
         std::string(names) + ";" + std::string(tags) +
         " bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWJj\r\nFrom: a@a.example\r\n";
}

/// Nothing matches: the whole catalogue is gone through, or a limit ends it.
Repair search(const std::string& block) {
  SearchBudget budget{Limits{}};
  const auto never = [](const dkim::Digest&) { return false; };
  return HeaderSearch(Limits{}).search(block, 0, never, budget);
}

TEST(HeaderSearchPathological, TenThousandInstances) {
  EXPECT_TRUE(search(signature(":subject:to") + repeat("Subject: [a] b\r\n", 10'000)).cut);
}

TEST(HeaderSearchPathological, ALongSubject) {
  EXPECT_TRUE(search(signature(":subject") + "Subject: " + repeat("[tag] ", 40'000) + "\r\n").cut);
  const std::string replies = "Subject: " + repeat("Re: ", 60'000) + "\r\n";
  EXPECT_TRUE(search(signature(":subject") + replies).undone.empty());
}

TEST(HeaderSearchPathological, ManyFolds) {
  const std::string list = "To: " + repeat("a,\r\n ", 40'000) + "b\r\n";
  EXPECT_TRUE(search(signature(":to") + list).undone.empty());
}

TEST(HeaderSearchPathological, ManyNames) {
  std::string names;
  std::string fields;
  for (int i = 0; i < 4000; ++i) {
    names += ":x" + std::to_string(i);
    fields += "x" + std::to_string(i) + ": y\r\n";
  }
  EXPECT_TRUE(search(signature(names) + fields).cut);
}

// Steps are listed before one is tried: what is listed must not grow with names times fields.
TEST(HeaderSearchPathological, ManyFieldsOfOneName) {
  const std::string names = ":" + std::string(30'000, 'x') + repeat(":a", 4000);
  EXPECT_TRUE(search(signature(names) + repeat("a:b\r\n", 40'000)).cut);
  EXPECT_TRUE(
      search(signature(":subject") + repeat("Reply-To: a@b.example\r\n", 10'000)).undone.empty());
}

TEST(HeaderSearchPathological, ManyCopies) {
  const Repair repair =
      search(signature(":subject", " z=" + repeat("a:b|", 10'000) + ";") + "Subject: x\r\n");
  EXPECT_TRUE(repair.undone.empty());
}

}  // namespace
}  // namespace mailassay::diagnosis
