// From octets to facts: limits, cuts, and messages in pieces. [RFC6376 8.4] [RFC5321 4.4]
#include "dossier/digester.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "support/exact_copy.h"
#include "support/signed_message.h"

namespace mailassay {
namespace {

Dossier read(std::string_view message, const Limits& limits = {}) {
  const test::ExactCopy copy(message);
  return Digester(limits).digest(copy.view());
}

bool has(const Dossier& dossier, MessageNote note) {
  return std::count(dossier.notes.begin(), dossier.notes.end(), note) == 1;
}

bool cut(const Dossier& dossier, const char* key) {
  return std::count(dossier.truncated.begin(), dossier.truncated.end(), key) == 1;
}

/// All that two dossiers have to agree in.
void expect_same(const Dossier& a, const Dossier& b) {
  EXPECT_EQ(a.message_id, b.message_id);
  EXPECT_EQ(a.date, b.date);
  EXPECT_EQ(a.received_at, b.received_at);
  EXPECT_EQ(a.from, b.from);
  EXPECT_EQ(a.from_domains, b.from_domains);
  EXPECT_EQ(a.subject, b.subject);
  EXPECT_EQ(a.notes, b.notes);
  EXPECT_EQ(a.truncated, b.truncated);
  EXPECT_EQ(a.body_bytes, b.body_bytes);
  EXPECT_EQ(a.hashed_bytes, b.hashed_bytes);
  ASSERT_EQ(a.signatures.size(), b.signatures.size());
  for (std::size_t i = 0; i < a.signatures.size(); ++i) {
    EXPECT_EQ(a.signatures[i].fault, b.signatures[i].fault);
    EXPECT_EQ(a.signatures[i].body_hash, b.signatures[i].body_hash);
    EXPECT_EQ(a.signatures[i].header_hash, b.signatures[i].header_hash);
    EXPECT_EQ(a.signatures[i].body_match, b.signatures[i].body_match);
  }
}

TEST(Digester, ReadsTheFacts) {
  const Dossier dossier = read(test::signed_plain_message());
  EXPECT_EQ(dossier.message_id, "<1@example.com>");
  EXPECT_EQ(dossier.from, (std::vector<std::string>{"jo@example.com"}));
  EXPECT_EQ(dossier.from_domains, (std::vector<std::string>{"example.com"}));
  EXPECT_EQ(dossier.from_fields, 1U);
  EXPECT_EQ(dossier.subject, "one  two");
  ASSERT_TRUE(dossier.date && dossier.received_at);
  EXPECT_EQ(*dossier.received_at - *dossier.date, std::chrono::seconds(2));
  EXPECT_EQ(dossier.body_bytes, test::plain_body().size());
  EXPECT_TRUE(dossier.notes.empty() && dossier.truncated.empty());
  ASSERT_EQ(dossier.signatures.size(), 1U);
  EXPECT_EQ(dossier.signatures.front().body_match, dkim::Match::match);
}

// LF in store, CRLF on the wire: the same hashes. [RFC6376 3.4]
TEST(Digester, StoredLineEndsDoNotMatter) {
  for (const test::Canon canon : {test::Canon::simple, test::Canon::relaxed}) {
    test::SignatureForm form;
    if (canon == test::Canon::simple) form = test::replaced("relaxed/relaxed", "simple/simple");
    form.header = form.body = canon;
    const std::string message = test::signed_plain_message(form);
    const Dossier wire = read(message);
    const Dossier stored = read(test::as_stored(message));
    EXPECT_EQ(wire.signatures[0].header_hash, stored.signatures[0].header_hash);
    EXPECT_EQ(stored.signatures[0].body_match, dkim::Match::match);
  }
}

TEST(Digester, SaysWhatIsWrongWithTheHeader) {
  EXPECT_TRUE(has(read(""), MessageNote::no_header));
  EXPECT_TRUE(has(read(""), MessageNote::no_separator));
  EXPECT_TRUE(has(read("\nbody"), MessageNote::no_header));
  EXPECT_FALSE(has(read("\nbody"), MessageNote::no_separator));
  EXPECT_TRUE(has(read("A: 1"), MessageNote::no_separator));
  EXPECT_TRUE(has(read("A: 1\njunk\n\n"), MessageNote::header_junk));
  EXPECT_TRUE(has(read("From: a@b.org\nFROM: a@b.org\n\n"), MessageNote::many_from_fields));
  EXPECT_TRUE(read("From: a@b.org\n\n").notes.empty());
}

// The newest plausible Received field. [RFC5321 4.4]
TEST(Digester, TimeOfReceipt) {
  const std::string good = "Received: by b; Mon, 1 Jan 2024 00:00:00 +0000\n";
  const std::string older = "Received: by c; Sun, 31 Dec 2023 00:00:00 +0000\n";
  const auto time = read(good + older + "\n").received_at;
  EXPECT_EQ(time->time_since_epoch().count(), 1704067200);
  EXPECT_EQ(read("Received: by a; nonsense\nReceived: by b; 1 Jan 1970 00:00:00 +0000\n" + good)
                .received_at,
            time);
  EXPECT_FALSE(read("Received: by b\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n\n").received_at);
}

TEST(Digester, HeaderAtTheLimitAndOnePast) {
  const std::string header = "Subject: x\nFrom: a@b.org\n\n";
  Limits limits;
  limits.header_bytes = header.size();
  EXPECT_FALSE(has(read(header + "body", limits), MessageNote::header_too_large));
  EXPECT_FALSE(has(read(header, limits), MessageNote::header_too_large));
  limits.header_bytes = header.size() - 1;
  const Dossier refused = read(header + "body", limits);
  EXPECT_TRUE(has(refused, MessageNote::header_too_large));
  EXPECT_TRUE(refused.from.empty() && refused.signatures.empty());
  EXPECT_EQ(refused.hashed_bytes, 0U);
  // Without a separator.
  const std::string open = "Subject: x\n";
  limits.header_bytes = open.size();
  EXPECT_FALSE(has(read(open, limits), MessageNote::header_too_large));
  EXPECT_TRUE(has(read(open + "A", limits), MessageNote::header_too_large));
}

TEST(Digester, SignaturesAtTheLimitAndOnePast) {
  std::string message = test::signed_plain_message();
  const std::string field = message.substr(0, message.find("Received:"));
  message = field + field + message;
  Limits limits;
  limits.signatures = 3;
  EXPECT_EQ(read(message, limits).signatures.size(), 3U);
  EXPECT_EQ(read(message, limits).signatures.back().fault, dkim::Reason::none);
  limits.signatures = 2;
  const Dossier two = read(message, limits);
  ASSERT_EQ(two.signatures.size(), 3U);  // one entry for all that were left out
  EXPECT_EQ(two.signatures[1].fault, dkim::Reason::none);
  EXPECT_EQ(two.signatures[2].fault, dkim::Reason::too_many_signatures);
  EXPECT_EQ(read(field + message, limits).signatures.size(), 3U);
  limits.signatures = 0;
  EXPECT_EQ(read(message, limits).signatures.size(), 1U);
}

TEST(Digester, StringsAtTheLimitAndOnePast) {
  Limits limits;
  limits.row_string_bytes = 10;
  const auto message = [](std::string_view text) {
    return "Subject: " + std::string(text) + "\nMessage-ID: " + std::string(text) + "\n\n";
  };
  Dossier dossier = read(message("0123456789"), limits);
  EXPECT_EQ(dossier.subject, "0123456789");
  EXPECT_TRUE(dossier.truncated.empty());
  dossier = read(message("0123456789x"), limits);
  EXPECT_EQ(dossier.subject, "0123456789");
  EXPECT_EQ(dossier.message_id, "0123456789");
  EXPECT_TRUE(cut(dossier, "subject") && cut(dossier, "message_id"));
  // Not within a character.
  dossier = read(message("012345678\xC3\xA9"), limits);
  EXPECT_EQ(dossier.subject, "012345678");
  dossier = read(message("01234567\xC3\xA9"), limits);
  EXPECT_EQ(dossier.subject, "01234567\xC3\xA9");
  // A long one is not even decoded to its end.
  dossier = read(message(std::string(81, ' ') + "x"), limits);
  EXPECT_TRUE(cut(dossier, "subject"));
}

TEST(Digester, AddressesAtTheLimitAndOnePast) {
  Limits limits;
  limits.from_addresses = 2;
  Dossier dossier = read("From: a@x.org, b@x.org\n\n", limits);
  EXPECT_EQ(dossier.from.size(), 2U);
  EXPECT_FALSE(cut(dossier, "from"));
  for (const std::string_view text :
       {"From: a@x.org, b@x.org, c@x.org\n\n", "From: a@x.org, b@x.org\nFrom: c@x.org\n\n",
        "From: a@x.org\nFrom: b@x.org, c@x.org, d@x.org\n\n"}) {
    dossier = read(text, limits);
    EXPECT_EQ(dossier.from.size(), 2U) << text;
    EXPECT_TRUE(cut(dossier, "from")) << text;
  }
  limits.row_string_bytes = 7;
  dossier = read("From: jo@x.org\n\n", limits);
  EXPECT_EQ(dossier.from.front(), "jo@x.or");
  EXPECT_TRUE(cut(dossier, "from"));
  dossier = read("From: j@" + std::string(1000, 'x') + "\n\n", limits);
  EXPECT_LE(dossier.from_domains.front().size(), 7U);
}

// A dossier does not grow with the message.
TEST(Digester, DossiersAreSmall) {
  const std::string big(300'000, 'x');
  const std::string many = [] {
    std::string text = "a@x.org";
    for (int i = 0; i < 50'000; ++i) text += ",a@x.org";
    return text;
  }();
  const Dossier dossier =
      read("From: " + many + "\nFrom: " + big + "@" + big + "\nSubject: " + big + "\nMessage-ID: " +
           big + "\nDKIM-Signature: v=1; d=" + big + "; i=" + big + "@x.org\n\n" + big);
  std::size_t size = dossier.message_id.size() + dossier.subject.size();
  for (const std::string& text : dossier.from) size += text.size();
  for (const std::string& text : dossier.from_domains) size += text.size();
  for (const dkim::SignatureFacts& facts : dossier.signatures) {
    size += facts.domain.size() + facts.auid.size() + facts.signed_fields.size() +
            facts.signature.size() + facts.auid_domain.size() + facts.selector.size();
  }
  EXPECT_LE(dossier.from.size(), 100U);
  EXPECT_LT(size, 8'000U);
}

// Whatever the pieces, the facts are the same.
TEST(Digester, PiecesDoNotMatter) {
  std::string body;
  for (int i = 0; i < 400; ++i) body += "line \t " + std::to_string(i) + " \r\n\r\n";
  const std::string message =
      test::signed_message(test::plain_fields(), body, {}, test::key_pool().rsa_2048.front());
  const std::size_t header = find_body(message);
  ASSERT_NE(header, std::string_view::npos);
  Digester digester;
  const Dossier whole = digester.digest(message);
  EXPECT_EQ(whole.signatures.front().body_match, dkim::Match::match);
  std::mt19937 random(3);
  for (int round = 0; round < 100; ++round) {
    std::size_t at = header + random() % (round % 2 == 0 ? 1 : 50);
    digester.begin(std::string_view(message).substr(0, at));
    while (at < message.size()) {
      const std::size_t piece = 1 + random() % (round % 3 == 0 ? 5 : 3000);
      digester.feed(std::string_view(message).substr(at, piece));
      at = std::min(at + piece, message.size());
    }
    expect_same(digester.finish(), whole);
  }
}

TEST(Digester, KeepsNothingOfTheMessageBefore) {
  Digester digester;
  const std::string message = test::signed_plain_message();
  const Dossier first = digester.digest(message);
  digester.digest("junk\njunk");
  digester.digest("");
  digester.begin("A: 1\n\nhalf a");  // never finished
  expect_same(digester.digest(message), first);
  expect_same(digest({message}), first);
}

TEST(Digester, NotesQuotedFromLinesWhereTheBodyHashDiffers) {
  const std::vector<std::string> fields = {"From: jo@example.com"};
  const auto notes = [&](std::string_view signed_body, std::string_view stored_body) {
    std::string message =
        test::signed_message(fields, signed_body, {}, test::key_pool().rsa_2048.front());
    message.replace(message.size() - signed_body.size(), signed_body.size(), stored_body);
    return digest({message}).notes;
  };
  using Notes = std::vector<MessageNote>;
  const Notes quoted = {MessageNote::quoted_from_lines};
  EXPECT_EQ(notes("a\r\nFrom here\r\n", "a\r\n>From here\r\n"), quoted);
  EXPECT_EQ(notes("From here\r\n", ">From here\r\n"), quoted);
  EXPECT_EQ(notes("a\r\n>From here\r\n", "a\r\n>From here\r\n"), Notes());
  EXPECT_EQ(notes("a\r\n", "b\r\n"), Notes());
  EXPECT_EQ(notes("a\r\n", "b >From here\r\n"), Notes());
}

TEST(Digester, FindsTheBody) {
  using namespace std::string_view_literals;
  constexpr std::size_t kNone = std::string_view::npos;
  struct {
    std::string_view text;
    std::size_t body;
  } const kCases[] = {{"", kNone},        {"\n", 1},           {"\r\n", 2},      {"\r", kNone},
                      {"a\n\nb", 3},      {"a\r\n\r\nb", 5},   {"a\n\r\nb", 4},  {"a\r\n\nb", 4},
                      {"a\n \nb", kNone}, {"a\n\r\rb", kNone}, {"a\n\r", kNone}, {"a\n", kNone},
                      {"a\r\r\n\n", 5},   {"\r\r\n\n", 4},     {"\0\n\n"sv, 3}};
  for (const auto& [text, body] : kCases) {
    const test::ExactCopy copy(text);
    EXPECT_EQ(find_body(copy.view()), body) << testing::PrintToString(text);
    // And it is where the header index sees it.
    message::HeaderIndex header;
    header.build(copy.view());
    EXPECT_EQ(header.has_separator(), body != kNone);
    EXPECT_EQ(header.body_offset(), std::min(body, text.size()));
  }
}

}  // namespace
}  // namespace mailassay
