// Records that attack the cost of an evaluation. [RFC7208 11.1]
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "support/spf_zone.h"

namespace mailassay {
namespace {

/// Judges; fails if it takes a second or more.
std::string within_a_second(const test::SpfZone& zone, const std::string& sender) {
  const auto start = std::chrono::steady_clock::now();
  const auto verdict = test::judge_spf(test::spf_input("192.0.2.1", sender), zone);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  return test::words(verdict);
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(SpfPathological, LoopsEnd) {
  for (const char* record : {"v=spf1 include:x.org -all", "v=spf1 redirect=x.org",
                             "v=spf1 include:x.org include:x.org redirect=x.org"}) {
    test::SpfZone zone;
    zone.add_txt("x.org", record);
    EXPECT_EQ(within_a_second(zone, "a@x.org"), "permerror too-many-terms") << record;
  }
}

TEST(SpfPathological, DeepRedirects) {
  test::SpfZone zone;
  for (int i = 0; i < 1000; ++i) {
    zone.add_txt("n" + std::to_string(i) + ".org",
                 "v=spf1 redirect=n" + std::to_string(i + 1) + ".org");
  }
  EXPECT_EQ(within_a_second(zone, "a@n0.org"), "permerror too-many-terms");
}

TEST(SpfPathological, TenThousandTerms) {
  test::SpfZone zone;
  zone.add_txt("x.org", "v=spf1" + repeated(" ?ip4:1.2.3.4", 10000) + " -all");
  EXPECT_EQ(within_a_second(zone, "a@x.org"), "fail matched");
}

TEST(SpfPathological, MacroBombs) {
  const std::string sender = repeated("l.", 500) + "l@x.org";
  test::SpfZone zone;
  zone.add_txt("x.org", "v=spf1 exists:" + repeated("%{S}", 10000) +
                            ".org exists:" + repeated("%{l1r-}", 5000) + ".org exp=e.x.org -all");
  zone.add_txt("e.x.org", repeated("%{S}", 10000));
  EXPECT_EQ(within_a_second(zone, sender), "fail matched");
}

}  // namespace
}  // namespace mailassay
