// Whom the header names beside its authors. [RFC5322 3.6.2] [RFC5322 3.6.3]
#include "message/party_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "message/header_index.h"

namespace mailassay::message {
namespace {

PartyFacts parties(const std::string& header, const Limits& limits = {}) {
  HeaderIndex index;
  const std::string text = header + "\r\n";
  index.build(text);
  return read_parties(index, limits);
}

using Texts = std::vector<std::string>;

TEST(PartyReader, DisplayNamesOfTheAuthors) {
  struct Row {
    const char* from;
    Texts names;
  };
  for (const Row& row : {
           Row{"a@example.org", {}},
           Row{"<a@example.org>", {}},
           Row{"Ann Example <a@example.org>", {"Ann Example"}},
           Row{"\"Example, Ann\" <a@example.org>", {"Example, Ann"}},
           Row{"\"Ann \\\"A\\\" Example\" <a@example.org>", {"Ann \"A\" Example"}},
           Row{"=?utf-8?q?J=C3=B6rg?= <a@example.org>", {"J\xC3\xB6rg"}},
           Row{"\"a@bank.example\" <a@example.org>", {"a@bank.example"}},
           Row{"A <a@example.org>, B <b@example.org>", {"A", "B"}},
           Row{"A <a@example.org>, A <b@example.org>", {"A"}},
           Row{"Team: A <a@example.org>, b@example.org;", {"A"}},
           Row{"Ann\r\n Example <a@example.org>", {"Ann Example"}},
           Row{"", {}},
           Row{"<<<>>>", {}},
           Row{"Only A Name", {}},
       }) {
    EXPECT_EQ(parties("From: " + std::string(row.from) + "\r\n").author_names, row.names)
        << row.from;
  }
}

TEST(PartyReader, RecipientsAndReplyTo) {
  const PartyFacts facts = parties(
      "To: A <a@Example.org>, b@example.net\r\nCC: c@example.org, nobody\r\n"
      "bcc: d@sub.example.org\r\nReply-To: R <r@elsewhere.example>\r\nX-To: x@example.com\r\n"
      "Resent-To: y@example.com\r\n");
  EXPECT_EQ(facts.recipient_domains, (Texts{"example.org", "example.net", "sub.example.org"}));
  EXPECT_EQ(facts.reply_to, (Texts{"r@elsewhere.example"}));
  EXPECT_FALSE(facts.is_cut);
}

TEST(PartyReader, LimitsAreSaid) {
  Limits limits;
  limits.parties = 3;
  std::string to = "To: ";
  for (int i = 0; i < 3; ++i) to += "a@d" + std::to_string(i) + ".example, ";
  EXPECT_FALSE(parties(to + "\r\n", limits).is_cut);
  const PartyFacts cut = parties(to + "a@d3.example\r\n", limits);
  EXPECT_TRUE(cut.is_cut);
  EXPECT_EQ(cut.recipient_domains.size(), 3U);

  limits.party_bytes = 10;
  EXPECT_EQ(parties("Reply-To: a@x.exampl\r\n", limits).reply_to, (Texts{"a@x.exampl"}));
  const PartyFacts longer = parties("Reply-To: a@x.example\r\n", limits);
  EXPECT_TRUE(longer.is_cut);
  EXPECT_TRUE(longer.reply_to.empty());
}

}  // namespace
}  // namespace mailassay::message
