// Authentication-Results. [RFC8601 2.2]
#include <gtest/gtest.h>

#include <string>

#include "envelope/word.h"
#include "mailassay/recorded.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

Recorded read(std::string_view text, const RecordedLimits& limits = {}) {
  const test::ExactCopy copy(text);
  return read_authentication_results(copy.view(), limits);
}

/// authserv-id | client | method=result[reason] name=value ... | ...
std::string told(const Recorded& recorded) {
  std::string out = recorded.authserv_id + '|' + test::address_text(recorded.client_ip);
  if (recorded.says_none) out += "|none";
  for (const RecordedEntry& entry : recorded.entries) {
    out += '|' + entry.method + '=' + entry.result;
    if (!entry.reason.empty()) out += '[' + entry.reason + ']';
    for (const Property& property : entry.properties) {
      out += ' ' + property.name + '=' + property.value;
    }
  }
  if (recorded.fault != RecordedFault::none) out += '!' + std::string(word_of(recorded.fault));
  return out;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

TEST(AuthenticationResults, Grammar) {
  const Case kCases[] = {
      {"mx.beta.test; none", "mx.beta.test|-|none"},
      {"mx.beta.test 1; none", "mx.beta.test|-|none"},
      {"mx.beta.test 01; none;", "mx.beta.test|-|none"},
      {" (a) MX.Beta.test (b (c) \\) ;) 1 (d) ; (e) none (f)", "mx.beta.test|-|none"},
      {"\"MX Beta\"; none", "mx beta|-|none"},
      {"mx.beta.test; spf=pass smtp.mailfrom=alpha.test",
       "mx.beta.test|-|spf=pass smtp.mailfrom=alpha.test"},
      {"mx.beta.test;\r\n\tdkim=pass header.d=alpha.test header.s=s1;\r\n\tdkim=fail "
       "header.d=b.test;\r\n\tdmarc=pass header.from=alpha.test",
       "mx.beta.test|-|dkim=pass header.d=alpha.test header.s=s1|dkim=fail header.d=b.test|"
       "dmarc=pass header.from=alpha.test"},
      {"mx.beta.test; DKIM/1 (x) = (y) Pass (z) reason (r) = (s) \"a \\\"b\\\"; c\" header (t) . "
       "(u) "
       "D (v) = (w) alpha.test",
       "mx.beta.test|-|dkim=pass[a \"b\"; c] header.d=alpha.test"},
      {"mx.beta.test; dkim / 1=pass header.d=a", "mx.beta.test|-|dkim=pass header.d=a"},
      {"mx.beta.test; spf=pass smtp.mailfrom=\"ann\"@alpha.test",
       "mx.beta.test|-|spf=pass smtp.mailfrom=\"ann\"@alpha.test"},
      {"mx.beta.test; spf=pass smtp.mailfrom=\"a b;c\"@alpha.test; dkim=none",
       "mx.beta.test|-|spf=pass smtp.mailfrom=\"a b;c\"@alpha.test|dkim=none"},
      {"mx.beta.test; auth=pass (cram-md5) smtp.auth=ann",
       "mx.beta.test|-|auth=pass smtp.auth=ann"},
      {"mx.beta.test; dmarc=fail policy.dmarc=reject",
       "mx.beta.test|-|dmarc=fail policy.dmarc=reject"},
      {"mx.beta.test; spf=none smtp.mailfrom=<>", "mx.beta.test|-|spf=none smtp.mailfrom="},
      {"mx.beta.test; spf=none smtp.mailfrom=<ann@a.test>",
       "mx.beta.test|-|spf=none smtp.mailfrom=ann@a.test"},
      {"mx.beta.test", "mx.beta.test|-"},
      {"mx.beta.test;", "mx.beta.test|-"},
      {"mx.beta.test;;; spf=pass;;", "mx.beta.test|-|spf=pass"},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(told(read(text)), expected) << text;
}

TEST(AuthenticationResults, AsReceiversWriteThem) {
  const Case kCases[] = {
      // Microsoft: no authserv-id, the client in a comment, action= and compauth
      {"spf=pass (sender IP is 192.0.2.10)\r\n smtp.mailfrom=alpha.test; dkim=pass (signature was "
       "verified)\r\n header.d=alpha.test;dmarc=pass action=none\r\n "
       "header.from=alpha.test;compauth=pass reason=100",
       "|192.0.2.10|spf=pass smtp.mailfrom=alpha.test|dkim=pass header.d=alpha.test|dmarc=pass "
       "action=none header.from=alpha.test|compauth=pass[100]"},
      {"mx.microsoft.com 1; spf=fail (sender ip is 192.0.2.10) smtp.rcpttodomain=b.test "
       "smtp.mailfrom=a.test; dmarc=none; arc=none",
       "mx.microsoft.com|192.0.2.10|spf=fail smtp.rcpttodomain=b.test "
       "smtp.mailfrom=a.test|dmarc=none|arc="
       "none"},
      // Gmail
      {"mx.google.com;\r\n       dkim=pass header.i=@alpha.test header.s=s1 header.b=AbC/d+eF;\r\n"
       "       arc=pass (i=1 spf=pass spfdomain=a.test);\r\n       spf=pass (google.com: domain of "
       "x@alpha.test designates 2001:db8::5 as permitted sender) smtp.mailfrom=x@alpha.test;\r\n"
       "       dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=alpha.test",
       "mx.google.com|2001:db8::5|dkim=pass header.i=@alpha.test header.s=s1 header.b=AbC/d+eF|arc="
       "pass|spf=pass smtp.mailfrom=x@alpha.test|dmarc=pass header.from=alpha.test"},
      {"mx.google.com; spf=softfail (google.com: domain of transitioning x@a.test does not "
       "designate "
       "192.0.2.9 as permitted sender) smtp.mailfrom=x@a.test",
       "mx.google.com|192.0.2.9|spf=softfail smtp.mailfrom=x@a.test"},
      {"mx.google.com; dkim=temperror (no key for signature) header.i=@a.test "
       "header.b=\"ab==cd==\"",
       "mx.google.com|-|dkim=temperror header.i=@a.test header.b=ab==cd=="},
      // OpenDKIM, OpenDMARC
      {"in.beta.test;\r\n\tdkim=pass (2048-bit key; unprotected) header.d=alpha.test "
       "header.i=@alpha.test header.a=rsa-sha256 header.s=s1 header.b=\"q/AbCd=x\";\r\n\t"
       "dkim-atps=neutral",
       "in.beta.test|-|dkim=pass header.d=alpha.test header.i=@alpha.test header.a=rsa-sha256 "
       "header.s=s1 header.b=q/AbCd=x|dkim-atps=neutral"},
      {"OpenDMARC; dmarc=fail (p=none dis=none) header.from=alpha.test",
       "opendmarc|-|dmarc=fail header.from=alpha.test"},
      // amavis
      {"in.beta.test (amavisd-new); dkim=pass (1024-bit key) header.d=alpha.test",
       "in.beta.test|-|dkim=pass header.d=alpha.test"},
      {"in.beta.test (amavisd-new); dkim=neutral reason=\"invalid (public key: not available)\" "
       "header.d=alpha.test",
       "in.beta.test|-|dkim=neutral[invalid (public key: not available)] header.d=alpha.test"},
      // Yahoo of old: words between authserv-id and semicolon
      {"mta1.mail.test  from=alpha.test; domainkeys=pass (ok); from=alpha.test; dkim=pass (ok)",
       "mta1.mail.test|-|domainkeys=pass|from=alpha.test|dkim=pass!syntax"},
      {"atlas1.mail.test; dkim=pass header.i=@a.test header.s=s1; spf=pass smtp.mailfrom=a.test; "
       "dmarc=pass(p=REJECT) header.from=a.test;",
       "atlas1.mail.test|-|dkim=pass header.i=@a.test header.s=s1|spf=pass smtp.mailfrom=a.test|"
       "dmarc=pass header.from=a.test"},
      // addresses as properties
      {"mx.beta.test; iprev=pass policy.iprev=192.0.2.7 (mx.alpha.test)",
       "mx.beta.test|192.0.2.7|iprev=pass policy.iprev=192.0.2.7"},
      {"mx.beta.test; arc=pass smtp.remote-ip=\"[IPv6:2001:db8::7]\"",
       "mx.beta.test|2001:db8::7|arc=pass smtp.remote-ip=[IPv6:2001:db8::7]"},
      {"mx.beta.test; spf=pass smtp.mail=x@a.test smtp.helo=mx.a.test",
       "mx.beta.test|-|spf=pass smtp.mail=x@a.test smtp.helo=mx.a.test"},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(told(read(text)), expected) << text;
}

// An unknown version may mean anything. [RFC8601 2.6]
TEST(AuthenticationResults, UnknownVersion) {
  for (const std::string_view text :
       {"mx.beta.test 2; dkim=pass", "mx.beta.test 0; dkim=pass", "mx.beta.test 11; dkim=pass",
        "mx.beta.test (x) 99999999999999999999 ; dkim=pass"}) {
    EXPECT_EQ(told(read(text)), "mx.beta.test|-!unknown-version") << text;
  }
}

// [RFC8601 2.6]
TEST(AuthenticationResults, UnknownVersionOfAMethod) {
  EXPECT_EQ(told(read("m; dkim/01=pass; spf=fail")), "m|-|dkim=pass|spf=fail");
  for (const std::string_view method : {"dkim/2", "dkim/0", "dkim/", "dkim/11", "dkim / 2"}) {
    EXPECT_EQ(told(read("m; " + std::string(method) + "=pass header.d=a; spf=fail")),
              "m|-|spf=fail!unknown-version")
        << method;
  }
  EXPECT_EQ(told(read("m; spf/2=pass (sender IP is 192.0.2.1) smtp.mailfrom=a")),
            "m|-!unknown-version");
}

TEST(AuthenticationResults, WhatBreaksTheGrammar) {
  const Case kCases[] = {
      {"", "|-!syntax"},
      {";", "|-!syntax"},
      {"; dkim=pass", "|-|dkim=pass!syntax"},
      {"mx.beta.test dkim=pass", "mx.beta.test|-!syntax"},
      {"mx.beta.test; dkim", "mx.beta.test|-!syntax"},
      {"mx.beta.test; dkim=", "mx.beta.test|-!syntax"},
      {"mx.beta.test; =pass", "mx.beta.test|-!syntax"},
      {"mx.beta.test; dkim=\"pass\"", "mx.beta.test|-!syntax"},
      {"mx.beta.test; dkim pass; spf=pass", "mx.beta.test|-|spf=pass!syntax"},
      {"mx.beta.test; dkim=pass header.d alpha.test; spf=fail",
       "mx.beta.test|-|dkim=pass|spf=fail!syntax"},
      {"mx.beta.test; dkim=pass, spf=pass", "mx.beta.test|-|dkim=pass, spf=pass"},
      {"mx.beta.test; none; dkim=pass", "mx.beta.test|-|none|dkim=pass"},
      {"mx.beta.test; none dkim=pass", "mx.beta.test|-!syntax"},
      {"mx.beta.test; dkim=pass (never closed; spf=pass", "mx.beta.test|-|dkim=pass"},
      {"mx.beta.test; dkim=pass reason=\"never closed; spf=pass",
       "mx.beta.test|-|dkim=pass[\"never closed; spf=pass]"},
      {"mx.beta.test; \"dkim=pass\"; spf=pass", "mx.beta.test|-|spf=pass!syntax"},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(told(read(text)), expected) << text;
}

// A sender chooses its address: it may look like results, or like the words of the receiver.
TEST(AuthenticationResults, SendersWordsAreValues) {
  const Case kCases[] = {
      {"mx.b.test; spf=fail smtp.mailfrom=\"x; dkim=pass header.d=bank.test\"@evil.test",
       "mx.b.test|-|spf=fail smtp.mailfrom=\"x; dkim=pass header.d=bank.test\"@evil.test"},
      {"mx.b.test; spf=fail (google.com: domain of \"designates 203.0.113.1 as\"@evil.test does "
       "not "
       "designate 192.0.2.66 as permitted sender) smtp.mailfrom=x@evil.test",
       "mx.b.test|192.0.2.66|spf=fail smtp.mailfrom=x@evil.test"},
      {"mx.b.test; spf=fail (b.test: domain of \"x); dkim=pass header.d=bank.test (\"@evil.test "
       "does not designate 192.0.2.66 as permitted sender) smtp.mailfrom=x@evil.test",
       "mx.b.test|192.0.2.66|spf=fail smtp.mailfrom=x@evil.test"},
      {"mx.b.test; dkim=pass (sender IP is 203.0.113.1) header.d=evil.test",
       "mx.b.test|-|dkim=pass header.d=evil.test"},
      {"mx.b.test; spf=pass (x sender IP is 203.0.113.1) smtp.mailfrom=x",
       "mx.b.test|-|spf=pass "
       "smtp.mailfrom=x"},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(told(read(text)), expected) << text;
}

TEST(AuthenticationResults, LimitsAreSaid) {
  RecordedLimits limits;
  limits.entries = 2;
  EXPECT_EQ(told(read("m; a=pass; b=pass", limits)), "m|-|a=pass|b=pass");
  EXPECT_EQ(told(read("m; a=pass; b=pass; c=pass", limits)), "m|-|a=pass|b=pass!over-limit");
  limits = {};
  limits.properties = 1;
  EXPECT_EQ(told(read("m; a=pass x.y=1", limits)), "m|-|a=pass x.y=1");
  EXPECT_EQ(told(read("m; a=pass x.y=1 x.z=2; b=pass", limits)),
            "m|-|a=pass x.y=1|b=pass!over-limit");
  limits = {};
  limits.value_bytes = 4;
  EXPECT_EQ(told(read("m; a=pass x.y=1234", limits)), "m|-|a=pass x.y=1234");
  EXPECT_EQ(told(read("m; a=pass x.y=12345", limits)), "m|-|a=pass x.y=1234!over-limit");
  limits = {};
  limits.field_bytes = 9;
  EXPECT_EQ(told(read("m; a=pass", limits)), "m|-|a=pass");
  EXPECT_EQ(told(read("m; a=passX", limits)), "m|-|a=pass!over-limit");
}

TEST(AuthenticationResults, ValueOf) {
  const Recorded recorded = read("m; dkim=pass header.d=a header.d=b header.I=@c");
  ASSERT_EQ(recorded.entries.size(), 1U);
  EXPECT_EQ(value_of(recorded.entries[0], "header.d"), "a");
  EXPECT_EQ(value_of(recorded.entries[0], "header.i"), "@c");
  EXPECT_EQ(value_of(recorded.entries[0], "header.s"), "");
}

TEST(AuthenticationResults, Words) {
  EXPECT_EQ(result_word("PASS"), ResultWord::pass);
  EXPECT_EQ(result_word("hardfail"), ResultWord::fail);
  EXPECT_EQ(result_word("bestguesspass"), ResultWord::none);
  for (const std::string_view word : {"", "passed", "pas", "p", "pass "}) {
    EXPECT_EQ(result_word(word), ResultWord::unknown) << word;
  }
}

}  // namespace
}  // namespace mailassay::envelope
