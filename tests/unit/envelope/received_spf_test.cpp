// Received-SPF. [RFC7208 9.1]
#include <gtest/gtest.h>

#include <string>

#include "envelope/word.h"
#include "mailassay/recorded.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

std::string told(std::string_view text, const RecordedLimits& limits = {}) {
  const test::ExactCopy copy(text);
  const Recorded recorded = read_received_spf(copy.view(), limits);
  EXPECT_EQ(recorded.field, RecordedField::received_spf);
  std::string out = recorded.authserv_id + '|' + test::address_text(recorded.client_ip);
  for (const RecordedEntry& entry : recorded.entries) {
    out += '|' + entry.method + '=' + entry.result;
    for (const Property& property : entry.properties) {
      out += ' ' + property.name + '=' + property.value;
    }
  }
  if (recorded.fault != RecordedFault::none) out += '!' + std::string(word_of(recorded.fault));
  return out;
}

TEST(ReceivedSpf, Reads) {
  struct {
    std::string_view text;
    std::string_view expected;
  } const kCases[] = {
      {"pass (mx.b.test: domain of x@a.test designates 192.0.2.1 as permitted sender)\r\n "
       "receiver=mx.b.test; client-ip=192.0.2.1; envelope-from=\"x@a.test\"; helo=mx.a.test;",
       "mx.b.test|192.0.2.1|spf=pass smtp.remote-ip=192.0.2.1 smtp.mailfrom=x@a.test "
       "smtp.helo=mx.a.test"},
      {"fail identity=mailfrom; mechanism=-all; problem=\"a; b\"; client-ip=2001:db8::1",
       "|2001:db8::1|spf=fail policy.identity=mailfrom policy.mechanism=-all policy.problem=a; b "
       "smtp.remote-ip=2001:db8::1"},
      // Microsoft, Gmail, Yahoo
      {"Pass (protection.outlook.com: domain of a.test designates 192.0.2.1 as permitted sender) "
       "receiver=protection.outlook.com; client-ip=192.0.2.1; helo=mx.a.test; pr=C",
       "protection.outlook.com|192.0.2.1|spf=pass smtp.remote-ip=192.0.2.1 smtp.helo=mx.a.test"},
      {"pass (google.com: domain of x@a.test designates 192.0.2.1 as permitted sender) "
       "client-ip=192.0.2.1;",
       "google.com|192.0.2.1|spf=pass smtp.remote-ip=192.0.2.1"},
      {"pass (domain of a.test designates 192.0.2.1 as permitted sender)", "|-|spf=pass"},
      // the policy daemon of Postfix
      {"Softfail (mailfrom) identity=mailfrom; client-ip=192.0.2.1; helo=mx.a.test; "
       "envelope-from=<>; receiver=<UNKNOWN>",
       "unknown|192.0.2.1|spf=softfail policy.identity=mailfrom smtp.remote-ip=192.0.2.1 "
       "smtp.helo=mx.a.test smtp.mailfrom="},
      {"neutral (x) client-ip = (y) 192.0.2.1 ; HELO (z) = mx.a.test",
       "|192.0.2.1|spf=neutral smtp.remote-ip=192.0.2.1 smtp.helo=mx.a.test"},
      {"none", "|-|spf=none"},
      {"TempError;;;", "|-|spf=temperror"},
      {"pass x-unknown=1; helo=a", "|-|spf=pass smtp.helo=a"},
      // a HELO with blanks
      {"fail client-ip=192.0.2.66; helo=x client-ip=203.0.113.1",
       "|192.0.2.66|spf=fail smtp.remote-ip=192.0.2.66 smtp.helo=x"},
      // no such field
      {"", "|-!syntax"},
      {"=pass", "|-!syntax"},
      {"(comment only)", "|-!syntax"},
      {"123", "|-!syntax"},
      {"pass helo", "|-|spf=pass!syntax"},
      {"pass = x; helo=a", "|-|spf=pass smtp.helo=a!syntax"},
      {"pass client-ip=nowhere", "|-|spf=pass smtp.remote-ip=nowhere"},
      {"pass (never closed helo=a", "|-|spf=pass"},
      {"pass helo=\"never closed; client-ip=192.0.2.1",
       "|-|spf=pass smtp.helo=\"never closed; client-ip=192.0.2.1"},
  };
  for (const auto& [text, expected] : kCases) EXPECT_EQ(told(text), expected) << text;
}

TEST(ReceivedSpf, LimitsAreSaid) {
  RecordedLimits limits;
  limits.properties = 1;
  EXPECT_EQ(told("pass helo=a", limits), "|-|spf=pass smtp.helo=a");
  EXPECT_EQ(told("pass helo=a; client-ip=192.0.2.1", limits),
            "|192.0.2.1|spf=pass smtp.helo=a!over-limit");
  limits = {};
  limits.value_bytes = 4;
  EXPECT_EQ(told("pass helo=1234", limits), "|-|spf=pass smtp.helo=1234");
  EXPECT_EQ(told("pass helo=12345", limits), "|-|spf=pass smtp.helo=1234!over-limit");
  limits = {};
  limits.field_bytes = 11;
  EXPECT_EQ(told("pass helo=a", limits), "|-|spf=pass smtp.helo=a");
  EXPECT_EQ(told("pass helo=ab", limits), "|-|spf=pass smtp.helo=a!over-limit");
}

}  // namespace
}  // namespace mailassay::envelope
