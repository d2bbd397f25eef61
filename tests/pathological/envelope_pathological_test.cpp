// Trace fields that attack the cost of reading them, and the stack.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "envelope/word.h"
#include "mailassay/envelope.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

std::string repeated(std::string_view text, int times) {
  std::string out;
  out.reserve(text.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

/// Reads and recovers; fails if it takes a second or more.
TransitFacts within_a_second(const std::string& header, const Limits& limits = {}) {
  const auto start = std::chrono::steady_clock::now();
  TransitFacts facts = test::trace(header, limits);
  recover(facts, TrustOptions());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  return facts;
}

TEST(EnvelopePathological, HundredThousandFields) {
  struct {
    std::string_view field;
    TransitNote note;
  } const kCases[] = {
      {"Received: from a (a [192.0.2.1]) by b with SMTP; Mon, 1 Jan 2024 12:00:00 +0000\n",
       TransitNote::hops_cut},
      {"Authentication-Results: a; dkim=pass header.d=a; spf=pass\n", TransitNote::results_cut},
      {"Received-SPF: pass client-ip=192.0.2.1; helo=a\n", TransitNote::results_cut},
      {"Return-Path: <a@b.test>\n", TransitNote::marks_cut},
      {"X-Forefront-Antispam-Report: CIP:192.0.2.1;H:a;PTR:b;\n", TransitNote::marks_cut},
  };
  for (const auto& [field, note] : kCases) {
    const TransitFacts facts = within_a_second(repeated(field, 100000) + '\n');
    EXPECT_EQ(facts.notes, std::vector<TransitNote>{note}) << field;
    EXPECT_LE(facts.hops.size() + facts.recorded.size() + facts.marks.size(), 100U) << field;
  }
}

// The limits on octets are raised out of the way, so that the readers meet all of it.
TEST(EnvelopePathological, LongFields) {
  Limits limits;
  limits.transit_field_bytes = limits.transit_value_bytes = std::size_t{16} * 1024 * 1024;
  constexpr std::string_view kPieces[] = {"(",
                                          ")",
                                          "()",
                                          "\"",
                                          "\"\"",
                                          "\\",
                                          "<",
                                          ">",
                                          "[",
                                          "]",
                                          ";",
                                          "=",
                                          ".",
                                          "from ",
                                          "by ",
                                          "with x ",
                                          "for <a> ",
                                          "id 1 ",
                                          "a.b=c ",
                                          "; dkim=pass",
                                          "(envelope-from <a>) ",
                                          "[192.0.2.1] ",
                                          "; a=b c.d=\"",
                                          "designates ",
                                          "1.",
                                          ":",
                                          "helo=a ",
                                          "HELO ",
                                          "CIP:1;",
                                          "a/1=b; ",
                                          "@",
                                          "(x [192.0.2.1]) ",
                                          "version=",
                                          "; Mon, 1 Jan 2024 12:00:00 +0000 "};
  for (const std::string_view name :
       {"Received: ", "Received: from ", "Received: from a (", "Received: by ",
        "Authentication-Results: ", "Authentication-Results: a; spf=pass ",
        "Authentication-Results: a; spf=pass (", "Received-SPF: ", "Received-SPF: pass ",
        "Return-Path: ", "X-Forefront-Antispam-Report: "}) {
    for (const std::string_view piece : kPieces) {
      SCOPED_TRACE(std::string(name) + std::string(piece));
      within_a_second(std::string(name) + repeated(piece, 100000) + "\n\n", limits);
    }
  }
}

TEST(EnvelopePathological, DeepComments) {
  Limits limits;
  limits.transit_field_bytes = std::size_t{1} << 20U;
  const std::string deep = repeated("(", 100000) + repeated(")", 100000);
  EXPECT_EQ(within_a_second("Received: from a " + deep + " (b [192.0.2.1]) by c; d\n\n", limits)
                .hops.at(0)
                .client_ip,
            std::string("\xC0\x00\x02\x01", 4));
  EXPECT_EQ(
      within_a_second("Authentication-Results: " + deep + " a; " + deep + " dkim=pass\n\n", limits)
          .recorded.at(0)
          .authserv_id,
      "a");
  EXPECT_EQ(
      within_a_second("Received-SPF: " + deep + " pass\n\n", limits).recorded.at(0).entries.size(),
      1U);
}

// A field of 64 KiB is over the limit, and what is kept of it is bounded.
TEST(EnvelopePathological, SixtyFourKilobytes) {
  const std::string name = repeated("a", 65536);
  const TransitFacts facts = within_a_second(
      "Received: from " + name + " by b with SMTP; d\nAuthentication-Results: " + name +
      "; dkim=pass\nReceived-SPF: pass helo=" + name + "\nReturn-Path: <" + name + ">\n\n");
  EXPECT_EQ(facts.hops.at(0).kind, HopKind::unreadable);
  EXPECT_LE(facts.hops.at(0).helo.size(), 320U);
  EXPECT_LE(facts.recorded.at(0).authserv_id.size(), 320U);
  EXPECT_LE(facts.marks.at(0).value.size(), 320U);
}

// Networks, hosts and authserv-ids beyond number: recover() stays linear in each.
TEST(EnvelopePathological, ManyReceivers) {
  TrustOptions options;
  for (int i = 0; i < 10000; ++i) {
    options.hosts.push_back("h" + std::to_string(i) + ".test");
    add_receiver(options, "198.51." + std::to_string(i % 250) + ".0/24");
    options.authserv_ids.push_back("a" + std::to_string(i));
  }
  const TransitFacts facts =
      test::trace(repeated("Received: from a (a [127.0.0.1]) by b with SMTP; d\n", 100) +
                  repeated("Authentication-Results: x; dkim=pass\n", 32) + "\n");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(recover(facts, options).border.reason, BorderReason::own_hops_only);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

}  // namespace
}  // namespace mailassay::envelope
