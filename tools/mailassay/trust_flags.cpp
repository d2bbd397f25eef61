#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
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
  std::string name = ascii::lower(dns::to_a_labels(text).value_or(""));
  const bool is_of_names = std::all_of(name.begin(), name.end(), [](char c) {
    return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
  });
  return is_of_names ? name : std::string();
}

bool is_visible(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7F; });
}

/// A token of [RFC8601 2.2], as a rule a host name; lower case, without a final dot. Empty if it is
/// none.
std::string authserv_id(const std::string& text) {
  if (!is_visible(text) || text.find_first_of("\"(),;<=>") != std::string::npos) return {};
  std::string id = ascii::lower(text);
  if (id.ends_with('.')) id.pop_back();
  return id;
}

std::string address(const std::string& text) {
  const std::size_t at = text.rfind('@');
  const bool is_one = at != 0 && at != std::string::npos && at + 1 < text.size();
  return is_one && is_visible(text) ? text : std::string();
}

/// A list of names, of which `read` makes what they are compared as, empty if they are none.
void add_names(CLI::App& command, const std::string& name, std::vector<std::string>& names,
               std::string (*read)(const std::string&), const std::string& what,
               const std::string& description, const std::string& type) {
  command
      .add_option_function<std::vector<std::string>>(
          name,
          [&names, name, read, what](const std::vector<std::string>& texts) {
            names.clear();
            for (const std::string& text : texts) {
              std::string one = read(text);
              if (one.empty()) throw CLI::ValidationError(name, "'" + text + "' is no " + what);
              names.push_back(std::move(one));
            }
          },
          description + " (repeatable)")
      ->type_name(type)
      ->allow_extra_args(false);
}

void add_domains(CLI::App& command, const std::string& name, std::vector<std::string>& domains,
                 const std::string& description) {
  add_names(command, name, domains, compared_name, "domain such as example.org", description,
            "DOMAIN");
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
  add_names(command, "--authserv-id", options->receivers.authserv_ids, authserv_id,
            "authserv-id such as mx.example.org", "Whose Authentication-Results are believed",
            "NAME");
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
  add_names(command, "--copy-address", options->copy_addresses, address,
            "address such as copies@example.org", "Addresses that get copies, such as a CRM's",
            "ADDRESS");
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
