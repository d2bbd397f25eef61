// From results of DKIM to the classes that standings are decided by. [RFC8301 3.1] [RFC8301 3.2]
#include "verdict/signature_evidence.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "diagnosis/undo.h"
#include "dkim/reason.h"

namespace mailassay::standing {
namespace {

using dkim::Match;
using dkim::Note;
using dkim::Reason;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using namespace std::chrono_literals;

constexpr sys_seconds kReceipt = sys_days(2024y / 5 / 1) + 10h;
constexpr sys_seconds kOldReceipt = sys_days(2016y / 5 / 1) + 10h;

ReceiptTime at(std::optional<sys_seconds> received) { return {received, days(7)}; }

/// A result by a key that was seen at the time of receipt, without date.
struct Result {
  dkim::SignatureFacts facts;
  dkim::SignatureVerdict verdict;
};

Result result(Reason reason, std::optional<Match> signature, std::optional<Match> body) {
  Result r;
  r.facts.algorithm = dkim::Algorithm::rsa_sha256;
  r.facts.domain = "example.com";
  r.facts.selector = "s1";
  r.facts.signature_prefix = "AbCdEfGh";
  r.facts.body_match = body;
  r.verdict.reason = reason;
  r.verdict.status = dkim::entry_of(reason).status;
  r.verdict.signature = signature;
  if (signature) r.verdict.key = dkim::KeyUsed{dkim::KeyType::rsa, 2048, "", {}, {}, ""};
  return r;
}

Result passing() { return result(Reason::none, Match::match, Match::match); }
Result body_failing() { return result(Reason::body_hash_mismatch, Match::match, Match::mismatch); }
Result header_failing() {
  return result(Reason::signature_mismatch, Match::mismatch, Match::match);
}
Result obsolete(Match signature, Match body) {
  Result r = result(Reason::algorithm_obsolete, signature, body);
  r.facts.algorithm = dkim::Algorithm::rsa_sha1;
  return r;
}

Signature evidence(const Result& r, std::optional<sys_seconds> received = kReceipt) {
  return signature_evidence(r.facts, r.verdict, Aligned::yes, at(received));
}

void expect(const Signature& signature, SignatureClass outcome, Gap gap = Gap::none) {
  EXPECT_EQ(signature.outcome, outcome);
  EXPECT_EQ(signature.gap, gap);
}

TEST(SignatureEvidence, WhatIsCopied) {
  const Signature s = evidence(passing());
  expect(s, SignatureClass::verifies);
  EXPECT_EQ(s.domain + s.selector + s.value_prefix, "example.coms1AbCdEfGh");
  EXPECT_EQ(s.aligned, Aligned::yes);
  EXPECT_TRUE(s.key_fresh);
  EXPECT_FALSE(s.is_partial || s.is_weak || s.is_sha1 || s.is_test_key || s.is_ed25519);
}

TEST(SignatureEvidence, Mathematics) {
  expect(evidence(body_failing()), SignatureClass::body_differs);
  expect(evidence(header_failing()), SignatureClass::other_header);
  Result both = result(Reason::body_hash_mismatch, Match::mismatch, Match::mismatch);
  expect(evidence(both), SignatureClass::other_header);
  both.verdict.notes = {Note::made_with_another_key};
  expect(evidence(both), SignatureClass::other_key);
  Result ed25519 = header_failing();
  ed25519.facts.algorithm = dkim::Algorithm::ed25519_sha256;
  expect(evidence(ed25519), SignatureClass::other_key);
  EXPECT_TRUE(evidence(ed25519).is_ed25519);
  // A body that differs under a good Ed25519 signature proves the key all the same.
  Result body = body_failing();
  body.facts.algorithm = dkim::Algorithm::ed25519_sha256;
  expect(evidence(body), SignatureClass::body_differs);
}

// rsa-sha1 was valid until RFC 8301.
TEST(SignatureEvidence, RulesOfTheTime) {
  Result good = obsolete(Match::match, Match::match);
  expect(evidence(good, kReceipt), SignatureClass::counts_for_none);
  expect(evidence(good, std::nullopt), SignatureClass::unknown, Gap::no_evidence);
  // 512 bits were the least then, and the note is not given below that.
  expect(evidence(good, kOldReceipt), SignatureClass::counts_for_none);
  good.verdict.notes = {Note::valid_under_rules_of_its_time};
  expect(evidence(good, kOldReceipt), SignatureClass::verifies);
  EXPECT_TRUE(evidence(good, kOldReceipt).is_sha1);

  const Result body = obsolete(Match::match, Match::mismatch);
  expect(evidence(body, kOldReceipt), SignatureClass::body_differs);
  expect(evidence(body, kReceipt), SignatureClass::counts_for_none);
  const Result header = obsolete(Match::mismatch, Match::match);
  expect(evidence(header, kOldReceipt), SignatureClass::other_header);
  expect(evidence(header, kReceipt), SignatureClass::counts_for_none);
  expect(evidence(header, std::nullopt), SignatureClass::unknown, Gap::no_evidence);

  Result weak = result(Reason::key_too_short, Match::match, Match::match);
  weak.verdict.key->bits = 768;
  expect(evidence(weak, kReceipt), SignatureClass::counts_for_none);
  weak.verdict.notes = {Note::valid_under_rules_of_its_time};
  expect(evidence(weak, kOldReceipt), SignatureClass::verifies);
  EXPECT_TRUE(evidence(weak, kOldReceipt).is_weak);
}

// The last moment of the old rules and the first of the new ones.
TEST(SignatureEvidence, BorderOfTheRules) {
  const Result body = obsolete(Match::match, Match::mismatch);
  const sys_seconds first = sys_days(2018y / 1 / 1);
  expect(evidence(body, first - 1s), SignatureClass::body_differs);
  expect(evidence(body, first), SignatureClass::counts_for_none);
}

// No usable key says something only of the time when that was seen.
TEST(SignatureEvidence, AbsentKeys) {
  for (const Reason reason : {Reason::no_key, Reason::key_revoked, Reason::key_syntax,
                              Reason::key_version, Reason::key_service, Reason::key_hash_mismatch,
                              Reason::key_type_mismatch, Reason::key_data, Reason::key_subdomain}) {
    SCOPED_TRACE(dkim::entry_of(reason).word);
    Result r = result(reason, {}, Match::match);
    expect(evidence(r), SignatureClass::unknown, Gap::gone);
    r.verdict.absence = dkim::KeyAbsence{"", kReceipt - days(1), kReceipt + days(1)};
    expect(evidence(r), SignatureClass::counts_for_none);
    r.verdict.absence = dkim::KeyAbsence{"", kReceipt + days(8), kReceipt + days(9)};
    expect(evidence(r), SignatureClass::unknown, Gap::gone);
    r.verdict.absence = dkim::KeyAbsence{"", {}, {}};
    expect(evidence(r), SignatureClass::counts_for_none);
    expect(evidence(r, std::nullopt), SignatureClass::unknown, Gap::gone);
  }
}

// Every reason has a class; the syntax of the field counts for none.
TEST(SignatureEvidence, EveryReason) {
  std::set<SignatureClass> seen;
  for (const dkim::ReasonEntry& entry : dkim::reason_table()) {
    SCOPED_TRACE(entry.word);
    const Signature s = evidence(result(entry.reason, {}, {}));
    seen.insert(s.outcome);
    EXPECT_NE(s.outcome, SignatureClass::verifies);
    EXPECT_EQ(s.outcome == SignatureClass::unknown, s.gap != Gap::none);
    const bool is_of_dns = entry.status == dkim::Status::temperror;
    if (is_of_dns) {
      EXPECT_EQ(s.outcome, SignatureClass::unknown);
    }
  }
  for (const Reason reason : {Reason::signature_syntax, Reason::missing_tag, Reason::bad_domain,
                              Reason::from_not_signed, Reason::auid_domain_mismatch}) {
    expect(evidence(result(reason, {}, {})), SignatureClass::counts_for_none);
  }
  // What was not looked at is not known.
  for (const Reason reason : {Reason::signature_too_large, Reason::too_many_signatures,
                              Reason::no_evidence, Reason::internal_error}) {
    expect(evidence(result(reason, {}, {})), SignatureClass::unknown, Gap::no_evidence);
  }
  for (const Reason reason : {Reason::dns_timeout, Reason::dns_servfail, Reason::dns_deadline}) {
    expect(evidence(result(reason, {}, {})), SignatureClass::unknown, Gap::temporary);
  }
}

// x= counts at the time of receipt, whatever the time of the check is. [RFC6376 3.5 x=]
TEST(SignatureEvidence, Expired) {
  Result r = result(Reason::expired, Match::match, Match::match);
  r.facts.expires_at = kReceipt.time_since_epoch().count() - 1;
  expect(evidence(r), SignatureClass::counts_for_none);
  r.facts.expires_at = kReceipt.time_since_epoch().count();
  expect(evidence(r), SignatureClass::verifies);
  expect(evidence(r, std::nullopt), SignatureClass::unknown, Gap::no_evidence);
  r.facts.body_match = Match::mismatch;
  expect(evidence(r), SignatureClass::body_differs);
  r.verdict.signature.reset();
  expect(evidence(r), SignatureClass::unknown, Gap::no_evidence);
}

// A store that keeps less of a body than l= counts says nothing against the signer. [RFC6376 3.5]
TEST(SignatureEvidence, LessBodyThanSigned) {
  constexpr Reason kShort = Reason::body_length_exceeds;
  expect(evidence(result(kShort, Match::match, {})), SignatureClass::body_differs);
  expect(evidence(result(kShort, Match::mismatch, {})), SignatureClass::other_header);
  Result r = result(kShort, Match::mismatch, {});
  r.verdict.notes = {Note::made_with_another_key};
  expect(evidence(r), SignatureClass::other_key);
  r = result(kShort, Match::match, {});
  r.facts.algorithm = dkim::Algorithm::rsa_sha1;
  expect(evidence(r), SignatureClass::counts_for_none);
  expect(evidence(r, kOldReceipt), SignatureClass::body_differs);
  r = result(kShort, Match::match, {});
  r.verdict.key->bits = 512;
  expect(evidence(r), SignatureClass::counts_for_none);

  r = result(kShort, {}, {});
  r.verdict.absence = dkim::KeyAbsence{"", {}, {}, Reason::no_evidence};
  expect(evidence(r), SignatureClass::unknown, Gap::no_evidence);
  r.verdict.absence->reason = Reason::dns_timeout;
  expect(evidence(r), SignatureClass::unknown, Gap::temporary);
  r.verdict.absence->reason = Reason::no_key;
  expect(evidence(r), SignatureClass::counts_for_none);
  expect(evidence(r, std::nullopt), SignatureClass::unknown, Gap::gone);
  // A revoked key, which is there and verifies nothing.
  r.verdict.absence.reset();
  r.verdict.key = dkim::KeyUsed{dkim::KeyType::rsa, 0, "", {}, {}, ""};
  expect(evidence(r), SignatureClass::counts_for_none);
}

TEST(SignatureEvidence, Qualifiers) {
  Result r = passing();
  r.facts.body_length = 10;
  r.facts.canonical_body_length = 10;
  EXPECT_FALSE(evidence(r).is_partial);
  r.facts.canonical_body_length = 11;
  EXPECT_TRUE(evidence(r).is_partial);
  r.verdict.notes = {Note::key_testing};
  EXPECT_TRUE(evidence(r).is_test_key);
  // 1024 bits are weak today, and were not against the rules.
  r.verdict.key->bits = 1024;
  EXPECT_FALSE(evidence(r).is_weak);
}

Finding found(std::vector<Undo> undone, bool removes_content, bool complete) {
  Finding finding;
  finding.state = Finding::State::found;
  finding.verifies_after = std::move(undone);
  finding.removes_content = removes_content;
  finding.complete = complete;
  return finding;
}

TEST(SignatureEvidence, Findings) {
  Result r = body_failing();
  r.verdict.finding = found({Undo::mboxrd_unquote, Undo::refold}, false, true);
  EXPECT_EQ(evidence(r).verifies_after, (std::vector<std::string>{"mboxrd-unquote", "refold"}));
  EXPECT_TRUE(evidence(r).added.empty());
  // The body fits and the header does not: that restores nothing.
  r.verdict.finding = found({Undo::mboxrd_unquote}, false, false);
  EXPECT_TRUE(evidence(r).verifies_after.empty());
  r.verdict.finding = found({Undo::dot_unstuff, Undo::banner_remove}, true, true);
  EXPECT_TRUE(evidence(r).verifies_after.empty());
  EXPECT_EQ(evidence(r).added, std::vector<std::string>{"banner"});
  // Only white space was undone, but a reader sees another text.
  r.verdict.finding = found({Undo::trailing_space_remove}, true, true);
  EXPECT_TRUE(evidence(r).verifies_after.empty());
  EXPECT_TRUE(evidence(r).added.empty());
  r.verdict.finding->state = Finding::State::cut;
  EXPECT_TRUE(evidence(r).added.empty());
  // Of a signature that verifies there is nothing to find; of one without a key nothing is proven.
  Result gone = result(Reason::no_key, {}, Match::mismatch);
  gone.verdict.finding = found({Undo::refold}, false, true);
  EXPECT_TRUE(evidence(gone).verifies_after.empty());
}

TEST(SignatureEvidence, EveryReversalOfContentNamesWhatItWas) {
  for (const diagnosis::UndoEntry& entry : diagnosis::undo_table()) {
    EXPECT_EQ(added_by(entry.undo).empty(), !entry.removes_content) << entry.word;
  }
}

TEST(Freshness, Window) {
  struct Case {
    const char* name;
    std::optional<sys_seconds> first, last;
    bool fresh;
  };
  const sys_seconds t = kReceipt;
  const Case cases[] = {
      {"covers it", t - days(100), t + days(100), true},
      {"seen at it", t, t, true},
      {"seen a week later", t + days(7), t + days(9), true},
      {"seen a second more than a week later", t + days(7) + 1s, t + days(9), false},
      {"last seen a week before", t - days(9), t - days(7), true},
      {"last seen a second more than a week before", t - days(9), t - days(7) - 1s, false},
      {"first alone", t + days(1), {}, true},
      {"first alone, long before", t - days(100), {}, false},
      {"last alone", {}, t - days(1), true},
      {"last alone, long after", {}, t + days(100), false},
      {"without date", {}, {}, true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(is_fresh(c.first, c.last, at(t)), c.fresh) << c.name;
    EXPECT_FALSE(is_fresh(c.first, c.last, at(std::nullopt))) << c.name;
  }
  EXPECT_FALSE(is_fresh(t + 1s, t + 1s, {t, 0s}));
  EXPECT_TRUE(is_fresh(t, t, {t, 0s}));
}

}  // namespace
}  // namespace mailassay::standing
