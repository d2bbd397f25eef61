// Who the Author Domain is: from From fields to a domain or a reason why there is none.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mailassay/dossier.h"
#include "support/dmarc_case.h"
#include "support/growing_view.h"

namespace mailassay {
namespace {

dmarc::Verdict judged(const dmarc::Author& author, const dmarc::Options& options = {}) {
  test::DmarcZone zone;
  zone.record("example.com", "v=DMARC1; p=reject");
  zone.record("xn--bcher-kva.example", "v=DMARC1; p=none");
  dmarc::Input input;
  input.author = author;
  input.identifiers = {test::dmarc_identifier("+dkim:example.com")};
  return test::judge_dmarc(input, zone, options);
}

/// The verdict on a message with these header lines.
dmarc::Verdict of_header(const std::string& header, const Limits& limits = {}) {
  const std::string message = header + "\r\nbody\r\n";
  const Dossier dossier = digest({message}, limits);
  return judged({dossier.from_fields, dossier.from_domains, !dossier.truncated.empty()});
}

// [RFC9989 5.3.1] [RFC9989 4.4] [RFC7489 6.6.1]
TEST(DmarcAuthor, FromFields) {
  struct Row {
    const char* header;
    const char* words;
    const char* domain;
  };
  constexpr const char* kPass = "pass aligned reject by p of example.com";
  for (const Row& row : {
           Row{"From: a@example.com\r\n", kPass, "example.com"},
           Row{"From: A <a@EXAMPLE.com>\r\n", kPass, "example.com"},
           Row{"From: a@example.com, B <b@Example.com>\r\n", kPass, "example.com"},
           Row{"From: \"a@evil.example\" <a@example.com>\r\n", kPass, "example.com"},
           Row{"From: \"a@evil.example\"@example.com\r\n", kPass, "example.com"},
           Row{"From: a (x@evil.example) @ example.com\r\n", kPass, "example.com"},
           Row{"From: =?utf-8?q?a=40evil.example?= <a@example.com>\r\n", kPass, "example.com"},
           Row{"From: <@relay.example:a@example.com>\r\n", kPass, "example.com"},
           Row{"From: Us: a@example.com, b@example.com;\r\n", kPass, "example.com"},
           Row{"From: j\xC3\xBCrg@b\xC3\xBC"
               "cher.example\r\n",
               "fail not-aligned none by p of xn--bcher-kva.example", "xn--bcher-kva.example"},
           Row{"From: a@b\xC3\xBC"
               "cher.example, b@xn--bcher-kva.example\r\n",
               "fail not-aligned none by p of xn--bcher-kva.example", "xn--bcher-kva.example"},
           Row{"Subject: x\r\n", "permerror no-from-field", ""},
           Row{"From: a@example.com\r\nFrom: b@example.com\r\n", "permerror several-from-fields",
               ""},
           Row{"From: a@example.com\r\nFrom: x\r\n", "permerror several-from-fields", ""},
           Row{"From: a@example.com, b@example.net\r\n", "permerror several-author-domains", ""},
           Row{"From: undisclosed:;\r\n", "none no-author-domain", ""},
           Row{"From:\r\n", "none no-author-domain", ""},
           Row{"From: a\r\n", "none no-author-domain", ""},
           Row{"From: a@[192.0.2.1]\r\n", "permerror bad-author-domain", ""},
           Row{"From: a@192.0.2.1\r\n", "permerror bad-author-domain", ""},
           Row{"From: a@exa mple..com\r\n", "permerror bad-author-domain", ""},
           Row{"From: a@example.com, b\r\n", "permerror bad-author-domain", ""},
           Row{"From: a@example.com, b@[192.0.2.1]\r\n", "permerror bad-author-domain", ""},
           Row{"From: a@\xFF.example\r\n", "permerror bad-author-domain", ""},
       }) {
    const auto verdict = of_header(row.header);
    EXPECT_EQ(test::words(verdict.rfc9989), row.words) << row.header;
    EXPECT_EQ(verdict.author_domain, row.domain) << row.header;
  }
}

TEST(DmarcAuthor, LimitOfAddresses) {
  Limits limits;
  limits.from_addresses = 2;
  EXPECT_EQ(test::words(of_header("From: a@example.com, b@example.com\r\n", limits).rfc9989),
            "pass aligned reject by p of example.com");
  EXPECT_EQ(
      test::words(of_header("From: a@example.com, b@example.com, c@x.org\r\n", limits).rfc9989),
      "permerror authors-cut");
}

TEST(DmarcAuthor, AllDomainsAreTold) {
  const PublicSuffixList list = test::suffix_list("com\n");
  const auto verdict =
      judged({1, {"example.com", "b.example", "EXAMPLE.com", "", "x y"}, false}, {&list});
  EXPECT_EQ(verdict.author_domains, (std::vector<std::string>{"example.com", "b.example"}));
  EXPECT_EQ(test::words(verdict.rfc9989), "permerror several-author-domains");
  ASSERT_TRUE(verdict.rfc7489);
  EXPECT_EQ(*verdict.rfc7489, verdict.rfc9989);
  EXPECT_EQ(verdict.difference, dmarc::Difference::not_compared);
  ASSERT_EQ(verdict.identifiers.size(), 1U);
  EXPECT_EQ(verdict.identifiers[0].rfc9989, dmarc::Alignment::none);
  EXPECT_TRUE(verdict.evidence.empty());
}

// Nothing is asked when there is nobody to ask about.
TEST(DmarcAuthor, AsksNothingWithoutAuthor) {
  test::LearningView view;
  for (const dmarc::Author& author :
       {dmarc::Author{0, {}, false}, dmarc::Author{2, {"a.org"}, false},
        dmarc::Author{1, {"a.org", "b.org"}, false}, dmarc::Author{1, {}, true}}) {
    dmarc::Input input;
    input.author = author;
    dns::Needs needs;
    EXPECT_TRUE(dmarc::evaluate(input, view, needs));
    EXPECT_TRUE(needs.empty());
  }
}

}  // namespace
}  // namespace mailassay
