// Authentication-Results. [RFC8601 2.2]
//
//   authres-payload = [CFWS] authserv-id [ CFWS version ] ( no-result / 1*resinfo ) [CFWS]
//   resinfo         = [CFWS] ";" methodspec [ CFWS reasonspec ] [ CFWS 1*propspec ]
//   methodspec      = [CFWS] method [ "/" version ] [CFWS] "=" [CFWS] result
//   propspec        = ptype [CFWS] "." [CFWS] property [CFWS] "=" pvalue
//
// What is written beyond it: no authserv-id at all (Microsoft), values with `/` and `=` that are
// not quoted (header.b=), properties without ptype (action=, compauth's reason=), and words that
// belong to nothing, which are passed over with the fault `syntax`.
#include <cstddef>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/cursor.h"
#include "envelope/client_address.h"
#include "envelope/trace_text.h"
#include "mailassay/recorded.h"

namespace mailassay::envelope {
namespace {

bool is_name_octet(char c) {
  return !ascii::is_fws_octet(c) && c != ';' && c != '=' && c != '(' && c != '/' && c != '.' &&
         c != '"';
}

/// The address that Gmail and Microsoft tell in a comment on SPF. The sender's address may stand
/// in it too, so it is looked for where the receiver writes it.
std::string address_of_comment(std::string_view comment) {
  constexpr std::string_view kMicrosoft = "sender ip is ";
  constexpr std::string_view kGoogle = "designate";  // "designates X as", "not designate X as"
  comment = ascii::trim(comment);
  if (starts_with_ignoring_case(comment, kMicrosoft)) {
    comment.remove_prefix(kMicrosoft.size());
    return address_from_trace(comment.substr(0, comment.find_first_of(" ;")));
  }
  const std::size_t place = comment.rfind(kGoogle);
  if (place == std::string_view::npos) return {};
  comment.remove_prefix(place + kGoogle.size());
  if (comment.starts_with('s')) comment.remove_prefix(1);
  comment = ascii::trim(comment);
  return address_from_trace(comment.substr(0, comment.find(' ')));
}

bool is_one(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first != std::string_view::npos && digits.substr(first) == "1";
}

class Reader {
 public:
  Reader(std::string_view text, const RecordedLimits& limits) : cursor_(text), limits_(limits) {}

  Recorded read() {
    if (!read_authserv_id()) return recorded_;
    while (!cursor_.at_end()) {
      read_resinfo();
      skip_to_semicolon();
      cursor_.take(';');
    }
    return recorded_;
  }

 private:
  void fault(RecordedFault fault) {
    if (recorded_.fault == RecordedFault::none) recorded_.fault = fault;
  }

  void skip_cfws() {
    while (true) {
      cursor_.skip_fws();
      if (cursor_.at_end() || cursor_.peek() != '(') return;
      take_note_of(take_comment(cursor_));
    }
  }

  void take_note_of(std::string_view comment) {
    if (!comments_may_name_client_ || !recorded_.client_ip.empty()) return;
    recorded_.client_ip = address_of_comment(comment);
  }

  /// Passes over what belongs to nothing, up to the next semicolon that separates.
  void skip_to_semicolon() {
    while (true) {
      skip_cfws();
      if (cursor_.at_end() || cursor_.peek() == ';') return;
      fault(RecordedFault::syntax);
      if (cursor_.peek() == '"') {
        take_quoted(cursor_);
      } else {
        cursor_.take_while([](char c) { return c != ';' && c != '(' && c != '"'; });
      }
    }
  }

  std::string kept(std::string_view text) {
    if (text.size() > limits_.value_bytes) {
      fault(RecordedFault::over_limit);
      text = text.substr(0, limits_.value_bytes);
    }
    return std::string(text);
  }

  /// Result: false if nothing of the rest may be read.
  bool read_authserv_id() {
    skip_cfws();
    const Cursor at_start = cursor_;
    const std::string_view word =
        cursor_.peek() == '"' ? take_quoted(cursor_) : cursor_.take_while([](char c) {
          return !ascii::is_fws_octet(c) && c != ';' && c != '(' && c != '=';
        });
    skip_cfws();
    if (!cursor_.at_end() && cursor_.peek() == '=') {  // no authserv-id: it is a method
      cursor_ = at_start;
      return true;
    }
    if (word.empty()) fault(RecordedFault::syntax);
    recorded_.authserv_id = kept(ascii::lower(unquoted(word)));
    const std::string_view version = cursor_.take_while(ascii::is_digit);
    if (!version.empty() && !is_one(version)) {
      // What follows an unknown version may have another form. [RFC8601 2.6]
      recorded_.fault = RecordedFault::unknown_version;
      return false;
    }
    skip_to_semicolon();
    cursor_.take(';');
    return true;
  }

  void read_resinfo() {
    skip_cfws();
    if (cursor_.at_end() || cursor_.peek() == ';') return;  // a semicolon too many
    const std::string_view method = cursor_.take_while(is_name_octet);
    skip_cfws();
    if (ascii::equal_ignoring_case(method, "none") && (cursor_.at_end() || cursor_.peek() == ';')) {
      recorded_.says_none = true;
      return;
    }
    bool is_known_version = true;
    if (cursor_.take('/')) {
      skip_cfws();
      is_known_version = is_one(cursor_.take_while(ascii::is_digit));
      skip_cfws();
    }
    if (method.empty() || !cursor_.take('=')) return fault(RecordedFault::syntax);
    skip_cfws();
    const std::string_view result = cursor_.take_while(
        [](char c) { return !ascii::is_fws_octet(c) && c != ';' && c != '(' && c != '"'; });
    if (result.empty()) return fault(RecordedFault::syntax);
    if (recorded_.entries.size() >= limits_.entries) return fault(RecordedFault::over_limit);
    RecordedEntry entry;
    entry.method = kept(ascii::lower(method));
    entry.result = kept(ascii::lower(result));
    comments_may_name_client_ = entry.method == "spf" && is_known_version;
    while (read_property(entry)) {
    }
    comments_may_name_client_ = false;
    // Another version of a method may pass for other reasons. [RFC8601 2.6]
    if (!is_known_version) return fault(RecordedFault::unknown_version);
    recorded_.entries.push_back(std::move(entry));
  }

  /// Result: false if no further property follows.
  bool read_property(RecordedEntry& entry) {
    skip_cfws();
    const std::string_view first = cursor_.take_while(is_name_octet);
    if (first.empty()) return false;
    std::string name(first.substr(0, limits_.value_bytes));
    skip_cfws();
    while (cursor_.take('.')) {
      skip_cfws();
      name += '.';
      name += cursor_.take_while(is_name_octet).substr(0, limits_.value_bytes);
      skip_cfws();
    }
    if (!cursor_.take('=')) {
      fault(RecordedFault::syntax);
      return true;
    }
    add_property(entry, ascii::lower(kept(name)), take_value());
    return true;
  }

  std::string take_value() {
    skip_cfws();
    const std::string_view all = cursor_.rest();
    const std::size_t begin = cursor_.position();
    while (!cursor_.at_end() && !ascii::is_fws_octet(cursor_.peek()) && cursor_.peek() != ';' &&
           cursor_.peek() != '(') {
      if (cursor_.peek() == '"') {
        take_quoted(cursor_);
      } else if (cursor_.peek() == '<') {
        take_bracketed(cursor_);
      } else {
        cursor_.take_while([](char c) {
          return !ascii::is_fws_octet(c) && c != ';' && c != '(' && c != '"' && c != '<';
        });
      }
    }
    return unquoted(without_brackets(all.substr(0, cursor_.position() - begin)));
  }

  void add_property(RecordedEntry& entry, std::string name, const std::string& value) {
    if (name == "reason" && entry.reason.empty()) {
      entry.reason = kept(value);
      return;
    }
    if (entry.properties.size() >= limits_.properties) return fault(RecordedFault::over_limit);
    if (name == "smtp.remote-ip" || name == "policy.iprev" || name == "smtp.client-ip") {
      if (std::string address = address_from_trace(value); !address.empty()) {
        recorded_.client_ip = std::move(address);
      }
    }
    entry.properties.push_back({std::move(name), kept(value)});
  }

  Cursor cursor_;
  const RecordedLimits& limits_;
  Recorded recorded_;
  bool comments_may_name_client_ = false;
};

}  // namespace

bool is_of_helo(const RecordedEntry& entry) noexcept {
  return ascii::equal_ignoring_case(value_of(entry, "policy.identity"), "helo");
}

std::string_view value_of(const RecordedEntry& entry, std::string_view name) noexcept {
  for (const Property& property : entry.properties) {
    if (property.name == name) return property.value;
  }
  return {};
}

Recorded read_authentication_results(std::string_view text, const RecordedLimits& limits) {
  const bool is_cut = text.size() > limits.field_bytes;
  Recorded recorded = Reader(text.substr(0, limits.field_bytes), limits).read();
  if (is_cut && recorded.fault != RecordedFault::unknown_version) {
    recorded.fault = RecordedFault::over_limit;
  }
  return recorded;
}

ResultWord result_word(std::string_view word) noexcept {
  struct Word {
    std::string_view text;
    ResultWord word;
  };
  constexpr Word kWords[] = {
      {"none", ResultWord::none},           {"pass", ResultWord::pass},
      {"fail", ResultWord::fail},           {"softfail", ResultWord::softfail},
      {"policy", ResultWord::policy},       {"neutral", ResultWord::neutral},
      {"temperror", ResultWord::temperror}, {"permerror", ResultWord::permerror},
      {"hardfail", ResultWord::fail},       {"error", ResultWord::temperror},
      {"unknown", ResultWord::permerror},   {"bestguesspass", ResultWord::none},
  };
  for (const Word& known : kWords) {
    if (ascii::equal_ignoring_case(word, known.text)) return known.word;
  }
  return ResultWord::unknown;
}

}  // namespace mailassay::envelope
