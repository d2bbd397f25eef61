// From the header to the facts: what is kept, where it stood, what was cut.
#include "envelope/transit_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "envelope/word.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

std::string marks(const TransitFacts& facts) {
  std::string out;
  for (const Mark& mark : facts.marks) {
    out += std::to_string(mark.position) + ' ' + std::string(word_of(mark.kind)) + '=' +
           (mark.kind == MarkKind::forefront_ip ? test::address_text(mark.value) : mark.value) +
           '\n';
  }
  return out;
}

std::string notes(const TransitFacts& facts) {
  std::string out;
  for (const TransitNote note : facts.notes) out += std::string(word_of(note)) + ' ';
  return out;
}

TEST(TransitReader, KeepsTraceFieldsAtTheirPlaces) {
  const TransitFacts facts = test::trace(
      "Return-Path: <ann@alpha.test>\r\n"
      "DELIVERED-TO: bob@beta.test\r\n"
      "received-spf: pass client-ip=192.0.2.1\r\n"
      "Authentication-Results: in.beta.test;\r\n spf=pass\r\n"
      "Received: from a (a [192.0.2.1])\r\n by in.beta.test with SMTP; d\r\n"
      "Subject: Received: from x by y\r\n"
      "X-Received: by 2002:a05::1 with SMTP id x\r\n"
      "ARC-Authentication-Results: i=1; x; spf=pass\r\n"
      "Received: by a with HTTP; d\r\n"
      "X-Forefront-Antispam-Report: "
      "CIP:192.0.2.1;CTRY:US;LANG:en;H:mx.a.test;PTR:ptr.a.test;CAT:NONE"
      "\r\nX-MS-Exchange-Organization-AuthAs: Anonymous\r\n"
      "X-Envelope-From: <>\r\n"
      "\r\nReceived: from body by body\r\n");
  EXPECT_EQ(
      marks(facts),
      "0 return-path=ann@alpha.test\n1 envelope-to=bob@beta.test\n9 forefront-ip=192.0.2.1\n"
      "9 forefront-helo=mx.a.test\n9 forefront-rdns=ptr.a.test\n10 exchange-auth-as=Anonymous\n"
      "11 envelope-from=\n");
  ASSERT_EQ(facts.hops.size(), 2U);
  EXPECT_EQ(facts.hops[0].position, 4U);
  EXPECT_EQ(facts.hops[1].position, 8U);
  ASSERT_EQ(facts.recorded.size(), 2U);
  EXPECT_EQ(facts.recorded[0].position, 2U);
  EXPECT_EQ(facts.recorded[0].field, RecordedField::received_spf);
  EXPECT_EQ(facts.recorded[1].position, 3U);
  EXPECT_EQ(facts.recorded[1].authserv_id, "in.beta.test");
  EXPECT_EQ(notes(facts), "");
}

TEST(TransitReader, AddressesOfMarks) {
  struct {
    std::string_view value;
    std::string_view expected;
  } const kCases[] = {
      {"<ann@a.test>", "ann@a.test"},
      {" ann@a.test ", "ann@a.test"},
      {"<>", ""},
      {"", ""},
      {"(x (y)) <ann@a.test> (z)", "ann@a.test"},
      {"<\"a>b\"@a.test> trailing", "\"a>b\"@a.test"},
      {"<ann@a.test", "ann@a.test"},
      {"(", ""},
      {"<", ""},
  };
  for (const auto& [value, expected] : kCases) {
    const auto facts = test::trace("Return-Path: " + std::string(value) + "\n\n");
    ASSERT_EQ(facts.marks.size(), 1U);
    EXPECT_EQ(facts.marks[0].value, expected) << value;
  }
}

TEST(TransitReader, ForefrontWithoutAddress) {
  EXPECT_EQ(marks(test::trace("X-Forefront-Antispam-Report: CIP:;H:;PTR:\n\n")), "");
  EXPECT_EQ(
      marks(test::trace("X-Forefront-Antispam-Report: CIP:255.255.255.256;CIPX:1.2.3.4;\n\n")), "");
  EXPECT_EQ(marks(test::trace("X-Forefront-Antispam-Report:\n\n")), "");
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out + '\n';
}

TEST(TransitReader, LimitsAreSaid) {
  Limits limits;
  limits.transit_hops = limits.transit_results = limits.transit_marks = 3;
  struct {
    std::string_view field;
    std::string_view note;
  } const kCases[] = {
      {"Received: from a by b; d\n", "hops-cut "},
      {"Authentication-Results: a; spf=pass\n", "results-cut "},
      {"Received-SPF: pass\n", "results-cut "},
      {"Return-Path: <a@b>\n", "marks-cut "},
  };
  for (const auto& [field, note] : kCases) {
    EXPECT_EQ(notes(test::trace(repeated(field, 3), limits)), "") << field;
    const TransitFacts facts = test::trace(repeated(field, 5), limits);
    EXPECT_EQ(notes(facts), note) << field;
    EXPECT_EQ(facts.hops.size() + facts.recorded.size() + facts.marks.size(), 3U) << field;
  }
  limits = {};
  limits.transit_value_bytes = 5;
  EXPECT_EQ(notes(test::trace("Return-Path: <a@b.c>\n\n", limits)), "");
  EXPECT_EQ(notes(test::trace("Return-Path: <a@b.cd>\n\n", limits)), "value-cut ");
  EXPECT_EQ(notes(test::trace("Received: from abcdef by b\n\n", limits)), "value-cut ");
  EXPECT_EQ(notes(test::trace("Authentication-Results: a; spf=passed\n\n", limits)),
            "results-cut ");
  limits = {};
  limits.transit_field_bytes = 20;
  EXPECT_EQ(notes(test::trace("Received: from abcdefg by abcd\n\n", limits)), "field-cut ");
  EXPECT_EQ(notes(test::trace("Received: from abcdef by abcd\n\n", limits)), "");
  EXPECT_EQ(notes(test::trace("Return-Path: " + repeated("x", 20) + '\n', limits)), "field-cut ");
}

// The dossier is small: what a common message leaves in it.
TEST(TransitReader, FactsAreSmall) {
  std::string header = "Return-Path: <bounce@alpha.test>\n";
  for (int i = 0; i < 6; ++i) {
    header +=
        "Received: from mx.alpha.test (mx.alpha.test [192.0.2.1]) by in.beta.test with ESMTPS id "
        "0123456789 for <ann@beta.test>; Mon, 1 Jan 2024 12:00:00 +0000\n";
  }
  header +=
      "Authentication-Results: in.beta.test; spf=pass smtp.mailfrom=alpha.test; dkim=pass "
      "header.d=alpha.test; dmarc=pass header.from=alpha.test\n\n";
  const TransitFacts facts = test::trace(header);
  std::size_t octets = 0;
  for (const Hop& hop : facts.hops) {
    octets += hop.helo.size() + hop.rdns.size() + hop.client_ip.size() + hop.by.size() +
              hop.with.size() + hop.id.size() + hop.recipient.size();
  }
  EXPECT_LT(octets, header.size());
}

}  // namespace
}  // namespace mailassay::envelope
