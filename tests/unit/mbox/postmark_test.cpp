// The forms of a postmark, and lines that only look like one.
#include "mbox/postmark.h"

#include <gtest/gtest.h>

#include <string>

#include "support/exact_copy.h"

namespace mailassay::mbox {
namespace {

std::optional<Postmark> parse(std::string_view line) {
  const test::ExactCopy copy(line);
  return parse_postmark(copy.view());
}

struct Positive {
  std::string_view line;
  PostmarkForm form;
  bool dated;
};

constexpr auto strict = PostmarkForm::strict;
constexpr auto gmail = PostmarkForm::gmail;
constexpr auto thunderbird = PostmarkForm::thunderbird;
constexpr auto tolerant = PostmarkForm::tolerant;

constexpr Positive kPositives[] = {
    // [RFC4155 A] address and asctime date; zone, seconds and sender as writers have them.
    {"From jo@example.com Mon Jan  5 10:00:00 2020", strict, true},
    {"From jo@example.com Mon Jan 05 10:00:00 2020", strict, true},
    {"From jo@example.com Mon Jan 5 10:00 2020", strict, true},
    {"From jo@example.com  Mon Jan  5 10:00:00 2020 ", strict, true},
    {"From jo@example.com\tMon Jan  5 10:00:00 2020", strict, true},
    {"From jo@example.com Mon Jan  5 10:00:00 EST 2020", strict, true},
    {"From jo@example.com Mon Jan  5 10:00:00 +0100 2020", strict, true},
    {"From jo@example.com Mon Jan  5 10:00:00 2020 +0100", strict, true},
    {"From jo@example.com Mon Jan  5 10:00:00 2020 MEST", strict, true},
    {"From jo@example.com Sat Dec 31 23:59:60 2016", strict, true},
    {"From jo Mon Jan  5 10:00:00 2020 remote from host", strict, true},
    {"From MAILER-DAEMON Thu Dec 22 17:54:04 2015", strict, true},
    {"From Mon Jan  5 10:00:00 2020", strict, true},
    {"From  Mon Jan  5 10:00:00 2020", strict, true},
    {"From \"jo doe\"@example.com Mon Jan  5 10:00:00 2020", strict, true},
    {"From \"jo doe\" Mon Jan  5 10:00:00 2020", strict, true},
    {"From jo at example.com  Tue Jan  7 10:00:00 2020", strict, true},
    {"From ???@??? Sat Mar 09 00:09:07 1996", strict, true},
    {"From Mon Mon Jan  5 10:00:00 2020", strict, true},
    {"From 1844347839636459560@xxx", gmail, false},
    {"From 1844347839636459560@xxx Sat Oct 04 10:00:00 +0000 2025", gmail, true},
    {"From - Mon Jan  5 10:00:00 2020", thunderbird, true},
    {"From - Mon Jan 05 10:00:00 2020", thunderbird, true},
    {"From - ", thunderbird, false},
    {"From -", thunderbird, false},
    {"From - 2025-04-12T15:59:28.000Z", thunderbird, false},
    {"From - 2025-04-12 15:59:28", thunderbird, false},
    {"From - Sa. Apr. 12 15:59:28 2025", thunderbird, false},
    {"From - Sat, 12 Apr 2025 15:59:28 +0200", thunderbird, false},
    {"From - \xD1\x81\xD0\xB1 \xD0\xB0\xD0\xBF\xD1\x80 12 15:59:28 2025", thunderbird, false},
    {"From ", tolerant, false},
    {"From MAILER-DAEMON", tolerant, false},
    {"From mailer-daemon ", tolerant, false},
    {"From jo@example.com", tolerant, false},
    {"From ???@???", tolerant, false},
    {"From jo@example.com Jan  5 10:00:00 2020", tolerant, false},
    {"From root Jan  5 10:00:00 2020", tolerant, false},
    {"From jo@example.com Mon, 05 Jan 2020 10:00:00 +0000", tolerant, false},
    {"From jo@example.com Mon, 5 Jan 2020 10:00", tolerant, false},
    {"From jo@example.com lun. janv. 05 10:00:00 2020", tolerant, false},
    {"From jo@example.com 2020-01-05", tolerant, false},
    {"From jo@example.com 2020-01-05T10:00:00+01:00", tolerant, false},
    {"From Jo Doe <jo@example.com> Mon Jan  5 10:00:00 2020", tolerant, false},
};

constexpr std::string_view kNegatives[] = {
    // Prose.
    "From here on we follow the plan.",
    "From Russia with love",
    "From the desk of",
    "From Monday on",
    "From Mon to Fri",
    "From jo@example.com we heard nothing",
    "From 10:00 to 12:00",
    "From 10:00 on in 2020",
    "From Berlin at 10:00 in 2020 we go",
    "From jo@example.com at 10:00 we went on to see what there was to see in 2020, so it was",
    "From - the other side",
    "From 2020 on",
    "From Paris",
    "From MAILER-DAEMON we got",
    "From 17@xxx comes",
    "From jo at example.com",
    "From jo@",
    "From @example.com",
    // Header fields and near misses of the first word.
    "From: jo@example.com",
    "From",
    "",
    "from jo@example.com Mon Jan  5 10:00:00 2020",
    "FROM jo@example.com Mon Jan  5 10:00:00 2020",
    ">From jo@example.com Mon Jan  5 10:00:00 2020",
    " From jo@example.com Mon Jan  5 10:00:00 2020",
    "From\tjo@example.com Mon Jan  5 10:00:00 2020",
    "Fromjo@example.com Mon Jan  5 10:00:00 2020",
    "=46rom jo@example.com Mon Jan  5 10:00:00 2020",
    // Dates of the strict form that are none, behind a sender that does not help.
    "From jo Mon Jan 32 10:00:00 20",
    "From jo Mon Jan  5 24:00:00",
    "From jo Mon Jan  5 10:60:00",
    "From jo Foo Bar  5 10:00:00 2020",
    "From jo Mon Jan  5 10:00:00 3020",
    "From jo Mon Jan  5 2020",
    "From - Mon Jan  5",
    "From jo Mon Jan  5 10:00:00 ABCDEF",
    "From 1844347839636459560@xxx Sat",
    // Broken quoting.
    "From \"jo doe@example.com Mon",
    "From \"",
};

TEST(Postmark, KnowsEachForm) {
  for (const Positive& row : kPositives) {
    const auto postmark = parse(row.line);
    ASSERT_TRUE(postmark) << row.line;
    EXPECT_EQ(static_cast<int>(postmark->form), static_cast<int>(row.form)) << row.line;
    EXPECT_EQ(postmark->dated, row.dated) << row.line;
  }
}

TEST(Postmark, RefusesWhatOnlyLooksLikeOne) {
  for (const std::string_view line : kNegatives) EXPECT_FALSE(parse(line)) << line;
}

TEST(Postmark, RefusesEachControlOctetButTheTab) {
  for (int octet = 0; octet < 0x20; ++octet) {
    std::string line = "From jo@example.com Mon Jan  5 10:00:00 2020";
    line[19] = static_cast<char>(octet);
    EXPECT_EQ(parse(line).has_value(), octet == '\t') << octet;
  }
  EXPECT_FALSE(parse("From jo\x7F@example.com"));
}

TEST(Postmark, RefusesEachPrefixOfADateThatIsNoDateYet) {
  const std::string_view whole = "From jo Mon Jan  5 10:00:00 2020";
  for (std::size_t size = 5; size < whole.size(); ++size) {
    EXPECT_EQ(parse(whole.substr(0, size)).has_value(), size == 5) << whole.substr(0, size);
  }
}

TEST(Postmark, HasALimitOfLength) {
  const std::string date = " Mon Jan  5 10:00:00 2020";
  const std::string sender(kMaxPostmarkBytes - 5 - date.size(), 'x');
  EXPECT_TRUE(parse("From " + sender + date));
  EXPECT_FALSE(parse("From x" + sender + date));
}

}  // namespace
}  // namespace mailassay::mbox
