// The verdict on one message. [RFC9989 5.3]
//
// One evaluation runs from the top over the answers that are there; where some are missing they are
// named in Needs, as many as are known to be wanted, and the evaluation ends without a verdict.
//
// An aligned pass decides, whatever else is not known. Without one, whatever is not known and could
// have made it a pass makes the result temperror, never fail. [RFC9989 5.3.6]
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "dmarc/alignment.h"
#include "dmarc/answers.h"
#include "dmarc/comparison.h"
#include "dmarc/domain_name.h"
#include "dmarc/policy.h"
#include "dmarc/tree_walk.h"
#include "mailassay/dmarc.h"

namespace mailassay::dmarc {
namespace {

struct Compared {
  Alignment alignment = Alignment::none;
  Reason reason = Reason::no_evidence;  ///< of an unknown alignment
};

Reason first_unknown(const std::vector<Visit>& walk, Reason otherwise) {
  for (const Visit& visit : walk) {
    if (visit.outcome == Visit::Outcome::unknown) return visit.reason;
  }
  return otherwise;
}

/// Empty if answers are missing. `psd_seen` is set if a psd tag ends the walk of `domain`.
std::optional<Compared> compare_domains(const Walked& author, const std::string& domain,
                                        Answers& answers, const Options& options, bool& psd_seen) {
  if (const auto decided = compare_without_walk(author, domain)) return Compared{*decided};
  const auto walked = walk(domain, answers, options);
  if (!walked) return std::nullopt;
  psd_seen = psd_seen || ends_walk(walked->back());
  const Reason reason = first_unknown(*walked, first_unknown(author.walk, Reason::no_evidence));
  return Compared{compare(author, {domain, *walked}), reason};
}

class Evaluation {
 public:
  Evaluation(const Input& input, const dns::View& view, dns::Needs& needs, const Options& options)
      : input_(input), options_(options), answers_(view, needs, input.time) {}

  std::optional<Verdict> run();

 private:
  /// Finds the Author Domain; false: there is none, and that is the verdict. [RFC9989 5.3.1]
  bool read_author();
  Reason author_fault(std::size_t without_name) const;
  bool compare_identifiers();
  /// False: the answer on existence is missing.
  bool read_existence();
  bool find_record_7489(std::optional<Visit>& organization);
  void discover_policy();
  void discover_policy_7489(const std::optional<Visit>& organization);
  void decide(PolicyResult& result, Rules rules);
  void apply(PolicyResult& result, const Visit& visit) const;
  bool counts(std::size_t identifier, const Record& record, Rules rules) const;
  std::optional<Reason> doubt(std::size_t identifier, const Record& record, Rules rules) const;
  void add_notes();
  void note(Note note, bool holds) {
    if (holds) verdict_.notes.push_back(note);
  }

  const std::string& author() const { return verdict_.author_domain; }
  const std::vector<Visit>& author_walk() const { return verdict_.walk; }

  const Input& input_;
  const Options& options_;
  Answers answers_;
  Verdict verdict_;
  std::vector<std::string> domains_;  ///< of the identifiers, in the form that is compared
  std::vector<Reason> reasons_;       ///< of unknown alignments
  bool psd_seen_ = false;
  bool policy_of_psd_ = false;
  bool existence_by_no_data_ = false;
};

Reason Evaluation::author_fault(std::size_t without_name) const {
  const std::size_t found = verdict_.author_domains.size();
  if (input_.author.fields == 0) return Reason::no_from_field;
  if (input_.author.fields > 1) return Reason::several_from_fields;  // [RFC9989 4.4]
  if (found > 1) return Reason::several_author_domains;
  if (input_.author.is_cut) return Reason::authors_cut;
  if (without_name > 0) return Reason::bad_author_domain;
  if (found == 0) return Reason::no_author_domain;
  return Reason::aligned;  // no fault
}

bool Evaluation::read_author() {
  std::vector<std::string>& found = verdict_.author_domains;
  std::size_t bad = 0;
  std::size_t empty = 0;
  for (const std::string& raw : input_.author.domains) {
    auto name = domain_name(raw);
    if (!name) {
      ++(raw.empty() ? empty : bad);
    } else if (std::find(found.begin(), found.end(), *name) == found.end()) {
      found.push_back(std::move(*name));  // several addresses of one domain are one
    }
  }
  // An address without a domain beside one with it is as bad as a broken domain.
  const Reason fault = author_fault(bad + (found.empty() ? 0 : empty));
  if (fault == Reason::aligned) {
    verdict_.author_domain = found.front();
    return true;
  }
  PolicyResult& result = verdict_.rfc9989;
  // Group syntax is lawful and names nobody; the rest is no message that DMARC can judge.
  result.status = fault == Reason::no_author_domain ? Status::none : Status::permerror;
  result.reason = fault;
  verdict_.identifiers.resize(input_.identifiers.size());
  if (options_.suffix_list == nullptr) return false;
  verdict_.rfc7489 = result;
  for (IdentifierVerdict& identifier : verdict_.identifiers) identifier.rfc7489 = Alignment::none;
  return false;
}

bool Evaluation::compare_identifiers() {
  std::map<std::string, Compared> known;
  bool is_complete = true;
  for (std::size_t i = 0; i < domains_.size(); ++i) {
    IdentifierVerdict& out = verdict_.identifiers[i];
    const std::string& domain = domains_[i];
    if (domain.empty()) {
      // SPF may have been for any domain if nothing of it is known.
      const bool is_open = input_.identifiers[i].domain.empty() &&
                           input_.identifiers[i].state == Identifier::State::unknown;
      out.rfc9989 = is_open ? Alignment::unknown : Alignment::none;
      if (options_.suffix_list != nullptr) out.rfc7489 = out.rfc9989;
      continue;
    }
    if (!known.contains(domain)) {
      const auto compared =
          compare_domains({author(), author_walk()}, domain, answers_, options_, psd_seen_);
      is_complete = is_complete && compared;
      known[domain] = compared.value_or(Compared());
    }
    out.rfc9989 = known[domain].alignment;
    reasons_[i] = known[domain].reason;
    if (options_.suffix_list == nullptr) continue;
    // [RFC7489 3.2] by the list alone
    const bool is_same = options_.suffix_list->organizational_domain(domain) ==
                         options_.suffix_list->organizational_domain(author());
    out.rfc7489 = domain == author() ? Alignment::strict
                  : is_same          ? Alignment::relaxed
                                     : Alignment::none;
  }
  return is_complete;
}

/// [RFC9989 3.2.13] NXDOMAIN, and nothing else, is non-existence.
bool Evaluation::read_existence() {
  const PolicyResult& result = verdict_.rfc9989;
  if (!result.record || result.policy_domain == author()) return true;
  if (!depends_on_existence(*result.record)) return true;
  verdict_.existence = Existence::exists;
  // A name with anything below it exists. [RFC8020 2]
  const dns::AnswerKind below = author_walk().front().answer;
  if (below == dns::AnswerKind::records) return true;
  existence_by_no_data_ = below == dns::AnswerKind::no_data;
  if (existence_by_no_data_) return true;
  // CNAME first: the answer is for the name itself, not for what an alias leads to.
  constexpr std::array kTypes = {dns::Type::cname, dns::Type::txt, dns::Type::a, dns::Type::mx};
  for (const dns::Type type : kTypes) {
    const dns::Sighting* const answer = answers_.find(author(), type);
    if (answer == nullptr) {
      for (const dns::Type other : kTypes) answers_.prefetch(author(), other);
      return false;
    }
    if (answer->kind == dns::AnswerKind::records) {
      existence_by_no_data_ = false;
      return true;
    }
    if (answer->kind == dns::AnswerKind::no_such_name && !existence_by_no_data_) {
      verdict_.existence = Existence::does_not_exist;
      return true;
    }
    // [RFC9824 3] some signed zones give an empty answer for names that do not exist as well.
    existence_by_no_data_ = existence_by_no_data_ || answer->kind == dns::AnswerKind::no_data;
  }
  if (!existence_by_no_data_) verdict_.existence = Existence::unknown;
  return true;
}

void Evaluation::apply(PolicyResult& result, const Visit& visit) const {
  result.policy_domain = visit.domain;
  result.record = visit.records.front();
}

/// [RFC9989 4.10.1] the record of the Author Domain, else of its Organizational Domain, else of
/// the Public Suffix Domain.
void Evaluation::discover_policy() {
  PolicyResult& result = verdict_.rfc9989;
  result.organizational_domain = only_organization(author(), author_walk());
  const Visit& own = author_walk().front();
  if (own.outcome == Visit::Outcome::record) {
    apply(result, own);
    return;
  }
  for (const Visit& visit : author_walk()) {
    if (visit.outcome == Visit::Outcome::unknown) {  // [RFC9989 5.3.6]
      result.status = Status::temperror;
      result.reason = visit.reason;
      return;
    }
    if (visit.outcome == Visit::Outcome::several_records) {
      result.reason = Reason::several_records;
    }
  }
  for (const Visit& visit : author_walk()) {
    if (visit.outcome != Visit::Outcome::record) continue;
    if (visit.domain == result.organizational_domain) apply(result, visit);
  }
  const Visit& last = author_walk().back();
  if (!result.record && last.outcome == Visit::Outcome::record) {
    policy_of_psd_ = true;
    apply(result, last);
  }
}

/// [RFC7489 6.6.3] step 3: only if the Author Domain has no record at all.
bool Evaluation::find_record_7489(std::optional<Visit>& organization) {
  if (author_walk().front().outcome != Visit::Outcome::no_record) return true;
  const std::string_view name = options_.suffix_list->organizational_domain(author());
  if (name == author()) return true;
  organization = visit(name, answers_);
  return organization.has_value();
}

void Evaluation::discover_policy_7489(const std::optional<Visit>& organization) {
  PolicyResult& result = verdict_.rfc7489.emplace();
  result.organizational_domain = options_.suffix_list->organizational_domain(author());
  const Visit& visit = organization ? *organization : author_walk().front();
  switch (visit.outcome) {
    case Visit::Outcome::record:
      apply(result, visit);
      break;
    case Visit::Outcome::no_record:
      break;
    case Visit::Outcome::several_records:  // [RFC7489 6.6.3] step 5
      result.reason = Reason::several_records;
      break;
    case Visit::Outcome::unknown:
      result.status = Status::temperror;
      result.reason = visit.reason;
      break;
  }
}

/// [RFC9989 4.4] aligned in the mode that the record asks for
bool Evaluation::counts(std::size_t identifier, const Record& record, Rules rules) const {
  const IdentifierVerdict& verdict = verdict_.identifiers[identifier];
  const Alignment alignment =
      rules == Rules::rfc9989 ? verdict.rfc9989 : verdict.rfc7489.value_or(Alignment::none);
  const bool is_strict = input_.identifiers[identifier].method == Method::dkim ? record.strict_dkim
                                                                               : record.strict_spf;
  return alignment == Alignment::strict || (alignment == Alignment::relaxed && !is_strict);
}

/// Why this identifier could still make it a pass; empty if it cannot.
std::optional<Reason> Evaluation::doubt(std::size_t identifier, const Record& record,
                                        Rules rules) const {
  const Identifier& input = input_.identifiers[identifier];
  const IdentifierVerdict& verdict = verdict_.identifiers[identifier];
  const bool is_dkim = input.method == Method::dkim;
  const bool is_strict = is_dkim ? record.strict_dkim : record.strict_spf;
  const bool may_be_relaxed =
      (rules == Rules::rfc9989 ? verdict.rfc9989 : *verdict.rfc7489) == Alignment::unknown;
  // Strict alignment compares names, and nothing of these is unknown unless there is none.
  const bool may_align = may_be_relaxed && (!is_strict || input.domain.empty());
  switch (input.state) {
    case Identifier::State::fails:
      break;
    case Identifier::State::passes:
      if (may_align) return reasons_[identifier];
      break;
    case Identifier::State::unknown:
      if (!may_align && !counts(identifier, record, rules)) break;
      return is_dkim ? Reason::dkim_unknown : Reason::spf_unknown;
  }
  return std::nullopt;
}

void Evaluation::decide(PolicyResult& result, Rules rules) {
  if (!result.record) return;  // none, or temperror
  const Record& record = *result.record;
  if (usability(record, rules) == Usability::unusable) {
    result.status = Status::permerror;
    result.reason = Reason::record_unusable;
    return;
  }
  set_policy(result, author(), verdict_.existence, rules);
  result.status = Status::fail;
  result.reason = Reason::not_aligned;
  for (std::size_t i = 0; i < input_.identifiers.size(); ++i) {
    const bool passes = input_.identifiers[i].state == Identifier::State::passes;
    if (passes && counts(i, record, rules)) {  // [RFC9989 5.3.5] one is enough
      result.status = Status::pass;
      result.reason = Reason::aligned;
      return;
    }
    const auto why = doubt(i, record, rules);
    if (!why) continue;
    // The first in the order of the enumeration, so that the order of identifiers does not matter.
    result.reason = result.status == Status::fail ? *why : std::min(result.reason, *why);
    result.status = Status::temperror;
  }
}

void Evaluation::add_notes() {
  const PolicyResult& result = verdict_.rfc9989;
  const std::string& organization = result.organizational_domain;
  const auto some_visit = [&](auto holds) {
    return std::any_of(author_walk().begin(), author_walk().end(), holds);
  };
  note(Note::single_label_organization,
       !organization.empty() && organization.find('.') == std::string::npos);
  note(Note::public_suffix_organization, options_.suffix_list != nullptr && !organization.empty() &&
                                             options_.suffix_list->is_public_suffix(organization));
  note(Note::several_records_passed, some_visit([](const Visit& visit) {
         return visit.outcome == Visit::Outcome::several_records;
       }));
  note(Note::looks_like_record,
       some_visit([](const Visit& visit) { return !visit.near_misses.empty(); }));
  note(Note::test_mode, result.policy && result.record->test);
  note(Note::existence_by_no_data, existence_by_no_data_);
  note(Note::policy_of_psd, policy_of_psd_);
  note(Note::spf_only, verdict_.spf_aligned && !verdict_.dkim_aligned);
  note(Note::tld_assumed, some_visit([](const Visit& visit) { return visit.is_assumed; }));
}

std::optional<Verdict> Evaluation::run() {
  if (!read_author()) return std::move(verdict_);
  for (const Identifier& identifier : input_.identifiers) {
    domains_.push_back(domain_name(identifier.domain).value_or(""));
  }
  verdict_.identifiers.resize(domains_.size());
  reasons_.resize(domains_.size(), Reason::no_evidence);
  auto walked = walk(author(), answers_, options_);
  if (!walked) {  // the first round asks for all that is likely to be wanted
    for (const std::string& domain : domains_) {
      if (!domain.empty() && may_need_walk(author(), domain)) prefetch_walk(domain, answers_);
    }
    return std::nullopt;
  }
  verdict_.walk = std::move(*walked);
  psd_seen_ = ends_walk(author_walk().back());
  discover_policy();
  std::optional<Visit> organization;
  bool is_complete = options_.suffix_list == nullptr || find_record_7489(organization);
  is_complete = compare_identifiers() && is_complete;
  is_complete = read_existence() && is_complete;
  if (!is_complete) return std::nullopt;

  decide(verdict_.rfc9989, Rules::rfc9989);
  if (options_.suffix_list != nullptr) {
    discover_policy_7489(organization);
    decide(*verdict_.rfc7489, Rules::rfc7489);
    verdict_.difference = difference(verdict_.rfc9989, *verdict_.rfc7489, psd_seen_);
  }
  for (std::size_t i = 0; i < domains_.size() && verdict_.rfc9989.policy; ++i) {
    const Identifier& identifier = input_.identifiers[i];
    if (identifier.state != Identifier::State::passes) continue;
    if (!counts(i, *verdict_.rfc9989.record, Rules::rfc9989)) continue;
    verdict_.identifiers[i].is_aligned = true;
    (identifier.method == Method::dkim ? verdict_.dkim_aligned : verdict_.spf_aligned) = true;
  }
  add_notes();
  verdict_.evidence = answers_.take_used();
  return std::move(verdict_);
}

}  // namespace

std::optional<Verdict> evaluate(const Input& input, const dns::View& view, dns::Needs& needs,
                                const Options& options) {
  return Evaluation(input, view, needs, options).run();
}

std::optional<OrganizationalDomain> organizational_domain(
    std::string_view domain, const dns::View& view, dns::Needs& needs,
    std::optional<std::chrono::sys_seconds> time, const Options& options) {
  const auto name = domain_name(domain);
  if (!name) return OrganizationalDomain();
  Answers answers(view, needs, time);
  auto walked = walk(*name, answers, options);
  if (!walked) return std::nullopt;
  return OrganizationalDomain{only_organization(*name, *walked), std::move(*walked)};
}

std::optional<Alignment> align(std::string_view author_domain, std::string_view domain,
                               const dns::View& view, dns::Needs& needs,
                               std::optional<std::chrono::sys_seconds> time,
                               const Options& options) {
  const auto author = domain_name(author_domain);
  const auto other = domain_name(domain);
  if (!author || !other) return Alignment::none;
  if (*author == *other) return Alignment::strict;
  if (count_common_labels(*author, *other) == 0) return Alignment::none;
  Answers answers(view, needs, time);
  const auto walked = walk(*author, answers, options);
  if (!walked) {
    if (may_need_walk(*author, *other)) prefetch_walk(*other, answers);
    return std::nullopt;
  }
  bool psd_seen = false;
  const auto compared = compare_domains({*author, *walked}, *other, answers, options, psd_seen);
  if (!compared) return std::nullopt;
  return compared->alignment;
}

}  // namespace mailassay::dmarc
