// dmarc-record = dmarc-version *(dmarc-sep dmarc-tag) [dmarc-sep]. [RFC9989 4.8]
#include "dmarc/record.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "base/ascii.h"
#include "base/cursor.h"
#include "dmarc/report_uri.h"

namespace mailassay::dmarc {
namespace {

constexpr std::size_t kMostShown = 64;  ///< octets of a part that is no tag, in a fault

std::string_view trim_wsp(std::string_view text) {
  while (!text.empty() && ascii::is_wsp(text.front())) text.remove_prefix(1);
  while (!text.empty() && ascii::is_wsp(text.back())) text.remove_suffix(1);
  return text;
}

/// dmarc-value: printing characters but the semicolon, one at least. [RFC9989 4.8 dmarc-value]
bool is_value(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return c >= ' ' && c <= '~' && c != ';'; });
}

std::optional<Policy> policy_of(std::string_view value) {
  for (const auto& [word, policy] :
       {std::pair{"none", Policy::none}, std::pair{"quarantine", Policy::quarantine},
        std::pair{"reject", Policy::reject}}) {
    if (ascii::equal_ignoring_case(value, word)) return policy;
  }
  return std::nullopt;
}

/// One letter of `allowed`, in lower case; empty for anything else. Keywords are strings of ABNF,
/// which have no case [RFC5234 2.3].
std::optional<char> letter_of(std::string_view value, std::string_view allowed) {
  if (value.size() != 1) return std::nullopt;
  const char c = ascii::to_lower(value.front());
  if (allowed.find(c) == std::string_view::npos) return std::nullopt;
  return c;
}

/// dmarc-fo: 0 and 1 exclude each other, d and s stand once at most. [RFC9989 4.8 dmarc-fo]
std::optional<std::string> failure_options(std::string_view value) {
  std::string seen;
  for (std::size_t start = 0; start <= value.size();) {
    const std::size_t end = std::min(value.find(':', start), value.size());
    const auto option = letter_of(trim_wsp(value.substr(start, end - start)), "01ds");
    if (!option || seen.find(*option) != std::string::npos) return std::nullopt;
    seen.push_back(*option);
    start = end + 1;
  }
  if (seen.find('0') != std::string::npos && seen.find('1') != std::string::npos) {
    return std::nullopt;
  }
  return ascii::lower(value);
}

std::optional<unsigned> percentage(std::string_view value) {
  unsigned number = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (error != std::errc() || stop != end || number > 100) return std::nullopt;
  return number;
}

struct Tag {
  std::string name;        ///< lower case; empty for a part that is no tag
  std::string_view value;  ///< without white space around it
  std::string_view part;
};

class RecordReader {
 public:
  RecordReader(std::string_view text, std::string_view tags) : tags_text_(tags) {
    record_.text = text;
  }

  Record read() {
    split();
    for (std::size_t i = 0; i < tags_.size(); ++i) take(tags_[i], i);
    if (!has_policy_) fault(FaultKind::missing_policy, "p");
    // [RFC9989 4.7] fo is ignored without ruf
    if (has_fo_ && !has_ruf_) fault(FaultKind::fo_without_ruf, "fo");
    return std::move(record_);
  }

 private:
  void fault(FaultKind kind, std::string_view tag) {
    record_.faults.push_back({kind, std::string(tag.substr(0, kMostShown))});
  }

  void split() {
    std::string_view rest = tags_text_;
    while (!rest.empty()) {
      rest.remove_prefix(1);  // the semicolon
      const std::string_view part = trim_wsp(rest.substr(0, rest.find(';')));
      rest = rest.substr(std::min(rest.find(';'), rest.size()));
      if (part.empty() && rest.empty()) break;  // the last separator
      add(part);
    }
  }

  void add(std::string_view part) {
    Cursor cursor(part);
    const std::string_view name = cursor.take_while(ascii::is_alpha);
    cursor.take_while(ascii::is_wsp);
    if (name.empty() || !cursor.take('=')) {
      tags_.push_back({{}, {}, part});
      return;
    }
    cursor.take_while(ascii::is_wsp);
    tags_.push_back({ascii::lower(name), cursor.rest(), part});
    ++counts_[tags_.back().name];
  }

  void take(const Tag& tag, std::size_t index) {
    if (tag.name.empty()) {  // [RFC9989 4.8] syntax errors are discarded
      fault(FaultKind::tag_syntax, tag.part);
      return;
    }
    // OPEN [RFC9989 4.7]: it does not say what counts when a tag stands twice. DKIM refuses such a
    // tag-list [RFC6376 3.2], which this follows for the tag alone; picking one would be a guess.
    std::size_t& count = counts_[tag.name];
    if (tag.name == "v" || count > 1) {
      if (count != 0) fault(FaultKind::duplicate_tag, tag.name);
      count = 0;
      return;
    }
    if (count == 0) return;  // a further copy
    if (!tag.part.starts_with(tag.name)) fault(FaultKind::upper_case_tag, tag.name);
    if (tag.name == "p" && index != 0) fault(FaultKind::policy_not_next, "p");
    const std::size_t before = record_.faults.size();
    if (!is_value(tag.value) || !set(tag)) {
      if (record_.faults.size() == before) fault(FaultKind::bad_value, tag.name);
      record_.has_invalid_sp = record_.has_invalid_sp || tag.name == "sp";
      record_.has_invalid_np = record_.has_invalid_np || tag.name == "np";
    }
    has_policy_ = has_policy_ || tag.name == "p";
    has_fo_ = has_fo_ || tag.name == "fo";
    has_ruf_ = has_ruf_ || tag.name == "ruf";
  }

  bool set_policy(std::optional<Policy>& policy, std::string_view value) {
    policy = policy_of(value);
    return policy.has_value();
  }

  /// True if it is a flag of `allowed`; sets it if it is `yes`.
  static bool set_flag(bool& flag, std::string_view value, std::string_view allowed, char yes) {
    const auto letter = letter_of(value, allowed);
    flag = letter == yes;
    return letter.has_value();
  }

  bool set_uris(std::vector<std::string>& uris, const Tag& tag) {
    ReportUris read = parse_report_uris(tag.value);
    if (read.has_invalid) fault(FaultKind::bad_uri, tag.name);
    if (read.has_size) fault(FaultKind::uri_size, tag.name);
    uris = std::move(read.uris);
    return true;
  }

  /// False: the value is none that the tag may have, and its default counts.
  bool set(const Tag& tag) {
    const std::string_view name = tag.name;
    const std::string_view value = tag.value;
    if (name == "p") return set_policy(record_.p, value);
    if (name == "sp") return set_policy(record_.sp, value);
    if (name == "np") return set_policy(record_.np, value);
    if (name == "t") return set_flag(record_.test, value, "yn", 'y');
    if (name == "adkim") return set_flag(record_.strict_dkim, value, "rs", 's');
    if (name == "aspf") return set_flag(record_.strict_spf, value, "rs", 's');
    if (name == "rua") return set_uris(record_.rua, tag);
    if (name == "ruf") return set_uris(record_.ruf, tag);
    if (name == "psd") {
      const auto letter = letter_of(value, "uyn");
      if (letter == 'y') record_.psd = Record::Psd::y;
      if (letter == 'n') record_.psd = Record::Psd::n;
      return letter.has_value();
    }
    if (name == "fo") {
      const auto options = failure_options(value);
      if (options) record_.fo = *options;
      return options.has_value();
    }
    // [RFC9989 9.3] historic, and with that unknown
    if (name == "pct") record_.pct = percentage(value);
    const bool is_historic = name == "pct" || name == "rf" || name == "ri";
    // [RFC9989 4.7] [RFC9989 4.8] unknown tags are ignored
    fault(is_historic ? FaultKind::historic_tag : FaultKind::unknown_tag, name);
    return name != "pct" || record_.pct.has_value();
  }

  std::string_view tags_text_;
  std::vector<Tag> tags_;
  std::map<std::string, std::size_t> counts_;
  Record record_;
  bool has_policy_ = false;
  bool has_fo_ = false;
  bool has_ruf_ = false;
};

/// What follows the version, from its semicolon on; empty optional: another text.
///
/// dmarc-version = "v" equals %s"DMARC1". [RFC9989 4.8 dmarc-version]
std::optional<std::string_view> after_version(std::string_view text, std::string_view version) {
  Cursor cursor(text);
  if (!cursor.take('v') && !cursor.take('V')) return std::nullopt;
  cursor.take_while(ascii::is_wsp);
  if (!cursor.take('=')) return std::nullopt;
  cursor.take_while(ascii::is_wsp);
  if (!cursor.take(version)) return std::nullopt;
  cursor.take_while(ascii::is_wsp);
  if (!cursor.at_end() && cursor.peek() != ';') return std::nullopt;
  return cursor.rest();
}

}  // namespace

std::optional<Record> parse_record(std::string_view text) {
  // [RFC9989 4.7] another version, in another case or not at the front: no record at all
  const auto tags = after_version(text, "DMARC1");
  if (!tags) return std::nullopt;
  return RecordReader(text, *tags).read();
}

NearMiss near_miss(std::string_view text) {
  constexpr std::size_t kMostRead = 1024;
  const std::string lower = ascii::lower(text.substr(0, kMostRead));
  if (after_version(ascii::trim(text), "DMARC1")) return NearMiss::leading_blank;
  if (after_version(trim_wsp(lower), "dmarc1")) return NearMiss::version_case;
  std::string packed;  // without white space
  std::copy_if(lower.begin(), lower.end(), std::back_inserter(packed),
               [](char c) { return !ascii::is_fws_octet(c); });
  if (packed.starts_with("v=dmarc")) return NearMiss::version_value;
  return packed.find("v=dmarc1") != std::string::npos ? NearMiss::version_not_first
                                                      : NearMiss::none;
}

}  // namespace mailassay::dmarc
