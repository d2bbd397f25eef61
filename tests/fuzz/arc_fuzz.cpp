// The facts of a chain keep their promises; what the seals sign is what the reference says; the
// verdict is one of the closed list, and its row is JSON.
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arc/instance.h"
#include "arc/reason.h"
#include "base/ascii.h"
#include "base/bytes.h"
#include "mailassay/verdict.h"
#include "mkcorpus/reference_canon.h"
#include "mkcorpus/signing_key.h"
#include "report/chain_text.h"

namespace {

using namespace mailassay;
namespace reference = mkcorpus::reference;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

/// Knows no key of anybody.
class Ignorance final : public dns::View {
 public:
  const dns::Answer* find(const dns::Question&) const override { return &answer_; }

 private:
  dns::Answer answer_{{dns::Sighting{}}};
};

constexpr std::string_view kNames[] = {"arc-authentication-results", "arc-message-signature",
                                       "arc-seal"};

/// Which of the three a field is; 3: none of them.
std::size_t kind_of(std::string_view field) {
  const std::string_view name = ascii::trim(field.substr(0, field.find(':')));
  std::size_t kind = 0;
  while (kind < 3 && !ascii::equal_ignoring_case(name, kNames[kind])) ++kind;
  return kind;
}

/// The instance, in the plainest way that does for fields which are known to be good. Empty where
/// comments would have to be understood.
std::optional<std::string> instance_of(std::string_view field, std::size_t kind) {
  std::string_view rest = field.substr(field.find(':') + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string_view part = rest.substr(0, end);
    if (kind == 0 && part.find('(') != std::string_view::npos) return std::nullopt;
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos && ascii::trim(part.substr(0, equals)) == "i") {
      return std::string(ascii::trim(part.substr(equals + 1)));
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

/// What seal k signs, by the reference; empty if the message is beyond it.
std::optional<std::vector<std::string>> reference_hashes(std::string_view message,
                                                         std::size_t sets) {
  std::map<std::pair<std::string, std::size_t>, std::string> fields;
  for (const std::string& field : reference::split_message(message).fields) {
    const std::size_t kind = kind_of(field);
    if (kind == 3) continue;
    const auto instance = instance_of(field, kind);
    if (!instance || !fields.emplace(std::pair(*instance, kind), field).second) {
      return std::nullopt;
    }
  }
  if (fields.size() != 3 * sets) return std::nullopt;
  std::vector<std::string> hashes;
  std::string input;
  for (std::size_t i = 1; i <= sets; ++i) {
    const auto field = [&](std::size_t kind) { return fields[{std::to_string(i), kind}]; };
    for (const std::size_t kind : {std::size_t{0}, std::size_t{1}}) {
      input += reference::canonical_field(field(kind), reference::Canon::relaxed) + "\r\n";
    }
    hashes.push_back(mkcorpus::hash_octets(
        mkcorpus::Hash::sha256,
        input + reference::canonical_field(reference::without_signature_value(field(2)),
                                           reference::Canon::relaxed)));
    input += reference::canonical_field(field(2), reference::Canon::relaxed) + "\r\n";
  }
  return hashes;
}

void check_whole_chain(std::string_view message, const arc::ChainFacts& chain) {
  demand(chain.sets.size() == chain.instances && chain.fields == 3 * chain.instances);
  for (std::size_t i = 0; i < chain.sets.size(); ++i) {
    const arc::SetFacts& set = chain.sets[i];
    demand(set.instance == i + 1 && !set.is_duplicate);
    demand(set.has_results && set.has_message_signature && set.has_seal);
    for (const auto* facts : {&chain.message_signatures[i], &chain.seals[i]}) {
      demand(facts->header_hash.has_value() == (facts->fault == dkim::Reason::none ||
                                                facts->fault == dkim::Reason::body_length_exceeds));
    }
  }
  if (chain.sets.empty()) return;
  const auto expected = reference_hashes(message, chain.sets.size());
  if (!expected) return;
  for (std::size_t i = 0; i < chain.sets.size(); ++i) {
    const auto& hash = chain.seals[i].header_hash;
    demand(!hash || as_text(hash->octets.data(), hash->size) == (*expected)[i]);
  }
}

void check_facts(std::string_view message, const arc::ChainFacts& chain, const Limits& limits) {
  demand(chain.sets.size() == chain.message_signatures.size());
  demand(chain.sets.size() == chain.seals.size());
  demand(chain.sets.size() <= limits.arc_sets && chain.sets.size() <= chain.fields);
  demand(chain.instances <= 99 && (chain.fields > 0 || chain.fault == arc::Reason::none));
  for (const arc::SetFacts& set : chain.sets) {
    demand(set.authentication_results.size() <= limits.arc_results_bytes);
    demand(set.instance >= 1 && set.instance <= arc::kMaxInstance);
  }
  if (chain.fault == arc::Reason::none) check_whole_chain(message, chain);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view message = as_text(data, size);
  Limits limits;
  limits.arc_sets = 6;
  limits.arc_results_bytes = 64;
  const Dossier dossier = digest({message}, limits);
  check_facts(message, dossier.arc, limits);

  const Ignorance ignorance;
  dns::Needs needs;
  JudgeOptions options;
  options.limits = limits;
  options.trusted_sealers = {"example.org"};
  const auto verdict = judge(dossier, ignorance, needs, options);
  demand(verdict && needs.empty());
  const arc::ChainVerdict& chain = verdict->arc;
  demand((chain.result == arc::Result::none) == (dossier.arc.fields == 0));
  demand(chain.result != arc::Result::pass && !chain.trusted_from);
  demand(dossier.arc.fields == 0 || chain.result == arc::entry_of(chain.reason).result);
  std::string row;
  report::append_chain(dossier.arc, chain, {.rfc_wording = true, .evidence = true}, row);
  demand(!nlohmann::json::parse(row, nullptr, false).is_discarded());
  report::explain_chain(dossier.arc, chain);
  return 0;
}
