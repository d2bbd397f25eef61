#include "dkim/verification.h"

#include <algorithm>
#include <utility>

#include "dkim/domain_name.h"
#include "dkim/reason.h"
#include "dns/sighting_order.h"

namespace mailassay::dkim {
namespace {

/// What signers SHOULD use at least. [RFC8301 3.2]
constexpr std::uint32_t kGoodRsaBits = 2048;
/// What verifiers had to accept before. [RFC6376 3.3.3]
constexpr std::uint32_t kMinRsaBitsBefore8301 = 512;

/// Evidence seen this close to the time of the check counts as seen at it: clocks differ, and a
/// live answer comes a little after the "now" of `--at now`.
constexpr std::chrono::hours kEvidenceSlack(1);

void add_note(std::vector<Note>& notes, Note note) {
  if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
}

/// The candidates of one sighting that holds records.
void add_candidates(const SignatureFacts& facts, const dns::Sighting& sighting,
                    const Limits& limits, KeyCache& keys, SignaturePlan& plan) {
  std::size_t key_records = 0;
  for (const std::string& rdata : sighting.rdata) {
    auto key = keys.get(rdata);
    if (!key->looks_like_key) {
      plan.records_without_key = true;
      continue;
    }
    ++key_records;
    const bool known =
        std::any_of(plan.candidates.begin(), plan.candidates.end(),
                    [&](const KeyCandidate& other) { return other.key->text == key->text; });
    if (known) continue;
    if (plan.candidates.size() == limits.key_candidates) {
      add_note(plan.notes, Note::candidates_cut);
      continue;
    }
    KeyCandidate candidate;
    candidate.sighting = &sighting;
    candidate.fault = key_fault_for(key->record, facts);
    candidate.key = std::move(key);
    plan.candidates.push_back(std::move(candidate));
  }
  // Several records at one name: what to do is left to the verifier; each is tried.
  // [RFC6376 3.6.2.2] [RFC6376 6.1.2 step 4]
  if (key_records > 1) add_note(plan.notes, Note::several_key_records);
}

Reason reason_of(const dns::Sighting& negative) noexcept {
  switch (negative.kind) {
    case dns::AnswerKind::temporary_failure:
      if (negative.failure == dns::Failure::timeout) return Reason::dns_timeout;
      if (negative.failure == dns::Failure::deadline) return Reason::dns_deadline;
      return Reason::dns_servfail;
    case dns::AnswerKind::no_evidence:
      return Reason::no_evidence;
    case dns::AnswerKind::records:
    case dns::AnswerKind::no_data:
    case dns::AnswerKind::no_such_name:
      break;
  }
  return Reason::no_key;
}

/// How far a candidate got: the one that got farthest explains a failure best.
int progress_of(const KeyCandidate& candidate, const std::vector<crypto::Check>& checks) noexcept {
  if (candidate.check) return checks[*candidate.check].verified ? 1000 : 999;
  return static_cast<int>(candidate.fault);
}

KeyUsed describe_key(const KeyCandidate& candidate) {
  KeyUsed key;
  key.type = candidate.key->record.type;
  if (candidate.key->record.key) key.bits = candidate.key->record.key->bits();
  key.source = candidate.sighting->source;
  key.first_seen = candidate.sighting->first_seen;
  key.last_seen = candidate.sighting->last_seen;
  key.record = candidate.key->text;
  return key;
}

bool is_expired(const SignatureFacts& facts,
                std::optional<std::chrono::sys_seconds> time) noexcept {
  // x= in the past at the time of the check: not valid. [RFC6376 3.5 x=] [RFC6376 6.1.1]
  return time && facts.expires_at && time->time_since_epoch().count() > *facts.expires_at;
}

bool is_rsa_under(const KeyCandidate& candidate, std::uint32_t bits) noexcept {
  return candidate.key->record.key && candidate.key->record.type == KeyType::rsa &&
         candidate.key->record.key->bits() < bits;
}

/// The reason, once a candidate has been chosen (null: there is none).
Reason decide(const SignatureFacts& facts, const SignaturePlan& plan,
              std::optional<std::chrono::sys_seconds> time, const KeyCandidate* candidate,
              const std::vector<crypto::Check>& checks) noexcept {
  if (facts.fault != Reason::none) return facts.fault;
  if (is_expired(facts, time)) return Reason::expired;
  if (candidate == nullptr) {
    // TXT records without a key do not adhere to the format. [RFC6376 6.1.2 step 5]
    if (plan.records_without_key) return Reason::key_syntax;
    return plan.negative != nullptr ? reason_of(*plan.negative) : Reason::no_evidence;
  }
  if (candidate->fault != Reason::none) return candidate->fault;
  // Verified all the same, so that the verdict can say whether the mathematics holds; but not
  // valid. [RFC8301 3.1] [RFC8301 3.2]
  if (facts.algorithm == Algorithm::rsa_sha1) return Reason::algorithm_obsolete;
  if (is_rsa_under(*candidate, kMinRsaBits)) return Reason::key_too_short;
  if (facts.body_match == Match::mismatch) return Reason::body_hash_mismatch;
  if (!checks[*candidate->check].verified) return Reason::signature_mismatch;
  return Reason::none;
}

void note_time(const SignatureFacts& facts, std::optional<std::chrono::sys_seconds> time,
               std::vector<Note>& notes) {
  if (!time) {
    if (facts.expires_at) add_note(notes, Note::no_receive_time);
    return;
  }
  if (facts.signed_at && *facts.signed_at > time->time_since_epoch().count()) {
    add_note(notes, Note::signed_in_future);
  }
}

void note_key(const KeyCandidate& candidate, std::vector<Note>& notes) {
  // A test key's failures MUST NOT be treated worse than no signature; the result stays what it
  // is and the flag is shown. [RFC6376 3.6.1 t=y]
  if (candidate.key->record.testing) add_note(notes, Note::key_testing);
  if (candidate.key->record.key && candidate.key->record.type == KeyType::ed25519 &&
      candidate.key->record.key->form() == crypto::KeyForm::spki) {
    add_note(notes, Note::key_ed25519_spki);
  }
  if (is_rsa_under(candidate, kGoodRsaBits)) add_note(notes, Note::key_under_2048);
  if (candidate.key->record.has_granularity) add_note(notes, Note::key_granularity);
  if (candidate.key->record.has_unknown_names) add_note(notes, Note::key_unknown_names);
  if (candidate.key->record.key && !candidate.key->record.key->has_usual_exponent()) {
    add_note(notes, Note::key_exponent);
  }
  // A wildcard answers for every selector; that is allowed and worth knowing. [RFC6376 6.1.2]
  if (candidate.sighting->wildcard) add_note(notes, Note::dns_wildcard);
}

/// Says when the evidence does not cover the time of the check.
void note_window(const dns::Sighting& sighting, std::optional<std::chrono::sys_seconds> time,
                 std::vector<Note>& notes) {
  if (time && sighting.first_seen && *sighting.first_seen > *time + kEvidenceSlack) {
    add_note(notes, Note::dns_postdates_message);
  }
  if (time && sighting.last_seen && *sighting.last_seen < *time - kEvidenceSlack) {
    add_note(notes, Note::dns_predates_message);
  }
}

bool was_valid_before_8301(const SignatureFacts& facts, const KeyCandidate& candidate,
                           std::optional<std::chrono::sys_seconds> time, bool verified) noexcept {
  return time && *time < kRfc8301 && verified && facts.body_match == Match::match &&
         candidate.key->record.key->bits() >= kMinRsaBitsBefore8301;
}

}  // namespace

const KeyCandidate* deciding_candidate(const SignaturePlan& plan,
                                       const std::vector<crypto::Check>& checks) noexcept {
  const KeyCandidate* best = nullptr;
  for (const KeyCandidate& candidate : plan.candidates) {
    if (best == nullptr || progress_of(candidate, checks) > progress_of(*best, checks)) {
      best = &candidate;
    }
  }
  return best;
}

std::optional<dns::Question> key_question(const SignatureFacts& facts) {
  if (!facts.header_hash) return std::nullopt;
  auto name = key_name(facts.selector, facts.domain);
  if (!name) return std::nullopt;
  return dns::Question{std::move(*name), dns::Type::txt};
}

SignaturePlan plan(const SignatureFacts& facts, const dns::Answer* answer,
                   std::optional<std::chrono::sys_seconds> time, const Limits& limits,
                   KeyCache& keys, std::vector<crypto::Check>& checks) {
  SignaturePlan plan;
  if (answer == nullptr) return plan;
  for (const dns::Sighting* sighting : dns::rank(*answer, time)) {
    if (sighting->kind == dns::AnswerKind::records) {
      add_candidates(facts, *sighting, limits, keys, plan);
    } else if (plan.negative == nullptr) {
      plan.negative = sighting;
    }
  }
  if (!plan.candidates.empty() && plan.records_without_key) {
    add_note(plan.notes, Note::other_txt_records);
  }
  for (KeyCandidate& candidate : plan.candidates) {
    if (candidate.fault != Reason::none) continue;
    candidate.check = checks.size();
    checks.push_back({candidate.key->record.key, &*facts.header_hash, facts.signature, false});
  }
  return plan;
}

SignatureVerdict conclude(const SignatureFacts& facts, const SignaturePlan& plan,
                          std::optional<std::chrono::sys_seconds> time,
                          const std::vector<crypto::Check>& checks) {
  SignatureVerdict verdict;
  verdict.notes = plan.notes;
  const KeyCandidate* candidate = deciding_candidate(plan, checks);
  verdict.reason = decide(facts, plan, time, candidate, checks);
  verdict.status = entry_of(verdict.reason).status;
  if (facts.fault == Reason::none) note_time(facts, time, verdict.notes);
  if (candidate != nullptr) {
    verdict.key = describe_key(*candidate);
    note_key(*candidate, verdict.notes);
    note_window(*candidate->sighting, time, verdict.notes);
    if (candidate->check) {
      const bool verified = checks[*candidate->check].verified;
      verdict.signature = verified ? Match::match : Match::mismatch;
      if (verdict.status == Status::policy &&
          was_valid_before_8301(facts, *candidate, time, verified)) {
        add_note(verdict.notes, Note::valid_under_rules_of_its_time);
      }
    }
  }
  if (candidate == nullptr && plan.negative != nullptr) {
    verdict.absence = KeyAbsence{plan.negative->source, plan.negative->first_seen,
                                 plan.negative->last_seen, reason_of(*plan.negative)};
    // When a server failed says nothing about the key.
    const bool is_definite = plan.negative->kind == dns::AnswerKind::no_such_name ||
                             plan.negative->kind == dns::AnswerKind::no_data;
    if (is_definite) note_window(*plan.negative, time, verdict.notes);
  }
  return verdict;
}

}  // namespace mailassay::dkim
