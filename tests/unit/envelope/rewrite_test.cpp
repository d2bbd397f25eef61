// Addresses within addresses.
#include "envelope/rewrite.h"

#include <gtest/gtest.h>

#include <string>

#include "envelope/word.h"
#include "support/exact_copy.h"

namespace mailassay::envelope {
namespace {

std::string told(std::string_view address) {
  const test::ExactCopy copy(address);
  std::string out;
  for (const Rewrite& rewrite : find_rewrites(copy.view())) {
    out += (out.empty() ? "" : " ") + std::string(word_of(rewrite.kind)) + ':' + rewrite.address;
  }
  return out;
}

TEST(Rewrites, Schemes) {
  struct {
    std::string_view address;
    std::string_view expected;
  } const kCases[] = {
      {"SRS0=abcd=2T=alpha.test=ann@fwd.test", "srs:ann@alpha.test"},
      {"srs0+abcd=2T=alpha.test=ann@fwd.test", "srs:ann@alpha.test"},
      {"SRS0-abcd=2T=alpha.test=a=b@fwd.test", "srs:a=b@alpha.test"},
      {"SRS1=wxyz=fwd.test==abcd=2T=alpha.test=ann@fwd2.test", "srs:ann@alpha.test"},
      {"bob+SRS=abcd=2T=alpha.test=ann@beta.test", "srs:ann@alpha.test"},
      {"prvs=1234abcdef=ann@alpha.test", "batv:ann@alpha.test"},
      {"prvs=ann=1234abcdef@alpha.test", "batv:ann@alpha.test"},
      {"btv1==0123==ann@alpha.test", "batv:ann@alpha.test"},
      {"bounces+bob=beta.test@esp.test", "verp:bob@beta.test"},
      {"bounces+123-bob=beta.test@esp.test", "verp:123-bob@beta.test"},
      {"list-bounces-bob=beta.test@lists.test", "verp:bob@beta.test"},
      {"me+caf_=you=beta.test@gmail.test", "gmail-forward:you@beta.test"},
      {"SRS0=abcd=2T=esp.test=bounces+bob=beta.test@fwd.test",
       "srs:bounces+bob=beta.test@esp.test verp:bob@beta.test"},
      {"SRS0=abcd@fwd.test", "srs:"},
      {"SRS0=a=b=c@fwd.test", "srs:"},
      {"SRS1=a=b=c@fwd.test", "srs:"},
      {"", ""},
      {"@", ""},
      {"ann@alpha.test", ""},
      {"ann+tag@alpha.test", ""},
      {"a=b@alpha.test", ""},
      {"a=b.test@alpha.test", ""},
      {"+bob=beta.test@alpha.test", ""},
      {"SRS0", ""},
      {"SRS0@alpha.test", ""},
      {"SRS0x=a=b=c.test=d@alpha.test", ""},
      {"SRS@alpha.test", ""},
      {"prvs=x@alpha.test", ""},
      {"btv1==x@alpha.test", ""},
      {"SRS0=abcd=2T=alpha.test=ann", ""},
  };
  for (const auto& [address, expected] : kCases) EXPECT_EQ(told(address), expected) << address;
}

TEST(Rewrites, NestingEnds) {
  std::string address = "x@a.test";
  for (int i = 0; i < 50; ++i) {
    const std::size_t at = address.rfind('@');
    address = "SRS0=h=t=" + address.substr(at + 1) + '=' + address.substr(0, at) + "@a.test";
  }
  EXPECT_EQ(find_rewrites(address).size(), 4U);
}

}  // namespace
}  // namespace mailassay::envelope
