// Inputs that attack the cost of reading a message. Each has to be done in work that is linear in
// it, or bounded by a limit; the test's time limit is far above that and far below what quadratic
// work takes.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "dkim/header_selection.h"
#include "dkim/key_record.h"
#include "dkim/tag_list.h"
#include "dossier/digester.h"
#include "message/address.h"
#include "message/date.h"
#include "message/encoded_word.h"
#include "message/header_index.h"

namespace mailassay {
namespace {

constexpr std::size_t kMebi = std::size_t{1} << 20U;

std::string repeat(std::string_view piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

Limits raised() {
  Limits limits;
  limits.header_bytes = 128 * kMebi;
  return limits;
}

std::string signature(std::string_view names) {
  return "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s; h=from" +
         std::string(names) + "; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWJj\r\n";
}

TEST(CorePathological, HundredThousandFields) {
  std::string header;
  for (int i = 0; i < 100'000; ++i) header += "X-" + std::to_string(i) + ": y\r\n";
  for (int i = 0; i < 100'000; ++i) header += "From: a@b.org\r\n";
  const Dossier dossier =
      digest({signature(repeat(":from:x-1", 18'000)) + header + "\r\n"}, raised());
  EXPECT_EQ(dossier.from_fields, 100'000U);
  EXPECT_LE(dossier.from.size(), 100U);
  ASSERT_EQ(dossier.signatures.size(), 1U);
  EXPECT_EQ(dossier.signatures.front().fault, dkim::Reason::none);
}

// Names that fall into one bucket of a hash table of the size of the header.
TEST(HeaderIndexPathological, NamesThatCollide) {
  constexpr std::size_t kFields = 200'000;
  constexpr std::uint64_t kMask = (std::uint64_t{1} << 18U) - 1;
  message::HeaderIndex header;
  const std::string text = repeat("a:\n", 3 * kFields);
  header.build(text);
  ASSERT_EQ(header.fields().size(), kFields);
  const std::uint64_t bucket = message::hash_field_name("a") & kMask;
  std::vector<std::string> names;
  for (std::size_t i = 0; names.size() < 64; ++i) {
    std::string name = "x" + std::to_string(i);
    if ((message::hash_field_name(name) & kMask) == bucket) names.push_back(std::move(name));
  }
  std::size_t found = 0;
  for (std::size_t i = 0; i < 5'000'000; ++i) {
    if (header.last(names[i % names.size()]) != message::HeaderIndex::kNone) ++found;
  }
  EXPECT_EQ(found, 0U);
}

TEST(CorePathological, OneHeaderLineOfFiftyMebibytes) {
  const std::string line(50 * kMebi, 'x');
  const Dossier dossier = digest({"Subject: " + line + "\r\nFrom: " + line + "\r\n\r\n"}, raised());
  EXPECT_LE(dossier.subject.size(), 1024U);
  EXPECT_LE(dossier.from.front().size(), 1024U);
  EXPECT_EQ(digest({line}).notes.front(), MessageNote::header_too_large);
  EXPECT_TRUE(digest({line}, raised()).from.empty());
}

TEST(CorePathological, FoldedWithoutEnd) {
  const std::string folded = "From: a@b.org\r\nX:" + repeat("\r\n ", 10 * kMebi);
  const Dossier dossier = digest({signature(":x:x") + folded + "\r\n\r\n"});
  ASSERT_EQ(dossier.signatures.size(), 1U);
  EXPECT_TRUE(dossier.signatures.front().header_hash);
}

// h= of 64 KiB, of names that are all different, in as many signatures as are looked at.
TEST(CorePathological, SignedHeadersOf64KiB) {
  std::string names;
  for (int i = 0; i < 4'000; ++i) names += ":x-" + std::to_string(i);
  const std::string big = signature(names);
  EXPECT_GT(big.size(), 20'000U);
  const Dossier dossier = digest({repeat(big, 70 * big.size()) + "From: a@b.org\r\n\r\n"});
  ASSERT_EQ(dossier.signatures.size(), 65U);
  EXPECT_EQ(dossier.signatures[63].fault, dkim::Reason::none);
  EXPECT_EQ(dossier.signatures[64].fault, dkim::Reason::too_many_signatures);
  const Dossier over = digest({signature(repeat(":a", 64 * 1024)) + "\r\n"});
  EXPECT_EQ(over.signatures.front().fault, dkim::Reason::signature_too_large);
  const Dossier many = digest({signature(repeat(":a", 60 * 1024)) + "\r\n"});
  EXPECT_EQ(many.signatures.front().fault, dkim::Reason::signature_too_large);
}

TEST(CorePathological, TagLists) {
  std::string tags;
  for (int i = 0; i < 200'000; ++i) tags += "t" + std::to_string(i) + "=;";
  EXPECT_TRUE(dkim::parse_tag_list(tags));
  EXPECT_FALSE(dkim::parse_tag_list(repeat("a=;", 10 * kMebi)));
  EXPECT_FALSE(dkim::parse_tag_list(repeat(";", 10 * kMebi)));
  EXPECT_TRUE(dkim::parse_tag_list("a=" + repeat(" \r\n", 10 * kMebi)));
  EXPECT_EQ(dkim::parse_key_record("p=" + std::string(10 * kMebi, 'A')).fault,
            dkim::Reason::key_data);
  EXPECT_EQ(dkim::parse_key_record("h=" + repeat(":", 10 * kMebi) + "; p=").fault,
            dkim::Reason::key_revoked);
}

TEST(CorePathological, ParenthesesInDatesAndAddresses) {
  for (const std::string_view piece : {"(", ")", "()", "(\\", "\"", "\\", "<", ">", "[", ":", ";",
                                       ",", "@", "<>", "(\"", "a@b,"}) {
    const std::string text = repeat(piece, kMebi);
    EXPECT_FALSE(message::parse_date(text)) << piece;
    EXPECT_FALSE(message::parse_received_date(text)) << piece;
    message::parse_address_list(text);
    EXPECT_LE(message::parse_address_list(text, 10).size(), 10U);
  }
  EXPECT_TRUE(message::parse_date(repeat("(", kMebi) + std::string(kMebi, ')') +
                                  "1 Jan 2024 12:00:00 +0000"));
}

TEST(CorePathological, EncodedWords) {
  const std::string open = "=?utf-8?Q?";
  for (const std::string& piece : {std::string("=?"), std::string("="), open, open + "a" + "?= ",
                                   std::string("=?x?Q?a"
                                               "?= "),
                                   std::string("?")}) {
    const Dossier dossier = digest({"Subject: " + repeat(piece, 4 * kMebi) + "\n\n"});
    EXPECT_LE(dossier.subject.size(), 1024U);
    message::decode_unstructured(repeat(piece, 64 * 1024));
  }
}

TEST(CorePathological, OneOctetAllOver) {
  const Limits limits = raised();
  for (const char octet : {'\0', '\n', '\r', ' ', '\t', ':', '\xFF', 'x'}) {
    const std::string octets(20 * kMebi, octet);
    for (const std::string& message :
         {octets, signature("") + octets, signature("") + "\r\n" + octets,
          signature("") + "\r\n" + octets + "x"}) {
      const Dossier dossier = digest({message}, limits);
      EXPECT_LE(dossier.hashed_bytes, 3 * message.size()) << static_cast<int>(octet);
    }
  }
}

TEST(CorePathological, LinesOfColons) {
  const Dossier dossier = digest({repeat(":\n", 10 * kMebi)});
  EXPECT_TRUE(dossier.signatures.empty());
  EXPECT_EQ(digest({repeat("a:\n", 10 * kMebi)}).notes.front(), MessageNote::no_separator);
  EXPECT_EQ(digest({repeat("From:\n", 10 * kMebi)}).from_fields, 10 * kMebi / 6 + 1);
}

// Every signature asks for another hash: as many as are looked at, and no more.
TEST(CorePathological, LengthsThatDiffer) {
  std::string header;
  for (int i = 0; i < 200; ++i) {
    std::string field = signature("");
    field.replace(field.find("v=1;"), 4, "v=1; l=" + std::to_string(i * 100) + ";");
    header += field;
  }
  const std::string body(kMebi, 'x');
  const Dossier dossier = digest({header + "\r\n" + body});
  EXPECT_EQ(dossier.signatures.size(), 65U);
  EXPECT_LT(dossier.hashed_bytes, 2 * kMebi);
}

}  // namespace
}  // namespace mailassay
