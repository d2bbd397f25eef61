// check_host(). [RFC7208 4]
//
// One evaluation runs from the top over the answers that are there. Where one is missing it is
// named in Needs, and the evaluation stops, to be run again. Inside, an empty optional means that
// it stopped: either for such an answer, or for an error that ends it, kept in `error_`.
//
// What counts against the limits [RFC7208 4.6.4]: as a term each include, a, mx, ptr, exists and
// redirect that is evaluated, and the PTR question that %{p} causes in one of them; as a void
// lookup each question that such a term causes, addresses of MX and PTR names among them, if the
// answer is no record of the type or NXDOMAIN. The question for the first record, and what
// explanations ask, count for nothing.
#include "spf/evaluation.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "dns/ip_address.h"
#include "dns/name.h"
#include "dns/rdata.h"
#include "dns/sighting_order.h"
#include "spf/macro.h"
#include "spf/record.h"
#include "spf/target.h"

namespace mailassay::spf {
namespace {

constexpr unsigned kMostTerms = 10;        // [RFC7208 4.6.4]
constexpr std::size_t kMostMxNames = 10;   // [RFC7208 4.6.4]
constexpr std::size_t kMostPtrNames = 10;  // [RFC7208 4.6.4]
constexpr std::size_t kMxPreferenceBytes = 2;
constexpr std::size_t kMostNameBytes = 253;  // 255 octets on the wire [RFC1035 2.3.4]

Reason reason_of(const dns::Sighting& sighting) {
  if (sighting.kind == dns::AnswerKind::no_evidence) return Reason::no_evidence;
  switch (sighting.failure) {
    case dns::Failure::timeout:
      return Reason::dns_timeout;
    case dns::Failure::deadline:
      return Reason::dns_deadline;
    case dns::Failure::none:
    case dns::Failure::servfail:
      break;
  }
  return Reason::dns_servfail;
}

bool is_error(const dns::Sighting& sighting) {
  return sighting.kind == dns::AnswerKind::temporary_failure ||
         sighting.kind == dns::AnswerKind::no_evidence;
}

struct Outcome {
  Status status = Status::none;
  Reason reason = Reason::no_record;
};

/// What something is looked up for: terms have limits, explanations have none.
enum class Purpose : std::uint8_t { term, explanation };

/// The names of the client by reverse mapping. [RFC7208 5.5]
struct ClientNames {
  std::vector<std::string> validated;  ///< those whose addresses are known to have the client's
  bool is_complete = true;             ///< false if nothing was recorded about addresses of others
};

class Evaluation {
 public:
  Evaluation(const Input& input, const Session& session, const dns::View& view, dns::Needs& needs,
             const Limits& limits, RecordCache& records, Trace& trace)
      : input_(input),
        session_(session),
        view_(view),
        needs_(needs),
        limits_(limits),
        records_(records),
        trace_(trace) {}

  std::optional<Verdict> run();

 private:
  std::optional<Outcome> check_host(const std::string& domain, Visit::Way way, std::size_t depth);
  std::optional<Outcome> judge_record(const std::string& domain, std::size_t visit);
  std::optional<Outcome> follow_redirect(const Record& record, const std::string& domain,
                                         std::size_t visit);
  std::optional<bool> matches(const Mechanism& mechanism, const std::string& domain,
                              std::size_t depth);
  std::optional<bool> include_matches(const std::string& target, std::size_t depth);
  std::optional<bool> mx_matches(const Mechanism& mechanism, const std::string& target);
  std::optional<bool> exists_matches(const std::string& target);
  std::optional<bool> ptr_matches(const std::string& target);
  std::optional<bool> address_matches(const Mechanism& mechanism, const std::string& target);
  bool has_address_in(const dns::Sighting& sighting, const Mechanism& mechanism);

  std::optional<ClientNames> client_names(Purpose purpose);
  std::optional<std::string> validated_name(const std::string& domain, Purpose purpose);

  std::optional<MacroValues> macro_values(std::string_view text, const std::string& domain,
                                          Purpose purpose);
  /// The inner optional is empty if the name is malformed.
  std::optional<std::optional<std::string>> expand_target(std::string_view spec,
                                                          const std::string& domain,
                                                          Purpose purpose);
  bool depends_on_foreign_local_part(std::string_view spec);

  std::optional<std::optional<std::string>> explanation(const std::string& domain);

  /// The answer that counts, whatever it is; null: it is missing, and now named as needed.
  const dns::Sighting* ask(const std::string& name, dns::Type type);
  /// The same for a term: errors end the evaluation, and void lookups are counted.
  const dns::Sighting* ask_for_term(const std::string& name, dns::Type type);
  bool count_void(const dns::Sighting& sighting);
  bool count_term();
  void stop(Status status, Reason reason) { error_ = Outcome{status, reason}; }

  // What is read of the session beside the sender's domain goes through these, to be traced.
  const std::string& ip();
  const std::string& local_part();
  dns::Type address_type() { return ip().size() == 4 ? dns::Type::a : dns::Type::aaaa; }

  const Input& input_;
  const Session& session_;
  const dns::View& view_;
  dns::Needs& needs_;
  const Limits& limits_;
  RecordCache& records_;
  Trace& trace_;
  Verdict verdict_;
  std::string explanation_spec_;  ///< exp= of the record that decided
  std::optional<Outcome> error_;
};

const std::string& Evaluation::ip() {
  trace_.ip = true;
  return session_.ip;
}

const std::string& Evaluation::local_part() {
  trace_.local_part = true;
  return session_.local_part;
}

const dns::Sighting* Evaluation::ask(const std::string& name, dns::Type type) {
  dns::Question question{name, type};
  const dns::Answer* answer = view_.find(question);
  if (answer == nullptr || answer->sightings.empty()) {
    needs_.add(question);
    return nullptr;
  }
  const std::size_t best = best_sighting(*answer, input_.time);
  std::vector<dns::Question>& used = verdict_.evidence;
  if (std::find(used.begin(), used.end(), question) == used.end()) {
    if (answer->sightings.size() > 1) trace_.choices.push_back({question, best});
    used.push_back(std::move(question));
  }
  return &answer->sightings[best];
}

bool Evaluation::count_void(const dns::Sighting& sighting) {
  if (sighting.kind != dns::AnswerKind::no_data && sighting.kind != dns::AnswerKind::no_such_name) {
    return true;
  }
  if (++verdict_.counters.void_lookups <= limits_.spf_void_lookups) return true;
  stop(Status::permerror, Reason::too_many_void_lookups);
  return false;
}

const dns::Sighting* Evaluation::ask_for_term(const std::string& name, dns::Type type) {
  const dns::Sighting* sighting = ask(name, type);
  if (sighting == nullptr) return nullptr;
  if (is_error(*sighting)) {  // [RFC7208 5] the topmost check_host() returns temperror
    stop(Status::temperror, reason_of(*sighting));
    return nullptr;
  }
  return count_void(*sighting) ? sighting : nullptr;
}

bool Evaluation::count_term() {
  // [RFC7208 4.6.4] terms that ask DNS, of all records together
  if (++verdict_.counters.terms <= kMostTerms) return true;
  stop(Status::permerror, Reason::too_many_terms);
  return false;
}

std::optional<Outcome> Evaluation::check_host(const std::string& domain, Visit::Way way,
                                              std::size_t depth) {
  const std::size_t index = verdict_.visits.size();
  Visit& visit = verdict_.visits.emplace_back();
  visit.way = way;
  visit.depth = depth;
  visit.domain = domain;
  const auto outcome = judge_record(domain, index);
  if (outcome || error_) {
    verdict_.visits[index].status = outcome ? outcome->status : error_->status;
    verdict_.visits[index].reason = outcome ? outcome->reason : error_->reason;
  }
  return outcome;
}

std::optional<Outcome> Evaluation::judge_record(const std::string& domain, std::size_t visit) {
  const bool is_start = verdict_.visits[visit].way == Visit::Way::start;
  const auto name = target_name(domain, 2);
  // [RFC7208 4.3] an address literal is no domain either, nor is what is too long for one
  if (!name || domain.starts_with('[') || (is_start && domain.size() > kMostNameBytes)) {
    return Outcome{Status::none, Reason::bad_domain};
  }
  const dns::Sighting* answer =
      is_start ? ask(*name, dns::Type::txt) : ask_for_term(*name, dns::Type::txt);
  if (answer == nullptr) return std::nullopt;
  if (is_error(*answer)) return Outcome{Status::temperror, reason_of(*answer)};  // [RFC7208 4.4]
  std::vector<std::string> texts;
  for (const std::string& rdata : answer->rdata) {
    auto text = dns::txt_text(rdata);
    if (text && is_spf_record(*text)) texts.push_back(std::move(*text));
  }
  if (texts.empty()) return Outcome{Status::none, Reason::no_record};  // [RFC7208 4.5]
  if (texts.size() > 1) return Outcome{Status::permerror, Reason::several_records};
  verdict_.visits[visit].record = texts.front();
  const std::optional<Record>& record = records_.parse(texts.front());
  if (!record) return Outcome{Status::permerror, Reason::record_syntax};  // [RFC7208 4.6]
  for (const Mechanism& mechanism : record->mechanisms) {
    const auto matched = matches(mechanism, domain, verdict_.visits[visit].depth);
    if (!matched) return std::nullopt;
    if (!*matched) continue;
    // [RFC7208 6.2] of included records exp= is never used; the record above overwrites it
    verdict_.visits[visit].mechanism = mechanism.text;
    verdict_.mechanism = mechanism.text;
    verdict_.record_domain = domain;
    explanation_spec_ = record->explanation;
    return Outcome{mechanism.status, Reason::matched};
  }
  // [RFC7208 6.1] "all" anywhere makes redirect= be ignored
  if (!record->redirect.empty() && !record->has_all) {
    return follow_redirect(*record, domain, visit);
  }
  verdict_.mechanism.clear();
  verdict_.record_domain = domain;
  return Outcome{Status::neutral, Reason::no_match};  // [RFC7208 4.7]
}

std::optional<Outcome> Evaluation::follow_redirect(const Record& record, const std::string& domain,
                                                   std::size_t visit) {
  if (!count_term()) return std::nullopt;
  const Outcome without{Status::permerror, Reason::redirect_without_record};
  if (depends_on_foreign_local_part(record.redirect)) return without;
  const auto target = expand_target(record.redirect, domain, Purpose::term);
  if (!target) return std::nullopt;
  if (!*target) return without;
  const auto outcome = check_host(**target, Visit::Way::redirect, verdict_.visits[visit].depth + 1);
  if (outcome && outcome->status == Status::none) return without;  // [RFC7208 6.1]
  return outcome;
}

std::optional<bool> Evaluation::matches(const Mechanism& mechanism, const std::string& domain,
                                        std::size_t depth) {
  switch (mechanism.kind) {
    case Kind::all:
      return true;
    case Kind::ip4:
      return is_in_network(ip(), mechanism.network, mechanism.prefix4);
    case Kind::ip6:
      return is_in_network(ip(), mechanism.network, mechanism.prefix6);
    default:
      break;
  }
  if (!count_term()) return std::nullopt;
  // [RFC8616 4] a local part that is not ASCII cannot stand in a name: no match
  if (depends_on_foreign_local_part(mechanism.domain_spec)) return false;
  const auto target = expand_target(mechanism.domain_spec, domain, Purpose::term);
  if (!target) return std::nullopt;
  if (!*target) {  // [RFC7208 4.8] malformed after expansion
    if (mechanism.kind != Kind::include) return false;
    stop(Status::permerror, Reason::include_without_record);
    return std::nullopt;
  }
  switch (mechanism.kind) {
    case Kind::include:
      return include_matches(**target, depth);
    case Kind::a:
      return address_matches(mechanism, **target);
    case Kind::mx:
      return mx_matches(mechanism, **target);
    case Kind::ptr:
      return ptr_matches(**target);
    default:
      return exists_matches(**target);
  }
}

std::optional<bool> Evaluation::include_matches(const std::string& target, std::size_t depth) {
  const auto outcome = check_host(target, Visit::Way::include, depth + 1);
  if (!outcome) return std::nullopt;
  switch (outcome->status) {  // [RFC7208 5.2]
    case Status::pass:
      return true;
    case Status::fail:
    case Status::softfail:
    case Status::neutral:
      return false;
    case Status::none:
      stop(Status::permerror, Reason::include_without_record);
      return std::nullopt;
    case Status::temperror:
    case Status::permerror:
      break;
  }
  error_ = *outcome;
  return std::nullopt;
}

bool Evaluation::has_address_in(const dns::Sighting& sighting, const Mechanism& mechanism) {
  const unsigned bits = ip().size() == 4 ? mechanism.prefix4 : mechanism.prefix6;
  return std::any_of(sighting.rdata.begin(), sighting.rdata.end(), [&](const std::string& address) {
    return is_in_network(ip(), address, bits);
  });
}

std::optional<bool> Evaluation::address_matches(const Mechanism& mechanism,
                                                const std::string& target) {
  const dns::Sighting* answer = ask_for_term(target, address_type());  // [RFC7208 5.3]
  if (answer == nullptr) return std::nullopt;
  return has_address_in(*answer, mechanism);
}

std::optional<bool> Evaluation::mx_matches(const Mechanism& mechanism, const std::string& target) {
  const dns::Sighting* answer = ask_for_term(target, dns::Type::mx);  // [RFC7208 5.4]
  if (answer == nullptr) return std::nullopt;
  if (answer->rdata.size() > kMostMxNames) {
    stop(Status::permerror, Reason::too_many_mx_names);
    return std::nullopt;
  }
  bool is_missing = false;  // the rest is asked for in the same round
  for (const std::string& rdata : answer->rdata) {
    if (rdata.size() < kMxPreferenceBytes) continue;
    const auto name = dns::name_in_rdata(std::string_view(rdata).substr(kMxPreferenceBytes));
    if (!name || *name == ".") continue;  // null MX [RFC7505 3]
    if (is_missing) {
      if (view_.find({*name, address_type()}) == nullptr) needs_.add({*name, address_type()});
      continue;
    }
    const dns::Sighting* addresses = ask_for_term(*name, address_type());
    if (addresses == nullptr && error_) return std::nullopt;
    is_missing = addresses == nullptr;
    if (!is_missing && has_address_in(*addresses, mechanism)) return true;
  }
  return is_missing ? std::nullopt : std::optional(false);
}

std::optional<bool> Evaluation::exists_matches(const std::string& target) {
  // [RFC7208 5.7] type A, whatever the family of the client
  const dns::Sighting* answer = ask_for_term(target, dns::Type::a);
  if (answer == nullptr) return std::nullopt;
  return answer->kind == dns::AnswerKind::records;
}

std::optional<ClientNames> Evaluation::client_names(Purpose purpose) {
  ClientNames names;
  const dns::Sighting* answer = ask(reverse_name(ip()), dns::Type::ptr);
  if (answer == nullptr) return std::nullopt;
  if (is_error(*answer)) {
    // [RFC7208 5.5] an error of DNS is no match; that nothing was recorded is another matter
    if (answer->kind != dns::AnswerKind::no_evidence) return names;
    stop(Status::temperror, Reason::no_evidence);
    return std::nullopt;
  }
  if (purpose == Purpose::term && !count_void(*answer)) return std::nullopt;
  // [RFC7208 4.6.4] names behind the first ten are ignored
  const std::size_t count = std::min(answer->rdata.size(), kMostPtrNames);
  bool is_missing = false;  // the rest is asked for in the same round
  for (std::size_t i = 0; i < count; ++i) {
    auto name = dns::name_in_rdata(answer->rdata[i]);
    if (!name) continue;
    const dns::Sighting* addresses = ask(*name, address_type());
    is_missing = is_missing || addresses == nullptr;
    if (is_missing) continue;
    if (purpose == Purpose::term && !count_void(*addresses)) return std::nullopt;
    if (addresses->kind == dns::AnswerKind::no_evidence) {
      names.is_complete = false;
    } else if (std::find(addresses->rdata.begin(), addresses->rdata.end(), ip()) !=
               addresses->rdata.end()) {
      names.validated.push_back(std::move(*name));
    }
  }
  return is_missing ? std::nullopt : std::optional(std::move(names));
}

std::optional<bool> Evaluation::ptr_matches(const std::string& target) {
  const auto names = client_names(Purpose::term);
  if (!names) return std::nullopt;
  for (const std::string& name : names->validated) {
    if (dns::is_same_or_below(name, target)) return true;
  }
  if (names->is_complete) return false;
  stop(Status::temperror, Reason::no_evidence);
  return std::nullopt;
}

/// %{p}: the domain itself, else a name below it, else any. [RFC7208 7.3]
std::optional<std::string> Evaluation::validated_name(const std::string& domain, Purpose purpose) {
  if (purpose == Purpose::term && !count_term()) return std::nullopt;
  const auto names = client_names(purpose);
  if (!names) return std::nullopt;
  const std::string wanted = target_name(domain, 1).value_or("");
  const std::vector<std::string>& known = names->validated;
  if (std::find(known.begin(), known.end(), wanted) != known.end()) return wanted;
  if (!names->is_complete) {
    stop(Status::temperror, Reason::no_evidence);
    return std::nullopt;
  }
  for (const std::string& name : known) {
    if (dns::is_same_or_below(name, wanted)) return name;
  }
  return known.empty() ? "unknown" : known.front();
}

bool Evaluation::depends_on_foreign_local_part(std::string_view spec) {
  return (uses_macro(spec, 's') || uses_macro(spec, 'l')) && !ascii::is_ascii(local_part());
}

std::optional<MacroValues> Evaluation::macro_values(std::string_view text,
                                                    const std::string& domain, Purpose purpose) {
  MacroValues values;
  if (text.find('%') == std::string_view::npos) return values;
  values.sender_domain = session_.sender_domain;
  values.domain = domain;
  if (uses_macro(text, 's')) values.sender = local_part() + '@' + session_.sender_domain;
  if (uses_macro(text, 'l')) values.local_part = local_part();
  if (uses_macro(text, 'i')) values.ip = dotted_address(ip());
  if (uses_macro(text, 'v')) values.ip_version = ip().size() == 4 ? "in-addr" : "ip6";
  if (uses_macro(text, 'c')) values.ip_text = dns::ip_to_text(ip());
  if (uses_macro(text, 'h')) {
    trace_.helo = true;
    values.helo = input_.helo;
  }
  if (uses_macro(text, 'r')) {
    trace_.receiver = true;
    values.receiver = input_.receiver.empty() ? "unknown" : input_.receiver;
  }
  if (uses_macro(text, 't')) {
    trace_.time = true;
    values.time = std::to_string(input_.time ? input_.time->time_since_epoch().count() : 0);
  }
  if (uses_macro(text, 'p')) {
    auto name = validated_name(domain, purpose);
    if (!name) return std::nullopt;
    values.validated = std::move(*name);
  }
  return values;
}

std::optional<std::optional<std::string>> Evaluation::expand_target(std::string_view spec,
                                                                    const std::string& domain,
                                                                    Purpose purpose) {
  if (spec.empty()) return target_name(domain, 1);
  const auto values = macro_values(spec, domain, purpose);
  if (!values) return std::nullopt;
  const auto expanded = expand_macros(spec, *values, limits_.spf_expansion_bytes);
  if (!expanded) return std::optional<std::string>();
  return target_name(*expanded, 1);
}

/// The text of exp=; whatever is wrong with it makes it absent. [RFC7208 6.2]
std::optional<std::optional<std::string>> Evaluation::explanation(const std::string& domain) {
  const std::optional<std::string> absent;
  if (explanation_spec_.empty() || depends_on_foreign_local_part(explanation_spec_)) return absent;
  const auto target = expand_target(explanation_spec_, domain, Purpose::explanation);
  if (!target && !error_) return std::nullopt;
  if (!target || !*target) return absent;
  const dns::Sighting* answer = ask(**target, dns::Type::txt);
  if (answer == nullptr) return std::nullopt;
  if (answer->rdata.size() != 1) return absent;
  const auto text = dns::txt_text(answer->rdata.front());
  if (!text || !is_explain_string(*text)) return absent;
  const auto values = macro_values(*text, domain, Purpose::explanation);
  if (!values && !error_) return std::nullopt;
  if (!values) return absent;
  auto expanded = expand_macros(*text, *values, limits_.spf_expansion_bytes);
  return expanded && ascii::is_ascii(*expanded) ? expanded : absent;
}

std::optional<Verdict> Evaluation::run() {
  verdict_.domain = session_.sender_domain;
  verdict_.record_domain = session_.sender_domain;
  const auto outcome = check_host(session_.sender_domain, Visit::Way::start, 0);
  if (!outcome && !error_) return std::nullopt;
  const Outcome decided = outcome ? *outcome : *error_;
  verdict_.status = decided.status;
  verdict_.reason = decided.reason;
  if (!outcome) {
    verdict_.mechanism.clear();
    verdict_.record_domain = session_.sender_domain;
  }
  if (decided.status == Status::fail) {
    auto text = explanation(verdict_.record_domain);
    if (!text) return std::nullopt;
    verdict_.explanation = std::move(*text);
  }
  return std::move(verdict_);
}

}  // namespace

std::size_t best_sighting(const dns::Answer& answer, std::optional<std::chrono::sys_seconds> time) {
  if (answer.sightings.size() == 1) return 0;
  return static_cast<std::size_t>(dns::rank(answer, time).front() - answer.sightings.data());
}

std::optional<Verdict> evaluate(const Input& input, const Session& session, const dns::View& view,
                                dns::Needs& needs, const Limits& limits, RecordCache& records,
                                Trace& trace) {
  return Evaluation(input, session, view, needs, limits, records, trace).run();
}

std::optional<Verdict> evaluate(const Input& input, const dns::View& view, dns::Needs& needs,
                                const Limits& limits) {
  const auto session = session_of(input, limits);
  if (!session) {
    Verdict verdict;
    verdict.reason = Reason::identity_too_long;
    return verdict;
  }
  RecordCache records;
  Trace trace;
  return evaluate(input, *session, view, needs, limits, records, trace);
}

}  // namespace mailassay::spf
