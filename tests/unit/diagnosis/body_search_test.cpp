#include "diagnosis/body_search.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/body_damage_case.h"
#include "support/exact_copy.h"

namespace mailassay::diagnosis {
namespace {

using dkim::BodyCanon;
using test::differing;
using test::search_body;

constexpr std::string_view kPlain = "Content-Type: text/plain\r\n";
constexpr std::string_view kFlowed = "Content-Type: text/plain; format=flowed\r\n";
constexpr std::string_view kMixed = "Content-Type: multipart/mixed; boundary=b\r\n";
constexpr std::string_view kHtml = "Content-Type: text/html\r\n";

struct Case {
  const char* name;
  std::string_view header;
  BodyCanon canon;
  std::string signed_body;
  std::string present;
  std::vector<Undo> undone;
};

const std::vector<Case> kCases = {
    {"mboxrd",
     kPlain,
     BodyCanon::simple,
     "From a\r\n>From b\r\n",
     ">From a\r\n>>From b\r\n",
     {Undo::mboxrd_unquote}},
    {"mboxo",
     kPlain,
     BodyCanon::relaxed,
     "From a\r\n>>From b\r\n",
     ">From a\r\n>>From b\r\n",
     {Undo::mboxo_unquote}},
    {"mboxo, and the author quoted too",
     kPlain,
     BodyCanon::simple,
     "From a\r\n>From b\r\nFrom c\r\n",
     ">From a\r\n>From b\r\n>From c\r\n",
     {Undo::mboxo_unquote}},
    {"mboxo, and the author quoted, in more lines than are tried",
     kPlain,
     BodyCanon::simple,
     "From a\r\n>From b\r\nFrom c\r\nFrom d\r\nFrom e\r\n",
     ">From a\r\n>From b\r\n>From c\r\n>From d\r\n>From e\r\n",
     {}},
    {"a blank before From",
     kPlain,
     BodyCanon::simple,
     "From a\r\n",
     " From a\r\n",
     {Undo::space_unquote}},
    {"CR alone", kPlain, BodyCanon::simple, "a\r\nb\r\n", "a\rb\r\n", {Undo::bare_cr_to_line_end}},
    {"CR CR LF",
     kPlain,
     BodyCanon::simple,
     "a\r\nb\r\n",
     "a\r\r\nb\r\r\n",
     {Undo::double_cr_to_line_end}},
    {"CR CR LF and CR alone",
     kPlain,
     BodyCanon::simple,
     "a\r\nb\r\nc\r\n",
     "a\r\r\nb\rc\r\n",
     {Undo::bare_cr_to_line_end, Undo::double_cr_to_line_end}},
    {"dots doubled", kPlain, BodyCanon::relaxed, ".a\r\n", "..a\r\n", {Undo::dot_unstuff}},
    {"dots eaten", kPlain, BodyCanon::relaxed, "..a\r\nb\r\n", ".a\r\nb\r\n", {Undo::dot_stuff}},
    {"a line more at the top",
     kPlain,
     BodyCanon::relaxed,
     "a\r\n",
     "\r\na\r\n",
     {Undo::blank_lines_restore}},
    {"a line less at the top",
     kPlain,
     BodyCanon::relaxed,
     "\r\na\r\n",
     "a\r\n",
     {Undo::blank_lines_restore}},
    {"the last LF is lost",
     kPlain,
     BodyCanon::relaxed,
     "a\r\n",
     "a\r",
     {Undo::bare_cr_to_line_end}},
    {"the dot of POP3", kPlain, BodyCanon::relaxed, "a\r\n", "a\r\n.\r\n", {Undo::end_mark_remove}},
    {"control-Z", kPlain, BodyCanon::relaxed, "a\r\n", "a\r\n\x1A", {Undo::end_mark_remove}},
    {"blanks added",
     kPlain,
     BodyCanon::simple,
     "a\r\n-- \r\nb\r\n",
     "a  \r\n-- \r\nb \r\n",
     {Undo::trailing_space_remove}},
    {"blanks lost",
     kPlain,
     BodyCanon::simple,
     "a\r\n-- \r\nb\r\n",
     "a\r\n--\r\nb\r\n",
     {Undo::trailing_space_restore}},
    {"flowed",
     kFlowed,
     BodyCanon::simple,
     std::string(60, 'a') + " \r\n" + std::string(60, 'b') + "\r\n\r\nc\r\n",
     std::string(60, 'a') + "\r\n" + std::string(60, 'b') + "\r\n\r\nc\r\n",
     {Undo::trailing_space_restore}},
    {"a tab for eight blanks",
     kPlain,
     BodyCanon::simple,
     "        a\r\n",
     "\ta\r\n",
     {Undo::tabs_to_spaces}},
    {"blanks for a tab",
     kPlain,
     BodyCanon::simple,
     "ab\tc\r\n",
     "ab      c\r\n",
     {Undo::spaces_to_tabs}},
    {"quoted-printable on the way",
     "Content-Transfer-Encoding: quoted-printable\r\n",
     BodyCanon::simple,
     "caf\xC3\xA9 = 3\r\n",
     "caf=C3=A9 =3D 3\r\n",
     {Undo::quoted_printable_decode}},
    {"8bit on the way",
     "Content-Transfer-Encoding: 8bit\r\n",
     BodyCanon::simple,
     "caf=C3=A9 =3D 3\r\n",
     "caf\xC3\xA9 = 3\r\n",
     {Undo::quoted_printable_encode}},
    {"base64 on the way",
     "Content-Transfer-Encoding: base64\r\n",
     BodyCanon::simple,
     "caf\xC3\xA9\r\n",
     "Y2Fmw6kNCg==\r\n",
     {Undo::base64_decode}},
    {"a footer behind a rule",
     kPlain,
     BodyCanon::relaxed,
     "a\r\n\r\nb\r\n",
     "a\r\n\r\nb\r\n____\r\nlist\r\n",
     {Undo::footer_remove}},
    {"a footer behind an empty line",
     kPlain,
     BodyCanon::simple,
     "a\r\n\r\nb\r\n",
     "a\r\n\r\nb\r\n\r\nlist\r\n\r\nmore\r\n",
     {Undo::footer_remove}},
    {"a footer below nothing",
     kPlain,
     BodyCanon::simple,
     "",
     "-- \r\nlist\r\n",
     {Undo::footer_remove}},
    {"quoted, and a footer",
     kPlain,
     BodyCanon::simple,
     "From a\r\n",
     ">From a\r\n____\r\n>From the list\r\n",
     {Undo::mboxrd_unquote, Undo::footer_remove}},
    {"a part more",
     kMixed,
     BodyCanon::simple,
     "--b\r\n\r\na\r\n--b--\r\n",
     "--b\r\n\r\na\r\n--b\r\n\r\nlist\r\n--b--\r\n",
     {Undo::mime_footer_remove}},
    {"a multipart around it",
     kMixed,
     BodyCanon::simple,
     "a\r\n",
     "--b\r\nContent-Type: text/html\r\n\r\na\r\n--b\r\n\r\nlist\r\n--b--\r\n",
     {Undo::mime_wrapper_remove}},
    {"a banner",
     kPlain,
     BodyCanon::relaxed,
     "Dear a\r\n",
     "Caution: external mail\r\n----\r\nDear a\r\n",
     {Undo::banner_remove}},
    {"a banner in HTML",
     kHtml,
     BodyCanon::simple,
     "<body x>\r\n<p>a</p></body>\r\n",
     "<body x><div><div>no</div>EXTERNAL</div>\r\n<p>a</p></body>\r\n",
     {Undo::banner_remove}},
    {"a tag",
     kPlain,
     BodyCanon::relaxed,
     "Dear a\r\n",
     "[EXTERNAL EMAIL] Dear a\r\n",
     {Undo::external_tag_remove}},
    {"a Safe Link",
     kPlain,
     BodyCanon::simple,
     "see http://a.example/?b=1\r\n",
     "see https://x.safelinks.protection.outlook.com/?url=http%3A%2F%2Fa.example%2F%3Fb%3D1&"
     "data=0\r\n",
     {Undo::rewritten_links_decode}},
    {"a link of URL Defense v3",
     kPlain,
     BodyCanon::simple,
     "see http://a.example/?b=1.\r\n",
     "see https://urldefense.com/v3/__http://a.example/*b=1__;Pw!!A!b$.\r\n",
     {Undo::rewritten_links_decode}},
    // Nothing of these is to be explained away.
    {"a letter", kPlain, BodyCanon::relaxed, "pay 100\r\n", "pay 900\r\n", {}},
    {"a line inside", kPlain, BodyCanon::relaxed, "a\r\nc\r\n", "a\r\nb\r\nc\r\n", {}},
    {"a line less", kPlain, BodyCanon::relaxed, "a\r\nb\r\nc\r\n", "a\r\nc\r\n", {}},
    {"the end is cut off", kPlain, BodyCanon::relaxed, "a\r\n\r\nb\r\n", "a\r\n\r\n", {}},
    {"a word more in the last line", kPlain, BodyCanon::relaxed, "a\r\n", "a b\r\n", {}},
    {"text behind a line without a rule", kPlain, BodyCanon::relaxed, "a\r\n", "a\r\nlist\r\n", {}},
    {"quoted, and a letter", kPlain, BodyCanon::relaxed, "From a\r\n", ">From b\r\n", {}},
    {"one of two quoted",
     kPlain,
     BodyCanon::relaxed,
     "From a\r\n>From b\r\n",
     ">From a\r\n>>From c\r\n",
     {}},
    {"a dot and a letter", kPlain, BodyCanon::relaxed, ".a\r\n", "..b\r\n", {}},
    {"blanks inside", kPlain, BodyCanon::simple, "a b\r\n", "a   b\r\n", {}},
    {"case", kPlain, BodyCanon::relaxed, "Abc\r\n", "abc\r\n", {}},
    {"lines in another order", kPlain, BodyCanon::relaxed, "a\r\nb\r\n", "b\r\na\r\n", {}},
    {"a part with another text",
     kMixed,
     BodyCanon::simple,
     "--b\r\n\r\na\r\n--b--\r\n",
     "--b\r\n\r\nx\r\n--b\r\n\r\nlist\r\n--b--\r\n",
     {}},
    {"a banner and a letter",
     kPlain,
     BodyCanon::relaxed,
     "Dear a\r\n",
     "Caution: external mail\r\n----\r\nDear b\r\n",
     {}},
    {"no banner: below the top",
     kPlain,
     BodyCanon::relaxed,
     "Dear a\r\nb\r\n",
     "Dear a\r\nCaution: external mail\r\nb\r\n",
     {}},
    {"another address in a Safe Link",
     kPlain,
     BodyCanon::simple,
     "see http://a.example/\r\n",
     "see https://x.safelinks.protection.outlook.com/?url=http%3A%2F%2Fb.example%2F&data=0\r\n",
     {}},
    {"a Safe Link of another host",
     kPlain,
     BodyCanon::simple,
     "see http://a.example/\r\n",
     "see https://safelinks.example/?url=http%3A%2F%2Fa.example%2F&data=0\r\n",
     {}},
    {"an encoding that is no encoding", kPlain, BodyCanon::simple, "a=\r\n", "a=ZZ\r\n", {}},
};

TEST(BodySearch, NamesWhatBrokeTheHash) {
  for (const Case& sample : kCases) {
    const test::ExactCopy present(sample.present);
    std::string found;
    const auto facts = differing(sample.signed_body, sample.canon);
    const Repair repair = search_body(sample.header, present.view(), facts, {}, &found);
    EXPECT_EQ(repair.undone, sample.undone) << sample.name;
    if (!sample.undone.empty()) {
      EXPECT_EQ(test::reference_body_hash(found, sample.canon), facts.declared_body_hash)
          << sample.name;
    }
    EXPECT_FALSE(repair.cut) << sample.name;
    EXPECT_EQ(repair.changes.empty(), sample.undone.empty()) << sample.name;
  }
}

TEST(BodySearch, ShowsWhereItWasChanged) {
  const Repair repair = search_body(kPlain, "a\r\n>From b\r\nc\r\n>From d\r\n",
                                    differing("a\r\nFrom b\r\nc\r\nFrom d\r\n", BodyCanon::simple));
  const std::vector<Change> expected = {{2, ">From b\r\n", "From b\r\n"},
                                        {4, ">From d\r\n", "From d\r\n"}};
  EXPECT_EQ(repair.changes, expected);
}

// What a reader sees when a text was encoded in another way.
TEST(BodySearch, TellsWhetherARecodedTextReadsTheSame) {
  const std::string part = "--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: ";
  const std::string end = "\r\n--b--\r\n";
  struct Sample {
    const char* name;
    std::string header;
    std::string signed_body;
    std::string present;
    bool same_text;
    std::string before;
    bool one_field;
  };
  const std::string quoted = "Content-Transfer-Encoding: quoted-printable\r\n";
  const std::vector<Sample> samples = {
      {"a part that says so", std::string(kMixed), part + "8bit\r\n\r\ncaf\xC3\xA9" + end,
       part + "quoted-printable\r\n\r\ncaf=C3=A9" + end, true, "", false},
      {"base64 of a part", std::string(kMixed), part + "8bit\r\n\r\ncaf\xC3\xA9" + end,
       part + "base64\r\n\r\nY2Fmw6k=" + end, true, "", false},
      {"a part that says it twice", std::string(kMixed),
       part + "8bit\r\nContent-Transfer-Encoding: 7bit\r\n\r\ncaf\xC3\xA9" + end,
       part + "quoted-printable\r\nContent-Transfer-Encoding: 7bit\r\n\r\ncaf=C3=A9" + end, false,
       "", false},
      {"escapes on which readers differ", std::string(kMixed),
       part + "8bit\r\n\r\ncaf\xC3\xA9=4" + end, part + "quoted-printable\r\n\r\ncaf=C3=A9=4" + end,
       false, "", false},
      {"the message says it", quoted, "caf\xC3\xA9\r\n", "caf=C3=A9\r\n", true, "8bit", true},
      {"the message says it twice", quoted + quoted, "caf\xC3\xA9\r\n", "caf=C3=A9\r\n", true,
       "8bit", false},
      {"nobody says it", "", "caf=C3=A9\r\n", "caf\xC3\xA9\r\n", true, "quoted-printable", false},
      {"base64 in other lines", "Content-Transfer-Encoding: base64\r\n",
       "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh\r\nYmI=\r\n",
       "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh\r\n"
       "YWFhYWFhYWFhYmI=\r\n",
       true, "", false},
  };
  for (const Sample& sample : samples) {
    const Repair repair = search_body(sample.header, sample.present,
                                      differing(sample.signed_body, BodyCanon::simple));
    ASSERT_EQ(repair.undone.size(), 1U) << sample.name;
    EXPECT_FALSE(repair.shows_other_text) << sample.name;
    EXPECT_EQ(repair.same_text, sample.same_text) << sample.name;
    EXPECT_EQ(repair.encoding_before, sample.before) << sample.name;
    EXPECT_EQ(repair.one_encoding_field, sample.one_field) << sample.name;
  }
  EXPECT_FALSE(
      search_body(kPlain, ">From a\r\n", differing("From a\r\n", BodyCanon::simple)).same_text);
}

// l= counts octets of the canonical form. [RFC6376 3.5]
TEST(BodySearch, KeepsToTheSignedLength) {
  const auto facts = differing("From a\r\nb\r\n", BodyCanon::simple, 8);
  EXPECT_EQ(search_body(kPlain, ">From a\r\nlater\r\n", facts).undone,
            std::vector<Undo>{Undo::mboxrd_unquote});
  // Shorter than what was signed: no reversal can be right.
  EXPECT_TRUE(search_body(kPlain, ">From\r\n", facts).undone.empty());
}

TEST(BodySearch, EndsAtItsLimits) {
  const auto quoted = differing("From a\r\n", BodyCanon::simple);
  const std::string present = ">From a\r\n";
  Limits limits;
  limits.diagnosis_body_bytes = present.size();
  EXPECT_FALSE(search_body(kPlain, present, quoted, limits).cut);
  limits.diagnosis_body_bytes = present.size() - 1;
  EXPECT_TRUE(search_body(kPlain, present, quoted, limits).cut);
  EXPECT_TRUE(search_body(kPlain, present, quoted, limits).undone.empty());
  limits = {};
  limits.diagnosis_work_bytes = 10;  // one hash, and an eighth of it for each look
  EXPECT_EQ(search_body(kPlain, present, quoted, limits).undone.size(), 1U);
  limits.diagnosis_work_bytes = 9;
  EXPECT_TRUE(search_body(kPlain, present, quoted, limits).cut);

  // The nearest cut is the second from the end.
  const auto footed = differing("a\r\n", BodyCanon::simple);
  const std::string footer = "a\r\n\r\nb\r\n\r\nc\r\n";
  limits = {};
  limits.diagnosis_footer_cuts = 2;
  EXPECT_EQ(search_body(kPlain, footer, footed, limits).undone.size(), 1U);
  limits.diagnosis_footer_cuts = 1;
  EXPECT_TRUE(search_body(kPlain, footer, footed, limits).cut);

  // The whole and two parts.
  const auto parts = differing("--b\r\n\r\na\r\n--b--\r\n", BodyCanon::simple);
  const std::string more = "--b\r\n\r\na\r\n--b\r\n\r\nlist\r\n--b--\r\n";
  limits = {};
  limits.diagnosis_parts = 3;
  EXPECT_EQ(search_body(kMixed, more, parts, limits).undone.size(), 1U);
  limits.diagnosis_parts = 2;
  EXPECT_TRUE(search_body(kMixed, more, parts, limits).cut);
}

TEST(BodySearch, SearchesOnceForEqualWishesAndNotForOthers) {
  message::HeaderIndex header;
  header.build("Content-Type: text/plain\r\n\r\n");
  const std::string_view body = ">From a\r\n";
  const auto wrong = differing("something else\r\n", BodyCanon::relaxed);
  auto sound = wrong;
  sound.body_match = dkim::Match::match;
  std::vector<dkim::SignatureFacts> one{wrong};
  std::vector<dkim::SignatureFacts> three{wrong, sound, wrong};
  BodySearch search{Limits{}};
  EXPECT_EQ(search.search(body, header, one), search.search(body, header, three));
  EXPECT_TRUE(three[0].body_repair.has_value());
  EXPECT_FALSE(three[1].body_repair.has_value());
  EXPECT_TRUE(three[2].body_repair.has_value());
  std::vector<dkim::SignatureFacts> none{sound};
  EXPECT_EQ(search.search(body, header, none), 0U);
}

}  // namespace
}  // namespace mailassay::diagnosis
