#include "spf/macro.h"

#include <gtest/gtest.h>

#include <string>

namespace mailassay::spf {
namespace {

/// The values of the examples in [RFC7208 7.4].
MacroValues example() {
  MacroValues values;
  values.sender = "strong-bad@email.example.com";
  values.local_part = "strong-bad";
  values.sender_domain = "email.example.com";
  values.domain = "email.example.com";
  values.ip = "192.0.2.3";
  values.ip_version = "in-addr";
  values.validated = "mx.example.org";
  values.helo = "h";
  values.ip_text = "192.0.2.3";
  values.receiver = "r";
  values.time = "7";
  return values;
}

// [RFC7208 7.4] and, for the transformers, [RFC7208 7.3]
TEST(SpfMacro, ExamplesOfTheRfc) {
  struct Row {
    const char* text;
    const char* expanded;
  };
  for (const Row& row : {
           Row{"%{s}", "strong-bad@email.example.com"},
           Row{"%{o}", "email.example.com"},
           Row{"%{d}", "email.example.com"},
           Row{"%{d4}", "email.example.com"},
           Row{"%{d3}", "email.example.com"},
           Row{"%{d2}", "example.com"},
           Row{"%{d1}", "com"},
           Row{"%{dr}", "com.example.email"},
           Row{"%{d2r}", "example.email"},
           Row{"%{l}", "strong-bad"},
           Row{"%{l-}", "strong.bad"},
           Row{"%{lr}", "strong-bad"},
           Row{"%{lr-}", "bad.strong"},
           Row{"%{l1r-}", "strong"},
           Row{"%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"},
           Row{"%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"},
           Row{"%{lr-}.lp.%{ir}.%{v}._spf.%{d2}",
               "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"},
           Row{"%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"},
           Row{"%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"},
           Row{"%{S}", "strong-bad%40email.example.com"},
           Row{"%%%_%-", "% %20"},
       }) {
    ASSERT_TRUE(is_explain_string(row.text)) << row.text;
    EXPECT_EQ(expand_macros(row.text, example(), 1000), row.expanded) << row.text;
  }
}

TEST(SpfMacro, ExpansionHasALimit) {
  EXPECT_EQ(expand_macros("%{l}%{l}", example(), 20), "strong-badstrong-bad");
  EXPECT_EQ(expand_macros("%{l}%{l}", example(), 19), std::nullopt);
  EXPECT_EQ(expand_macros("%{S}", example(), 29), std::nullopt);
}

// [RFC7208 7.2] c, r and t stand in explanations alone
TEST(SpfMacro, LettersOfExplanations) {
  for (const char* text : {"%{c}", "%{r}", "%{t}", "%{C}"}) {
    EXPECT_FALSE(is_macro_string(text)) << text;
    EXPECT_FALSE(is_domain_spec(text)) << text;
    EXPECT_TRUE(is_explain_string(text)) << text;
  }
  EXPECT_FALSE(is_macro_string("a b"));
  EXPECT_TRUE(is_explain_string("a b"));
  EXPECT_FALSE(is_explain_string("a\tb"));
  EXPECT_FALSE(is_explain_string("\xC3\xA4"));
  EXPECT_TRUE(uses_macro("x.%{P2r}", 'p'));
  EXPECT_FALSE(uses_macro("p.%{d}%%{p", 'p'));
}

}  // namespace
}  // namespace mailassay::spf
