// Bounces of Sisimai's mailboxes, and the malformed MIME of the email package of CPython.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "mbox/splitter.h"
#include "message/mime_structure.h"
#include "support/conformance_dir.h"
#include "support/kind_case.h"

namespace mailassay {
namespace {

using kind::Kind;
using kind::KindFacts;

/// Facts of each message of a mailbox.
std::vector<KindFacts> kinds_of(const std::string& archive) {
  std::vector<KindFacts> out;
  for (const mbox::MessageRange& message : mbox::split(archive)) {
    out.push_back(
        test::kind_facts(std::string_view(archive).substr(message.offset, message.length)));
  }
  return out;
}

/// Where Sisimai's mailbox differs from a plain list of bounces: number 35 is a letter of a person,
/// "Fwd: Returned mail: ...", whose text quotes a bounce. Ours does not take it for one.
constexpr std::size_t kForwarded = 35;

TEST(SisimaiMailbox, EachMessageIsABounce) {
  MAILASSAY_SUITE(suite, "sisimai/mailbox");
  const std::vector<KindFacts> kinds = kinds_of(test::read_file(suite / "mbox-0"));
  ASSERT_EQ(kinds.size(), 37U);
  std::map<std::string, int> categories;
  std::size_t with_original = 0;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    SCOPED_TRACE(i);
    if (i == kForwarded) {
      EXPECT_EQ(kinds[i].kind, Kind::ordinary);
      continue;
    }
    EXPECT_EQ(kinds[i].kind, Kind::dsn);
    EXPECT_TRUE(kinds[i].notes.empty());
    ASSERT_TRUE(kinds[i].dsn);
    EXPECT_EQ(kinds[i].dsn->recipients.size(), 1U);
    EXPECT_TRUE(kinds[i].dsn->returned);
    if (!kinds[i].dsn->original_message_id.empty()) ++with_original;
    for (const kind::DsnRecipient& recipient : kinds[i].dsn->recipients) {
      EXPECT_NE(recipient.final_recipient.find('@'), std::string::npos);
      EXPECT_EQ(recipient.action, kind::Action::failed);
      ++categories[std::string(kind::word_of(recipient.category))];
    }
  }
  // Numbers 33 and 34 came back without a Message-ID.
  EXPECT_EQ(with_original, 34U);
  for (const auto& [word, count] : categories) std::printf("%s %d\n", word.c_str(), count);
}

struct Expected {
  std::size_t index;
  const char* recipient;
  const char* status;
  kind::Cause cause;
};

/// The addresses say what happened to them.
TEST(SisimaiMailbox, CausesAreWhatTheAddressesSay) {
  MAILASSAY_SUITE(suite, "sisimai/mailbox");
  const std::vector<KindFacts> kinds = kinds_of(test::read_file(suite / "mbox-0"));
  ASSERT_EQ(kinds.size(), 37U);
  constexpr Expected kExpected[] = {
      {0, "domain-does-not-exist@example.gov", "5.1.2", kind::Cause::bad_domain},
      {1, "recipient-address-does-not-exist@docomo.ne.jp", "5.1.1", kind::Cause::unknown_user},
      {2, "recipient-mailbox-is-full@docomo.ne.jp", "5.2.2", kind::Cause::mailbox_full},
      {4, "this-message-excees-limit-5000kb@docomo.ne.jp", "5.3.4", kind::Cause::too_big},
      {6, "userunknown@example.com", "5.1.1", kind::Cause::unknown_user},
      {10, "this-destination-mailbox-is-full@d.vodafone.ne.jp", "4.2.2", kind::Cause::mailbox_full},
      {19, "non-existent-blackberry-user-addr@docomo.blackberry.com", "5.0.0",
       kind::Cause::unknown_user},
      {21, "this-is-not-a-yahoo-user-address@yahoo.com", "5.0.0", kind::Cause::unknown_user},
      {23, "illegal-attachment-on-the-message@gmail.com", "5.7.0", kind::Cause::content},
      {24, "too-big-message-this-is@computer.example.co.jp", "5.2.3", kind::Cause::too_big},
      {28, "bad-recipient-address-this-is@bad-is-bad.example.net", "5.1.3",
       kind::Cause::bad_address},
      {30, "this-recipient-address-is-not-mopera-user@mopera.ne.jp", "5.1.1",
       kind::Cause::unknown_user},
      {32, "mailboxfull@example.kyoto.jp", "4.4.7", kind::Cause::mailbox_full},
  };
  for (const Expected& one : kExpected) {
    SCOPED_TRACE(one.index);
    const KindFacts& facts = kinds[one.index];
    ASSERT_TRUE(facts.dsn && facts.dsn->recipients.size() == 1);
    EXPECT_EQ(facts.dsn->recipients[0].final_recipient, one.recipient);
    EXPECT_EQ(facts.dsn->recipients[0].status, one.status);
    EXPECT_EQ(kind::word_of(facts.dsn->recipients[0].cause), kind::word_of(one.cause));
  }
  EXPECT_EQ(kinds[6].dsn->form, kind::DsnForm::qsbmf);
}

TEST(SisimaiMailbox, TheSmallOnes) {
  MAILASSAY_SUITE(suite, "sisimai/mailbox");
  const std::vector<KindFacts> kinds = kinds_of(test::read_file(suite / "mbox-1"));
  ASSERT_EQ(kinds.size(), 1U);
  EXPECT_EQ(kinds[0].kind, Kind::dsn);
  EXPECT_EQ(kinds[0].dsn->original_message_id,
            "<E1C50F1B-1C83-4820-BC36-AC6FBFBE8568@example.org>");
  EXPECT_EQ(kinds[0].dsn->reporting_mta, "example.jp");
  EXPECT_TRUE(kinds[0].dsn->returned_whole);
  for (const char* name : {"size-0", "size-1", "size-2"}) {
    const std::string text = test::read_file(suite / name);
    EXPECT_EQ(text.size(), std::string_view(name).back() == '0' ? 0 : text.size());
    EXPECT_EQ(test::kind_facts(text).kind, Kind::ordinary) << name;
  }
}

/// Each part lies inside the multipart that holds it, behind the part before it.
void check_ranges(const message::MimeStructure& found, std::size_t size) {
  for (std::size_t i = 0; i < found.parts.size(); ++i) {
    const message::MimePart& part = found.parts[i];
    EXPECT_LE(part.header, part.content);
    EXPECT_LE(part.content, part.end);
    EXPECT_LE(part.end, size);
    if (i == 0) continue;
    const message::MimePart& parent = found.parts[part.parent];
    EXPECT_LT(part.parent, i);
    EXPECT_EQ(part.depth, parent.depth + 1);
    EXPECT_GE(part.header, parent.content);
    EXPECT_LE(part.end, std::max(parent.end, part.content));
  }
}

TEST(CPythonEmail, IsReadWithoutLoss) {
  MAILASSAY_SUITE(suite, "cpython-email");
  std::size_t messages = 0;
  std::map<std::string, int> kinds;
  for (const auto& entry : std::filesystem::directory_iterator(suite)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with("msg_")) continue;
    SCOPED_TRACE(name);
    ++messages;
    const std::string text = test::read_file(entry.path());
    message::HeaderIndex header;
    header.build(text);
    const std::string_view body = std::string_view(text).substr(header.body_offset());
    check_ranges(message::read_mime_structure(header, body, Limits()), body.size());
    ++kinds[std::string(kind::word_of(test::kind_facts(text).kind))];
    // Cut anywhere, nothing breaks, and what is there of the header says the same or less.
    for (std::size_t size = 0; size < text.size(); size += 1 + text.size() / 100) {
      test::kind_facts(std::string_view(text).substr(0, size));
    }
  }
  EXPECT_EQ(messages, 48U);
  for (const auto& [word, count] : kinds) std::printf("%s %d\n", word.c_str(), count);
  // Delivery reports: without its part, in upper case, without its boundary, of many recipients.
  const auto kind_of = [&](const char* name) {
    return test::kind_facts(test::read_file(suite / name)).kind;
  };
  EXPECT_EQ(kind_of("msg_05.txt"), Kind::dsn);
  EXPECT_EQ(kind_of("msg_16.txt"), Kind::dsn);
  const KindFacts full = test::kind_facts(test::read_file(suite / "msg_16.txt"));
  ASSERT_TRUE(full.dsn && full.dsn->recipients.size() == 1);
  EXPECT_EQ(kind::word_of(full.dsn->recipients[0].category), "mailbox-full");
  const KindFacts lost = test::kind_facts(test::read_file(suite / "msg_25.txt"));
  EXPECT_EQ(lost.kind, Kind::dsn);
  ASSERT_TRUE(lost.dsn && lost.dsn->recipients.size() == 1);
  EXPECT_EQ(lost.dsn->recipients[0].final_recipient, "scoffman@wellpartner.com");
  const KindFacts many = test::kind_facts(test::read_file(suite / "msg_43.txt"));
  ASSERT_TRUE(many.dsn);
  EXPECT_EQ(many.dsn->recipients.size(), 25U);
}

}  // namespace
}  // namespace mailassay
