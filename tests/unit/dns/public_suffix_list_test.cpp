#include "mailassay/public_suffix_list.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay {
namespace {

constexpr std::string_view kText =
    "// VERSION: 2026-11-01_08-00-00_UTC\n"
    "\n"
    "// ===BEGIN ICANN DOMAINS===\n"
    "com\n"
    "CO.uk  // commercial\n"
    "uk\n"
    "*.ck\r\n"
    "!www.ck\n"
    "*.kobe.jp\n"
    "!city.kobe.jp\n"
    "jp\n"
    "\xE4\xB8\xAD\xE5\x9B\xBD\n"
    "// ===END ICANN DOMAINS===\n"
    "// ===BEGIN PRIVATE DOMAINS===\n"
    "github.io\n"
    "*.compute.example.com";

PublicSuffixList list() {
  auto read = PublicSuffixList::from_text(test::ExactCopy(kText).view());
  EXPECT_TRUE(read);
  return read ? std::move(*read) : PublicSuffixList();
}

TEST(PublicSuffixList, Suffixes) {
  using Section = PublicSuffixList::Section;
  struct Row {
    const char* domain;
    const char* suffix;
    Section section;
    const char* organization;
  };
  const PublicSuffixList rules = list();
  for (const Row& row : {
           Row{"com", "com", Section::icann, "com"},
           Row{"example.com", "com", Section::icann, "example.com"},
           Row{"a.b.example.com", "com", Section::icann, "example.com"},
           Row{"a.co.uk", "co.uk", Section::icann, "a.co.uk"},
           Row{"b.a.co.uk", "co.uk", Section::icann, "a.co.uk"},
           Row{"co.uk", "co.uk", Section::icann, "co.uk"},
           Row{"a.uk", "uk", Section::icann, "a.uk"},
           Row{"ck", "ck", Section::none, "ck"},
           Row{"x.ck", "x.ck", Section::icann, "x.ck"},
           Row{"a.x.ck", "x.ck", Section::icann, "a.x.ck"},
           Row{"www.ck", "ck", Section::icann, "www.ck"},
           Row{"a.www.ck", "ck", Section::icann, "www.ck"},
           Row{"city.kobe.jp", "kobe.jp", Section::icann, "city.kobe.jp"},
           Row{"c.kobe.jp", "c.kobe.jp", Section::icann, "c.kobe.jp"},
           Row{"kobe.jp", "jp", Section::icann, "kobe.jp"},
           Row{"a.xn--fiqs8s", "xn--fiqs8s", Section::icann, "a.xn--fiqs8s"},
           Row{"me.github.io", "github.io", Section::private_domains, "me.github.io"},
           Row{"x.me.github.io", "github.io", Section::private_domains, "me.github.io"},
           Row{"github.io", "github.io", Section::private_domains, "github.io"},
           Row{"io", "io", Section::none, "io"},
           Row{"a.b.io", "io", Section::none, "b.io"},
           Row{"a.b.compute.example.com", "b.compute.example.com", Section::private_domains,
               "a.b.compute.example.com"},
           Row{"compute.example.com", "com", Section::icann, "example.com"},
           Row{"local", "local", Section::none, "local"},
           Row{"a.b.local", "local", Section::none, "b.local"},
       }) {
    const test::ExactCopy domain(row.domain);
    const auto suffix = rules.suffix_of(domain.view());
    EXPECT_EQ(suffix.name, row.suffix) << row.domain;
    EXPECT_EQ(suffix.section, row.section) << row.domain;
    EXPECT_EQ(rules.organizational_domain(domain.view()), row.organization) << row.domain;
    EXPECT_EQ(rules.is_public_suffix(domain.view()),
              row.section != Section::none && row.suffix == std::string_view(row.domain))
        << row.domain;
  }
}

TEST(PublicSuffixList, Facts) {
  EXPECT_EQ(list().version(), "2026-11-01_08-00-00_UTC");
  EXPECT_EQ(list().rule_count(), 11U);
  const auto bare = PublicSuffixList::from_text("com");
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->version(), "");
}

TEST(PublicSuffixList, RefusesWhatIsNoList) {
  struct Row {
    std::string_view text;
    std::size_t line;
  };
  for (const Row& row :
       {Row{"", 0}, Row{"// only words\n\n", 0}, Row{"com\na..b\n", 2}, Row{".com", 1},
        Row{"com\n\na.*.b", 3}, Row{"*", 1}, Row{"!", 1}, Row{"!com", 1}, Row{"*.", 1},
        Row{"!*.x", 1}, Row{"a\\.b", 1}, Row{"a\x01", 1}, Row{"\xFF.com", 1}, Row{".", 1},
        Row{"\x7F"
            "ELF",
            1}}) {
    const auto read = PublicSuffixList::from_text(test::ExactCopy(row.text).view());
    ASSERT_FALSE(read) << row.text;
    EXPECT_EQ(read.error().line, row.line) << row.text;
    EXPECT_FALSE(read.error().what.empty());
  }
}

}  // namespace
}  // namespace mailassay
