#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "commands.h"
#include "dmarc/domain_name.h"
#include "dmarc/reason.h"
#include "dmarc/remark.h"
#include "engine/dns_setup.h"
#include "engine/examine.h"
#include "engine/suffix_list.h"
#include "exit_codes.h"
#include "flags.h"
#include "mailassay/dmarc.h"
#include "report/printable.h"

namespace mailassay::program {
namespace {

using dmarc::Visit;

constexpr std::size_t kMostShown = 2000;  ///< octets of a text from DNS

std::string shown(std::string_view text) { return report::printable(text, kMostShown); }

/// What is asked for, or why nothing is.
std::string policy_text(const dmarc::PolicyResult& result) {
  if (!result.policy) {
    const dmarc::ReasonEntry& reason = dmarc::entry_of(result.reason);
    const char* const what = result.status == dmarc::Status::temperror   ? "not known"
                             : result.status == dmarc::Status::permerror ? "not usable"
                                                                         : "none applies";
    return fmt::format("{}: {}: {} [{}]", what, reason.word, reason.sentence, reason.reference);
  }
  std::string out(dmarc::word_of(*result.policy));
  if (result.stricter_policy) {
    out += fmt::format(" or {}, by whether the domain exists,",
                       dmarc::word_of(*result.stricter_policy));
  } else if (result.tag == dmarc::PolicyTag::assumed) {
    out += ", for want of valid tags,";
  } else {
    out += fmt::format(" by {}", dmarc::word_of(result.tag));
  }
  return out + fmt::format(" of the record at {}", shown(result.policy_domain));
}

std::string organization_text(const dmarc::PolicyResult& result) {
  return result.organizational_domain.empty() ? "not known" : shown(result.organizational_domain);
}

std::string_view outcome_text(const Visit& visit) {
  if (visit.is_assumed) return dmarc::entry_of(visit.reason).word;
  switch (visit.outcome) {
    case Visit::Outcome::record:
      return "record";
    case Visit::Outcome::several_records:
      return "several records, all ignored";
    case Visit::Outcome::unknown:
      return dmarc::entry_of(visit.reason).word;
    case Visit::Outcome::no_record:
      break;
  }
  switch (visit.answer) {
    case dns::AnswerKind::no_such_name:
      return "no record (no such name)";
    case dns::AnswerKind::no_data:
      return "no record (no text there)";
    default:
      return "no record (other texts)";
  }
}

void print_walk(const std::vector<Visit>& walk) {
  fmt::print("walk:\n");
  for (const Visit& visit : walk) {
    fmt::print("  _dmarc.{}: {}\n", shown(visit.domain), outcome_text(visit));
    for (const dmarc::Record& record : visit.records) {
      fmt::print("    {}\n", shown(record.text));
      for (const dmarc::Fault& fault : record.faults) {
        const dmarc::Remark& remark = dmarc::remark_on(fault.kind);
        fmt::print("    {}: '{}' {}\n", remark.word, shown(fault.tag), remark.sentence);
      }
    }
    for (const dmarc::NearMiss miss : visit.near_misses) {
      const dmarc::Remark& remark = dmarc::remark_on(miss);
      fmt::print("    {}: a text {}\n", remark.word, remark.sentence);
    }
  }
}

std::string joined(const std::vector<std::string>& uris) {
  std::string out;
  for (const std::string& uri : uris) {
    if (!out.empty()) out += ", ";
    out += shown(uri);
  }
  return out.empty() ? "none" : out;
}

void print_record(const dmarc::Record& record) {
  fmt::print("alignment: DKIM {}, SPF {}\n", record.strict_dkim ? "strict" : "relaxed",
             record.strict_spf ? "strict" : "relaxed");
  fmt::print("aggregate reports: {}\n", joined(record.rua));
  fmt::print("failure reports: {}\n", joined(record.ruf));
}

void print_7489(const dmarc::Verdict& verdict, const std::optional<engine::SuffixList>& list) {
  if (!list || !verdict.rfc7489) {
    fmt::print("RFC 7489: not judged without a public suffix list (--psl FILE)\n");
    return;
  }
  const dmarc::Remark& difference = dmarc::remark_on(verdict.difference);
  fmt::print("RFC 7489: {}\n", policy_text(*verdict.rfc7489));
  fmt::print("RFC 7489 organizational domain: {}\n", organization_text(*verdict.rfc7489));
  if (verdict.rfc7489->record && verdict.rfc7489->record->pct) {
    fmt::print("RFC 7489 percentage of messages: {}\n", *verdict.rfc7489->record->pct);
  }
  fmt::print("difference: {}: {}\n", difference.word, difference.sentence);
  fmt::print("public suffix list: {}, {}, sha256 {}\n", shown(list->path),
             list->date.empty() ? "undated" : list->date, list->sha256);
}

void print_verdict(const dmarc::Verdict& verdict, const std::optional<engine::SuffixList>& list) {
  fmt::print("domain: {}\n", shown(verdict.author_domain));
  fmt::print("policy: {}\n", policy_text(verdict.rfc9989));
  fmt::print("organizational domain: {}\n", organization_text(verdict.rfc9989));
  if (verdict.existence != dmarc::Existence::not_asked) {
    fmt::print("existence: {}\n", dmarc::word_of(verdict.existence));
  }
  if (verdict.rfc9989.record) print_record(*verdict.rfc9989.record);
  for (const dmarc::Note note : verdict.notes) {
    const dmarc::Remark& remark = dmarc::remark_on(note);
    fmt::print("note: {}: {}\n", remark.word, remark.sentence);
  }
  print_7489(verdict, list);
  print_walk(verdict.walk);
}

int run_dmarc(const ScanOptions& options, const std::string& domain, const std::string& psl) {
  if (!dmarc::domain_name(domain)) {
    fmt::print(stderr, "mailassay: '{}' is no domain name\n", shown(domain));
    return kUsage;
  }
  const auto list = engine::find_suffix_list(psl);
  if (!list) {
    fmt::print(stderr, "mailassay: {}\n", list.error().what);
    return kUsage;
  }
  announce_network(options);
  auto dns = engine::make_dns_source(options);
  if (!dns) {
    fmt::print(stderr, "mailassay: {}\n", dns.error().what);
    return kUsage;
  }
  dmarc::Input input;
  input.author.domains = {domain};
  input.time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  dmarc::Options judged;
  if (*list) judged.suffix_list = &(*list)->list;
  judged.trust_top_level = true;  // zone files of a domain seldom know what is above it
  dns::Needs needs;
  std::optional<dmarc::Verdict> verdict;
  while (!(verdict = dmarc::evaluate(input, (*dns)->view(), needs, judged))) {
    engine::resolve_and_wait(**dns, needs.questions());
    needs.clear();
  }
  print_verdict(*verdict, *list);
  const bool may_change = verdict->rfc9989.status == dmarc::Status::temperror &&
                          verdict->rfc9989.reason != dmarc::Reason::no_evidence;
  return may_change ? kTryAgain : kDone;
}

}  // namespace

Command add_dmarc(CLI::App& app) {
  const auto options = std::make_shared<ScanOptions>();
  const auto domain = std::make_shared<std::string>();
  const auto psl = std::make_shared<std::string>();
  CLI::App& command = *app.add_subcommand(
      "dmarc", "Show a domain's DMARC policy, where it comes from and what is wrong with it");
  command.footer(
      "Examples:\n"
      "  mailassay dmarc example.com\n"
      "  mailassay dmarc news.example.com --resolver 192.0.2.53\n"
      "  mailassay dmarc --dns zone.txt --psl public_suffix_list.dat example.com\n"
      "Exit codes: 0 done; 2 wrong usage; 75 no answer could be had now.");
  command.add_option("DOMAIN", *domain, "Domain of an address in From")->required();
  command
      .add_option("--psl", *psl, "Public suffix list, for RFC 7489 (default: that of the system)")
      ->type_name("FILE");
  add_dns_flags(command, options);
  return [options, domain, psl] { return run_dmarc(*options, *domain, *psl); };
}

}  // namespace mailassay::program
