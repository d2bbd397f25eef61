// Inputs that attack the cost of splitting. Each must be done in linear work; the test's time limit
// is far above that and far below what quadratic work takes.
#include <gtest/gtest.h>

#include <string>

#include "mbox/postmark.h"
#include "mbox/sniff.h"
#include "mbox/splitter.h"
#include "support/mbox_reference.h"

namespace mailassay::mbox {
namespace {

constexpr std::size_t kMebi = std::size_t{1} << 20;
#define STRICT "From jo@example.com Mon Jan  5 10:00:00 2020\n"

std::string repeat(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

/// Splits whole, and through a small window with blocks of a few octets.
std::size_t split_both_ways(const std::string& archive) {
  const auto messages = split(archive);
  EXPECT_EQ(test::account_error(archive, messages), "");
  const std::string start = archive.substr(0, kMebi / 4);
  EXPECT_EQ(test::split_by_windows(start, 4096, [] { return std::size_t{512}; }), split(start));
  sniff(archive);
  return messages.size();
}

TEST(MboxPathological, WeakPostmarksOnly) {
  EXPECT_EQ(split_both_ways(repeat("From \n", 10 * kMebi)), 1U);
}

TEST(MboxPathological, EmptyLinesAndWeakPostmarks) {
  EXPECT_EQ(split_both_ways(repeat("\nFrom ", 10 * kMebi)), 0U);
  // The file ends behind the last one.
  EXPECT_EQ(split_both_ways(repeat("\n\nFrom ", 10 * kMebi)), 1U);
}

TEST(MboxPathological, StrictPostmarksOnly) {
  EXPECT_EQ(split_both_ways(repeat(STRICT, 10 * kMebi)), 1U);
  EXPECT_GT(split_both_ways(repeat(STRICT "\n", 10 * kMebi)), 200'000U);
}

TEST(MboxPathological, MessagesWithoutOctets) {
  EXPECT_GT(split_both_ways(repeat("From - \n:\n\nFrom - \n>From \n", 10 * kMebi)), 300'000U);
}

TEST(MboxPathological, OneLineOfFiftyMebibytes) {
  EXPECT_EQ(split_both_ways(STRICT + std::string(50 * kMebi, 'x')), 1U);
  EXPECT_EQ(split_both_ways("From " + std::string(50 * kMebi, 'x')), 0U);
  EXPECT_EQ(split_both_ways(STRICT "\nFrom - \n" + std::string(50 * kMebi, 'x')), 1U);
}

TEST(MboxPathological, LineEndsOnly) {
  EXPECT_EQ(split_both_ways(std::string(20 * kMebi, '\n')), 0U);
  EXPECT_EQ(split_both_ways(repeat("\r\n", 20 * kMebi)), 0U);
  EXPECT_EQ(split_both_ways(std::string(20 * kMebi, '\r')), 0U);
  EXPECT_EQ(split_both_ways(STRICT + std::string(20 * kMebi, '\n')), 1U);
}

TEST(MboxPathological, PostmarksAtTheLimitOfLength) {
  const std::string words = "From jo@example.com" + repeat(" Mon", kMaxPostmarkBytes - 60);
  EXPECT_EQ(split_both_ways(repeat("\n\n" + words + "\nA:", 10 * kMebi)), 0U);
  const std::string dates = "From " + repeat("Mon Jan 1 10:00 X ", kMaxPostmarkBytes - 60);
  EXPECT_EQ(split_both_ways(repeat("\n\n" + dates + "\nA:", 10 * kMebi)), 0U);
}

TEST(MboxPathological, NulOctets) {
  EXPECT_EQ(split_both_ways(STRICT + std::string(20 * kMebi, '\0')), 1U);
}

}  // namespace
}  // namespace mailassay::mbox
