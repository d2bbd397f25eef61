// One DKIM-Signature field. [RFC6376 3.5] [RFC6376 6.1.1] [RFC8463 3]
#include "dkim/signature.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dkim/reason.h"
#include "support/exact_copy.h"

namespace mailassay::dkim {
namespace {

constexpr std::string_view kSha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
constexpr std::string_view kSha1 = "2jmj7l5rSw0yVb/vlWAYkK/YBwk=";

ParsedSignature parse(std::string_view value, const Limits& limits = {}) {
  const test::ExactCopy copy(value);
  return parse_signature(copy.view(), limits);
}

/// A good field in which the tag `name` is replaced, left out (null) or put behind.
std::string field(std::string_view name = "", const char* value = nullptr) {
  const std::pair<std::string_view, std::string_view> kTags[] = {
      {"v", "1"},  {"a", "rsa-sha256"}, {"c", "relaxed/simple"}, {"d", "example.com"},
      {"s", "s1"}, {"h", "From:To"},    {"bh", kSha256},         {"b", "YWJj"},
  };
  std::string text;
  bool found = false;
  for (const auto& [tag, usual] : kTags) {
    found = found || tag == name;
    if (tag == name && value == nullptr) continue;
    text.append(tag).append("=").append(tag == name ? value : usual).append("; ");
  }
  if (!found && value != nullptr) text.append(name).append("=").append(value);
  return text;
}

/// The same with two tags changed.
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

Reason fault(std::string_view value, const Limits& limits = {}) {
  return parse(value, limits).facts.fault;
}

TEST(Signature, ReadsEveryTag) {
  const ParsedSignature parsed = parse(
      " v=1; a=ed25519-sha256; c=relaxed/simple; d=Example.COM; s=S1.mail;\r\n\tt=1700000000;"
      " x=1700000001; l=17; i=jo@News.example.com; q=dns/txt; h=From : to:\r\n FROM; z=From:x;\r\n"
      " bh=47DEQpj8HBSa+/TImW+5\r\n JCeuQeRkm5NMpJWZG3hSuFU=; b=YW\r\n\tJjZGVmZ2hp");
  const SignatureFacts& facts = parsed.facts;
  ASSERT_EQ(facts.fault, Reason::none) << entry_of(facts.fault).word;
  EXPECT_EQ(facts.algorithm, Algorithm::ed25519_sha256);
  EXPECT_EQ(facts.header_canon, HeaderCanon::relaxed);
  EXPECT_EQ(facts.body_canon, BodyCanon::simple);
  EXPECT_EQ(facts.domain, "example.com");
  EXPECT_EQ(facts.selector, "s1.mail");
  EXPECT_EQ(facts.auid, "jo@News.example.com");
  EXPECT_EQ(facts.auid_domain, "news.example.com");
  EXPECT_EQ(facts.signature, "abcdefghi");
  EXPECT_EQ(facts.signature_prefix, "YWJjZGVm");
  EXPECT_EQ(facts.body_length, 17U);
  EXPECT_EQ(facts.signed_at, 1700000000);
  EXPECT_EQ(facts.expires_at, 1700000001);
  EXPECT_EQ(facts.signed_fields, "from:to:from");
  EXPECT_EQ(facts.declared_body_hash.size, 32U);
}

// c= absent is simple/simple, its second half absent is simple. q= absent is dns/txt, i= absent is
// @ and d=. [RFC6376 3.5]
TEST(Signature, Defaults) {
  const SignatureFacts facts = parse(field("c")).facts;
  EXPECT_EQ(facts.fault, Reason::none);
  EXPECT_EQ(facts.header_canon, HeaderCanon::simple);
  EXPECT_EQ(facts.body_canon, BodyCanon::simple);
  EXPECT_EQ(facts.auid, "@example.com");
  EXPECT_EQ(facts.auid_domain, "example.com");
  EXPECT_FALSE(facts.body_length || facts.signed_at || facts.expires_at);
  const SignatureFacts half = parse(field("c", "relaxed")).facts;
  EXPECT_EQ(half.header_canon, HeaderCanon::relaxed);
  EXPECT_EQ(half.body_canon, BodyCanon::simple);
}

struct Case {
  std::string text;
  Reason reason;
};

void expect(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const Reason got = fault(c.text);
    EXPECT_EQ(got, c.reason) << c.text << "\ngot " << entry_of(got).word << ", expected "
                             << entry_of(c.reason).word;
  }
}

// Every inconsistency of the field is found. [RFC6376 6.1.1] [RFC6376 8.9]
TEST(Signature, ListForm) {
  expect({{"", Reason::signature_syntax},
          {" ", Reason::signature_syntax},
          {"hello", Reason::signature_syntax},
          {field() + ";", Reason::signature_syntax},
          {field() + "x", Reason::signature_syntax},
          {field() + "v=1", Reason::duplicate_tag},
          {field() + "x-y=1", Reason::signature_syntax},
          {field() + "xy=1; xy=1", Reason::duplicate_tag},
          {field() + "xy=1", Reason::none},  // unknown tags are ignored [RFC6376 3.2]
          {field() + "z=", Reason::none},
          {field() + "z=not:even|sense", Reason::none}});  // z= is not used [RFC6376 3.5]
}

// v a b bh d h s are required. [RFC6376 6.1.1]
TEST(Signature, RequiredTags) {
  for (const char* name : {"v", "a", "b", "bh", "d", "h", "s"}) {
    EXPECT_EQ(fault(field(name)), Reason::missing_tag) << name;
  }
  // Names have a case. [RFC6376 3.2]
  EXPECT_EQ(fault(replaced(field(), "v=1", "V=1")), Reason::missing_tag);
  EXPECT_EQ(fault(replaced(field(), "bh=", "BH=")), Reason::missing_tag);
}

TEST(Signature, Version) {
  for (const char* version : {"", "0", "2", "0.5", "1.0", "01", "1 1", "DKIM1", "one"}) {
    EXPECT_EQ(fault(field("v", version)), Reason::unknown_version) << version;
  }
  EXPECT_EQ(fault(field("v", " 1\r\n ")), Reason::none);
}

// [RFC6376 3.3.4] [RFC6376 3.2]
TEST(Signature, AlgorithmsAndTheirCase) {
  EXPECT_EQ(fault(field("a", "rsa-sha256")), Reason::none);
  EXPECT_EQ(parse(field("a", "ed25519-sha256")).facts.algorithm, Algorithm::ed25519_sha256);
  EXPECT_EQ(fault(replaced(field("a", "rsa-sha1"), kSha256, kSha1)), Reason::none);
  for (const char* algorithm :
       {"", "RSA-SHA256", "rsa-SHA256", "rsa", "sha256", "rsa-sha512", "rsa-sha2", "rsa_sha256",
        "dsa-sha256", "ed25519", "rsa-sha256x", "ed25519-sha512", "rsa -sha256"}) {
    EXPECT_EQ(fault(field("a", algorithm)), Reason::unknown_algorithm) << algorithm;
  }
}

// [RFC6376 3.4]
TEST(Signature, Canonicalizations) {
  for (const char* canon :
       {"", "/", "simple/", "/simple", "relaxed/", "Relaxed/relaxed", "relaxed/RELAXED", "nofws",
        "relaxed/nofws", "relaxed/relaxed/relaxed", "relaxed /simple"}) {
    EXPECT_EQ(fault(field("c", canon)), Reason::unknown_canonicalization) << canon;
  }
  for (const char* canon : {"simple", "relaxed", "simple/simple", "simple/relaxed",
                            "relaxed/simple", "relaxed/relaxed", " relaxed/relaxed\r\n "}) {
    EXPECT_EQ(fault(field("c", canon)), Reason::none) << canon;
  }
}

// White space is ignored in b= and bh=, all else has to be base64. [RFC6376 3.5]
TEST(Signature, SignatureData) {
  for (const char* data :
       {"", "Y", "YWJjY", "YWJj===", "YWJj*", "%%", "YWJj\\", "=", "YW==Jj==", "\"YWJj\""}) {
    EXPECT_EQ(fault(field("b", data)), Reason::bad_signature_data) << data;
  }
  EXPECT_EQ(parse(field("b", "Y W\r\n\tJ j")).facts.signature, "abc");
  // The grammar ends with up to two "=" and asks for none. [RFC6376 2.10]
  for (const char* data : {"YWI=", "YWI", "YWI==", "YW I\r\n = ="}) {
    EXPECT_EQ(parse(field("b", data)).facts.signature, "ab") << data;
  }
  EXPECT_EQ(parse(field("b", "Y W\r\n\tJ j")).facts.signature_prefix, "YWJj");
}

TEST(Signature, BodyHashData) {
  for (const std::string& data : {std::string(), std::string("YWJj"), std::string(kSha1),
                                  std::string(kSha256) + "A", std::string(kSha256.substr(0, 42)),
                                  std::string(kSha256) + "==", "*" + std::string(kSha256.substr(1)),
                                  std::string(kSha256.substr(0, 40)) + "uFU=uFU="}) {
    EXPECT_EQ(fault(field("bh", data.c_str())), Reason::bad_body_hash_data) << data;
  }
  // Without its padding the hash is the same. [RFC6376 2.10]
  const std::string bare(kSha256.substr(0, 43));
  EXPECT_EQ(parse(field("bh", bare.c_str())).facts.declared_body_hash,
            parse(field("bh", std::string(kSha256).c_str())).facts.declared_body_hash);
  EXPECT_EQ(fault(field("bh", bare.c_str())), Reason::none);
  EXPECT_EQ(fault(field("a", "rsa-sha1")), Reason::bad_body_hash_data);  // 32 octets are too many
}

// Two labels or more. [RFC6376 3.5]
TEST(Signature, Domains) {
  const std::string label63(63, 'a');
  const std::string name253 = label63 + "." + label63 + "." + label63 + "." + std::string(61, 'b');
  for (const std::string& domain :
       {std::string(), std::string("com"), std::string("."), std::string("example."),
        std::string(".example.com"), std::string("example..com"), std::string("example.com."),
        std::string("exa mple.com"), std::string("example,com"), std::string("jo@example.com"),
        std::string("*.example.com"), std::string("a\\.example.com"), label63 + "a.com",
        name253 + "b", std::string("example.com:25"), std::string("[192.0.2.1]")}) {
    EXPECT_EQ(fault(field("d", domain.c_str())), Reason::bad_domain) << domain;
  }
  EXPECT_EQ(fault(field("d", "_x.example-1.com")), Reason::none);
  EXPECT_EQ(fault(field("d", "192.0.2.1")), Reason::none);
}

TEST(Signature, Selectors) {
  const std::string long_name = std::string(63, 'a') + "." + std::string(63, 'b') + "." +
                                std::string(63, 'c') + "." + std::string(40, 'd');
  for (const std::string& selector : {std::string(), std::string("."), std::string("s1."),
                                      std::string(".s1"), std::string("s..1"), std::string("s 1"),
                                      std::string("s/1"), std::string(64, 's'), long_name}) {
    EXPECT_EQ(fault(field("s", selector.c_str())), Reason::bad_selector) << selector;
  }
  for (const char* selector : {"s", "s1.mail", "_s", "2024-01", "S1"}) {
    EXPECT_EQ(fault(field("s", selector)), Reason::none) << selector;
  }
}

TEST(Signature, SignedHeaders) {
  expect({{field("h", ""), Reason::bad_signed_headers},
          {field("h", " \r\n "), Reason::bad_signed_headers},
          {field("h", ":"), Reason::bad_signed_headers},
          {field("h", "from:"), Reason::bad_signed_headers},
          {field("h", ":from"), Reason::bad_signed_headers},
          {field("h", "from::to"), Reason::bad_signed_headers},
          {field("h", "from:t o"), Reason::bad_signed_headers},
          {field("h", "fr\r\n om"), Reason::bad_signed_headers},
          {field("h", "from:\xC3\xA4"), Reason::bad_signed_headers},
          {field("h", "to"), Reason::from_not_signed},
          {field("h", "from-x:xfrom:resent-from"), Reason::from_not_signed},
          {field("h", "From"), Reason::none},
          {field("h", "to:FROM"), Reason::none},  // without regard to case [RFC6376 3.5]
          {field("h", "to \r\n : from\t:\tto"), Reason::none}});
}

// i= is d= or below it, at the border of a label. [RFC6376 3.5] [RFC6376 6.1.1]
TEST(Signature, Auids) {
  expect({{field("i", ""), Reason::bad_auid},
          {field("i", "jo"), Reason::bad_auid},
          {field("i", "@"), Reason::bad_auid},
          {field("i", "jo@"), Reason::bad_auid},
          {field("i", "example.com"), Reason::bad_auid},
          {field("i", "jo@com"), Reason::bad_auid},
          {field("i", "jo@exa mple.com"), Reason::none},
          {field("i", "jo@example.com."), Reason::bad_auid},
          {field("i", "jo@example.org"), Reason::auid_domain_mismatch},
          {field("i", "jo@badexample.com"), Reason::auid_domain_mismatch},
          {field("i", "jo@example.com.evil.org"), Reason::auid_domain_mismatch},
          {field("i", "jo@a.example.com@evil.org"), Reason::auid_domain_mismatch},
          {replaced(field("i", "jo@example.com"), "d=example.com", "d=sub.example.com"),
           Reason::auid_domain_mismatch},
          {field("i", "@EXAMPLE.com"), Reason::none},
          {field("i", "jo=40x@mail.example.com"), Reason::none},
          {field("i", "a@b@example.com"), Reason::none}});
}

// Up to 76 digits; what no integer holds is recognised, not wrapped around. [RFC6376 3.5]
TEST(Signature, BodyLengths) {
  for (const std::string& length : {std::string(), std::string("-1"), std::string("+1"),
                                    std::string("1.0"), std::string("0x10"), std::string("1e3"),
                                    std::string("1 2"), std::string("x"), std::string(77, '1')}) {
    EXPECT_EQ(fault(field("l", length.c_str())), Reason::bad_body_length) << length;
  }
  EXPECT_EQ(parse(field("l", "0")).facts.body_length, 0U);
  EXPECT_EQ(parse(field("l", "007")).facts.body_length, 7U);
  constexpr auto kMax = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(parse(field("l", "18446744073709551615")).facts.body_length, kMax);
  EXPECT_EQ(parse(field("l", "18446744073709551616")).facts.body_length, kMax);
  EXPECT_EQ(parse(field("l", std::string(76, '9').c_str())).facts.body_length, kMax);
  EXPECT_EQ(parse(field("l", (std::string(75, '0') + "5").c_str())).facts.body_length, 5U);
}

// Up to 12 digits; more may be taken as infinite; x= comes after t=. [RFC6376 3.5]
TEST(Signature, Times) {
  for (const char* time : {"", "-1", "1.5", "now", "1 2", "0x1", "2024-01-01T00:00:00Z"}) {
    EXPECT_EQ(fault(field("t", time)), Reason::bad_timestamp) << time;
    EXPECT_EQ(fault(field("x", time)), Reason::bad_expiration) << time;
  }
  EXPECT_EQ(parse(field("t", "999999999999")).facts.signed_at, 999999999999);
  EXPECT_EQ(parse(field("x", "1000000000000")).facts.expires_at,
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse(field("x", std::string(500, '9').c_str())).facts.expires_at,
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(fault(field("t", "10; x=10")), Reason::bad_expiration);
  EXPECT_EQ(fault(field("t", "11; x=10")), Reason::bad_expiration);
  EXPECT_EQ(fault(field("t", "10; x=11")), Reason::none);
  EXPECT_EQ(fault(field("x", "0")), Reason::none);
}

// Unknown methods are ignored; one that is known has to be left. [RFC6376 3.5]
TEST(Signature, QueryMethods) {
  for (const char* methods : {"", "dns", "dns/txt/x", "http", "dns/TXT", "dns / txt", ":", "a:b"}) {
    EXPECT_EQ(fault(field("q", methods)), Reason::unknown_query_method) << methods;
  }
  for (const char* methods :
       {"dns/txt", " dns/txt ", "http/x:dns/txt", "dns/txt:", "x : dns/txt : y"}) {
    EXPECT_EQ(fault(field("q", methods)), Reason::none) << methods;
  }
}

TEST(Signature, LimitsAtTheLimitAndOnePast) {
  Limits limits;
  const std::string text = field();
  limits.signature_field_bytes = text.size();
  EXPECT_EQ(fault(text, limits), Reason::none);
  limits.signature_field_bytes = text.size() - 1;
  EXPECT_EQ(fault(text, limits), Reason::signature_too_large);
  limits = {};
  limits.signed_headers = 2;
  EXPECT_EQ(fault(field("h", "from:to"), limits), Reason::none);
  EXPECT_EQ(fault(field("h", "from:to:to"), limits), Reason::signature_too_large);
}

// The first fault in the order of the checks is the one that is given. [RFC6376 6.1.1]
TEST(Signature, OrderOfFaults) {
  expect({{replaced(field("v", "2"), "s=s1; ", ""), Reason::unknown_version},
          {replaced(field("s"), "a=rsa-sha256", "a=x"), Reason::missing_tag},
          {replaced(field("a", "x"), "b=YWJj", "b=?"), Reason::unknown_algorithm},
          {replaced(field("i", "jo@evil.org"), "h=From:To", "h=To"), Reason::auid_domain_mismatch},
          {replaced(field("i", "jo"), "h=From:To", "h=To"), Reason::bad_auid},
          {replaced(field("l", "x"), "h=From:To", "h=To"), Reason::from_not_signed},
          {replaced(field("q", "x"), "h=From:To", "h=:"), Reason::bad_signed_headers}});
}

TEST(Signature, RefusedFieldsStillTellWhatCanBeRead) {
  const SignatureFacts facts = parse(field("v", "2")).facts;
  EXPECT_EQ(facts.domain, "example.com");
  EXPECT_EQ(facts.selector, "s1");
  EXPECT_EQ(facts.algorithm, Algorithm::rsa_sha256);
  EXPECT_EQ(facts.signature_prefix, "YWJj");
}

// What b= covers: from the equals sign to the semicolon or the end, and nothing else.
// [RFC6376 3.7]
TEST(Signature, ExtentOfB) {
  struct {
    std::string_view text, rest;
  } const kCases[] = {
      {"b= YW\r\n Jj \r\n ;a=1", "b=;a=1"},
      {"a=1; b =YWJj", "a=1; b ="},
      {"bh=b=; b=x=; z=b=", "bh=b=; b=; z=b="},
      {"b=;a=1", "b=;a=1"},
      {"x=b=1; b\r\n =\r\n Y ; c=", "x=b=1; b\r\n =; c="},
  };
  for (const auto& [text, rest] : kCases) {
    const ParsedSignature parsed = parse(text);
    std::string without(text.substr(0, parsed.b_begin));
    without.append(text.substr(parsed.b_end));
    EXPECT_EQ(without, rest) << text;
  }
  EXPECT_EQ(parse("a=1").b_end, 0U);
}

}  // namespace
}  // namespace mailassay::dkim
