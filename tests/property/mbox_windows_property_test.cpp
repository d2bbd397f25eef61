// One archive, the same messages: whatever the window, the blocks and the shards.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <utility>
#include <vector>

#include "mbox/splitter.h"
#include "support/exact_copy.h"
#include "support/mbox_reference.h"

namespace mailassay::mbox {
namespace {

using Messages = std::vector<MessageRange>;

constexpr unsigned kSeed = 20240501;
constexpr std::size_t kSmallestWindow = kLookBehindBytes + kLookAheadBytes;

class MboxWindows : public testing::Test {
 protected:
  std::size_t random() { return static_cast<std::size_t>(engine_()); }
  std::string archive() {
    return test::random_archive([this] { return random(); });
  }

 private:
  std::mt19937_64 engine_{kSeed};
};

TEST_F(MboxWindows, AgreesWithTheRulesSaidLineByLine) {
  std::size_t found = 0;
  for (int round = 0; round < 30'000; ++round) {
    const std::string text = archive();
    const test::ExactCopy copy(text);
    const Messages messages = split(copy.view());
    ASSERT_EQ(messages, test::split_by_lines(text)) << testing::PrintToString(text);
    ASSERT_EQ(test::account_error(text, messages), "") << testing::PrintToString(text);
    found += messages.size();
  }
  EXPECT_GT(found, 10'000U);
}

TEST_F(MboxWindows, DoesNotDependOnWindowsAndBlocks) {
  for (int round = 0; round < 5'000; ++round) {
    const std::string text = archive();
    const std::size_t capacity = kSmallestWindow + random() % 64;
    const std::size_t most = 1 + random() % (random() % 2 == 0 ? 4 : 4096);
    const auto blocks = [this, most] { return 1 + random() % most; };
    const auto messages = test::split_by_windows(text, capacity, blocks);
    ASSERT_TRUE(messages) << testing::PrintToString(text);
    ASSERT_EQ(*messages, split(text)) << testing::PrintToString(text);
  }
}

TEST_F(MboxWindows, DoesNotDependOnShards) {
  for (int round = 0; round < 3'000; ++round) {
    const std::string text = archive();
    std::vector<std::size_t> cuts = {0, text.size()};
    for (std::size_t cut = random() % 6; cut != 0; --cut)
      cuts.push_back(random() % (text.size() + 1));
    std::sort(cuts.begin(), cuts.end());
    Messages whole;
    Messages windowed;
    for (std::size_t cut = 1; cut < cuts.size(); ++cut) {
      const std::size_t begin = cuts[cut - 1];
      const std::size_t end = cuts[cut];
      const Messages part = split(text, begin, end);
      whole.insert(whole.end(), part.begin(), part.end());
      const auto read = test::split_by_windows(
          text, kSmallestWindow, [this] { return 1 + random() % 2048; }, begin, end);
      ASSERT_TRUE(read);
      windowed.insert(windowed.end(), read->begin(), read->end());
    }
    ASSERT_EQ(whole, split(text)) << testing::PrintToString(text);
    ASSERT_EQ(windowed, whole) << testing::PrintToString(text);
  }
}

TEST_F(MboxWindows, FindsTheSameWithEachCutOfAnArchive) {
  const std::string_view text =
      "From jo@example.com Mon Jan  5 10:00:00 2020\r\nA: b\r\n\r\nc\r\n\r\nFrom 1844@xxx\r\nA: "
      "b\r\n"
      "\r\nFrom - \n>From x\nA : b\n\nFrom MAILER-DAEMON\nhttp: x\n\n";
  const Messages expected = split(text);
  ASSERT_EQ(expected.size(), 4U);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Messages parts = split(text, 0, cut);
    const Messages rest = split(text, cut);
    parts.insert(parts.end(), rest.begin(), rest.end());
    EXPECT_EQ(parts, expected) << cut;
    bool first = true;
    const auto blocks = [&first, cut] { return std::exchange(first, false) ? cut : 4096; };
    EXPECT_EQ(test::split_by_windows(text, kSmallestWindow, blocks), expected) << cut;
  }
}

}  // namespace
}  // namespace mailassay::mbox
