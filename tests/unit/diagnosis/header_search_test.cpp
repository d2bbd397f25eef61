// Header fields that were changed after signing: what is found, and what must not be.
// [RFC6376 3.7]
#include "diagnosis/header_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "dossier/digester.h"
#include "support/exact_copy.h"
#include "support/signed_message.h"

namespace mailassay::diagnosis {
namespace {

using Undos = std::vector<Undo>;
using Fields = std::vector<std::string>;

const mkcorpus::SigningKey& key() { return test::key_pool().rsa_2048.front(); }

/// How a message is signed: these names, simple or relaxed, and more tags.
std::string sign(const Fields& fields, const std::string& names, bool simple,
                 const std::string& tags = "") {
  test::SignatureForm form = test::replaced("h=from:subject", "h=" + names);
  if (simple) {
    form = test::replaced("c=relaxed/relaxed", "c=simple/relaxed", form);
    form.header = mkcorpus::reference::Canon::simple;
  }
  if (!tags.empty()) form = test::with_tags(tags, form);
  form.names.clear();
  std::string list = names + ":";
  while (!list.empty()) {
    form.names.push_back(list.substr(0, list.find(':')));
    list.erase(0, list.find(':') + 1);
  }
  return test::signature_field(fields, "text\r\n", form, key());
}

std::string header_of(const Fields& fields) {
  std::string text;
  for (const std::string& field : fields) text.append(field).append("\r\n");
  return text;
}

/// Signs `was` and looks for the way back from `is`.
Repair search(const Fields& was, const Fields& is, const std::string& names, bool simple,
              const std::string& tags = "", const Limits& limits = {}) {
  const std::string field = sign(was, names, simple, tags);
  const auto hash_of = [&](const Fields& fields) {
    return digest({field + "\r\n" + header_of(fields) + "\r\ntext\r\n"})
        .signatures.front()
        .header_hash;
  };
  const auto wanted = hash_of(was);
  EXPECT_TRUE(wanted);
  EXPECT_NE(hash_of(is), wanted) << "nothing is broken";
  const test::ExactCopy block(field + "\r\n" + header_of(is));
  SearchBudget budget(limits);
  return HeaderSearch(limits).search(
      block.view(), 0, [&](const dkim::Digest& candidate) { return candidate == *wanted; }, budget);
}

struct Case {
  const char* name;
  Fields was;
  Fields is;
  std::string names;
  bool simple;
  Undos undone;
};

void expect(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    const Repair repair = search(one.was, one.is, one.names, one.simple);
    EXPECT_EQ(repair.undone, one.undone);
    EXPECT_FALSE(repair.cut);
    EXPECT_EQ(repair.changes.empty(), one.undone.empty());
  }
}

const std::string kFrom = "From: Jo <jo@a.example>";

TEST(HeaderSearch, Subjects) {
  const auto one = [](const char* name, const std::string& was, const std::string& is, bool found) {
    return Case{name,
                {kFrom, "Subject: " + was},
                {kFrom, "Subject: " + is},
                "from:subject",
                false,
                found ? Undos{Undo::subject_tag_remove} : Undos{}};
  };
  expect({
      one("list", "news", "[list] news", true),
      one("two tags", "news", "[EXTERNAL] [list] news", true),
      one("one of two tags", "[list] news", "[EXTERNAL] [list] news", true),
      one("behind Re:", "Re: news", "Re: [list] news", true),
      one("before Re:", "Re: news", "[list] Re: news", true),
      one("Re: put before", "Re: news", "Re: [list] Re: news", true),
      one("without brackets", "news", "EXTERNAL: news", true),
      one("spam mark", "news", "***SPAM*** news", true),
      one("at the end", "news", "news [EXTERNAL]", true),
      one("another word", "news", "new", false),
      one("a tag and another word", "news", "[list] new", false),
      one("a tag was taken away", "[list] news", "news", false),
      one("a tag was changed", "[list] news", "[lisp] news", false),
      one("letters of another case", "news", "News", false),
      one("a long tag is text", "news", "[" + std::string(80, 'x') + "] news", false),
      one("no end of the tag", "news", "[list news", false),
      one("a word before", "news", "Important: news", false),
  });
}

TEST(HeaderSearch, Authors) {
  const std::string list = "From: \"Jo via list\" <list@l.example>";
  const auto one = [](const char* name, const std::string& was, Fields is, Undos undone) {
    is.emplace_back("Subject: news");
    return Case{name, {was, "Subject: news"}, is, "from:subject", false, undone};
  };
  const Undos found = {Undo::from_restore};
  expect({
      one("in Reply-To", kFrom, {list, "Reply-To: Jo <jo@a.example>"}, found),
      one("in X-Original-From", kFrom, {list, "X-Original-From: Jo <jo@a.example>"}, found),
      one("the address alone", kFrom, {list, "X-Original-Sender: jo@a.example"}, found),
      one("the name in quotes", "From: \"Jo\" <jo@a.example>", {list, "Reply-To: jo@a.example"},
          found),
      one("another address", kFrom, {list, "Reply-To: Jo <jim@a.example>"}, {}),
      one("another name", kFrom,
          {"From: Jim via list <list@l.example>", "X-Original-Sender: jo@a.example"}, {}),
      one("nowhere", kFrom, {list}, {}),
      one("two From fields", kFrom, {list, list, "Reply-To: Jo <jo@a.example>"}, {}),
      {"From and a tag",
       {kFrom, "Subject: news"},
       {list, "Reply-To: Jo <jo@a.example>", "Subject: [list] news"},
       "from:subject",
       false,
       {Undo::subject_tag_remove, Undo::from_restore}},
      {"From, a tag and Reply-To",
       {kFrom, "Subject: news", "Reply-To: <r@a.example>"},
       {list, "X-Original-From: Jo <jo@a.example>", "Subject: [list] news",
        "Reply-To: <r@a.example>", "Reply-To: list@l.example"},
       "from:subject:reply-to",
       false,
       {Undo::subject_tag_remove, Undo::reply_to_remove, Undo::from_restore}},
  });
}

TEST(HeaderSearch, Instances) {
  const std::string names = "from:subject:subject:reply-to:to";
  const auto one = [&](const char* name, Fields was, Fields is, Undos undone) {
    was.insert(was.begin(), kFrom);
    is.insert(is.begin(), kFrom);
    return Case{name, was, is, names, false, undone};
  };
  expect({
      one("a Reply-To that was signed as absent", {}, {"Reply-To: x"}, {Undo::reply_to_remove}),
      one("a Reply-To below", {"Reply-To: a"}, {"Reply-To: a", "Reply-To: x"},
          {Undo::reply_to_remove}),
      one("a To that was signed as absent", {}, {"To: x"}, {Undo::field_remove}),
      one("a second Subject", {"Subject: a"}, {"Subject: x", "Subject: a"},
          {Undo::instance_remove}),
      one("a second To below", {"To: a"}, {"To: a", "To: x"}, {Undo::instance_remove}),
      one("two fields more", {}, {"Subject: x", "To: x"}, {}),
      {"two added to those that were there",
       {kFrom, "Subject: a", "To: a"},
       {kFrom, "Subject: x", "Subject: a", "To: a", "To: x"},
       "from:subject:subject:to:to",
       false,
       {Undo::instance_remove, Undo::instance_remove}},
      {"two of one name added",
       {kFrom, "Subject: a"},
       {kFrom, "Subject: x", "Subject: y", "Subject: a"},
       "from:subject:subject:subject",
       false,
       {Undo::instance_remove, Undo::instance_remove}},
      {"two added, and one changed",
       {kFrom, "Subject: a", "To: a"},
       {kFrom, "Subject: x", "Subject: b", "To: a", "To: x"},
       "from:subject:subject:to:to",
       false,
       {}},
      one("a field in the place of another", {"To: a"}, {"To: x"}, {}),
      one("a field is gone", {"To: a"}, {}, {}),
  });
}

TEST(HeaderSearch, Forms) {
  const auto one = [](const char* name, const std::string& was, const std::string& is, bool simple,
                      Undos undone) {
    return Case{name,   {kFrom, was}, {kFrom, is}, "From:To:Subject:MIME-Version:Message-Id",
                simple, undone};
  };
  const std::string long_word(1000, 'x');
  expect({
      one("joined", "To: a@a.example,\r\n b@b.example", "To: a@a.example, b@b.example", true,
          {Undo::refold}),
      one("tab for a blank", "To: a,\r\n b", "To: a,\r\n\tb", true, {Undo::refold}),
      one("blank for a tab", "To: a,\r\n\tb", "To: a,\r\n b", true, {Undo::refold}),
      one("folded", "To: a@a.example, b@b.example", "To: a@a.example,\r\n\tb@b.example", true,
          {Undo::refold}),
      one("no blank behind the colon", "To:a", "To: a", true, {Undo::refold}),
      one("white space at the end of a line", "To: a,\r\n b", "To: a, \r\n b", true,
          {Undo::refold}),
      one("blanks in a row", "To: a b", "To: a  b", true, {Undo::refold}),
      one("a line that was too long", "To: " + long_word + "yy", "To: " + long_word + "\r\n yy",
          false, {Undo::refold}),
      one("a word that was broken early", "To: xxyy", "To: xx\r\n yy", false, {}),
      one("name in another case", "Subject: a", "SUBJECT: a", true, {Undo::field_name_case}),
      one("name as in h=", "Message-Id: a", "Message-ID: a", true, {Undo::field_name_case}),
      one("name as nobody writes it", "sUBJECT: a", "Subject: a", true, {}),
      one("text in another case", "Subject: A", "Subject: a", true, {}),
      one("MIME-Version", "MIME-Version: 1.0", "X: y", false, {Undo::field_restore}),
      one("MIME-Version rewritten", "MIME-Version: 1.0", "MIME-Version: 1.0 (Mail)", false,
          {Undo::field_restore}),
      one("raw text was encoded", "Subject: caf\xC3\xA9 a", "Subject: =?utf-8?B?Y2Fmw6k=?= a",
          false, {Undo::encoded_words_decode}),
      one("encoded text was decoded", "Subject: =?UTF-8?Q?caf=C3=A9_a?=", "Subject: caf\xC3\xA9 a",
          false, {Undo::encoded_words_encode}),
      one("one word was decoded", "Subject: =?UTF-8?B?Y2Fmw6k=?= a", "Subject: caf\xC3\xA9 a",
          false, {Undo::encoded_words_encode}),
      one("decoded from ISO-8859-1", "Subject: =?iso-8859-1?Q?caf=E9_a?=", "Subject: caf\xC3\xA9 a",
          false, {Undo::encoded_words_encode}),
      one("ISO-8859-1 became UTF-8", "Subject: =?ISO-8859-1?B?Y2Fm6Q==?=",
          "Subject: =?UTF-8?B?Y2Fmw6k=?=", false, {Undo::encoded_words_encode}),
      one("another letter in ISO-8859-1",
          "Subject: =?iso-8859-1?Q?caf=E8?=", "Subject: caf\xC3\xA9", false, {}),
      one("no letter of ISO-8859-1", "Subject: =?iso-8859-1?Q?=80?=", "Subject: \xE2\x82\xAC",
          false, {}),
      one("B became Q", "Subject: =?UTF-8?B?Y2Fmw6k=?=", "Subject: =?UTF-8?Q?caf=C3=A9?=", false,
          {Undo::encoded_words_encode}),
      one("another letter in it",
          "Subject: =?UTF-8?B?Y2Fmw6k=?=", "Subject: =?UTF-8?Q?caf=C3=A8?=", false, {}),
  });
}

// What a reader sees is another text, or another author: never a reversal that removes nothing.
TEST(HeaderSearch, ForgeriesThatLookLikeEncodings) {
  expect({
      {"a line end inside of an encoded word",
       {"From: jo@a.example", "Subject: caf\xC3\xA9"},
       {"From: ceo@a.example", "Subject: =?utf-8?Q?caf=C3=A9=0D=0AFrom:_jo=40a.example?="},
       "from:subject",
       false,
       {}},
      {"an address inside of an encoded word",
       {"From: caf\xC3\xA9 <jo@a.example>"},
       {"From: =?utf-8?Q?caf=C3=A9_=3Cjo=40a.example=3E?="},
       "from",
       false,
       {}},
      {"a display name",
       {"From: caf\xC3\xA9 <jo@a.example>"},
       {"From: =?utf-8?B?Y2Fmw6k=?= <jo@a.example>"},
       "from",
       false,
       {Undo::encoded_words_decode}},
      // Another transfer encoding shows another text: it counts as content.
      {"transfer encoding",
       {"From: jo@a.example", "Content-Transfer-Encoding: 7bit"},
       {"From: jo@a.example", "Content-Transfer-Encoding: base64"},
       "from:content-transfer-encoding",
       false,
       {Undo::transfer_encoding_restore}},
  });
}

// z= tells what the signer saw; it is believed only if the hash says so too. [RFC6376 3.5 z=]
TEST(HeaderSearch, CopiedFields) {
  const Fields was = {kFrom, "Subject: ten | percent"};
  const std::string copies = "z=From:=20Jo=20<jo@a.example>|Subject:=20ten=20=7C=20percent";
  const Repair one = search(was, {kFrom, "Subject: ninety"}, "from:subject", false, copies);
  EXPECT_EQ(one.undone, (Undos{Undo::copied_field_restore}));
  ASSERT_EQ(one.changes.size(), 1U);
  EXPECT_EQ(one.changes.front(), (Change{0, "Subject: ninety", "Subject: ten | percent"}));
  const Repair both =
      search(was, {"From: x@b.example", "Subject: ninety"}, "from:subject", false, copies);
  EXPECT_EQ(both.undone, (Undos{Undo::copied_field_restore}));
  EXPECT_EQ(both.changes.size(), 2U);
  const Repair lie = search(was, {kFrom, "Subject: ninety"}, "from:subject", false,
                            "z=Subject:=20ninety-one|junk||:|Subject");
  EXPECT_TRUE(lie.undone.empty());
}

// At the limit and one past it.
TEST(HeaderSearch, LimitsEndTheSearch) {
  const Fields was = {kFrom, "Subject: news"};
  const Fields is = {kFrom, "Subject: [list] news"};
  std::size_t needed = 0;
  for (Limits limits; needed < 100; ++needed) {
    limits.diagnosis_header_candidates = needed;
    const Repair repair = search(was, is, "from:subject", false, "", limits);
    if (!repair.undone.empty()) break;
    EXPECT_TRUE(repair.cut) << needed;
  }
  EXPECT_GT(needed, 0U);
  EXPECT_LT(needed, 100U);
  Limits limits;
  limits.diagnosis_header_bytes = 0;
  EXPECT_TRUE(search(was, is, "from:subject", false, "", limits).cut);
}

// However many signatures fail: what one has spent the next one lacks.
TEST(HeaderSearch, TheBudgetIsOfTheMessage) {
  const std::string block =
      sign({kFrom}, "from:subject", false) + "\r\n" + kFrom + "\r\nSubject: [a] b\r\n";
  Limits limits;
  limits.diagnosis_header_candidates = 5;
  SearchBudget budget(limits);
  std::size_t hashed = 0;
  const auto none = [&](const dkim::Digest&) {
    ++hashed;
    return false;
  };
  HeaderSearch search(limits);
  while (!search.search(block, 0, none, budget).cut) ASSERT_LE(hashed, 5U);
  EXPECT_EQ(hashed, 5U);
}

TEST(HeaderSearch, FindsTheSignatureThatIsMeant) {
  const Fields was = {kFrom, "Subject: news"};
  const std::string field = sign(was, "from:subject", false);
  const std::string top = "DKIM-Signature: junk\r\nDKIM-Signature: v=1; a=rsa-sha256\r\n";
  const std::string block = top + field + "\r\nFrom: Jo <jo@a.example>\r\nSubject: [x] news\r\n";
  const auto wanted =
      digest({field + "\r\n" + header_of(was) + "\r\ntext\r\n"}).signatures.front().header_hash;
  HeaderSearch search{Limits{}};
  SearchBudget budget{Limits{}};
  const auto is_signed = [&](const dkim::Digest& candidate) { return candidate == *wanted; };
  EXPECT_EQ(search.search(block, 2, is_signed, budget).undone, (Undos{Undo::subject_tag_remove}));
  EXPECT_TRUE(search.search(block, 0, is_signed, budget).undone.empty());  // no usable field
  EXPECT_TRUE(search.search(block, 3, is_signed, budget).undone.empty());  // there is none
  EXPECT_TRUE(search.search("", 0, is_signed, budget).undone.empty());
}

}  // namespace
}  // namespace mailassay::diagnosis
