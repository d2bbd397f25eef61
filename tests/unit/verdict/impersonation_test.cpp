// Look-alikes and pretended authors; more that must not be accused than that must be named.
#include "mailassay/impersonation.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "verdict/impersonation_word.h"
#include "verdict/letter_distance.h"
#include "verdict/protected_domains.h"

namespace mailassay::impersonation {
namespace {

using standing::Value;

const Register& names() {
  static const std::vector<Party> kParties = {
      {true,
       {"example.com", "example.de", "my-shop.com", "dhl.com", "xn--mnchen-3ya.de", "miller.de",
        "wintergarten.com", "ab.de", "cloud9.io"},
       {"Example Works"}},
      {false, {"paypal.com", "paypal.de"}, {"PayPal"}},
      {false, {"apple.com"}, {}},
  };
  static const Register kRegister(kParties);
  return kRegister;
}

std::string words_of(const Verdict& verdict) {
  std::string text;
  for (const Reason& reason : verdict.reasons) {
    if (!text.empty()) text += ' ';
    text += text_of(reason);
  }
  return text;
}

/// The reasons for mail from `domain` that is authenticated as it.
std::string by_domain(std::string_view domain, Value value = Value::authenticated) {
  Claim claim;
  claim.from_domain = domain;
  claim.standing = value;
  return words_of(names().check(claim));
}

TEST(Impersonation, LookAlikeDomains) {
  struct Case {
    const char* domain;
    const char* reasons;
  };
  const Case cases[] = {
      // Letters that look the same.
      {"examp1e.com", "confusable:example.com"},
      {"exarnple.com", "confusable:example.com"},
      {"exampie.com", "confusable:example.com"},
      {"exarnp1e.net", "confusable:example.com"},
      {"mail.examp1e.com", "confusable:example.com"},
      {"dh1.com", "confusable:dhl.com"},
      {"paypa1.de", "confusable:paypal.com"},
      // An IDN homograph, all of it Cyrillic; and one letter of it.
      {"xn--80ak6aa92e.com", "homograph:apple.com"},
      {"xn--xample-2of.com", "homograph:example.com"},
      // Hyphens and dots.
      {"exam-ple.com", "hyphen:example.com"},
      {"myshop.com", "hyphen:my-shop.com"},
      {"example-com.net", "hyphen:example.com"},
      {"examplecom.info", "hyphen:example.com"},
      {"winter-garten.net", "hyphen:wintergarten.com"},
      // One letter.
      {"exmaple.com", "one-letter:example.com"},
      {"exampl.com", "one-letter:example.com"},
      {"examplee.com", "one-letter:example.com"},
      {"exanple.com", "one-letter:example.com"},
      {"munchen.de", "one-letter:xn--mnchen-3ya.de"},
      {"wintergarden.net", "one-letter:wintergarten.com"},
      {"cloud9s.io", "one-letter:cloud9.io"},
      // The same name elsewhere.
      {"example.net", "other-tld:example.com"},
      {"example.co.uk", "other-tld:example.com"},
      {"dhl.xyz", "other-tld:dhl.com"},
      // The domain before another.
      {"example.com.evil.net", "domain-as-subdomain:example.com"},
      {"login.my-shop.com.secure.evil.net", "domain-as-subdomain:my-shop.com"},
      {"dhl.com.evil.net", "domain-as-subdomain:dhl.com"},
  };
  for (const Case& c : cases) EXPECT_EQ(by_domain(c.domain), c.reasons) << c.domain;
}

TEST(Impersonation, OtherDomainsAreLeftAlone) {
  for (const char* domain : {
           // Protected ones and what is below them.
           "example.com",
           "mail.example.com",
           "a.b.example.de",
           "paypal.de",
           "service.paypal.com",
           "xn--mnchen-3ya.de",
           "ab.de",
           "mail.ab.de",
           // Unlike.
           "gmail.com",
           "evil.net",
           "com",
           "localhost",
           "a",
           "sample.org",
           "exam.com",
           // Two letters apart.
           "exampel1.com",
           "exxampple.com",
           "eaxmpel.com",
           "xampl.com",
           // Short names are apart by one letter all the time.
           "dpl.com",
           "dhls.com",
           "dl.com",
           "hdl.com",
           "ac.de",
           "ab.com",
           "abc.de",
           // Near, but below another suffix, where names are often near.
           "exmaple.net",
           "mller.com",
           "miler.net",
           "myshop.de",
           "appel.org",
           // What is left is too short.
           "appl.com",
           // Numbered names.
           "cloud8.io",
           // A name among longer ones.
           "example-support.org",
           "bestexample.com",
           "examples-of.com",
           // A customer below a platform, and hosts named after customers.
           "example.onmicrosoft.com",
           "mail.example.onmicrosoft.com",
           "example.zendesk.com",
           "example.freshdesk.com",
           "dhl.evil.net",
           // Labels that look like the end of a domain.
           "com.evil.net",
           "notexample.com.evil.net",
           // No names at all.
           "",
           ".",
           "..",
           "-",
           "xn--",
           "xn--a.com",
           "\xff\xfe.com",
       }) {
    EXPECT_EQ(by_domain(domain), "") << domain;
  }
}

// With the public suffix list at hand the organisation is known.
TEST(Impersonation, OrganizationIsTold) {
  Claim claim;
  claim.standing = Value::authenticated;
  claim.from_domain = "a.example.platform.net";
  claim.organizational_domain = "example.platform.net";
  EXPECT_EQ(words_of(names().check(claim)), "");
  claim.standing = Value::unauthenticated;
  EXPECT_EQ(words_of(names().check(claim)), "name-as-subdomain:example.com");
  claim.from_domain = "mail.examp1e.kawasaki.jp";
  claim.organizational_domain = "examp1e.kawasaki.jp";
  EXPECT_EQ(words_of(names().check(claim)), "confusable:example.com");
  // One that does not fit is not believed.
  claim.from_domain = "mail.examp1e.net";
  claim.organizational_domain = "other.example";
  EXPECT_EQ(words_of(names().check(claim)), "confusable:example.com");
}

// What is protected and not authenticated; what is merely not verifiable is not accused.
TEST(Impersonation, ProtectedDomains) {
  struct Case {
    Value value;
    const char* own;
    const char* brand;
    const char* name_below;
  };
  const Case cases[] = {
      {Value::authenticated, "", "", ""},
      {Value::altered, "", "", ""},
      {Value::local, "", "", ""},
      {Value::forwarded, "", "", ""},
      {Value::attested, "", "", ""},
      {Value::unverifiable, "", "", ""},
      {Value::malformed, "", "", ""},
      {Value::disowned, "own-domain:example.com", "brand-domain:paypal.com",
       "name-as-subdomain:example.com"},
      {Value::unaligned, "own-domain:example.com", "brand-domain:paypal.com",
       "name-as-subdomain:example.com"},
      {Value::unauthenticated, "own-domain:example.com", "brand-domain:paypal.com",
       "name-as-subdomain:example.com"},
  };
  std::set<Value> seen;
  for (const Case& c : cases) {
    EXPECT_EQ(by_domain("mail.example.com", c.value), c.own);
    EXPECT_EQ(by_domain("paypal.com", c.value), c.brand);
    EXPECT_EQ(by_domain("example.evil.net", c.value), c.name_below);
    seen.insert(c.value);
  }
  EXPECT_EQ(seen.size(), standing::kValueCount);
  Claim claim;
  claim.from_domain = "example.com";
  claim.standing = Value::unaligned;
  claim.by_own_sender = true;
  EXPECT_EQ(words_of(names().check(claim)), "");
}

std::string by_display(std::string_view display_name, std::string_view domain = "gmail.com") {
  Claim claim;
  claim.from_domain = domain;
  claim.display_name = display_name;
  claim.standing = Value::authenticated;
  return words_of(names().check(claim));
}

TEST(Impersonation, DisplayNames) {
  struct Case {
    const char* display;
    const char* reasons;
  };
  const Case cases[] = {
      {"ann@example.com", "display-address:example.com"},
      {"Ann (ann@mail.example.com)", "display-address:example.com"},
      {"ann@EXAMPLE.COM.", "display-address:example.com"},
      {"example.com", "display-name:example.com"},
      {"www.paypal.com billing", "display-name:paypal.com"},
      {"PayPal", "display-name:PayPal"},
      {"paypal.community", "display-name:PayPal"},
      {"@example.com", "display-name:example.com"},
      {"Your PAYPAL account", "display-name:PayPal"},
      {"PayPaI", "display-name:PayPal"},
      // Cyrillic letters among others.
      {"\xd0\xa0\xd0\xb0y\xd0\xa0\xd0\xb0l Service", "display-name:PayPal"},
      {"Example Works", "display-name:Example Works"},
      {"The EXAMPLE-WORKS team", "display-name:Example Works"},
      {"Example Support", "display-name:example.com"},
      {"IT Helpdesk Example", "display-name:example.com"},
      {"Miller GmbH", "display-name:miller.de"},
      {"My Shop Billing", "display-name:my-shop.com"},
  };
  for (const Case& c : cases) EXPECT_EQ(by_display(c.display), c.reasons) << c.display;
  for (const char* display : {
           "",
           "Ann",
           "Jane Miller",
           "Miller",
           "Miller & Sons",
           "example",
           "An example of it",
           "Example Ann",
           "Works Example",
           "Examples Support",
           "Support",
           "dhl support",
           "PayPalooza",
           "Pay Pal",
           "ann@evil.net",

           "ann at example.com.evil.net",
           "notexample.com",
           "example com",
           "apple pie",
           ".",
           "...",
           "\xff\xfe",
           "Apple",
       }) {
    EXPECT_EQ(by_display(display), "") << display;
  }
}

TEST(Impersonation, DisplayNamesOfThoseWhoMayShowThem) {
  EXPECT_EQ(by_display("ann@example.com", "mail.example.de"), "");
  EXPECT_EQ(by_display("PayPal", "paypal.de"), "");
  Claim claim;
  claim.from_domain = "lists.evil.net";
  claim.display_name = "ann@example.com via List";
  claim.standing = Value::authenticated;
  EXPECT_EQ(words_of(names().check(claim)), "display-address:example.com");
  claim.from_is_munged = true;
  EXPECT_EQ(words_of(names().check(claim)), "");
  claim.from_is_munged = false;
  claim.by_own_sender = true;
  EXPECT_EQ(words_of(names().check(claim)), "");
  // But a look-alike stays one.
  claim.from_domain = "examp1e.com";
  EXPECT_EQ(words_of(names().check(claim)), "confusable:example.com");
}

std::string by_replies(std::string_view domain, std::vector<std::string> replies,
                       Value value = Value::authenticated) {
  Claim claim;
  claim.from_domain = domain;
  claim.reply_to_domains = replies;
  claim.standing = value;
  return words_of(names().check(claim));
}

TEST(Impersonation, Replies) {
  // Answers elsewhere are common and say nothing by themselves.
  EXPECT_EQ(by_replies("gmail.com", {"evil.net"}), "");
  EXPECT_EQ(by_replies("example.com", {"evil.net"}), "");
  EXPECT_EQ(by_replies("esp.net", {"example.com"}, Value::unauthenticated), "");
  // With something that does, they do.
  EXPECT_EQ(by_replies("example.com", {"evil.net"}, Value::disowned),
            "own-domain:example.com reply-to:evil.net");
  EXPECT_EQ(by_replies("examp1e.com", {"evil.net"}), "confusable:example.com reply-to:evil.net");
  EXPECT_EQ(by_replies("example.com", {"example.de"}, Value::disowned), "own-domain:example.com");
  EXPECT_EQ(by_replies("examp1e.com", {"mail.examp1e.com"}),
            "confusable:example.com reply-to:mail.examp1e.com");
  EXPECT_EQ(by_replies("a.example.com.evil.net", {"b.evil.net"}),
            "domain-as-subdomain:example.com");
  EXPECT_EQ(
      by_replies("example.com", {"", "a.example.com", "evil.net", "evil.org"}, Value::unaligned),
      "own-domain:example.com reply-to:evil.net");
  // To a look-alike, whoever the author is.
  EXPECT_EQ(by_replies("gmail.com", {"examp1e.com"}), "reply-to:examp1e.com");
  EXPECT_EQ(by_replies("example.com", {"exmaple.com"}), "reply-to:exmaple.com");
}

TEST(Impersonation, SaysWhatWasFoundAndWhetherItIsAuthenticated) {
  Claim claim;
  claim.from_domain = "xn--80ak6aa92e.com";
  claim.standing = Value::authenticated;
  const Verdict verdict = names().check(claim);
  ASSERT_EQ(verdict.reasons.size(), 1U);
  EXPECT_EQ(verdict.reasons[0].found, "\xd0\xb0\xd1\x80\xd1\x80\xd3\x8f\xd0\xb5.com");
  EXPECT_TRUE(verdict.is_authenticated);
  claim.standing = Value::unauthenticated;
  EXPECT_FALSE(names().check(claim).is_authenticated);
  claim.from_domain = "example.com";
  claim.standing = Value::authenticated;
  EXPECT_FALSE(names().check(claim).is_authenticated);
}

TEST(Impersonation, WithoutNamesNothingIsSaid) {
  const Register none({});
  Claim claim;
  claim.from_domain = "example.com.evil.net";
  claim.display_name = "ann@example.com";
  claim.standing = Value::disowned;
  EXPECT_TRUE(none.check(claim).reasons.empty());
  const Register empty(std::vector<Party>{{true, {"", "com", "."}, {"", " ", "\xff"}}});
  EXPECT_TRUE(empty.check(claim).reasons.empty());
}

TEST(Impersonation, EveryWordHasACase) {
  std::set<std::string> seen;
  const auto note = [&](const std::string& text) { seen.insert(text.substr(0, text.find(':'))); };
  for (const char* domain : {"xn--80ak6aa92e.com", "examp1e.com", "myshop.com", "exmaple.com",
                             "example.net", "example.com.evil.net"}) {
    note(by_domain(domain));
  }
  note(by_domain("example.com", Value::disowned));
  note(by_domain("paypal.com", Value::disowned));
  note(by_domain("example.evil.net", Value::disowned));
  note(by_display("ann@example.com"));
  note(by_display("PayPal"));
  note(by_replies("gmail.com", {"examp1e.com"}));
  for (const WordEntry& entry : word_table()) {
    EXPECT_TRUE(seen.contains(std::string(entry.text))) << entry.text;
    EXPECT_FALSE(entry.sentence.empty());
  }
  EXPECT_EQ(seen.size(), kWordCount);
}

// Names of any length and labels without end cost no more than their octets.
TEST(Impersonation, LongInput) {
  std::string labels;
  for (int i = 0; i < 20000; ++i) labels += "a.";
  EXPECT_EQ(by_domain(labels + "evil.net"), "");
  EXPECT_EQ(by_domain(std::string(100000, 'x') + ".com"), "");
  // 253 octets, and one more. [RFC1035 2.3.4]
  const std::string prefix(253 - std::string(".examp1e.com").size(), 'x');
  EXPECT_EQ(by_domain(prefix + ".examp1e.com"), "confusable:example.com");
  EXPECT_EQ(by_domain(prefix + "x.examp1e.com"), "");
  EXPECT_EQ(by_display(std::string(1 << 20, 'x')), "");
  EXPECT_EQ(by_display(std::string(1 << 20, '@')), "");
  // At the limit of what is looked at, and one past it.
  const std::string name = "PayPal";
  EXPECT_EQ(by_display(std::string(256 - name.size(), ' ') + name), "display-name:PayPal");
  EXPECT_EQ(by_display(std::string(257 - name.size(), ' ') + name), "");
}

TEST(LetterDistance, Table) {
  struct Case {
    const char* a;
    const char* b;
    bool is_near;
  };
  const Case cases[] = {
      {"example", "exmaple", true},
      {"example", "exampl", true},
      {"example", "xample", true},
      {"example", "exxample", true},
      {"example", "ezample", true},
      {"example", "example", false},
      {"example", "exampel", true},
      {"example", "axemple", false},
      {"example", "exam", false},
      {"", "", false},
      {"", "a", true},
      {"a", "b", true},
      {"ab", "ba", true},
      {"abc", "cba", false},
      {"ab1", "ab2", false},
      {"ab1", "abx", true},
      {"ab", "ab1", true},
      {"abcd", "badc", false},
      {"m\xc3\xbcnchen", "munchen", true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(is_one_letter_apart(letters_of(c.a), letters_of(c.b)), c.is_near) << c.a << c.b;
    EXPECT_EQ(is_one_letter_apart(letters_of(c.b), letters_of(c.a)), c.is_near) << c.b << c.a;
  }
}

TEST(SplitDomain, Table) {
  struct Case {
    const char* domain;
    const char* organization;
    const char* parts;
  };
  const Case cases[] = {
      {"example.com", "", "|example|com"},
      {"a.b.example.com", "", "a.b|example|com"},
      {"a.example.co.uk", "", "a|example|co.uk"},
      {"example.co.uk", "", "|example|co.uk"},
      {"co.uk", "", "|co|uk"},
      {"a.example.info", "", "a|example|info"},
      {"a.abcd.uk", "", "a|abcd|uk"},
      {"com", "", "|com|"},
      {"", "", "||"},
      {"a.b.example.com", "b.example.com", "a|b|example.com"},
      {"a.example.com", "other.com", "a|example|com"},
  };
  for (const Case& c : cases) {
    const DomainParts parts = split_domain(c.domain, c.organization);
    const std::string text = std::string(parts.before) + '|' + std::string(parts.label) + '|' +
                             std::string(parts.suffix);
    EXPECT_EQ(text, c.parts) << c.domain;
  }
}

}  // namespace
}  // namespace mailassay::impersonation
