#include "kind/summary_report.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "kind/report_fields.h"

namespace mailassay::kind {
namespace {

/// A file name that is longer is none of a report: two domain names and some digits.
constexpr std::size_t kMostName = 1024;

bool is_domain(std::string_view text) {
  const auto fits = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_'; };
  return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), fits);
}

std::optional<std::int64_t> read_seconds(std::string_view digits) {
  if (digits.empty() || digits.size() > 12) return std::nullopt;
  std::int64_t out = 0;
  for (const char c : digits) {
    if (!ascii::is_digit(c)) return std::nullopt;
    out = out * 10 + (c - '0');
  }
  return out;
}

bool take_end(std::string_view& name, std::string_view end) {
  if (name.size() < end.size()) return false;
  if (!ascii::equal_ignoring_case(name.substr(name.size() - end.size()), end)) return false;
  name.remove_suffix(end.size());
  return true;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t found = text.find(separator);
    out.push_back(text.substr(0, found));
    if (found == std::string_view::npos) return out;
    text.remove_prefix(found + 1);
  }
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (true) {
    text = ascii::trim(text);
    if (text.empty()) return out;
    const std::size_t size = std::min(text.find_first_of(" \t\r\n"), text.size());
    out.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
}

}  // namespace

std::optional<ReportName> parse_report_name(std::string_view filename) {
  std::string_view name = ascii::trim(filename);
  if (name.size() > kMostName) return std::nullopt;
  ReportName out;
  if (take_end(name, ".xml.gz") || take_end(name, ".xml.zip") || take_end(name, ".xml") ||
      take_end(name, ".zip")) {
    out.is_dmarc = true;
  } else if (take_end(name, ".json.gz") || take_end(name, ".json")) {
    out.is_tls = true;
  } else {
    return std::nullopt;
  }
  const std::vector<std::string_view> pieces = split(name, '!');
  if (pieces.size() < 4 || pieces.size() > 5) return std::nullopt;
  const auto begin = read_seconds(pieces[2]);
  const auto end = read_seconds(pieces[3]);
  if (!is_domain(pieces[0]) || !is_domain(pieces[1]) || !begin || !end) return std::nullopt;
  out.submitter = ascii::lower(pieces[0]);
  out.domain = ascii::lower(pieces[1]);
  out.begin = *begin;
  out.end = *end;
  if (pieces.size() == 5) out.unique_id = pieces[4];
  return out;
}

bool read_report_subject(std::string_view subject, const Limits& limits, ReportFacts& out) {
  // DEVIATION [RFC9990 3.5.2]: the words are taken in whatever case, because large receivers write
  // "Report domain:".
  const std::vector<std::string_view> words = words_of(subject.substr(0, limits.kind_string_bytes));
  const auto is = [&](std::size_t index, std::string_view word) {
    return index < words.size() && ascii::equal_ignoring_case(words[index], word);
  };
  if (words.size() < 5 || !is(0, "report") || !is(1, "domain:") || !is(3, "submitter:")) {
    return false;
  }
  if (!is_domain(words[2]) || !is_domain(words[4])) return false;
  out.domain = ascii::lower(words[2]);
  out.submitter = ascii::lower(words[4]);
  if (is(5, "report-id:") && words.size() > 6) out.report_id = words[6];
  return true;
}

}  // namespace mailassay::kind
