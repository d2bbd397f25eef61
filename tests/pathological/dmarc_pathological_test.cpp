// Records, names and lists that attack the cost of an evaluation. [RFC9989 11.5]
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "dmarc/record.h"
#include "mailassay/public_suffix_list.h"
#include "support/dmarc_case.h"

namespace mailassay {
namespace {

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

template <typename Work>
void within_a_second(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

TEST(DmarcPathological, Records) {
  std::string numbered = "v=DMARC1";
  for (int i = 0; i < 10000; ++i) {
    std::string name;
    for (int rest = i; rest > 0; rest /= 26) name += static_cast<char>('a' + rest % 26);
    numbered += ";q" + name + "=1";
  }
  for (const std::string& text :
       {"v=DMARC1" + repeated(";", 65000), "v=DMARC1" + repeated(";p=none", 9000),
        "v=DMARC1; rua=" + repeated(",", 65000), "v=DMARC1; rua=" + repeated("mailto:a@b,", 5900),
        "v=DMARC1; fo=" + repeated("0:", 32000), "v=DMARC1; p=" + std::string(65000, ' '),
        "v" + std::string(65000, ' ') + "=DMARC1", "v=DMARC1; " + repeated("a=", 32000),
        std::string(65000, ' ') + "v=DMARC1", numbered}) {
    within_a_second([&] {
      if (!dmarc::parse_record(text)) dmarc::near_miss(text);
    });
  }
}

TEST(DmarcPathological, ManyRecordsAtOneName) {
  test::DmarcZone zone;
  for (int i = 0; i < 1000; ++i) zone.record("x.org", "v=DMARC1; p=none; x=" + std::to_string(i));
  within_a_second([&] {
    EXPECT_EQ(test::words(test::judge_dmarc(test::dmarc_input("x.org"), zone).rfc9989),
              "none several-records");
  });
}

TEST(DmarcPathological, ManyIdentifiersAndAuthors) {
  test::DmarcZone zone;
  zone.record("x.org", "v=DMARC1; p=none");
  std::vector<std::string> identifiers;
  for (int i = 0; i < 1000; ++i) identifiers.push_back("?dkim:d" + std::to_string(i) + ".x.org");
  auto input = test::dmarc_input(repeated("a.", 100) + "x.org", identifiers);
  within_a_second([&] {
    EXPECT_EQ(test::words(test::judge_dmarc(input, zone).rfc9989),
              "temperror dkim-unknown none by p of x.org");
  });
  for (int i = 0; i < 1000; ++i) input.author.domains.push_back("a" + std::to_string(i) + ".org");
  within_a_second([&] {
    EXPECT_EQ(test::words(test::judge_dmarc(input, zone).rfc9989),
              "permerror several-author-domains");
  });
}

TEST(DmarcPathological, Lists) {
  std::string rules;
  for (int i = 0; i < 50000; ++i) rules += "*.a" + std::to_string(i) + ".example\n";
  const std::string deep = repeated("a.", 120) + "b";
  within_a_second([&] {
    const auto list = PublicSuffixList::from_text(rules + deep + "\n");
    ASSERT_TRUE(list);
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(list->is_public_suffix(deep));
  });
}

}  // namespace
}  // namespace mailassay
