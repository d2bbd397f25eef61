// Grammar, as words that blanks divide:
//
//   postmark  = "From " ( [sender] stamp / gmail-id [stamp] / "-" [loose] / sender loose / lone )
//   sender    = word / quoted-string [ "@" word ] / word "at" word
//   stamp     = weekday month day time [zone] year [zone] [ "remote" "from" host ]
//   zone      = 1*5upper / ( "+" / "-" ) 4digit
//   gmail-id  = 1*digit "@xxx"
//   loose     = words among which are a time and a year, or an ISO date
//   lone      = address / "MAILER-DAEMON" / nothing at all
#include "mbox/postmark.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/bytes.h"
#include "base/cursor.h"

namespace mailassay::mbox {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Mon", "Tue", "Wed", "Thu",
                                                       "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
/// Words of a date in any style: weekday, day, month, year, time, AM or PM, zone, zone's name.
/// A line with more of them is prose.
constexpr std::size_t kMaxDateWords = 9;

template <std::size_t kCount>
bool is_one_of(std::string_view word, const std::array<std::string_view, kCount>& table) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

/// The next word; empty at the end.
std::string_view take_word(Cursor& cursor) {
  cursor.take_while(ascii::is_wsp);
  return cursor.take_while([](char c) { return !ascii::is_wsp(c); });
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), ascii::is_digit);
}

/// Reads `digits` digits as a number that is not over `limit`.
bool take_number(Cursor& cursor, std::size_t digits, unsigned limit) {
  const std::string_view text = cursor.take_up_to(digits);
  if (text.size() != digits || !all_digits(text)) return false;
  unsigned number = 0;
  for (const char c : text) number = number * 10 + static_cast<unsigned>(c - '0');
  return number <= limit;
}

bool is_day(std::string_view word) {
  Cursor cursor(word);
  return (word.size() == 1 || word.size() == 2) && take_number(cursor, word.size(), 31);
}

/// hh:mm or hh:mm:ss; a leap second is admitted.
bool is_time(std::string_view word) {
  Cursor cursor(word);
  if (!take_number(cursor, 2, 23) || !cursor.take(':') || !take_number(cursor, 2, 59)) return false;
  if (cursor.at_end()) return true;
  return cursor.take(':') && take_number(cursor, 2, 60) && cursor.at_end();
}

bool is_year(std::string_view word) {
  return word.size() == 4 && all_digits(word) && (word[0] == '1' || word[0] == '2');
}

bool is_zone(std::string_view word) {
  if (word.empty()) return false;
  if (word[0] == '+' || word[0] == '-') return word.size() == 5 && all_digits(word.substr(1));
  return word.size() <= 5 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// True if all of `text` is the date of the strict form.
bool is_stamp(std::string_view text) {
  Cursor cursor(text);
  if (!is_one_of(take_word(cursor), kWeekdays)) return false;
  if (!is_one_of(take_word(cursor), kMonths)) return false;
  if (!is_day(take_word(cursor)) || !is_time(take_word(cursor))) return false;
  std::string_view word = take_word(cursor);
  if (is_zone(word)) word = take_word(cursor);
  if (!is_year(word)) return false;
  word = take_word(cursor);
  if (is_zone(word)) word = take_word(cursor);
  if (word.empty()) return true;
  return word == "remote" && take_word(cursor) == "from" && !take_word(cursor).empty();
}

/// yyyy-mm-dd, followed by nothing or by `T` and a time.
bool is_iso_date(std::string_view word) {
  Cursor cursor(word);
  return is_year(cursor.take_up_to(4)) && cursor.take('-') && take_number(cursor, 2, 12) &&
         cursor.take('-') && take_number(cursor, 2, 31) &&
         (cursor.at_end() || (cursor.take('T') && is_time(cursor.take_up_to(5))));
}

enum class NeedsMonth : bool { no, yes };

/// True if `text` may be a date of any style and language.
bool is_loose_date(std::string_view text, NeedsMonth needs_month) {
  Cursor cursor(text);
  bool time = false;
  bool year = false;
  bool month = needs_month == NeedsMonth::no;
  std::size_t words = 0;
  for (std::string_view word = take_word(cursor); !word.empty(); word = take_word(cursor)) {
    if (++words > kMaxDateWords) return false;
    if (word.back() == ',') word.remove_suffix(1);
    if (is_iso_date(word)) time = year = month = true;
    time = time || is_time(word) || (word.size() == 7 && is_time(word.substr(0, 4))) ||
           is_time(word.substr(0, word.find_first_of(".+Z")));
    year = year || is_year(word);
    month = month || is_one_of(word, kMonths);
  }
  return time && year && month;
}

bool is_address(std::string_view word) {
  const std::size_t at = word.rfind('@');
  return at != std::string_view::npos && at > 0 && at + 1 < word.size();
}

bool is_gmail_id(std::string_view word) {
  constexpr std::string_view kDomain = "@xxx";
  return word.ends_with(kDomain) && all_digits(word.substr(0, word.size() - kDomain.size()));
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), ascii::is_wsp);
}

bool has_control_octet(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (octet(c) < 0x20 && c != '\t') || octet(c) == 0x7F; });
}

/// The text behind a sender of the strict form that is more than one word: quoted, or disguised as
/// `user at example.com`. Empty optional if there is none.
std::optional<std::string_view> after_long_sender(std::string_view text) {
  Cursor cursor(text);
  cursor.take_while(ascii::is_wsp);
  if (cursor.take('"')) {
    cursor.take_while([](char c) { return c != '"'; });
    if (!cursor.take('"')) return std::nullopt;
    cursor.take_while([](char c) { return !ascii::is_wsp(c); });
    return cursor.rest();
  }
  if (take_word(cursor).empty() || take_word(cursor) != "at") return std::nullopt;
  if (take_word(cursor).empty()) return std::nullopt;
  return cursor.rest();
}

/// True if the strict date stands behind any number of words, as in `From Jo Doe <jo@x> Mon ...`.
bool has_stamp_at_end(std::string_view text) {
  Cursor cursor(text);
  while (!cursor.at_end()) {
    if (is_stamp(cursor.rest())) return true;
    take_word(cursor);
  }
  return false;
}

}  // namespace

std::optional<Postmark> parse_postmark(std::string_view line) {
  if (line.size() > kMaxPostmarkBytes) return std::nullopt;
  Cursor cursor(line);
  if (!cursor.take("From ")) return std::nullopt;
  const std::string_view all = cursor.rest();
  if (has_control_octet(all)) return std::nullopt;
  const std::string_view sender = take_word(cursor);
  const std::string_view rest = cursor.rest();

  if (is_gmail_id(sender)) {
    if (is_blank(rest)) return Postmark{PostmarkForm::gmail, false};
    if (is_stamp(rest)) return Postmark{PostmarkForm::gmail, true};
  }
  if (sender == "-") {
    if (is_stamp(rest)) return Postmark{PostmarkForm::thunderbird, true};
    if (is_blank(rest) || is_loose_date(rest, NeedsMonth::no)) {
      return Postmark{PostmarkForm::thunderbird, false};
    }
    return std::nullopt;
  }
  if (is_stamp(all) || is_stamp(rest)) return Postmark{PostmarkForm::strict, true};
  if (const auto behind = after_long_sender(all); behind && is_stamp(*behind)) {
    return Postmark{PostmarkForm::strict, true};
  }

  if (sender.empty()) return Postmark{PostmarkForm::tolerant, false};
  const bool known = is_address(sender) || ascii::equal_ignoring_case(sender, "MAILER-DAEMON");
  if (known && is_blank(rest)) return Postmark{PostmarkForm::tolerant, false};
  if (is_loose_date(rest, known ? NeedsMonth::no : NeedsMonth::yes) || has_stamp_at_end(all)) {
    return Postmark{PostmarkForm::tolerant, false};
  }
  return std::nullopt;
}

bool is_disguised(std::string_view postmark, std::string_view behind) {
  Cursor cursor(postmark);
  if (!cursor.take("From ") || take_word(cursor).empty() || take_word(cursor) != "at") return false;
  std::string_view line = behind.substr(0, behind.find('\n'));
  Cursor field(line);
  if (!field.take("From:") || line.find('@') != std::string_view::npos) return false;
  return !take_word(field).empty() && take_word(field) == "at" && !take_word(field).empty();
}

}  // namespace mailassay::mbox
