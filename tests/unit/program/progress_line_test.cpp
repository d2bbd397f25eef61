#include "progress_line.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace mailassay::program {
namespace {

constexpr std::uint64_t kGiB = std::uint64_t{1} << 30U;

TEST(ProgressText, says_share_rates_and_time_left) {
  EXPECT_EQ(progress_text({.bytes_done = kGiB,
                           .bytes_total = 4 * kGiB,
                           .messages = 52100,
                           .dns_outstanding = 12,
                           .seconds = 2}),
            " 25 %  1.0 GiB of 4.0 GiB  52,100 messages  26,050/s  512.0 MiB/s  DNS 12  6 s left");
}

TEST(ProgressText, leaves_out_what_is_not_known) {
  EXPECT_EQ(progress_text({.bytes_done = 1024, .messages = 1, .seconds = 1}),
            "1.0 KiB  1 message  1/s  1.0 KiB/s");
}

TEST(ProgressText, survives_the_first_moment_and_a_growing_file) {
  EXPECT_EQ(progress_text({.bytes_total = kGiB}),
            "  0 %  0 bytes of 1.0 GiB  0 messages  0/s  0 bytes/s");
  const std::string grown =
      progress_text({.bytes_done = 2 * kGiB, .bytes_total = kGiB, .seconds = 1});
  EXPECT_TRUE(grown.starts_with("100 %  ")) << grown;
  EXPECT_EQ(grown.find("left"), std::string::npos) << grown;
}

TEST(ProgressText, names_long_times_in_larger_units) {
  const auto left = [](double seconds) {
    const std::string text =
        progress_text({.bytes_done = kGiB, .bytes_total = 2 * kGiB, .seconds = seconds});
    return text.substr(text.rfind("  ") + 2);
  };
  EXPECT_EQ(left(89), "89 s left");
  EXPECT_EQ(left(600), "10 min left");
  EXPECT_EQ(left(5400), "1.5 h left");
}

}  // namespace
}  // namespace mailassay::program
