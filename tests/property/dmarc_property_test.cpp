// DMARC over made zones: the order of answers and identifiers does not matter, taking evidence
// away accuses nobody, and what unknown answers leave open is just what they leave open.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "dmarc/alignment.h"
#include "dmarc/reason.h"
#include "dmarc/tree_walk.h"
#include "support/dmarc_case.h"
#include "support/growing_view.h"

namespace mailassay {
namespace {

using dmarc::Status;
using dmarc::Visit;
using dns::AnswerKind;

class Partial final : public dns::View {
 public:
  void learn(const dns::Question& question, const dns::View& from) {
    known_[question] = *from.find(question);
  }
  void forget(const dns::Question& question) {
    known_[question].sightings = {test::negative_sighting(AnswerKind::no_evidence)};
  }
  const dns::Answer* find(const dns::Question& question) const override {
    const auto found = known_.find(question);
    return found == known_.end() ? nullptr : &found->second;
  }

 private:
  std::map<dns::Question, dns::Answer> known_;
};

constexpr std::array kNames = {"com",
                               "example.com",
                               "a.example.com",
                               "b.example.com",
                               "x.a.example.com",
                               "y.a.example.com",
                               "other.com",
                               "1.2.3.4.5.6.7.a.example.com",
                               "example.net"};

std::string any_name(std::mt19937& random) { return kNames[random() % kNames.size()]; }

std::string any_record(std::mt19937& random) {
  constexpr std::array kTags = {"p=reject",  "p=none",    "p=quarantine", "sp=none",
                                "sp=reject", "np=reject", "np=none",      "t=y",
                                "psd=y",     "psd=n",     "adkim=s",      "aspf=s",
                                "sp=foo",    "np=foo",    "pct=10",       "rua=mailto:a@b.c"};
  if (random() % 12 == 0) return "v=spf1 -all";
  std::string record = "v=DMARC1; p=reject";
  if (random() % 10 == 0) record = "v=DMARC1";
  for (auto i = random() % 4; i > 0; --i) {
    record += std::string("; ") + kTags[random() % kTags.size()];
  }
  return record;
}

test::DmarcZone any_zone(std::mt19937& random, bool all_known) {
  test::DmarcZone zone;
  for (const char* name : kNames) {
    const auto choice = random() % 10;
    if (choice < 4) zone.record(name, any_record(random));
    if (choice == 4) zone.record(name, any_record(random)).record(name, any_record(random));
    if (choice == 5 && !all_known) zone.answer(name, AnswerKind::no_evidence);
    if (choice == 6 && !all_known) zone.answer(name, AnswerKind::temporary_failure);
    if (random() % 3 == 0) zone.exists(name);
  }
  return zone;
}

dmarc::Input any_input(std::mt19937& random) {
  std::vector<std::string> identifiers;
  for (auto i = random() % 4; i > 0; --i) {
    constexpr std::array kStates = {"+", "?", "-"};
    identifiers.push_back(std::string(kStates[random() % 3]) +
                          (random() % 2 == 0 ? "dkim:" : "spf:") +
                          (random() % 12 == 0 ? "" : any_name(random)));
  }
  return test::dmarc_input(any_name(random), identifiers);
}

const PublicSuffixList& list() {
  static const PublicSuffixList suffixes = test::suffix_list("com\nnet\n");
  return suffixes;
}

TEST(DmarcProperty, OneByOneIsAllAtOnce) {
  std::mt19937 random(9989);
  for (int round = 0; round < 3000; ++round) {
    const test::DmarcZone zone = any_zone(random, false);
    const dmarc::Input input = any_input(random);
    const dmarc::Options options{&list(), round % 2 == 0};
    const auto whole = test::judge_dmarc(input, zone, options);
    Partial partial;
    std::optional<dmarc::Verdict> verdict;
    for (int step = 0; step < 200 && !verdict; ++step) {
      dns::Needs needs;
      verdict = dmarc::evaluate(input, partial, needs, options);
      if (verdict) break;
      ASSERT_FALSE(needs.empty());
      const auto questions = needs.questions();
      partial.learn(questions[random() % questions.size()], zone);
    }
    ASSERT_TRUE(verdict);
    EXPECT_EQ(*verdict, whole) << input.author.domains[0];
  }
}

TEST(DmarcProperty, OrderOfIdentifiersDoesNotMatter) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    const test::DmarcZone zone = any_zone(random, false);
    dmarc::Input input = any_input(random);
    const auto before = test::judge_dmarc(input, zone, {&list()});
    std::reverse(input.identifiers.begin(), input.identifiers.end());
    auto after = test::judge_dmarc(input, zone, {&list()});
    EXPECT_EQ(after.rfc9989, before.rfc9989);
    EXPECT_EQ(after.rfc7489, before.rfc7489);
    std::reverse(after.identifiers.begin(), after.identifiers.end());
    EXPECT_EQ(after.identifiers, before.identifiers);
  }
}

/// No result but the same, or one that decides nothing. [RFC9989 5.3.6]
void expect_no_accusation(const dmarc::PolicyResult& with, const dmarc::PolicyResult& without,
                          const std::string& what) {
  if (without.status != Status::temperror) {
    EXPECT_EQ(without.status, with.status) << what;
    EXPECT_EQ(without.policy_domain, with.policy_domain) << what;
  }
  // Never a stricter policy either: of two that are possible the milder is the one that counts.
  if (with.policy && without.policy) {
    EXPECT_LE(*without.policy, *with.policy) << what;
  }
}

TEST(DmarcProperty, LessEvidenceAccusesNobody) {
  std::mt19937 random(2);
  std::map<std::string, int> seen;
  for (int round = 0; round < 3000; ++round) {
    const test::DmarcZone zone = any_zone(random, true);
    const dmarc::Input input = any_input(random);
    const auto with = test::judge_dmarc(input, zone, {&list()});
    Partial partial;
    std::optional<dmarc::Verdict> without;
    std::string forgotten;
    for (int step = 0; step < 30 && !without; ++step) {
      dns::Needs needs;
      without = dmarc::evaluate(input, partial, needs, {&list()});
      for (const dns::Question& question : needs.questions()) {
        if (random() % 4 == 0) {
          partial.forget(question);
          forgotten += question.name + ' ';
        } else {
          partial.learn(question, zone);
        }
      }
    }
    ASSERT_TRUE(without);
    const std::string what = input.author.domains[0] + " without " + forgotten;
    expect_no_accusation(with.rfc9989, without->rfc9989, what);
    expect_no_accusation(*with.rfc7489, *without->rfc7489, what);
    ++seen[std::string(dmarc::word_of(with.rfc9989.status)) + '>' +
           std::string(dmarc::word_of(without->rfc9989.status))];
  }
  for (const char* pair : {"pass>pass", "fail>fail", "none>none", "pass>temperror",
                           "fail>temperror", "none>temperror", "permerror>temperror"}) {
    EXPECT_GT(seen[pair], 5) << pair;
  }
}

/// What a walk that knows everything makes of a domain, by the letter of [RFC9989 4.10.2].
std::string organization_by_the_letter(const std::string& domain,
                                       const std::map<std::string, char>& psd) {
  std::vector<std::string> found;
  for (const std::string_view view : dmarc::walk_names(domain)) {
    const std::string name(view);
    if (!psd.contains(name)) continue;
    found.push_back(name);
    if (psd.at(name) == 'n') return name;
    if (psd.at(name) == 'y') {
      if (name == domain) return name;
      const std::size_t dot = domain.size() - name.size() - 1;
      const std::size_t before = dot == 0 ? std::string::npos : domain.rfind('.', dot - 1);
      return before == std::string::npos ? domain : domain.substr(before + 1);
    }
  }
  return found.empty() ? domain : found.back();
}

// compare() against every way in which the unknown answers could have been.
TEST(DmarcProperty, UnknownIsJustWhatIsOpen) {
  const std::vector<std::string> domains = {"com",       "x.com",     "a.x.com", "b.x.com",
                                            "c.a.x.com", "d.a.x.com", "y.com"};
  std::mt19937 random(3);
  std::map<dmarc::Alignment, int> seen;
  for (int round = 0; round < 6000; ++round) {
    std::map<std::string, char> states;  // '-' no record, '?' unknown, else psd
    for (const std::string& name : domains) states[name] = "---uuyn???"[random() % 10];
    test::DmarcZone zone;
    std::vector<std::string> unknown;
    for (const auto& [name, state] : states) {
      if (state == '?') {
        zone.answer(name, AnswerKind::no_evidence);
        unknown.push_back(name);
      } else if (state != '-') {
        zone.record(name, std::string("v=DMARC1; p=none; psd=") + state);
      }
    }
    const std::string& author = domains[random() % domains.size()];
    const std::string& other = domains[random() % domains.size()];
    std::set<bool> outcomes;
    std::size_t ways = 1;
    for (std::size_t i = 0; i < unknown.size(); ++i) ways *= 4;
    for (std::size_t way = 0; way < ways; ++way) {
      std::map<std::string, char> psd;
      for (const auto& [name, state] : states) {
        if (state != '?' && state != '-') psd[name] = state;
      }
      std::size_t rest = way;
      for (const std::string& name : unknown) {
        if (const char state = "-uyn"[rest % 4]; state != '-') psd[name] = state;
        rest /= 4;
      }
      outcomes.insert(organization_by_the_letter(author, psd) ==
                      organization_by_the_letter(other, psd));
    }
    const auto wanted = author == other        ? dmarc::Alignment::strict
                        : outcomes.size() == 2 ? dmarc::Alignment::unknown
                        : *outcomes.begin()    ? dmarc::Alignment::relaxed
                                               : dmarc::Alignment::none;
    dns::Needs needs;
    const auto given = dmarc::align(author, other, zone, needs);
    ASSERT_TRUE(given);
    EXPECT_EQ(*given, wanted) << author << ' ' << other << ' ' << round;
    ++seen[wanted];
  }
  EXPECT_EQ(seen.size(), 4U);
}

/// What a record says, for the model below.
struct Said {
  char psd = 'u';
  const char* p = "none";
  const char* sp = nullptr;
  const char* np = nullptr;
};

/// Where the policy comes from and what it is, by the letter of [RFC9989 4.10.1].
std::string policy_by_the_letter(const std::string& author, const std::map<std::string, Said>& said,
                                 bool author_exists) {
  std::map<std::string, char> psd;
  for (const auto& [name, record] : said) psd[name] = record.psd;
  if (said.contains(author)) return std::string(said.at(author).p) + " of " + author;
  std::string name = organization_by_the_letter(author, psd);
  if (!said.contains(name)) {  // the PSD, if its record ended the walk
    name.clear();
    for (const std::string_view view : dmarc::walk_names(author)) {
      if (psd.contains(std::string(view)) && psd.at(std::string(view)) == 'y') {
        name = view;
        break;
      }
    }
  }
  if (name.empty()) return "none applies";
  const Said& record = said.at(name);
  const char* policy = record.sp != nullptr ? record.sp : record.p;
  if (!author_exists && record.np != nullptr) policy = record.np;
  return std::string(policy) + " of " + name;
}

TEST(DmarcProperty, PolicyByTheLetter) {
  const std::vector<std::string> domains = {"com",       "x.com", "a.x.com",
                                            "b.a.x.com", "y.com", "1.2.3.4.5.6.b.a.x.com"};
  constexpr std::array kPolicies = {"none", "quarantine", "reject"};
  std::mt19937 random(4);
  std::set<std::string> seen;
  for (int round = 0; round < 5000; ++round) {
    std::map<std::string, Said> said;
    test::DmarcZone zone;
    for (const std::string& name : domains) {
      if (random() % 2 == 0) continue;
      Said record;
      record.psd = "uuuuyn"[random() % 6];
      record.p = kPolicies[random() % 3];
      if (random() % 2 == 0) record.sp = kPolicies[random() % 3];
      if (random() % 2 == 0) record.np = kPolicies[random() % 3];
      std::string text = std::string("v=DMARC1; p=") + record.p + "; psd=" + record.psd;
      if (record.sp != nullptr) text += std::string("; sp=") + record.sp;
      if (record.np != nullptr) text += std::string("; np=") + record.np;
      zone.record(name, text);
      said[name] = record;
    }
    const std::string& author = domains[random() % domains.size()];
    const bool author_exists = random() % 2 == 0 || said.contains(author);
    if (author_exists) zone.exists(author);
    const auto verdict = test::judge_dmarc(test::dmarc_input(author), zone);
    const dmarc::PolicyResult& result = verdict.rfc9989;
    const std::string given =
        result.policy ? std::string(dmarc::word_of(*result.policy)) + " of " + result.policy_domain
                      : "none applies";
    EXPECT_EQ(given, policy_by_the_letter(author, said, author_exists)) << author << ' ' << round;
    EXPECT_EQ(result.status, result.policy ? Status::fail : Status::none);
    seen.insert(given);
  }
  EXPECT_GT(seen.size(), 15U);
}

}  // namespace
}  // namespace mailassay
