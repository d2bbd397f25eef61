// Against wrong acceptance: each message of the suites whose signature holds is changed by one
// octet in many places, and no signature that covers the place may hold any more.
//
// Whether a signature covers a place is decided by the reference canonicalization of mkcorpus. So
// the other direction is held too: what is not covered changes no verdict.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mkcorpus/reference_canon.h"
#include "support/conformance_dir.h"
#include "support/dkim_case.h"
#include "support/dns_table.h"

namespace mailassay {
namespace {

namespace reference = mkcorpus::reference;

/// Places tried in one message: in its DKIM-Signature fields, its other fields, its body.
constexpr std::size_t kPlacesPerPart = 320;

/// A signature that holds, and the octets that it is computed over.
struct Target {
  std::string field;  ///< its own, in the canonical form but for b=, which is kept
  std::vector<std::string> names;
  reference::Canon header_canon = reference::Canon::simple;
  reference::Canon body_canon = reference::Canon::simple;
  std::optional<std::uint64_t> body_length;
  std::string header_input;
  std::optional<std::string> body;
};

struct Judged {
  Dossier dossier;
  Verdict verdict;
};

Judged judge_message(std::string_view message, const dns::View& dns) {
  Judged judged{digest(MessageView{message}), {}};
  dns::Needs needs;
  auto verdict = judge(judged.dossier, dns, needs);
  EXPECT_TRUE(verdict);
  if (verdict) judged.verdict = std::move(*verdict);
  return judged;
}

bool holds(const Judged& judged, std::size_t i) {
  return judged.dossier.signatures[i].body_match == dkim::Match::match &&
         judged.verdict.signatures[i].signature == dkim::Match::match;
}

std::size_t count_holding(const Judged& judged) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < judged.verdict.signatures.size(); ++i) count += holds(judged, i);
  return count;
}

bool is_signature(std::string_view field) {
  constexpr std::string_view kName = "dkim-signature:";
  if (field.size() < kName.size()) return false;
  return std::equal(kName.begin(), kName.end(), field.begin(), [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
  });
}

std::vector<std::string> names_of(const std::string& list) {
  std::vector<std::string> names(1);
  for (const char c : list) {
    if (c == ':') {
      names.emplace_back();
    } else {
      names.back() += c;
    }
  }
  return names;
}

std::vector<Target> targets_of(const Judged& judged, const reference::Message& parts) {
  std::vector<Target> targets;
  std::size_t signature = 0;
  for (std::size_t i = 0; i < parts.fields.size(); ++i) {
    if (!is_signature(parts.fields[i])) continue;
    const std::size_t index = signature++;
    if (index >= judged.verdict.signatures.size() || !holds(judged, index)) continue;
    const dkim::SignatureFacts& facts = judged.dossier.signatures[index];
    Target target;
    target.names = names_of(facts.signed_fields);
    if (facts.header_canon == dkim::HeaderCanon::relaxed) {
      target.header_canon = reference::Canon::relaxed;
    }
    if (facts.body_canon == dkim::BodyCanon::relaxed) {
      target.body_canon = reference::Canon::relaxed;
    }
    target.field = reference::canonical_field(parts.fields[i], target.header_canon);
    target.body_length = facts.body_length;
    target.header_input =
        reference::header_hash_input(parts.fields, i, target.names, target.header_canon);
    target.body =
        reference::canonical_body_prefix(parts.body, target.body_canon, target.body_length);
    targets.push_back(std::move(target));
  }
  return targets;
}

/// How many of the targets do not cover what was changed.
std::size_t count_untouched(const std::vector<Target>& targets, const reference::Message& parts) {
  std::vector<bool> used(parts.fields.size());
  std::size_t untouched = 0;
  for (const Target& target : targets) {
    std::size_t own = 0;
    while (own < parts.fields.size() &&
           (used[own] ||
            reference::canonical_field(parts.fields[own], target.header_canon) != target.field)) {
      ++own;
    }
    if (own == parts.fields.size()) continue;
    used[own] = true;
    const bool same_header =
        reference::header_hash_input(parts.fields, own, target.names, target.header_canon) ==
        target.header_input;
    const bool same_body = reference::canonical_body_prefix(parts.body, target.body_canon,
                                                            target.body_length) == target.body;
    untouched += same_header && same_body;
  }
  return untouched;
}

/// At most kPlacesPerPart places out of `places`, spread evenly, the first and the last among them.
void add_spread(const std::vector<std::size_t>& places, std::vector<std::size_t>& out) {
  const std::size_t step = places.size() / kPlacesPerPart + 1;
  for (std::size_t i = 0; i < places.size(); i += step) out.push_back(places[i]);
  if (!places.empty()) out.push_back(places.back());
}

std::vector<std::size_t> places_in(std::string_view message) {
  std::vector<std::size_t> signatures;
  std::vector<std::size_t> fields;
  std::vector<std::size_t> body;
  std::size_t line = 0;
  bool in_body = false;
  bool in_signature = false;
  while (line < message.size()) {
    const std::size_t next = std::min(message.find('\n', line), message.size() - 1) + 1;
    if (!in_body && next == line + 1) in_body = true;
    if (message[line] != ' ' && message[line] != '\t') {
      in_signature = is_signature(message.substr(line));
    }
    auto& part = in_body ? body : in_signature ? signatures : fields;
    for (std::size_t i = line; i < next; ++i) part.push_back(i);
    line = next;
  }
  std::vector<std::size_t> out;
  add_spread(signatures, out);
  add_spread(fields, out);
  add_spread(body, out);
  return out;
}

/// Another octet, which in base64 differs in its first bit at least where it ends a group.
char other_octet(char octet) { return octet == 'A' ? '/' : 'A'; }

struct Counters {
  std::size_t messages = 0;
  std::size_t signatures = 0;
  std::size_t covered = 0;
  std::size_t uncovered = 0;
};

void check_message(const std::string& message, const dns::View& dns, Counters& counters) {
  const Judged judged = judge_message(message, dns);
  const std::vector<Target> targets = targets_of(judged, reference::split_message(message));
  ASSERT_EQ(targets.size(), count_holding(judged));
  if (targets.empty()) return;
  ++counters.messages;
  counters.signatures += targets.size();
  for (const std::size_t place : places_in(message)) {
    std::string changed = message;
    changed[place] = other_octet(changed[place]);
    const std::size_t untouched = count_untouched(targets, reference::split_message(changed));
    ASSERT_EQ(count_holding(judge_message(changed, dns)), untouched)
        << "octet " << place << " was '" << message[place] << "'";
    counters.covered += targets.size() - untouched;
    counters.uncovered += untouched;
  }
}

TEST(DkimMutations, NoChangedMessageIsAccepted) {
  MAILASSAY_SUITE(mail_dkim, "mail-dkim");
  MAILASSAY_SUITE(go_msgauth, "go-msgauth");
  MAILASSAY_SUITE(dkimpy, "dkimpy");
  MAILASSAY_SUITE(fork, "dkimpy-ilatypov");
  MAILASSAY_SUITE(java_utils, "java-utils-mail-dkim");
  MAILASSAY_SUITE(chasquid, "chasquid");
  MAILASSAY_SUITE(james, "james-jdkim");
  const auto json = [](const std::filesystem::path& path) {
    return nlohmann::json::parse(test::read_file(path));
  };
  test::DnsTable dns;
  dns.add_json(json("conformance/vectors/published/dns.json"));
  dns.add_json(json(mail_dkim / "dns.json"));
  dns.add_json(json(go_msgauth / "EXPECTED.json")["dns"]);
  dns.add_json(json(java_utils / "EXPECTED.json")["dns"]);
  dns.add_json(json(james / "dns.json"));
  dns.add_txt("sed._domainkey.test.ex", test::read_file(dkimpy / "dkim/tests/data/eximtest.dns"));
  dns.add_lines(test::read_file(chasquid / "08-our_signature.dns"));
  Counters counters;
  for (const auto& suite : {mail_dkim / "corpus", go_msgauth, dkimpy / "dkim/tests/data", fork,
                            java_utils, chasquid, james / "corpus"}) {
    for (const std::string& name : test::file_names(suite, "")) {
      SCOPED_TRACE((suite / name).string());
      check_message(test::read_file(suite / name), dns, counters);
      if (HasFatalFailure()) return;
    }
  }
  RecordProperty("messages", static_cast<int>(counters.messages));
  RecordProperty("covered", static_cast<int>(counters.covered));
  RecordProperty("uncovered", static_cast<int>(counters.uncovered));
  // What the suites have: a message that no longer holds would be left out without a word.
  EXPECT_EQ(counters.messages, 74U);
  EXPECT_EQ(counters.signatures, 91U);
  EXPECT_GT(counters.covered, 30000U);
  EXPECT_GT(counters.uncovered, 1000U);
}

}  // namespace
}  // namespace mailassay
