#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "dmarc/reason.h"
#include "dmarc/remark.h"
#include "report/dmarc_text.h"
#include "report/printable.h"

namespace mailassay::report {
namespace {

using Out = std::back_insert_iterator<std::string>;
constexpr std::size_t kShownName = 200;
constexpr std::size_t kShownRecord = 600;

void write_visit(const dmarc::Visit& visit, Out out) {
  fmt::format_to(out, "  _dmarc.{}: ", printable(visit.domain, kShownName));
  switch (visit.outcome) {
    case dmarc::Visit::Outcome::record:
      fmt::format_to(out, "{}\n", printable(visit.records.front().text, kShownRecord));
      return;
    case dmarc::Visit::Outcome::no_record:
      fmt::format_to(out, "no record\n");
      return;
    case dmarc::Visit::Outcome::several_records:
      fmt::format_to(out, "{} records, which are ignored\n", visit.records.size());
      return;
    case dmarc::Visit::Outcome::unknown:
      fmt::format_to(out, "{}\n", dmarc::entry_of(visit.reason).sentence);
      return;
  }
}

void write_result(std::string_view edition, const dmarc::PolicyResult& result, Out out) {
  const dmarc::ReasonEntry& entry = dmarc::entry_of(result.reason);
  if (!result.organizational_domain.empty()) {
    fmt::format_to(out, "  {}: organizational domain {}\n", edition,
                   printable(result.organizational_domain, kShownName));
  }
  if (result.policy) {
    fmt::format_to(out, "  {}: policy {} ({}) of {}\n", edition, dmarc::word_of(*result.policy),
                   dmarc::word_of(result.tag), printable(result.policy_domain, kShownName));
  }
  fmt::format_to(out, "  = {} by {}: {} [{}]\n", dmarc::word_of(result.status), edition,
                 entry.sentence, entry.reference);
}

}  // namespace

std::string explain_dmarc(const dmarc::Verdict& verdict) {
  std::string text = "\nDMARC";
  const Out out(text);
  if (!verdict.author_domain.empty()) {
    fmt::format_to(out, " of {}", printable(verdict.author_domain, kShownName));
  }
  text.push_back('\n');
  for (const dmarc::Visit& visit : verdict.walk) write_visit(visit, out);
  if (verdict.dkim_aligned || verdict.spf_aligned) {
    fmt::format_to(out, "  aligned: {}{}{}\n", verdict.dkim_aligned ? "DKIM" : "",
                   verdict.dkim_aligned && verdict.spf_aligned ? " and " : "",
                   verdict.spf_aligned ? "SPF" : "");
  }
  write_result("RFC 9989", verdict.rfc9989, out);
  if (verdict.rfc7489) write_result("RFC 7489", *verdict.rfc7489, out);
  const bool tells_difference = verdict.difference != dmarc::Difference::none &&
                                verdict.difference != dmarc::Difference::not_compared;
  if (tells_difference) {
    fmt::format_to(out, "    they differ: {}\n", dmarc::remark_on(verdict.difference).sentence);
  }
  for (const dmarc::Note note : verdict.notes) {
    fmt::format_to(out, "    note {}: {}\n", dmarc::remark_on(note).word,
                   dmarc::remark_on(note).sentence);
  }
  return text;
}

}  // namespace mailassay::report
