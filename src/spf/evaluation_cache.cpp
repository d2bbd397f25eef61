#include "spf/evaluation_cache.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <string_view>
#include <utility>

namespace mailassay::spf {
namespace {

// The facts of which a set is made.
constexpr unsigned kIp = 1U << 0U;
constexpr unsigned kLocalPart = 1U << 1U;
constexpr unsigned kHelo = 1U << 2U;
constexpr unsigned kReceiver = 1U << 3U;
constexpr unsigned kTime = 1U << 4U;
static_assert(2 * kTime <= 32);  // so many sets, a bit for each

/// Verdicts that differ only in the sightings that counted.
constexpr std::size_t kMostChoices = 16;

/// What an allocation costs beside what is in it.
constexpr std::size_t kOverhead = 64;

unsigned fact_set_of(const Trace& trace) {
  return (trace.ip ? kIp : 0) | (trace.local_part ? kLocalPart : 0) | (trace.helo ? kHelo : 0) |
         (trace.receiver ? kReceiver : 0) | (trace.time ? kTime : 0);
}

std::size_t bytes_of(const Verdict& verdict) {
  std::size_t bytes = sizeof verdict + verdict.domain.size() + verdict.record_domain.size() +
                      verdict.mechanism.size() + verdict.explanation.value_or("").size();
  for (const Visit& visit : verdict.visits) {
    bytes += sizeof visit + visit.domain.size() + visit.record.size() + visit.mechanism.size();
  }
  for (const dns::Question& question : verdict.evidence) {
    bytes += sizeof question + question.name.size();
  }
  return bytes;
}

bool same_sightings_count(const std::vector<Trace::Choice>& choices, const dns::View& view,
                          std::optional<std::chrono::sys_seconds> time) {
  return std::all_of(choices.begin(), choices.end(), [&](const Trace::Choice& choice) {
    const dns::Answer* answer = view.find(choice.question);
    return answer != nullptr && best_sighting(*answer, time) == choice.sighting;
  });
}

}  // namespace

void EvaluationCache::append_fact(std::string_view fact) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), fact.size()).ptr;
  key_.append(digits.data(), end).push_back(':');
  key_.append(fact);
}

void EvaluationCache::make_key(unsigned fact_set, const Input& input, const Session& session) {
  key_.assign(1, static_cast<char>(fact_set));
  append_fact(session.sender_domain);
  if ((fact_set & kIp) != 0) append_fact(session.ip);
  if ((fact_set & kLocalPart) != 0) append_fact(session.local_part);
  if ((fact_set & kHelo) != 0) append_fact(input.helo);
  if ((fact_set & kReceiver) != 0) append_fact(input.receiver);
  if ((fact_set & kTime) != 0) {
    append_fact(input.time ? std::to_string(input.time->time_since_epoch().count()) : "");
  }
}

std::shared_ptr<const Verdict> EvaluationCache::find(const Half& half, const Input& input,
                                                     const Session& session,
                                                     const dns::View& view) {
  const auto sets = half.fact_sets.find(session.sender_domain);
  if (sets == half.fact_sets.end()) return nullptr;
  for (std::uint32_t left = sets->second; left != 0; left &= left - 1) {
    make_key(static_cast<unsigned>(std::countr_zero(left)), input, session);
    const auto found = half.entries.find(key_);
    if (found == half.entries.end()) continue;
    for (const Entry& entry : found->second) {
      if (same_sightings_count(entry.choices, view, input.time)) return entry.verdict;
    }
  }
  return nullptr;
}

std::shared_ptr<const Verdict> EvaluationCache::keep(unsigned fact_set, const Input& input,
                                                     const Session& session, Entry entry) {
  make_key(fact_set, input, session);
  std::size_t bytes = bytes_of(*entry.verdict) + key_.size() + kOverhead;
  for (const Trace::Choice& choice : entry.choices) {
    bytes += sizeof choice + choice.question.name.size();
  }
  const std::size_t most = most_bytes_ / 2;
  if (bytes + session.sender_domain.size() + kOverhead > most) return entry.verdict;
  if (newer_.bytes + bytes + session.sender_domain.size() + kOverhead > most) {
    older_ = std::exchange(newer_, Half());
  }
  const auto [sets, is_new] = newer_.fact_sets.try_emplace(session.sender_domain, 0);
  sets->second |= std::uint32_t{1} << fact_set;
  if (is_new) newer_.bytes += session.sender_domain.size() + kOverhead;
  std::vector<Entry>& entries = newer_.entries[key_];
  if (entries.size() == kMostChoices) return entry.verdict;
  newer_.bytes += bytes;
  return entries.emplace_back(std::move(entry)).verdict;
}

std::shared_ptr<const Verdict> EvaluationCache::evaluate(const Input& input, const dns::View& view,
                                                         dns::Needs& needs, const Limits& limits) {
  const auto session = session_of(input, limits);
  if (!session) {
    Verdict verdict;
    verdict.reason = Reason::identity_too_long;
    return std::make_shared<const Verdict>(std::move(verdict));
  }
  if (auto kept = find(newer_, input, *session, view)) return kept;
  if (auto kept = find(older_, input, *session, view)) return kept;
  records_.trim(most_bytes_);
  Trace trace;
  auto verdict = spf::evaluate(input, *session, view, needs, limits, records_, trace);
  if (!verdict) return nullptr;
  ++evaluations_;
  return keep(fact_set_of(trace), input, *session,
              {std::move(trace.choices), std::make_shared<const Verdict>(std::move(*verdict))});
}

}  // namespace mailassay::spf
