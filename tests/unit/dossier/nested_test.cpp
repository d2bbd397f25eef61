// Messages inside of messages: which are found, where, and where it ends. [RFC3501 6.4.5]
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/base64.h"
#include "crypto/hasher.h"
#include "dossier/nested_digester.h"
#include "support/exact_copy.h"

namespace mailassay {
namespace {

struct Nested {
  std::vector<NestedMessage> messages;
  Dossier stored;
};

Nested nested_in(std::string_view text, const Limits& limits = {}, bool with_hash = false) {
  const test::ExactCopy copy(text);
  Nested found;
  BatchDigester digester(limits);
  const DigestJob job{copy.view(), &found.stored};
  digester.digest({&job, 1});
  found.messages = NestedDigester(limits, with_hash).digest({&job, 1}, digester);
  return found;
}

bool is_cut(const Dossier& dossier) {
  for (const MessageNote note : dossier.notes) {
    if (note == MessageNote::nested_cut) return true;
  }
  return false;
}

/// "2 in 1: subject" and what else there is to say, one after the other; "cut" of the stored one.
std::string told(const Nested& found) {
  std::string out = is_cut(found.stored) ? "cut" : "";
  for (const NestedMessage& one : found.messages) {
    const std::span section(one.section);
    if (!out.empty()) out += ", ";
    out += section_text(section);
    if (one.parent_levels > 0) out += " in " + section_text(section.first(one.parent_levels));
    out += ": " + one.dossier.subject;
    if (one.is_encoded) out += " encoded";
    if (one.dossier.enclosure->role != EnclosureRole::attached) {
      out += " " + std::string(word_of(one.dossier.enclosure->role));
    }
    if (one.dossier.enclosure->is_header_only) out += " header";
    if (is_cut(one.dossier)) out += " cut";
  }
  return out;
}

/// A message with this subject.
std::string letter(const std::string& subject, const std::string& body = "Hi.\n") {
  return "From: a@example.org\nSubject: " + subject + "\n\n" + body;
}

std::string part(const std::string& content, const std::string& type = "message/rfc822",
                 const std::string& encoding = "") {
  const std::string field = encoding.empty() ? "" : "Content-Transfer-Encoding: " + encoding + "\n";
  return "Content-Type: " + type + "\n" + field + "\n" + content;
}

/// A message of several parts.
std::string multipart(const std::vector<std::string>& parts, const std::string& boundary = "b",
                      const std::string& type = "mixed", const std::string& subject = "outer") {
  std::string out = "From: o@example.org\nSubject: " + subject + "\nContent-Type: multipart/" +
                    type + "; boundary=\"" + boundary + "\"\n\n";
  for (const std::string& one : parts) out += "--" + boundary + "\n" + one + "\n";
  return out + "--" + boundary + "--\n";
}

const std::string kText = part("see below\n", "text/plain");

std::string wrapped(std::string message, std::size_t times) {
  for (std::size_t i = 0; i < times; ++i) {
    message = "Subject: w" + std::to_string(i) + "\nContent-Type: message/rfc822\n\n" + message;
  }
  return message;
}

std::string report(const std::string& type, const std::string& second, const std::string& third) {
  return multipart({kText, second, third}, "r", "report; report-type=" + type);
}

const std::string kStatus = part(
    "Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; b@example.org\nAction: failed\n"
    "Status: 5.1.1\n",
    "message/delivery-status");

// [RFC3501 6.4.5] [RFC2046 5.2.1] [RFC6522 4]
TEST(NestedDigester, WhatIsFound) {
  const std::string tree = multipart(
      {part(multipart({kText, part(multipart({kText, part(letter("deep"))}, "y", "mixed", "mid"))},
                      "x", "related", "n"),
            "text/plain"),
       part(multipart({part(letter("one")), part(letter("two"))}, "z", "mixed", "top"))});
  const struct {
    const char* name;
    std::string message;
    std::string expected;
  } cases[] = {
      {"none", letter("x"), ""},
      {"parts, and none is a message", multipart({kText, kText}), ""},
      {"nothing at all", "", ""},
      {"no header", "\nContent-Type: message/rfc822\n\nSubject: x\n\n", ""},
      {"text that looks like one", letter("x", "--b\nContent-Type: message/rfc822\n\nSubject: y\n"),
       ""},
      {"another type", multipart({kText, part(letter("x"), "message/partial; id=1; number=1")}),
       ""},
      {"a body elsewhere",
       multipart({part("Content-Type: text/plain\n\n", "message/external-body; access-type=url")}),
       ""},
      {"attached", multipart({kText, part(letter("x"))}), "2: x"},
      {"other alphabets", multipart({kText, part(letter("x"), "message/global")}), "2: x"},
      {"the type in another case", multipart({part(letter("x"), "Message/RFC822; name=y")}),
       "1: x"},
      {"the type on the next line", multipart({kText, part(letter("x"), "\n message/rfc822")}),
       "2: x"},
      {"the whole body", "Subject: o\nContent-Type: message/rfc822\n\n" + letter("x"), "1: x"},
      {"in a part of the whole body", wrapped(multipart({kText, part(letter("x"))}), 1),
       "1: outer, 1.2 in 1: x"},
      {"a part in parts",
       multipart({kText, "Content-Type: multipart/mixed; boundary=c\n\n--c\n" + kText + "\n--c\n" +
                             part(letter("x")) + "\n--c--\n"}),
       "2.2: x"},
      {"trees", tree, "2: top, 2.1 in 2: one, 2.2 in 2: two"},
      {"no delimiter at the end",
       "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + part(letter("x")), "1: x"},
      {"an empty one", multipart({kText, part("")}), ""},
      {"a digest", multipart({"\n" + letter("x"), "\n" + letter("y"), kText}, "b", "digest"),
       "1: x, 2: y"},
      {"a digest in parts",
       multipart({kText, "Content-Type: multipart/digest; boundary=d\n\n--d\n\n" + letter("x") +
                             "\n--d--\n"}),
       "2.1: x"},
      {"base64", multipart({kText, part(encode_base64(letter("x")), "message/rfc822", "base64")}),
       "2: x encoded"},
      {"quoted-printable",
       multipart({kText, part("Subject: =78\nFrom: a@b.exam=\nple\n\nHi=2E\n", "message/rfc822",
                              "quoted-printable")}),
       "2: x encoded"},
      {"8bit", multipart({kText, part(letter("x"), "message/rfc822", "8bit")}), "2: x"},
      {"an encoding that nobody knows",
       multipart({kText, part(letter("x"), "message/rfc822", "x-uuencode")}), "cut"},
      {"base64 that is none", multipart({part("****", "message/rfc822", "base64")}), "cut"},
      {"encoded in encoded",
       multipart({part(encode_base64(multipart(
                           {part(encode_base64(letter("x")), "message/rfc822", "base64")}, "c")),
                       "message/rfc822", "base64")}),
       "1: outer encoded, 1.1 in 1: x encoded"},
      {"returned", report("delivery-status", kStatus, part(letter("x"))), "3: x returned"},
      {"a header that came back",
       report("delivery-status", kStatus, part("Subject: x\n", "text/rfc822-headers")),
       "3: x returned header"},
      {"a header that is attached", multipart({kText, part("Subject: x\n", "text/rfc822-headers")}),
       ""},
      {"with a receipt",
       report("disposition-notification",
              part("Final-Recipient: rfc822; b@example.org\nDisposition: a/b; displayed\n",
                   "message/disposition-notification"),
              part(letter("x"))),
       "3: x returned"},
      {"complained of",
       report("feedback-report",
              part("Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\n", "message/feedback-report"),
              part(letter("x"))),
       "3: x reported"},
      {"journaled",
       multipart({part("Sender: a@example.org\nMessage-Id: <1@example.org>\nBcc: b@example.org\n",
                       "text/plain"),
                  part(letter("x"))}),
       "2: x journaled"},
      {"a journal that is forwarded",
       multipart({kText, part(multipart({part("Sender: a@example.org\nMessage-Id: <1@example.org>\n"
                                              "Bcc: b@example.org\n",
                                              "text/plain"),
                                         part(letter("x"))},
                                        "j"))}),
       "2: outer, 2.2 in 2: x journaled"},
  };
  for (const auto& one : cases) EXPECT_EQ(told(nested_in(one.message)), one.expected) << one.name;
}

// The order does not depend on how many are digested together.
TEST(NestedDigester, SeveralStoredMessages) {
  const std::string messages[] = {multipart({part(letter("x"))}), letter("no"),
                                  multipart({kText, part(wrapped(letter("z"), 1))})};
  std::vector<Dossier> dossiers(3);
  std::vector<DigestJob> jobs;
  for (std::size_t i = 0; i < 3; ++i) jobs.push_back({messages[i], &dossiers[i]});
  BatchDigester digester{Limits{}};
  digester.digest(jobs);
  NestedDigester nested({}, false);
  for (int round = 0; round < 2; ++round) {
    std::string order;
    for (const NestedMessage& one : nested.digest(jobs, digester)) {
      order += std::to_string(one.stored) + "/" + section_text(one.section) + " ";
    }
    EXPECT_EQ(order, "0/1 2/2 2/2.1 ");
  }
  EXPECT_TRUE(nested.digest({}, digester).empty());
}

TEST(NestedDigester, PlaceAndHash) {
  const std::string inner = letter("x");
  const std::string outer = multipart({kText, part(wrapped(inner, 1))});
  const Nested plain = nested_in(outer, {}, true);
  ASSERT_EQ(plain.messages.size(), 2U);
  // The line end before the delimiter is the delimiter's. [RFC2046 5.1.1]
  EXPECT_EQ(outer.substr(plain.messages[0].offset, plain.messages[0].length), wrapped(inner, 1));
  EXPECT_EQ(outer.substr(plain.messages[1].offset, plain.messages[1].length), inner);
  crypto::Hasher hasher(crypto::HashAlgorithm::sha256);
  hasher.begin();
  hasher.update(inner);
  EXPECT_EQ(plain.messages[1].dossier.sha256, hasher.finish());

  // Of what is encoded, the place is that of the part.
  const std::string base64 = encode_base64(wrapped(inner, 1));
  const std::string coded = multipart({kText, part(base64, "message/rfc822", "base64")});
  const Nested found = nested_in(coded, {}, true);
  ASSERT_EQ(found.messages.size(), 2U);
  for (const NestedMessage& one : found.messages) {
    EXPECT_EQ(coded.substr(one.offset, one.length), base64);
    EXPECT_TRUE(one.is_encoded);
  }
  hasher.begin();
  hasher.update(inner);
  EXPECT_EQ(found.messages[1].dossier.sha256, hasher.finish());
  EXPECT_FALSE(nested_in(coded).messages[0].dossier.sha256);
}

TEST(NestedDigester, Depth) {
  Limits limits;
  limits.nested_depth = 3;
  // At the limit, and one past it: the one that has too much in it says so.
  EXPECT_EQ(told(nested_in(wrapped(letter("x"), 3), limits)),
            "1: w1, 1.1 in 1: w0, 1.1.1 in 1.1: x");
  EXPECT_EQ(told(nested_in(wrapped(letter("x"), 4), limits)),
            "1: w2, 1.1 in 1: w1, 1.1.1 in 1.1: w0 cut");
  limits.nested_depth = 0;
  EXPECT_EQ(told(nested_in(wrapped(letter("x"), 1), limits)), "cut");
  EXPECT_EQ(told(nested_in(letter("x"), limits)), "");
}

TEST(NestedDigester, Number) {
  Limits limits;
  limits.nested_messages = 3;
  const std::string two = multipart({part(letter("x")), part(letter("y"))}, "c");
  EXPECT_EQ(told(nested_in(multipart({part(two)}), limits)), "1: outer, 1.1 in 1: x, 1.2 in 1: y");
  EXPECT_EQ(told(nested_in(multipart({part(two), part(letter("z"))}), limits)),
            "1: outer cut, 1.1 in 1: x, 2: z");
  EXPECT_EQ(told(nested_in(multipart({part(letter("1")), part(letter("2")), part(letter("3")),
                                      part(letter("4"))}),
                           limits)),
            "cut, 1: 1, 2: 2, 3: 3");
}

TEST(NestedDigester, DecodedOctets) {
  const std::string inner = letter("x");
  const std::string coded = part(encode_base64(inner), "message/rfc822", "base64");
  Limits limits;
  limits.nested_decoded_bytes = 2 * inner.size();
  EXPECT_EQ(told(nested_in(multipart({coded, coded, part(letter("free"))}), limits)),
            "1: x encoded, 2: x encoded, 3: free");
  --limits.nested_decoded_bytes;
  // The front of a message is none.
  EXPECT_EQ(told(nested_in(multipart({coded, coded, part(letter("free"))}), limits)),
            "cut, 1: x encoded, 3: free");
}

TEST(NestedDigester, Structure) {
  Limits limits;
  limits.mime_parts = 2;
  EXPECT_EQ(told(nested_in(multipart({kText, part(letter("x"))}), limits)), "2: x");
  EXPECT_EQ(told(nested_in(multipart({kText, part(letter("x")), kText}), limits)), "cut, 2: x");
}

// Behind a large part, and where the message is too large for its kind to be read.
TEST(NestedDigester, FarBehind) {
  const std::string large = part(std::string(400000, 'x') + "\n", "text/plain");
  const std::string message = multipart({large, part(letter("x"))});
  EXPECT_EQ(told(nested_in(message)), "2: x");
  Limits limits;
  limits.kind_message_bytes = 1000;
  EXPECT_EQ(told(nested_in(message, limits)), "2: x");
  EXPECT_EQ(told(nested_in(multipart({large, kText}), limits)), "");
  std::vector<std::string> many(100, kText);
  many.push_back(part(letter("x")));
  EXPECT_EQ(told(nested_in(multipart(many))), "101: x");
}

TEST(NestedDigester, NotEvaluated) {
  Limits limits;
  limits.header_bytes = 100;
  const std::string large = "X: " + std::string(200, 'x') + "\n";
  EXPECT_EQ(told(nested_in(large + multipart({part(letter("x"))}), limits)), "");
  const Nested inner = nested_in(multipart({part(large + letter("x"))}), limits);
  ASSERT_EQ(inner.messages.size(), 1U);
  EXPECT_EQ(inner.messages[0].dossier.notes,
            std::vector<MessageNote>{MessageNote::header_too_large});
}

TEST(NestedDigester, Words) {
  EXPECT_EQ(word_of(EnclosureRole::attached), "attached");
  EXPECT_EQ(word_of(EnclosureRole::returned), "returned");
  EXPECT_EQ(word_of(EnclosureRole::reported), "reported");
  EXPECT_EQ(word_of(EnclosureRole::journaled), "journaled");
  EXPECT_EQ(section_text({}), "");
}

}  // namespace
}  // namespace mailassay
