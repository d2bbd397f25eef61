// Trace fields of real mail, of 1996 to 2020, from the suites of other projects. What stands in
// each message was read off by eye; the share that can be read is counted.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <regex>
#include <string>
#include <vector>

#include "envelope/word.h"
#include "mailassay/envelope.h"
#include "support/conformance_dir.h"
#include "support/trace.h"

namespace mailassay::envelope {
namespace {

struct Known {
  std::string_view file;
  std::string_view border;  ///< sureness and reason
  std::string_view client;
  std::string_view helo;
  std::string_view mail_from;
  std::int64_t received_at;
};

void check(const std::filesystem::path& suite, const Known& known) {
  SCOPED_TRACE(known.file);
  const TransitFacts facts = test::trace(test::read_file(suite / known.file));
  EXPECT_TRUE(facts.notes.empty());
  const Envelope envelope = recover(facts, TrustOptions());
  EXPECT_EQ(std::string(word_of(envelope.border.sureness)) + ' ' +
                std::string(word_of(envelope.border.reason)),
            known.border);
  EXPECT_EQ(test::address_text(envelope.client_ip), known.client);
  EXPECT_EQ(test::text_of(envelope.helo), known.helo);
  EXPECT_EQ(test::text_of(envelope.mail_from), known.mail_from);
  ASSERT_TRUE(envelope.received_at);
  EXPECT_EQ(envelope.received_at->time.time_since_epoch().count(), known.received_at);
  EXPECT_TRUE(envelope.conflicts.empty());
}

TEST(EnvelopeOfRealMail, JamesJdkim) {
  MAILASSAY_SUITE(suite, "james-jdkim");
  for (const Known& known : {
           // Gmail's inner hops, then its entrance; Yahoo's and MySpace's hops below.
           Known{"corpus/s1024_yahoo.com.eml", "sure provider", "76.13.13.73",
                 "n3b.bullet.mail.ac4.yahoo.com", "voxma1l@yahoo.com", 1254121593},
           Known{"corpus/FAIL_BADBH_s1024_yahoo.com.eml", "sure provider", "68.142.207.51",
                 "n13a.bullet.mail.mud.yahoo.com", "voxma1l@yahoo.com", 1254125748},
           Known{"corpus/pmta_myspace.com.eml", "sure provider", "204.16.33.74",
                 "els2mmmsmlr0017.serv.msprod.msp", "voxmail@myspace.com", 1254128635},
           // Yahoo: "from 127.0.0.1 (EHLO name) (address)".
           Known{"corpus/gamma_gmail.com.eml", "sure provider", "209.85.210.177",
                 "mail-yx0-f177.google.com", "vidocq@gmail.com", 1254125612},
           Known{"corpus/gamma_gmail.com_duplicateheaders.eml", "sure provider", "209.85.220.213",
                 "mail-fx0-f213.google.com", "vidocq@gmail.com", 1254129488},
           // SubEthaSMTP with a private client, then Postfix.
           Known{"corpus/multiHeader.eml", "inferred below-unknown-hop", "193.105.238.150",
                 "letsignit.sqli.com", "-", 1495204535},
       }) {
    check(suite, known);
  }
}

TEST(EnvelopeOfRealMail, MailDkimAndDkimpy) {
  MAILASSAY_SUITE(mail_dkim, "mail-dkim");
  check(mail_dkim, {"corpus/bad_1.txt", "inferred first-outsider", "12.34.200.188",
                    "voicemail.cis.att.net", "tony@att.com", 1146683192});
  check(mail_dkim, {"corpus/good_dk_gmail.txt", "inferred below-unknown-hop", "66.249.92.174",
                    "ug-out-1314.google.com", "jasonalonzolong@gmail.com", 1160508434});
  check(mail_dkim, {"corpus/good_dk_1.txt", "none submission", "-", "-", "-", 1160508627});
  MAILASSAY_SUITE(dkimpy, "dkimpy-ilatypov");
  check(dkimpy, {"check/mail-tester-test-3vcvxqshy.txt", "inferred first-outsider", "66.163.185.33",
                 "sonic313-10.consmr.mail.ne1.yahoo.com", "ilatypov@yahoo.ca", 1592188363});
}

TEST(EnvelopeOfRealMail, Results) {
  MAILASSAY_SUITE(suite, "dkimpy-ilatypov");
  const auto facts = test::trace(test::read_file(suite / "check/mail-tester-test-3vcvxqshy.txt"));
  ASSERT_EQ(facts.recorded.size(), 4U);
  const Recorded& first = facts.recorded[0];
  EXPECT_EQ(first.authserv_id, "mail-tester.com");
  EXPECT_EQ(first.fault, RecordedFault::none);
  ASSERT_EQ(first.entries.size(), 3U);
  EXPECT_EQ(first.entries[0].result, "pass");
  EXPECT_EQ(value_of(first.entries[0], "header.d"), "yahoo.ca");
  EXPECT_EQ(value_of(first.entries[0], "header.b"), "FJXwJU3U");
  EXPECT_EQ(first.entries[1].result, "fail");
  EXPECT_EQ(value_of(first.entries[1], "header.d"), "mlcirm.biz");
  EXPECT_EQ(first.entries[2].method, "dkim-atps");
  // Both signatures, as the suite's zone and keys let one verify and the other not.
  OwnResults own;
  own.dkim = {
      {"yahoo.ca", "s2048", "@yahoo.ca", "FJXwJU3U", ResultWord::pass, OwnCause::none},
      {"mlcirm.biz", "default", "", "X6s0Eqai", ResultWord::fail, OwnCause::content_changed}};
  for (const Comparison& comparison : compare(first, own)) {
    if (comparison.entry == 2) continue;
    EXPECT_EQ(comparison.agreement, Agreement::agrees);
    EXPECT_EQ(comparison.own_dkim, comparison.entry);
  }
}

struct Counts {
  std::size_t hops = 0;
  std::size_t unreadable = 0;
  std::size_t written = 0;    ///< fields with an address in brackets before their by clause
  std::size_t addresses = 0;  ///< those of them of which it was read
  std::size_t dates = 0;
};

bool holds_address(std::string_view value) {
  static const std::regex kAddress(R"([\[(]\d+\.\d+\.\d+\.\d+[\])])");
  const std::string front(value.substr(0, value.find("by ")));
  return std::regex_search(front, kAddress);
}

void count_hops(const std::string& text, Counts& counts) {
  message::HeaderIndex index;
  index.build(text);
  for (const Hop& hop : envelope::read_transit(index, Limits()).hops) {
    ++counts.hops;
    if (hop.kind == HopKind::unreadable) ++counts.unreadable;
    if (hop.date) ++counts.dates;
    if (!holds_address(index.value(index.fields()[hop.position]))) continue;
    ++counts.written;
    if (!hop.client_ip.empty()) ++counts.addresses;
  }
}

/// Each message of an mbox, cut where a line begins with `From `.
void count_hops_of_mbox(const std::string& text, Counts& counts) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find("\nFrom ", begin), text.size());
    const std::size_t header = text.find('\n', begin);
    if (header < end) count_hops(text.substr(header + 1, end - header - 1), counts);
    begin = end + 1;
  }
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) found.push_back(entry.path());
  }
  return found;
}

TEST(EnvelopeOfRealMail, ShareThatIsRead) {
  MAILASSAY_SUITE(mimekit, "mimekit");
  MAILASSAY_SUITE(mail_dkim, "mail-dkim");
  MAILASSAY_SUITE(james, "james-jdkim");
  Counts counts;
  count_hops_of_mbox(test::read_file(mimekit / "mbox/content-length.mbox.txt"), counts);
  for (const auto& folder : {mail_dkim / "corpus", james / "corpus"}) {
    for (const auto& path : files_below(folder)) count_hops(test::read_file(path), counts);
  }
  std::cout << counts.hops << " hops, " << counts.written << " with the client's address, "
            << counts.dates << " with a date\n";
  EXPECT_GT(counts.hops, 200U);
  EXPECT_EQ(counts.unreadable, 0U);
  EXPECT_GT(counts.written, 100U);
  EXPECT_EQ(counts.addresses, counts.written);
  EXPECT_GE(counts.dates * 100, counts.hops * 98);
}

}  // namespace
}  // namespace mailassay::envelope
