// What a signature leaves uncovered. [RFC6376 5.4.2] [RFC6376 8.15]
#include "dkim/coverage.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/exact_copy.h"

namespace mailassay::dkim {
namespace {

using Fields = std::vector<WatchedField>;

Fields fields_in(std::uint8_t bits) {
  Fields found;
  for (std::size_t i = 0; i < 8; ++i) {
    if ((bits >> i & 1U) != 0) found.push_back(static_cast<WatchedField>(i));
  }
  return found;
}

TEST(Coverage, ComparesWhatIsPresentWithWhatIsNamed) {
  using enum WatchedField;
  struct Case {
    const char* name;
    std::string header;
    std::string signed_fields;
    Fields left_unsigned;
    Fields extra;
  };
  const std::string two_subjects = "From: a\nSubject: b\nSubject: c\n";
  const Case cases[] = {
      {"all signed", "From: a\nSubject: b\n", "from:subject", {}, {}},
      {"order and repetition", "From: a\nSubject: b\n", "subject:from:from:subject", {}, {}},
      {"nothing present", "X: a\n", "from", {}, {}},
      {"absent and oversigned", "From: a\n", "from:subject:reply-to:to", {}, {}},
      {"other names", "From: a\nCc: b\nSubjects: c\nX-To: d\n", "from:cc", {}, {}},
      {"case of the message", "FROM: a\nSuBJecT: b\n", "from", {subject}, {}},
      {"each of them",
       "From: a\nSubject: b\nDate: c\nTo: d\nContent-Type: e\nReply-To: f\n",
       "from",
       {subject, date, to, content_type, reply_to},
       {}},
      {"a name that contains another",
       "From: a\nTo: b\nDate: c\n",
       "from:reply-to:dates",
       {date, to},
       {}},
      {"one more than signed", two_subjects, "from:subject", {}, {subject}},
      {"as many as signed", two_subjects, "from:subject:subject", {}, {}},
      {"two and none signed", two_subjects, "from", {subject}, {}},
      {"a second From", "From: x\nFrom: a\n", "from", {}, {from}},
      {"three To, two signed", "From: a\nTo: b\nTo: c\nTo: d\n", "to:from:to", {}, {to}},
      {"empty h=", "From: a\n", "", {from}, {}},
      {"empty names", "From: a\nTo: b\n", ":from::to:", {}, {}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    const test::ExactCopy header(one.header + "\n");
    const test::ExactCopy names(one.signed_fields);
    message::HeaderIndex index;
    index.build(header.view());
    const Coverage coverage = coverage_of(count_watched(index), names.view());
    EXPECT_EQ(fields_in(coverage.unsigned_fields), one.left_unsigned);
    EXPECT_EQ(fields_in(coverage.extra_fields), one.extra);
  }
}

// l= counts octets of the canonicalized body. [RFC6376 3.5]
TEST(Coverage, CountsUnsignedOctets) {
  SignatureFacts facts;
  facts.canonical_body_length = 100;
  facts.body_match = Match::match;
  EXPECT_EQ(unsigned_octets(facts), std::nullopt);
  facts.body_length = 100;
  EXPECT_EQ(unsigned_octets(facts), 0U);
  facts.body_length = 0;
  EXPECT_EQ(unsigned_octets(facts), 100U);
  facts.body_match.reset();  // l= beyond the body: nothing was compared
  facts.body_length = 101;
  EXPECT_EQ(unsigned_octets(facts), std::nullopt);
}

}  // namespace
}  // namespace mailassay::dkim
