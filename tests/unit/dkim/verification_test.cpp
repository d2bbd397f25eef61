// From facts and an answer to a result. [RFC6376 6.1] [RFC8301 3.1] [RFC8301 3.2] [RFC8601 2.7.1]
#include "dkim/verification.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "dkim/reason.h"
#include "support/growing_view.h"
#include "support/signed_message.h"

namespace mailassay::dkim {
namespace {

using Time = std::optional<std::chrono::sys_seconds>;

Time at(std::int64_t seconds) { return std::chrono::sys_seconds(std::chrono::seconds(seconds)); }

constexpr std::int64_t k2010 = 1262304000;
constexpr std::int64_t k2018 = 1514764800;
constexpr std::int64_t k2024 = 1704067200;

SignatureFacts facts_of(const std::string& message) { return digest({message}).signatures.front(); }

SignatureVerdict verify(const SignatureFacts& facts, const dns::Answer* answer, Time time = {},
                        const Limits& limits = {}) {
  KeyCache keys;
  std::vector<crypto::Check> checks;
  const SignaturePlan made = plan(facts, answer, time, limits, keys, checks);
  crypto::Verifier verifier;
  verifier.verify(checks);
  return conclude(facts, made, time, checks);
}

SignatureVerdict verify(const SignatureFacts& facts, const std::vector<dns::Sighting>& sightings,
                        Time time = {}, const Limits& limits = {}) {
  const dns::Answer answer{sightings};
  return verify(facts, &answer, time, limits);
}

bool has(const SignatureVerdict& verdict, Note note) {
  return std::count(verdict.notes.begin(), verdict.notes.end(), note) == 1;
}

const SignatureFacts& plain() {
  static const SignatureFacts kFacts = facts_of(test::signed_plain_message());
  return kFacts;
}

std::string good_key(std::string_view tags = "") {
  return test::key_record(test::key_pool().rsa_2048.front(), tags);
}
std::string other_key(std::string_view tags = "") {
  return test::key_record(test::key_pool().rsa_2048.back(), tags);
}

TEST(Verification, NamesTheKey) {
  const auto question = key_question(plain());
  ASSERT_TRUE(question);
  EXPECT_EQ(question->name, "s1._domainkey.example.com");  // [RFC6376 3.6.2.1]
  EXPECT_EQ(question->type, dns::Type::txt);
  SignatureFacts refused = plain();
  refused.header_hash.reset();
  EXPECT_FALSE(key_question(refused));
}

// The key is longer than one character-string: they are joined. [RFC6376 3.6.2.2]
TEST(Verification, Passes) {
  const SignatureVerdict verdict = verify(plain(), {test::txt_sighting({good_key()})}, at(k2024));
  EXPECT_EQ(verdict.status, Status::pass);
  EXPECT_EQ(verdict.reason, Reason::none);
  EXPECT_EQ(verdict.signature, Match::match);
  EXPECT_TRUE(verdict.notes.empty());
  ASSERT_TRUE(verdict.key);
  EXPECT_EQ(verdict.key->type, KeyType::rsa);
  EXPECT_EQ(verdict.key->bits, 2048U);
  EXPECT_EQ(verdict.key->source, "zone");
  EXPECT_EQ(verdict.key->record, good_key());
}

// Answers without a key; failures of DNS are temporary, absence is permanent. [RFC6376 6.1.2]
TEST(Verification, AnswersWithoutKey) {
  using dns::AnswerKind;
  using dns::Failure;
  struct {
    std::string what;
    dns::Sighting sighting;
    Reason reason;
    Status status;
  } const kCases[] = {
      {"NXDOMAIN", test::negative_sighting(AnswerKind::no_such_name), Reason::no_key,
       Status::permerror},
      {"no data", test::negative_sighting(AnswerKind::no_data), Reason::no_key, Status::permerror},
      {"timeout", test::negative_sighting(AnswerKind::temporary_failure, Failure::timeout),
       Reason::dns_timeout, Status::temperror},
      {"servfail", test::negative_sighting(AnswerKind::temporary_failure, Failure::servfail),
       Reason::dns_servfail, Status::temperror},
      {"deadline", test::negative_sighting(AnswerKind::temporary_failure, Failure::deadline),
       Reason::dns_deadline, Status::temperror},
      {"no evidence", test::negative_sighting(AnswerKind::no_evidence), Reason::no_evidence,
       Status::temperror},
      {"SPF only", test::txt_sighting({"v=spf1 -all"}), Reason::key_syntax, Status::permerror},
      {"empty text", test::txt_sighting({""}), Reason::key_syntax, Status::permerror},
      {"no p=", test::txt_sighting({"v=DKIM1; k=rsa"}), Reason::key_syntax, Status::permerror},
      {"revoked", test::txt_sighting({"v=DKIM1; p="}), Reason::key_revoked, Status::permerror},
      {"service", test::txt_sighting({good_key("s=x")}), Reason::key_service, Status::permerror},
      {"hash", test::txt_sighting({good_key("h=sha1")}), Reason::key_hash_mismatch,
       Status::permerror},
      {"type", test::txt_sighting({test::key_record(test::key_pool().ed25519.front())}),
       Reason::key_type_mismatch, Status::permerror},
      {"data", test::txt_sighting({"v=DKIM1; p=AAAA"}), Reason::key_data, Status::permerror},
      {"version", test::txt_sighting({"v=DKIM2; p=AAAA"}), Reason::key_version, Status::permerror},
  };
  for (const auto& [what, sighting, reason, status] : kCases) {
    const SignatureVerdict verdict = verify(plain(), {sighting}, at(k2024));
    EXPECT_EQ(verdict.reason, reason) << what << ": " << entry_of(verdict.reason).word;
    EXPECT_EQ(verdict.status, status) << what;
    EXPECT_FALSE(verdict.signature) << what;
  }
}

TEST(Verification, MalformedTxtRdataDoesNoHarm) {
  dns::Sighting sighting = test::txt_sighting({good_key()});
  sighting.rdata.front().resize(100);  // a length octet points past the end
  EXPECT_EQ(verify(plain(), {sighting}).reason, Reason::key_syntax);
  sighting.rdata = {""};
  EXPECT_EQ(verify(plain(), {sighting}).reason, Reason::key_syntax);
}

// [RFC6376 6.1.3] and the body is told apart from the signature.
TEST(Verification, Mismatches) {
  SignatureVerdict verdict = verify(plain(), {test::txt_sighting({other_key()})}, at(k2024));
  EXPECT_EQ(verdict.reason, Reason::signature_mismatch);
  EXPECT_EQ(verdict.status, Status::fail);
  EXPECT_EQ(verdict.signature, Match::mismatch);
  std::string message = test::signed_plain_message();
  message.insert(message.size() - 6, "x");
  const SignatureFacts altered = facts_of(message);
  verdict = verify(altered, {test::txt_sighting({good_key()})}, at(k2024));
  EXPECT_EQ(verdict.reason, Reason::body_hash_mismatch);
  EXPECT_EQ(verdict.status, Status::fail);
  EXPECT_EQ(verdict.signature, Match::match);  // headers genuine, body altered
  verdict = verify(altered, {test::txt_sighting({other_key()})}, at(k2024));
  EXPECT_EQ(verdict.reason, Reason::body_hash_mismatch);
  EXPECT_EQ(verdict.signature, Match::mismatch);
}

// Several records: each is tried. [RFC6376 3.6.2.2]
TEST(Verification, SeveralRecordsAtOneName) {
  const std::string revoked = "v=DKIM1; p=";
  for (const std::vector<std::string>& texts : {std::vector<std::string>{other_key(), good_key()},
                                                {good_key(), other_key()},
                                                {revoked, good_key()},
                                                {good_key(), "v=DKIM1; p=broken!"}}) {
    const SignatureVerdict verdict = verify(plain(), {test::txt_sighting(texts)});
    EXPECT_EQ(verdict.reason, Reason::none);
    EXPECT_TRUE(has(verdict, Note::several_key_records));
    EXPECT_EQ(verdict.key->record, good_key());
  }
  SignatureVerdict verdict = verify(plain(), {test::txt_sighting({other_key(), revoked})});
  EXPECT_EQ(verdict.reason, Reason::signature_mismatch);
  verdict = verify(plain(), {test::txt_sighting({"v=spf1 -all", good_key()})});
  EXPECT_EQ(verdict.reason, Reason::none);
  EXPECT_TRUE(has(verdict, Note::other_txt_records));
  EXPECT_FALSE(has(verdict, Note::several_key_records));
  // The candidate that got farthest explains the failure.
  verdict = verify(plain(), {test::txt_sighting({revoked, good_key("s=x"), "v=DKIM1; p=AAAA"})});
  EXPECT_EQ(verdict.reason, Reason::key_data);
}

TEST(Verification, CandidatesAtTheLimitAndOnePast) {
  Limits limits;
  limits.key_candidates = 2;
  SignatureVerdict verdict =
      verify(plain(), {test::txt_sighting({other_key(), good_key()})}, {}, limits);
  EXPECT_EQ(verdict.reason, Reason::none);
  EXPECT_FALSE(has(verdict, Note::candidates_cut));
  verdict = verify(plain(), {test::txt_sighting({other_key(), other_key("n=x"), good_key()})}, {},
                   limits);
  EXPECT_EQ(verdict.reason, Reason::signature_mismatch);
  EXPECT_TRUE(has(verdict, Note::candidates_cut));
}

// Recorded keys: the covering one first, then the nearest; each is tried, one that verifies wins.
TEST(Verification, RecordedKeys) {
  const dns::Sighting early = test::seen(test::txt_sighting({good_key()}, "a"), k2010, k2010 + 10);
  const dns::Sighting late = test::seen(test::txt_sighting({good_key()}, "b"), k2024, k2024 + 10);
  const dns::Sighting wrong = test::seen(test::txt_sighting({other_key()}, "c"), k2018, k2018 + 10);
  SignatureVerdict verdict = verify(plain(), {early, late}, at(k2024 + 5));
  EXPECT_EQ(verdict.key->source, "b");
  EXPECT_TRUE(verdict.notes.empty());
  verdict = verify(plain(), {late, early}, at(k2010 + 5));
  EXPECT_EQ(verdict.key->source, "a");
  verdict = verify(plain(), {late, early}, at(k2010 + 10 + 3600));
  EXPECT_EQ(verdict.key->source, "a");
  EXPECT_TRUE(verdict.notes.empty());  // an hour is within the slack of clocks
  verdict = verify(plain(), {late, early}, at(k2010 + 11 + 3600));
  EXPECT_EQ(verdict.key->source, "a");
  EXPECT_TRUE(has(verdict, Note::dns_predates_message));
  verdict = verify(plain(), {late, early}, at(k2024 - 3600));
  EXPECT_EQ(verdict.key->source, "b");
  EXPECT_TRUE(verdict.notes.empty());
  verdict = verify(plain(), {late, early}, at(k2024 - 3601));
  EXPECT_EQ(verdict.key->source, "b");
  EXPECT_TRUE(has(verdict, Note::dns_postdates_message));
  // The covering key does not verify, a later one does.
  verdict = verify(plain(), {wrong, late}, at(k2018 + 5));
  EXPECT_EQ(verdict.reason, Reason::none);
  EXPECT_EQ(verdict.key->source, "b");
  verdict = verify(plain(), {wrong}, at(k2018 + 5));
  EXPECT_EQ(verdict.reason, Reason::signature_mismatch);
}

TEST(Verification, APositiveRowOutranksANegativeOne) {
  const dns::Sighting gone =
      test::seen(test::negative_sighting(dns::AnswerKind::no_such_name), k2024, k2024 + 10);
  const dns::Sighting key = test::seen(test::txt_sighting({good_key()}), k2010, k2010 + 10);
  EXPECT_EQ(verify(plain(), {gone, key}, at(k2024 + 5)).reason, Reason::none);
  EXPECT_EQ(verify(plain(), {gone}, at(k2024 + 5)).reason, Reason::no_key);
}

/// A message signed with rsa-sha1, or with a key of another size.
SignatureFacts sha1_facts() {
  test::SignatureForm form = test::replaced("rsa-sha256", "rsa-sha1");
  form.hash = mkcorpus::Hash::sha1;
  return facts_of(test::signed_plain_message(form));
}
SignatureFacts facts_with(const mkcorpus::SigningKey& key) {
  return facts_of(test::signed_message(test::plain_fields(), test::plain_body(), {}, key));
}

// rsa-sha1 MUST NOT be relied on; whether it matches is said all the same. [RFC8301 3.1]
TEST(Verification, Sha1IsPolicy) {
  const SignatureFacts facts = sha1_facts();
  SignatureVerdict verdict = verify(facts, {test::txt_sighting({good_key()})}, at(k2018 - 1));
  EXPECT_EQ(verdict.status, Status::policy);
  EXPECT_EQ(verdict.reason, Reason::algorithm_obsolete);
  EXPECT_EQ(verdict.signature, Match::match);
  EXPECT_TRUE(has(verdict, Note::valid_under_rules_of_its_time));
  verdict = verify(facts, {test::txt_sighting({good_key()})}, at(k2018));
  EXPECT_EQ(verdict.status, Status::policy);
  EXPECT_FALSE(has(verdict, Note::valid_under_rules_of_its_time));
  EXPECT_FALSE(
      has(verify(facts, {test::txt_sighting({good_key()})}), Note::valid_under_rules_of_its_time));
  verdict = verify(facts, {test::txt_sighting({other_key()})}, at(k2010));
  EXPECT_EQ(verdict.status, Status::policy);
  EXPECT_EQ(verdict.signature, Match::mismatch);
  EXPECT_FALSE(has(verdict, Note::valid_under_rules_of_its_time));
  EXPECT_EQ(verify(facts, {test::txt_sighting({good_key("h=sha256")})}).reason,
            Reason::key_hash_mismatch);
}

// Under 1024 bits: not valid; from 1024 on: valid. [RFC8301 3.2]
TEST(Verification, ShortKeysArePolicy) {
  for (const unsigned bits : {512U, 1023U}) {
    const auto& key = test::rsa_key(bits);
    const SignatureFacts facts = facts_with(key);
    SignatureVerdict verdict =
        verify(facts, {test::txt_sighting({test::key_record(key)})}, at(k2010));
    EXPECT_EQ(verdict.status, Status::policy) << bits;
    EXPECT_EQ(verdict.reason, Reason::key_too_short) << bits;
    EXPECT_EQ(verdict.signature, Match::match) << bits;
    EXPECT_EQ(verdict.key->bits, bits);
    EXPECT_TRUE(has(verdict, Note::valid_under_rules_of_its_time)) << bits;
    verdict = verify(facts, {test::txt_sighting({test::key_record(key)})}, at(k2024));
    EXPECT_FALSE(has(verdict, Note::valid_under_rules_of_its_time)) << bits;
  }
  for (const unsigned bits : {1024U, 4096U}) {
    const auto& key = test::rsa_key(bits);
    EXPECT_EQ(verify(facts_with(key), {test::txt_sighting({test::key_record(key)})}).status,
              Status::pass)
        << bits;
  }
  SignatureFacts altered = facts_with(test::rsa_key(512));
  altered.body_match = Match::mismatch;
  const SignatureVerdict verdict =
      verify(altered, {test::txt_sighting({test::key_record(test::rsa_key(512))})}, at(k2010));
  EXPECT_EQ(verdict.status, Status::policy);
  EXPECT_FALSE(has(verdict, Note::valid_under_rules_of_its_time));
}

// Ed25519, with the key bare or wrapped. [RFC8463 3] [RFC8463 4.2]
TEST(Verification, Ed25519) {
  const auto& key = test::key_pool().ed25519.front();
  const SignatureFacts facts =
      facts_of(test::signed_message(test::plain_fields(), test::plain_body(),
                                    test::replaced("rsa-sha256", "ed25519-sha256"), key));
  const SignatureVerdict verdict = verify(facts, {test::txt_sighting({test::key_record(key)})});
  EXPECT_EQ(verdict.status, Status::pass);
  EXPECT_EQ(verdict.key->bits, 256U);
  EXPECT_TRUE(verdict.notes.empty());
  EXPECT_EQ(verify(facts, {test::txt_sighting({test::key_record(test::key_pool().ed25519.back())})})
                .reason,
            Reason::signature_mismatch);
  EXPECT_EQ(verify(facts, {test::txt_sighting({good_key()})}).reason, Reason::key_type_mismatch);
}

TEST(Verification, WrappedEd25519KeysAreNoted) {
  const SignatureFacts facts = facts_of(test::signed_message(
      test::plain_fields(), test::plain_body(), test::replaced("rsa-sha256", "ed25519-sha256"),
      test::key_pool().ed25519.front()));
  // The 32 octets are those of the key of the seed 'A'; the frame is that of RFC 8410.
  const SignatureVerdict verdict = verify(
      facts, {test::txt_sighting({"k=ed25519; p=MCowBQYDK2VwAyEA" +
                                  test::key_record(test::key_pool().ed25519.front())
                                      .substr(std::string("v=DKIM1; k=ed25519; p=").size())})});
  EXPECT_EQ(verdict.status, Status::pass);
  EXPECT_TRUE(has(verdict, Note::key_ed25519_spki));
}

// x= against the time of the check; none without one. [RFC6376 3.5]
TEST(Verification, Expiry) {
  SignatureFacts facts = plain();
  facts.expires_at = k2018;
  const std::vector<dns::Sighting> key = {test::txt_sighting({good_key()})};
  EXPECT_EQ(verify(facts, key, at(k2018)).reason, Reason::none);
  EXPECT_EQ(verify(facts, key, at(k2018 + 1)).reason, Reason::expired);
  EXPECT_EQ(verify(facts, key, at(k2018 + 1)).signature, Match::match);
  const SignatureVerdict timeless = verify(facts, key);
  EXPECT_EQ(timeless.reason, Reason::none);
  EXPECT_TRUE(has(timeless, Note::no_receive_time));
  // Expiry is in the field: it comes before the key.
  EXPECT_EQ(verify(facts, {test::txt_sighting({"p="})}, at(k2018 + 1)).reason, Reason::expired);
  facts.signed_at = k2018 - 10;
  EXPECT_FALSE(has(verify(facts, key, at(k2018 - 10)), Note::signed_in_future));
  EXPECT_TRUE(has(verify(facts, key, at(k2018 - 11)), Note::signed_in_future));
}

// t=y changes no result; t=s is a rule. [RFC6376 3.6.1]
TEST(Verification, Flags) {
  SignatureVerdict verdict = verify(plain(), {test::txt_sighting({good_key("t=y")})});
  EXPECT_EQ(verdict.status, Status::pass);
  EXPECT_TRUE(has(verdict, Note::key_testing));
  verdict = verify(plain(), {test::txt_sighting({other_key("t=y")})});
  EXPECT_EQ(verdict.status, Status::fail);
  EXPECT_TRUE(has(verdict, Note::key_testing));
  const SignatureFacts below =
      facts_of(test::signed_plain_message(test::with_tags("i=@news.example.com")));
  EXPECT_EQ(verify(below, {test::txt_sighting({good_key()})}).reason, Reason::none);
  EXPECT_EQ(verify(below, {test::txt_sighting({good_key("t=s")})}).reason, Reason::key_subdomain);
}

TEST(Verification, FaultsOfTheFieldComeFirst) {
  SignatureFacts facts = plain();
  for (const Reason fault : {Reason::signature_syntax, Reason::from_not_signed,
                             Reason::body_length_exceeds, Reason::too_many_signatures}) {
    facts.fault = fault;
    facts.expires_at = 1;
    EXPECT_EQ(verify(facts, {test::txt_sighting({good_key()})}, at(k2024)).reason, fault);
    EXPECT_EQ(verify(facts, nullptr, at(k2024)).reason, fault);
  }
}

}  // namespace
}  // namespace mailassay::dkim
