#include "envelope/received_field.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/cursor.h"
#include "envelope/client_address.h"
#include "envelope/trace_text.h"
#include "message/date.h"

namespace mailassay::envelope {
namespace {

enum class Clause : std::uint8_t { none, from, by, via, with, id, recipient, date };

struct Keyword {
  std::string_view word;
  Clause clause;
};
constexpr std::array kKeywords = {
    Keyword{"from", Clause::from}, Keyword{"by", Clause::by}, Keyword{"via", Clause::via},
    Keyword{"with", Clause::with}, Keyword{"id", Clause::id}, Keyword{"for", Clause::recipient},
};

/// A comment of a from clause that begins so holds words of the client's certificate: no address is
/// taken from it. A host name has no blanks, so none begins like this.
constexpr std::array<std::string_view, 5> kNotTheClient = {"using tls", "using ssl", "client cn",
                                                           "no client cert", "version="};

/// First words of comments that tell of authentication. A looked-up name can be one of them too;
/// then an address follows.
constexpr std::array<std::string_view, 5> kAuthenticated = {
    "authenticated", "authenticated:", "auth:", "auth", "account"};

/// Protocols of an authenticated session, [RFC5321 4.4] and its registry; `asmtp` is of old Exim.
constexpr std::array<std::string_view, 9> kSubmission = {
    "ESMTPA", "ESMTPSA", "SMTPA", "SMTPSA", "ASMTP", "UTF8SMTPA", "UTF8SMTPSA", "LMTPA", "LMTPSA"};
constexpr std::array<std::string_view, 5> kDelivery = {"LMTP", "LMTPS", "UTF8LMTP", "UTF8LMTPS",
                                                       "LMTPC"};
constexpr std::array<std::string_view, 7> kFetch = {"POP3",  "POP3S", "POP", "IMAP",
                                                    "IMAP4", "IMAPS", "POP2"};
constexpr std::array<std::string_view, 3> kFetchers = {"fetchmail", "getmail", "mpop"};
constexpr std::array<std::string_view, 7> kLocal = {"LOCAL", "MAPI",  "HTTPS",      "INTERNAL",
                                                    "NNFMP", "BSMTP", "LOCAL-ESMTP"};

template <std::size_t kSize>
bool is_among(const std::array<std::string_view, kSize>& words, std::string_view text) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

template <std::size_t kSize>
bool begins_with_any(const std::array<std::string_view, kSize>& prefixes, std::string_view text) {
  return std::any_of(prefixes.begin(), prefixes.end(), [text](std::string_view prefix) {
    return starts_with_ignoring_case(text, prefix);
  });
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
  return out;
}

/// A looked-up name without its final dot; empty if it says that there is none.
std::string looked_up_name(std::string_view text) {
  text = text.substr(text.rfind('@') == std::string_view::npos ? 0 : text.rfind('@') + 1);
  if (text.ends_with('.')) text.remove_suffix(1);
  std::string name = ascii::lower(text);
  if (name == "unknown" || name == "unverified" || !address_from_trace(name).empty()) return {};
  return name;
}

/// Goes through one field, clause by clause.
class Reader {
 public:
  Reader(std::string_view value, const Limits& limits) : cursor_(value), limits_(limits) {}

  ReceivedField read() {
    while (!cursor_.at_end()) {
      cursor_.skip_fws();
      if (cursor_.at_end()) break;
      if (cursor_.peek() == '(') {
        take_comment_of_clause(take_comment(cursor_));
        is_value_next_ = false;
      } else if (cursor_.take(';')) {
        clause_ = Clause::date;
      } else {
        take_word(next_word());
      }
    }
    finish();
    return std::move(result_);
  }

 private:
  std::string_view next_word() {
    if (cursor_.peek() == '"') return take_quoted(cursor_);
    if (cursor_.peek() == '<') return take_bracketed(cursor_);
    if (cursor_.peek() == '[') {  // XMail writes blanks between them
      const std::size_t end = cursor_.rest().substr(0, 128).find(']');
      if (end != std::string_view::npos) return cursor_.take_up_to(with_port(end + 1));
    }
    const auto is_word = [](char c) { return !ascii::is_fws_octet(c) && c != ';' && c != '('; };
    const std::string_view word = cursor_.take_while(is_word);
    return word.empty() ? cursor_.take_up_to(1) : word;
  }

  /// Size of the bracketed word with all that follows it without a blank.
  std::size_t with_port(std::size_t size) const {
    const std::string_view rest = cursor_.rest();
    while (size < rest.size() && !ascii::is_fws_octet(rest[size]) && rest[size] != ';' &&
           rest[size] != '(') {
      ++size;
    }
    return size;
  }

  std::string_view kept(std::string_view text) {
    if (text.size() <= limits_.transit_value_bytes) return text;
    result_.value_cut = true;
    return text.substr(0, limits_.transit_value_bytes);
  }

  void take_word(std::string_view word) {
    if (clause_ == Clause::date) return;
    // The word right behind a keyword is its value, even if it looks like a keyword.
    if (is_value_next_) {
      is_value_next_ = false;
      if (clause_ == Clause::from && has_by_ && word.starts_with('<')) {  // XMail: from <sender>
        hop_.envelope_from = kept(without_brackets(word));
        return;
      }
      take_value(word);
      return;
    }
    for (const Keyword& keyword : kKeywords) {
      if (!ascii::equal_ignoring_case(word, keyword.word)) continue;
      begin_clause(keyword.clause);
      return;
    }
    take_further_word(word);
  }

  void begin_clause(Clause clause) {
    // Between from and by stands only what the server tells of the client, and a HELO with blanks.
    if (has_from_ && !has_by_ && clause != Clause::by && clause != Clause::from) return;
    if (clause == Clause::by && has_by_) is_contradictory_ = true;
    if (clause == Clause::from && has_from_ && !has_by_) is_contradictory_ = true;
    clause_ = clause;
    is_value_next_ = true;
    if (clause == Clause::by) has_by_ = true;
    if (clause == Clause::from && !has_by_) has_from_ = true;
  }

  void take_value(std::string_view word) {
    switch (clause_) {
      case Clause::from:
        if (!has_by_) from_word_ = word;
        break;
      case Clause::by:
        hop_.by = ascii::lower(kept(word));
        hop_.by_ip = address_from_trace(word);
        break;
      case Clause::with:
        if (!has_with_) hop_.with = upper(kept(word));
        has_with_ = true;
        break;
      case Clause::via:
        if (hop_.with.empty()) hop_.with = upper(kept(word));
        break;
      case Clause::id:
        hop_.id = kept(without_brackets(word));
        break;
      case Clause::recipient:
        hop_.recipient = kept(without_brackets(word));
        break;
      case Clause::none:
      case Clause::date:
        break;
    }
  }

  /// Words behind the value: `with Microsoft SMTP Server`, `from host [192.0.2.1]`.
  void take_further_word(std::string_view word) {
    if (clause_ == Clause::with && !hop_.with.empty() && hop_.with.size() + word.size() < 64 &&
        std::all_of(word.begin(), word.end(), ascii::is_alnum)) {
      hop_.with += ' ' + upper(word);
    }
    if (clause_ == Clause::from && !has_by_ && client_ip_.empty()) {
      client_ip_ = address_from_trace(word);
    }
  }

  void take_comment_of_clause(std::string_view comment) {
    comment = ascii::trim(comment);
    if (take_sender(comment)) return;
    if (clause_ == Clause::none) {
      // "(qmail 123 invoked by uid 0)", "(from user@localhost)" of Sendmail.
      is_local_ = is_local_ || starts_with_ignoring_case(comment, "qmail ") ||
                  starts_with_ignoring_case(comment, "from ");
    } else if (has_from_ && !has_by_) {
      take_client_comment(comment);
    } else if (clause_ != Clause::date) {
      if (clause_ == Clause::by) take_server_comment(comment);
      if (has_by_ && starts_with_ignoring_case(comment, "exim ")) {
        confirms_names_ = is_exim_ = true;
      }
      if (begins_with_any(kFetchers, comment)) is_fetched_ = true;
      if (is_authentication(comment)) is_authenticated_ = true;
    }
  }

  static bool is_authentication(std::string_view comment) {
    const std::string first = ascii::lower(
        comment.substr(0, std::min<std::size_t>(comment.find_first_of(" \t\r\n,"), 32)));
    return is_among(kAuthenticated, first);
  }

  /// (envelope-from <a@b>), wherever it stands.
  bool take_sender(std::string_view comment) {
    for (const std::string_view key : {"envelope-from", "envelope-sender"}) {
      if (!starts_with_ignoring_case(comment, key)) continue;
      Cursor cursor(comment.substr(key.size()));
      cursor.take_while([](char c) { return ascii::is_fws_octet(c) || c == '=' || c == ':'; });
      const std::string_view sender =
          cursor.peek() == '<' ? take_bracketed(cursor)
                               : cursor.take_while([](char c) { return !ascii::is_fws_octet(c); });
      hop_.envelope_from = kept(without_brackets(sender));
      return true;
    }
    return false;
  }

  void take_client_comment(std::string_view comment) {
    if (begins_with_any(kNotTheClient, comment)) return;
    Cursor cursor(comment);
    bool is_helo_next = false;
    bool has_address = false;
    bool is_clients_word = false;  // the rest is HELO or ident, which may have blanks
    std::size_t words = 0;
    std::string_view name;  // the last word before the address
    while (true) {
      cursor.skip_fws();
      if (cursor.at_end()) break;
      if (cursor.peek() == '(') {
        if (starts_with_ignoring_case(take_comment(cursor), "may be forged")) is_forged_ = true;
        continue;
      }
      const std::string_view word =
          cursor.take_while([](char c) { return !ascii::is_fws_octet(c) && c != '('; });
      ++words;
      if (is_helo_next) {
        hop_.helo = kept(word);
        is_helo_next = false;
        helo_in_comment_ = true;
      } else if (is_helo_word(word)) {
        is_helo_next = true;
        // Yahoo, CommuniGate: "from 192.0.2.1 (EHLO x)"
        is_clients_word = is_clients_word || !address_from_trace(from_word_).empty();
      } else if (take_pair(word)) {
        is_clients_word = is_clients_word || has_address;  // Exim: "([192.0.2.1] helo=x ident=y)"
      } else if (!is_clients_word && take_client_address(word)) {
        has_address = true;
      } else if (!has_address) {
        name = word;
      }
    }
    if (!has_address && is_authentication(comment)) is_authenticated_ = true;
    if (!name.empty() && (has_address || words == 1)) name_in_comment_ = name;
  }

  static bool is_helo_word(std::string_view word) {
    return ascii::equal_ignoring_case(word, "helo") || ascii::equal_ignoring_case(word, "ehlo") ||
           ascii::equal_ignoring_case(word, "lhlo");
  }

  /// helo=x, port=25, ident=y: what Exim and Ecelerity write.
  bool take_pair(std::string_view word) {
    const std::size_t equal = word.find('=');
    if (equal == std::string_view::npos || word.find('[') < equal) return false;
    if (ascii::equal_ignoring_case(word.substr(0, equal), "helo")) {
      hop_.helo = kept(word.substr(equal + 1));
      helo_in_comment_ = true;
    }
    return true;
  }

  /// `[192.0.2.1]`, `name[192.0.2.1]`, `192.0.2.1`, `ident@192.0.2.1`. The last one counts.
  bool take_client_address(std::string_view word) {
    const std::size_t bracket = word.find('[');
    std::string_view name;
    std::string_view address =
        word.substr(word.rfind('@') == std::string_view::npos ? 0 : word.rfind('@') + 1);
    if (bracket != std::string_view::npos) {
      name = word.substr(0, bracket);
      address = word.substr(bracket);
    }
    std::string octets = address_from_trace(address);
    if (octets.empty()) return false;
    name_in_comment_ = name;
    comment_ip_ = std::move(octets);
    return true;
  }

  void take_server_comment(std::string_view comment) {
    if (starts_with_ignoring_case(comment, "postfix")) {
      confirms_names_ = true;
      if (contains_ignoring_case(comment.substr(0, 64), "from userid")) is_local_ = true;
    }
    // Sendmail: (8.14.4/8.14.4)
    const bool is_sendmail = !comment.empty() && ascii::is_digit(comment.front()) &&
                             comment.substr(0, 32).find('/') != std::string_view::npos;
    if (is_sendmail) confirms_names_ = true;
    if (!hop_.by_ip.empty()) return;
    const std::size_t bracket = comment.substr(0, limits_.transit_value_bytes).find('[');
    hop_.by_ip =
        address_from_trace(bracket == std::string_view::npos ? comment : comment.substr(bracket));
  }

  void finish() {
    set_client();
    hop_.kind = kind();
    result_.hop = std::move(hop_);
  }

  /// Sorts out which name is HELO and which was looked up.
  void set_client() {
    if (!comment_ip_.empty()) client_ip_ = std::move(comment_ip_);
    if (client_ip_.empty()) client_ip_ = address_from_trace(from_word_);
    if (helo_in_comment_) {  // qmail, Exim, Yahoo: the word is the name that was looked up
      hop_.rdns = kept(looked_up_name(from_word_));
    } else {
      hop_.helo = kept(from_word_);
      hop_.rdns = kept(looked_up_name(name_in_comment_));
      // Exim leaves helo= away where it equals the name.
      if (is_exim_ && hop_.rdns.empty() && !client_ip_.empty()) {
        hop_.rdns = kept(looked_up_name(from_word_));
      }
    }
    hop_.client_ip = std::move(client_ip_);
    hop_.rdns_is_confirmed = !hop_.rdns.empty() && confirms_names_ && !is_forged_;
  }

  HopKind kind() const {
    if (is_contradictory_) return HopKind::unreadable;
    const std::string_view all_with = hop_.with;
    const std::string_view with = all_with.substr(0, all_with.find(' '));
    if (is_fetched_ || is_among(kFetch, with)) return HopKind::fetched;
    if (is_local_ || is_among(kLocal, with)) return HopKind::local;
    if (is_authenticated_ || is_among(kSubmission, with)) return HopKind::authorised;
    if (is_among(kDelivery, with)) return HopKind::delivery;
    if (with == "HTTP") {
      return hop_.client_ip.empty() || is_private(hop_.client_ip) ? HopKind::local
                                                                  : HopKind::authorised;
    }
    if (has_from_) return HopKind::smtp;
    return has_by_ || !hop_.with.empty() || !hop_.id.empty() ? HopKind::local : HopKind::unreadable;
  }

  Cursor cursor_;
  const Limits& limits_;
  ReceivedField result_;
  Hop hop_;
  Clause clause_ = Clause::none;
  std::string_view from_word_;
  std::string_view name_in_comment_;
  std::string client_ip_;   ///< of a word
  std::string comment_ip_;  ///< of a comment, which the server writes behind the HELO
  bool is_value_next_ = false;
  bool has_from_ = false;
  bool has_by_ = false;
  bool has_with_ = false;  ///< the first one counts: what follows may hold words of the client
  bool is_contradictory_ = false;
  bool helo_in_comment_ = false;
  bool is_forged_ = false;
  bool is_authenticated_ = false;
  bool is_fetched_ = false;
  bool is_local_ = false;
  bool is_exim_ = false;
  bool confirms_names_ = false;
};

}  // namespace

ReceivedField read_received(std::string_view value, const Limits& limits) {
  const bool is_cut = value.size() > limits.transit_field_bytes;
  ReceivedField field = Reader(value.substr(0, limits.transit_field_bytes), limits).read();
  field.field_cut = is_cut;
  // What was not read could contradict what was.
  if (is_cut) field.hop.kind = HopKind::unreadable;
  field.hop.date = message::parse_received_date(value);
  return field;
}

}  // namespace mailassay::envelope
