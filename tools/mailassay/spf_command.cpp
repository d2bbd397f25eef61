#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "commands.h"
#include "dns/ip_address.h"
#include "engine/dns_setup.h"
#include "engine/examine.h"
#include "exit_codes.h"
#include "flags.h"
#include "mailassay/spf.h"
#include "report/printable.h"
#include "spf/reason.h"
#include "values.h"

namespace mailassay::program {
namespace {

constexpr std::size_t kMostShown = 2000;  ///< octets of a text from DNS

struct SpfQuestion {
  std::string ip;
  std::string mail_from;
  std::string helo;
  std::optional<std::chrono::sys_seconds> at;  ///< empty: now
  bool of_helo = false;
  bool explain = false;
};

std::string shown(std::string_view text) { return report::printable(text, kMostShown); }

std::optional<std::string> address_octets(const std::string& text) {
  if (const auto v4 = dns::ipv4_from_text(text)) return std::string(v4->begin(), v4->end());
  if (const auto v6 = dns::ipv6_from_text(text)) return std::string(v6->begin(), v6->end());
  return std::nullopt;
}

std::string_view way_text(spf::Visit::Way way) {
  switch (way) {
    case spf::Visit::Way::include:
      return "include ";
    case spf::Visit::Way::redirect:
      return "redirect ";
    case spf::Visit::Way::start:
      break;
  }
  return "";
}

void print_visits(const spf::Verdict& verdict) {
  fmt::print("records:\n");
  for (const spf::Visit& visit : verdict.visits) {
    const std::string indent(2 + 2 * visit.depth, ' ');
    fmt::print("{}{}{}: {} ({})", indent, way_text(visit.way), shown(visit.domain),
               spf::word_of(visit.status), spf::entry_of(visit.reason).word);
    if (!visit.mechanism.empty()) fmt::print(" by {}", shown(visit.mechanism));
    fmt::print("\n");
    if (!visit.record.empty()) fmt::print("{}  {}\n", indent, shown(visit.record));
  }
}

void print_verdict(const spf::Verdict& verdict, bool explain) {
  const spf::ReasonEntry& reason = spf::entry_of(verdict.reason);
  fmt::print("result: {}\n", spf::word_of(verdict.status));
  fmt::print("reason: {}: {} [{}]\n", reason.word, reason.sentence, reason.reference);
  fmt::print("domain: {}\n", shown(verdict.domain));
  if (!verdict.mechanism.empty()) {
    fmt::print("mechanism: {} of {}\n", shown(verdict.mechanism), shown(verdict.record_domain));
  }
  if (verdict.explanation) fmt::print("explanation: {}\n", shown(*verdict.explanation));
  fmt::print("terms that ask DNS: {} of 10; void lookups: {} of {}\n", verdict.counters.terms,
             verdict.counters.void_lookups, Limits().spf_void_lookups);
  if (explain) print_visits(verdict);
}

int run_spf(const ScanOptions& options, const SpfQuestion& question) {
  spf::Input input;
  const auto octets = address_octets(question.ip);
  if (!octets) {
    fmt::print(stderr, "mailassay: --ip: '{}' is no IPv4 or IPv6 address\n", question.ip);
    return kUsage;
  }
  input.client_ip = *octets;
  input.mail_from = question.mail_from == "<>" ? "" : question.mail_from;
  input.helo = question.helo;
  if (question.of_helo) input.identity = spf::Identity::helo;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  input.time = question.at.value_or(now);
  announce_network(options);
  auto dns = engine::make_dns_source(options);
  if (!dns) {
    fmt::print(stderr, "mailassay: {}\n", dns.error().what);
    return kUsage;
  }
  dns::Needs needs;
  std::optional<spf::Verdict> verdict;
  while (!(verdict = spf::evaluate(input, (*dns)->view(), needs, Limits()))) {
    engine::resolve_and_wait(**dns, needs.questions());
    needs.clear();
  }
  print_verdict(*verdict, question.explain);
  const bool may_change =
      verdict->status == spf::Status::temperror && verdict->reason != spf::Reason::no_evidence;
  return may_change ? kTryAgain : kDone;
}

}  // namespace

Command add_spf(CLI::App& app) {
  const auto options = std::make_shared<ScanOptions>();
  const auto question = std::make_shared<SpfQuestion>();
  CLI::App& command =
      *app.add_subcommand("spf", "Judge whether a host may send for a domain, by SPF");
  command.footer(
      "Examples:\n"
      "  mailassay spf --ip 192.0.2.1 --mail-from ann@example.com --helo mx.example.com\n"
      "  mailassay spf --ip 2001:db8::1 --mail-from '<>' --helo mx.example.com --explain\n"
      "  mailassay spf --dns zone.txt --ip 192.0.2.1 --mail-from ann@example.com\n"
      "  mailassay spf --dns seen.ndjson --at 2021-03-01 --ip 192.0.2.1 --mail-from "
      "ann@example.com\n"
      "Exit codes: 0 done; 2 wrong usage; 75 no answer could be had now.");
  command.add_option("--ip", question->ip, "Address of the host that sent")->required();
  auto* const sender = command.add_option("--mail-from", question->mail_from,
                                          "MAIL FROM; '<>' or absent: postmaster at HELO");
  auto* const helo = command.add_option("--helo", question->helo, "HELO or EHLO name");
  command
      .add_option_function<std::string>(
          "--at",
          [question](const std::string& text) {
            question->at = parse_time(text);
            if (!question->at && text != "now") {
              throw CLI::ValidationError(
                  "--at",
                  "'" + text + "' is neither 'now' nor a time such " + "as 2024-05-01T10:00:00Z");
            }
          },
          "Judge by what recorded DNS saw nearest to this time (default: now)")
      ->type_name("TIME");
  command.add_flag("--check-helo", question->of_helo, "Check the HELO name, not MAIL FROM")
      ->needs(helo);
  command.add_flag("--explain", question->explain, "Show every record that was read");
  add_dns_flags(command, options);
  return [options, question, sender, helo] {
    if (sender->empty() && helo->empty()) {
      fmt::print(stderr, "mailassay: spf needs --mail-from or --helo\n");
      return kUsage;
    }
    return run_spf(*options, *question);
  };
}

}  // namespace mailassay::program
