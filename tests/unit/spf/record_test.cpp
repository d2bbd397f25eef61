#include "spf/record.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/exact_copy.h"

namespace mailassay::spf {
namespace {

// [RFC7208 4.5]
TEST(SpfRecord, VersionSection) {
  for (const std::string_view text : {"v=spf1", "v=spf1 ", "V=SPF1 -all", "v=sPf1 garbage,"}) {
    EXPECT_TRUE(is_spf_record(test::ExactCopy(text).view())) << text;
  }
  for (const std::string_view text :
       {"", "v=spf", "v=spf10", "v=spf1-all", "v=spf1\t-all", " v=spf1 -all", "\xEF\xBB\xBFv=spf1",
        "v = spf1", "v=spf2.0"}) {
    EXPECT_FALSE(is_spf_record(test::ExactCopy(text).view())) << text;
  }
}

// [RFC7208 12] [RFC7208 4.6.1] [RFC7208 5] [RFC7208 6]
TEST(SpfRecord, TakesTheGrammar) {
  for (const std::string_view terms : {"",
                                       "   ",
                                       "-all",
                                       "+all ~ALL ?all",
                                       "a",
                                       "a/24",
                                       "a//64",
                                       "a/24//64",
                                       "a:x.org",
                                       "a:x.org/24//64",
                                       "a:x.org/0",
                                       "a:foo:8080.com",
                                       "mx:%{d}",
                                       "mx:x.org.//0",
                                       "ptr",
                                       "ptr:x.org",
                                       "ip4:192.0.2.1",
                                       "ip4:192.0.2.0/32",
                                       "ip6:::1",
                                       "ip6:2001:db8::/32",
                                       "ip6:::ffff:1.2.3.4/96",
                                       "include:_spf.x.org",
                                       "exists:%{ir}.%{l1r-}.x.org",
                                       "exists:a%%b.%_%-.org",
                                       "exists:x.%{d2}",
                                       "redirect=x.org",
                                       "exp=x.org -all",
                                       "a=b",
                                       "ip4=1.2.3.4",
                                       "unknown=%{d}",
                                       "u-_.9=",
                                       "default=x default=y",
                                       "a:x.xn--p1ai",
                                       "a:x.a1"}) {
    const std::string text = "v=spf1 " + std::string(terms);
    EXPECT_TRUE(parse_record(test::ExactCopy(text).view()).has_value()) << terms;
  }
}

// [RFC7208 4.6] [RFC7208 5.6] [RFC7208 7.1]
TEST(SpfRecord, RefusesAllElse) {
  for (const std::string_view terms : {"all.",
                                       "all/8",
                                       "all:x.org",
                                       "--all",
                                       "- all",
                                       "-",
                                       "moo",
                                       "moo:x.org",
                                       "a:",
                                       "a:museum",
                                       "a:x.123",
                                       "a:x.-org",
                                       "a:x.org-",
                                       "a:x..",
                                       "a/33",
                                       "a/024",
                                       "a/",
                                       "a//129",
                                       "a//064",
                                       "a///64",
                                       "a//64/24",
                                       "a:/24",
                                       "a:x.org/24/24",
                                       "mx:",
                                       "ptr/24",
                                       "ptr:",
                                       "ptr0",
                                       "include",
                                       "include:",
                                       "include:x.org/24",
                                       "exists",
                                       "exists:",
                                       "exists:x.org/24",
                                       "ip4",
                                       "ip4:",
                                       "ip4:1.2.3",
                                       "ip4:01.2.3.4",
                                       "ip4:1.2.3.4/33",
                                       "ip4:1.2.3.4/",
                                       "ip4:1.2.3.4//32",
                                       "ip4:::1",
                                       "ip6",
                                       "ip6:1.2.3.4",
                                       "ip6:::1%eth0",
                                       "ip6:::1/129",
                                       "ip6:::1/00",
                                       "redirect=",
                                       "redirect=museum",
                                       "exp=",
                                       "redirect=x.org redirect=x.org",
                                       "exp=x.org exp=y.org",
                                       "+redirect=x.org",
                                       "u=%",
                                       "u=%{",
                                       "u=%{}",
                                       "u=%{z}",
                                       "u=%{d0}",
                                       "u=%{d1",
                                       "u=%{d*}",
                                       "u=%{r1d}",
                                       "u=%x",
                                       "a:%{c}",
                                       "exists:%{t}.x.org",
                                       "exists:%{r}",
                                       "redirect=%{c}",
                                       "u=%{t}",
                                       "a:x.org\t-all",
                                       "\x80",
                                       "u=\x80",
                                       "1=x",
                                       "-all\r\n",
                                       "a:x.org,b",
                                       "ip4:1.2.3.4include:x.org",
                                       "=x"}) {
    const std::string text = "v=spf1 " + std::string(terms);
    EXPECT_FALSE(parse_record(test::ExactCopy(text).view()).has_value()) << terms;
  }
}

// [RFC7208 4.6.2] [RFC7208 5.6]
TEST(SpfRecord, KeepsWhatItReads) {
  const auto record =
      parse_record("v=spf1 ~A:x.org/24//64 ?ip4:192.0.2.0/25 EXP=e.x.org redirect=%{d} ?mx");
  ASSERT_TRUE(record);
  ASSERT_EQ(record->mechanisms.size(), 3U);
  EXPECT_EQ(record->mechanisms[0].kind, Kind::a);
  EXPECT_EQ(record->mechanisms[0].status, Status::softfail);
  EXPECT_EQ(record->mechanisms[0].text, "~A:x.org/24//64");
  EXPECT_EQ(record->mechanisms[0].domain_spec, "x.org");
  EXPECT_EQ(record->mechanisms[0].prefix4, 24U);
  EXPECT_EQ(record->mechanisms[0].prefix6, 64U);
  EXPECT_EQ(record->mechanisms[1].network, std::string("\xC0\x00\x02\x00", 4));
  EXPECT_EQ(record->mechanisms[1].prefix4, 25U);
  EXPECT_EQ(record->mechanisms[2].status, Status::neutral);
  EXPECT_EQ(record->mechanisms[2].prefix4, 32U);
  EXPECT_EQ(record->mechanisms[2].domain_spec, "");
  EXPECT_EQ(record->explanation, "e.x.org");
  EXPECT_EQ(record->redirect, "%{d}");
  EXPECT_FALSE(record->has_all);
}

}  // namespace
}  // namespace mailassay::spf
