// Standings told to a person.
#include "report/standing_text.h"

#include <gtest/gtest.h>

#include "support/standing_evidence.h"

namespace mailassay::report {
namespace {

using standing::SignatureClass;

TEST(StandingText, RowReasonsAndTheRowsBefore) {
  standing::Evidence evidence = test::spoofed_mail();
  test::add_signature(evidence, test::aligned_signature(SignatureClass::body_differs));
  evidence.signatures[0].added = {"footer"};
  EXPECT_EQ(explain_standing(standing::decide(evidence)),
            "\n"
            "Standing: altered, the Author Domain vouched for another header or body (row 8 of 12)"
            "\n"
            "  body-altered: the header is as it was signed, the body is not\n"
            "  added:footer: content was added or changed: footer\n"
            "  rows of the table that do not match:\n"
            "     1 malformed        there is one Author Domain\n"
            "     2 authenticated    no signature of the Author Domain verifies\n"
            "     3 altered          no trusted receiver recorded that very signature as pass\n"
            "     4 authenticated    SPF does not pass\n"
            "     5 local            it has DKIM or ARC fields, so it was sent\n"
            "     6 forwarded        no trusted sealer, list or forwarder vouches for it\n"
            "     7 attested         nothing proves it in part, and no trusted receiver recorded a "
            "pass\n");
}

TEST(StandingText, TheFirstRowHasNoneBefore) {
  standing::Evidence evidence;
  evidence.author = standing::Author::no_from;
  EXPECT_EQ(explain_standing(standing::decide(evidence)),
            "\n"
            "Standing: malformed, there is no one Author Domain (row 1 of 12)\n"
            "  no-from: there is no From field, or it names nobody\n");
}

TEST(StandingText, WhatTheMessageSaysIsMadeSafe) {
  standing::Evidence evidence = test::spoofed_mail();
  test::add_signature(evidence, test::other_signature(SignatureClass::verifies));
  evidence.signatures[0].domain = "a\x1b[2Jb{}.example";
  const std::string text = explain_standing(standing::decide(evidence));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("  unaligned:a\\x1b[2Jb{}.example: a\\x1b[2Jb{}.example vouches for it, "),
            std::string::npos)
      << text;
}

TEST(StandingText, Axes) {
  EXPECT_EQ(explain_axes({standing::Integrity::intact, {"a.example", "b.example"}},
                         standing::Basis::later, {Form::raw, false}, standing::Direction::inbound),
            "  integrity  intact by a.example, b.example\n"
            "  basis      later\n"
            "  form       raw\n"
            "  direction  inbound\n");
  EXPECT_EQ(explain_axes({standing::Integrity::unknown, {}}, std::nullopt,
                         {Form::regenerated, true}, standing::Direction::unknown),
            "  integrity  unknown\n"
            "  basis      none is needed\n"
            "  form       regenerated, by fields that any sender can write\n"
            "  direction  unknown\n");
}

}  // namespace
}  // namespace mailassay::report
