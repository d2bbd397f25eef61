#include "fail_on.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "support/exact_copy.h"

namespace mailassay::program {
namespace {

/// 100 messages, 20 of them unsigned; 200 signatures: 10 fail, 3 permerror, the rest pass.
ScanSummary summary() {
  ScanSummary counts;
  counts.messages = 100;
  counts.unsigned_messages = 20;
  counts.signatures = 200;
  const auto set = [&counts](dkim::Reason reason, std::uint64_t count) {
    counts.reasons[static_cast<std::size_t>(reason)] = count;
  };
  set(dkim::Reason::body_hash_mismatch, 4);
  set(dkim::Reason::signature_mismatch, 6);
  set(dkim::Reason::no_key, 3);
  set(dkim::Reason::none, 187);
  counts.problem_count = 1;
  return counts;
}

TEST(FailOn, compares_counts_and_shares) {
  struct Case {
    std::string_view list;
    std::string_view found;  ///< begin of what is said; empty: nothing was found
  };
  constexpr Case cases[] = {
      {"fail", "--fail-on fail>0: 10 of 200 signatures"},
      {"fail>0", "--fail-on fail>0: 10 of 200"},
      {"fail>9", "--fail-on fail>9: "},
      {"fail>10", ""},
      {"fail>4.9%", "--fail-on fail>4.9%: 10 of 200"},
      {"fail>5%", ""},
      {"permerror", "--fail-on permerror>0: 3 of 200"},
      {"temperror", ""},
      {"policy,neutral,temperror", ""},
      {"policy,permerror>2", "--fail-on permerror>2: "},
      {"pass>186", "--fail-on pass>186: 187 of 200"},
      {"pass>187", ""},
      {"none", "--fail-on none>0: 20 of 100 messages"},
      {"none>20%", ""},
      {"none>19.9%", "--fail-on none>19.9%: "},
      {"unreadable", "--fail-on unreadable>0: 1 of 101"},
      {"unreadable>1", ""},
  };
  const ScanSummary counts = summary();
  for (const Case& c : cases) {
    const test::ExactCopy list(c.list);
    const auto items = parse_fail_on(list.view());
    ASSERT_TRUE(items) << c.list;
    const std::string found = find_failure(*items, counts);
    EXPECT_EQ(found.empty(), c.found.empty()) << c.list << ": " << found;
    EXPECT_TRUE(found.starts_with(c.found)) << c.list << ": " << found;
  }
}

TEST(FailOn, finds_nothing_in_an_empty_scan) {
  for (const char* list : {"fail", "none>0%", "unreadable", "pass>0.001%"}) {
    const auto items = parse_fail_on(list);
    ASSERT_TRUE(items);
    EXPECT_EQ(find_failure(*items, ScanSummary()), "") << list;
  }
}

TEST(FailOn, refuses_what_is_no_list) {
  constexpr std::string_view cases[] = {
      "",        ",",        "fail,",    ",fail",     "FAIL",     "fail ",     " fail",  "softfail",
      "fail>",   "fail>%",   "fail>x",   "fail>-1",   "fail>1%%", "fail>1 %",  "fail<1", "fail=1",
      "fail>>1", "fail>nan", "fail>inf", "fail>1e16", "fail>0x1", "fail;pass", "> 1",
  };
  for (const std::string_view text : cases) {
    const test::ExactCopy list(text);
    const auto items = parse_fail_on(list.view());
    ASSERT_FALSE(items) << text;
    EXPECT_TRUE(items.error().starts_with("--fail-on: ")) << items.error();
  }
}

}  // namespace
}  // namespace mailassay::program
