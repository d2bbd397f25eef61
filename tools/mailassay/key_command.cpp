#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include "commands.h"
#include "dkim/domain_name.h"
#include "dkim/reason.h"
#include "dns/sighting_order.h"
#include "engine/dns_setup.h"
#include "engine/examine.h"
#include "exit_codes.h"
#include "flags.h"
#include "report/explain.h"
#include "report/json_text.h"
#include "report/printable.h"

namespace mailassay::program {
namespace {

std::string_view kind_text(const dns::Sighting& sighting) {
  switch (sighting.kind) {
    case dns::AnswerKind::records:
      return "TXT";
    case dns::AnswerKind::no_data:
      return "the name exists, but has no TXT record";
    case dns::AnswerKind::no_such_name:
      return "no such name (NXDOMAIN)";
    case dns::AnswerKind::temporary_failure:
      if (sighting.failure == dns::Failure::timeout) return "no server answered in time";
      if (sighting.failure == dns::Failure::deadline) return "the time allowed was used up";
      return "the servers answered with errors";
    case dns::AnswerKind::no_evidence:
      break;
  }
  return "the recorded DNS says nothing about it";
}

void print_sighting(const dns::Sighting& sighting) {
  fmt::print("{}", kind_text(sighting));
  if (!sighting.source.empty()) fmt::print(", source {}", report::printable(sighting.source, 200));
  if (sighting.first_seen) fmt::print(", first seen {}", report::time_text(*sighting.first_seen));
  if (sighting.last_seen) fmt::print(", last seen {}", report::time_text(*sighting.last_seen));
  if (sighting.wildcard) fmt::print(", from a wildcard record of the zone");
  fmt::print("\n");
  for (const std::string& rdata : sighting.rdata) {
    const auto text = dns::txt_text(rdata);
    fmt::print("{}", text ? report::explain_key_record(*text) : "  a malformed TXT record\n");
  }
}

int run_key(const ScanOptions& options, const std::string& selector, const std::string& domain) {
  const auto name = dkim::is_domain_name(selector, 1) && dkim::is_domain_name(domain, 1)
                        ? dkim::key_name(selector, domain)
                        : std::nullopt;
  if (!name) {
    fmt::print(stderr, "mailassay: '{}' and '{}' make no DNS name\n", selector, domain);
    return kUsage;
  }
  announce_network(options);
  auto dns = engine::make_dns_source(options);
  if (!dns) {
    fmt::print(stderr, "mailassay: {}\n", dns.error().what);
    return kUsage;
  }
  const dns::Question question{*name, dns::Type::txt};
  engine::resolve_and_wait(**dns, std::array{question});
  fmt::print("{}\n", *name);
  bool temporary = false;
  const dns::Answer& answer = *(*dns)->view().find(question);
  for (const dns::Sighting* sighting : dns::rank(answer, std::nullopt)) {
    print_sighting(*sighting);
    temporary =
        answer.sightings.size() == 1 && sighting->kind == dns::AnswerKind::temporary_failure;
  }
  return temporary ? kTryAgain : kDone;
}

}  // namespace

Command add_key(CLI::App& app) {
  const auto options = std::make_shared<ScanOptions>();
  const auto selector = std::make_shared<std::string>();
  const auto domain = std::make_shared<std::string>();
  CLI::App& command =
      *app.add_subcommand("key", "Show a DKIM key record and what is wrong with it");
  command.footer(
      "Examples:\n"
      "  mailassay key s1 example.com\n"
      "  mailassay key --dns keys.ndjson s1 example.com\n"
      "Exit codes: 0 done; 2 wrong usage; 75 no answer could be had now.");
  command.add_option("SELECTOR", *selector, "s= of a signature")->required();
  command.add_option("DOMAIN", *domain, "d= of a signature")->required();
  add_dns_flags(command, options);
  return [options, selector, domain] { return run_key(*options, *selector, *domain); };
}

}  // namespace mailassay::program
