#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "dns/a_labels.h"
#include "flags.h"
#include "values.h"

namespace mailassay::program {
namespace {

/// A name that is to be compared with names in mail: lower-case A-labels. Empty if it is none.
std::string compared_name(const std::string& text) {
  const bool is_name = text.find('.') != std::string::npos && text.back() != '.' &&
                       text.find_first_of(" \t@/,") == std::string::npos;
  if (!is_name) return {};
  return ascii::lower(dns::to_a_labels(text).value_or(""));
}

void add_domains(CLI::App& command, const std::string& name, std::vector<std::string>& domains,
                 const std::string& description) {
  command
      .add_option_function<std::vector<std::string>>(
          name,
          [&domains, name](const std::vector<std::string>& texts) {
            domains.clear();
            for (const std::string& text : texts) {
              const std::string domain = compared_name(text);
              if (domain.empty()) {
                throw CLI::ValidationError(name, "'" + text + "' is no domain such as example.org");
              }
              domains.push_back(domain);
            }
          },
          description + " (repeatable)")
      ->type_name("DOMAIN")
      ->allow_extra_args(false);
}

void add_receivers(CLI::App& command, const std::shared_ptr<ScanOptions>& options) {
  command
      .add_option_function<std::vector<std::string>>(
          "--receiver",
          [options](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) {
              if (!envelope::add_receiver(options->receivers, text)) {
                throw CLI::ValidationError("--receiver",
                                           "'" + text + "' is no network, host name or domain");
              }
            }
          },
          "Own mail servers, whose Received fields are believed (repeatable)")
      ->type_name("NET|HOST")
      ->allow_extra_args(false);
  command
      .add_option("--authserv-id", options->receivers.authserv_ids,
                  "Whose Authentication-Results are believed (repeatable)")
      ->type_name("NAME")
      ->transform(CLI::Validator(
          [](std::string& text) {
            text = ascii::lower(text);
            return std::string();
          },
          ""))
      ->allow_extra_args(false);
  command.add_flag("--receivers-strip-results", options->receivers.receivers_strip_results,
                   "They remove such fields that come in with their name (RFC 8601 5)");
}

/// "example.com" or "example.com=Example,Example Bank": a domain, and names that readers know.
std::optional<impersonation::Party> parse_brand(const std::string& text) {
  const std::size_t equal = text.find('=');
  impersonation::Party party;
  party.domains.push_back(compared_name(text.substr(0, equal)));
  if (party.domains.front().empty()) return std::nullopt;
  std::size_t at = equal == std::string::npos ? text.size() : equal + 1;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (end > at) party.display_names.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return party;
}

void add_brands(CLI::App& command, const std::shared_ptr<ScanOptions>& options) {
  command
      .add_option_function<std::vector<std::string>>(
          "--protect-brand",
          [options](const std::vector<std::string>& texts) {
            options->brands.clear();
            for (const std::string& text : texts) {
              auto party = parse_brand(text);
              if (!party) {
                throw CLI::ValidationError("--protect-brand",
                                           "'" + text + "' is not DOMAIN or DOMAIN=NAME,...");
              }
              options->brands.push_back(std::move(*party));
            }
          },
          "Others that mail may pretend to be from, with names readers know (repeatable)")
      ->type_name("DOMAIN[=NAME,..]")
      ->allow_extra_args(false);
}

}  // namespace

void add_trust_flags(CLI::App& command, const std::shared_ptr<ScanOptions>& options) {
  add_receivers(command, options);
  add_domains(command, "--own-domain", options->own_domains, "Domains of the user");
  add_domains(command, "--own-sender", options->own_senders,
              "Services that send for own domains, by d= or MAIL FROM");
  add_brands(command, options);
  command
      .add_option("--copy-address", options->copy_addresses,
                  "Addresses that get copies, such as a CRM's (repeatable)")
      ->type_name("ADDRESS")
      ->allow_extra_args(false);
  add_domains(command, "--trust-sealer", options->trusted_sealers,
              "d= of ARC-Seals that are believed");
  add_domains(command, "--trust-list", options->trusted_lists,
              "d= of mailing lists that are believed");
  add_domains(command, "--trust-forwarder", options->trusted_forwarders,
              "d= of forwarders that are believed");
  command
      .add_option_function<std::string>(
          "--fresh",
          [options](const std::string& text) {
            const auto span = parse_span(text);
            if (!span) {
              throw CLI::ValidationError("--fresh", "'" + text + "' is no span such as 7d or 12h");
            }
            options->fresh = *span;
          },
          "DNS evidence this near to the receipt is fresh (default 7d)")
      ->type_name("SPAN");
  command
      .add_option("--psl", options->suffix_list,
                  "Public suffix list, for RFC 7489 (default: the system's)")
      ->type_name("FILE");
}

}  // namespace mailassay::program
