// A vector for each reason: a message and DNS that yield it, from octets to verdict. The walk over
// the enumeration fails when a reason has none. [RFC6376 6.1.1] [RFC6376 6.1.2] [RFC6376 6.1.3]
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "dkim/reason.h"
#include "mailassay/verdict.h"
#include "support/exact_copy.h"
#include "support/growing_view.h"
#include "support/signed_message.h"

namespace mailassay {
namespace {

using dkim::Reason;
using dns::AnswerKind;
using dns::Failure;
using test::replaced;
using test::with_tags;

struct Vector {
  Reason reason;
  std::string message;
  dns::Sighting key;
  std::size_t signature = 0;
  Limits limits = {};
};

std::string signed_as(const test::SignatureForm& form) { return test::signed_plain_message(form); }

dns::Sighting key(std::string_view tags = "") {
  return test::txt_sighting({test::key_record(test::key_pool().rsa_2048.front(), tags)});
}

Vector field(Reason reason, const test::SignatureForm& form) {
  return {reason, signed_as(form), key()};
}

Vector dns(Reason reason, dns::Sighting sighting) {
  return {reason, signed_as({}), std::move(sighting)};
}

std::vector<Vector> field_vectors() {
  Limits one_signature;
  one_signature.signatures = 1;
  Limits two_names;
  two_names.signed_headers = 1;
  const std::string twice =
      signed_as({}).substr(0, signed_as({}).find("Received:")) + signed_as({});
  return {
      field(Reason::none, {}),
      {Reason::signature_too_large, signed_as({}), key(), 0, two_names},
      {Reason::too_many_signatures, twice, key(), 1, one_signature},
      field(Reason::signature_syntax, with_tags(";")),
      field(Reason::duplicate_tag, with_tags("d=example.com")),
      field(Reason::missing_tag, replaced(" s=s1;", "")),
      field(Reason::unknown_version, replaced("v=1", "v=2")),
      field(Reason::unknown_algorithm, replaced("rsa-sha256", "rsa-md5")),
      field(Reason::unknown_canonicalization, replaced("relaxed/relaxed", "nowsp")),
      field(Reason::unknown_query_method, with_tags("q=http/x")),
      field(Reason::bad_signature_data, replaced("b=%B%", "b=%B%!")),
      field(Reason::bad_body_hash_data, replaced("bh=%BH%", "bh=AAAA")),
      field(Reason::bad_domain, replaced("d=example.com", "d=com")),
      field(Reason::bad_selector, replaced("s=s1", "s=s/1")),
      field(Reason::bad_signed_headers, replaced("h=from:subject", "h=")),
      field(Reason::bad_auid, with_tags("i=jo")),
      field(Reason::bad_body_length, with_tags("l=-1")),
      field(Reason::bad_timestamp, with_tags("t=now")),
      field(Reason::bad_expiration, with_tags("t=2; x=1")),
      field(Reason::from_not_signed, replaced("from:subject", "subject")),
      field(Reason::auid_domain_mismatch, with_tags("i=@example.org")),
      field(Reason::body_length_exceeds, with_tags("l=1000000")),
      field(Reason::expired, with_tags("x=1000000000")),
  };
}

std::vector<Vector> key_vectors() {
  const auto failure = [](Failure kind) {
    return test::negative_sighting(AnswerKind::temporary_failure, kind);
  };
  return {
      dns(Reason::dns_timeout, failure(Failure::timeout)),
      dns(Reason::dns_servfail, failure(Failure::servfail)),
      dns(Reason::dns_deadline, failure(Failure::deadline)),
      dns(Reason::no_evidence, test::negative_sighting(AnswerKind::no_evidence)),
      dns(Reason::no_key, test::negative_sighting(AnswerKind::no_such_name)),
      dns(Reason::no_key, test::negative_sighting(AnswerKind::no_data)),
      dns(Reason::key_syntax, test::txt_sighting({"hello"})),
      dns(Reason::key_version, test::txt_sighting({"v=DKIM2; p=AAAA"})),
      dns(Reason::key_service, key("s=other")),
      dns(Reason::key_hash_mismatch, key("h=sha1")),
      dns(Reason::key_revoked, test::txt_sighting({"v=DKIM1; p="})),
      dns(Reason::key_type_mismatch,
          test::txt_sighting({test::key_record(test::key_pool().ed25519.front())})),
      dns(Reason::key_data, test::txt_sighting({"v=DKIM1; p=AAAA"})),
      {Reason::key_subdomain, signed_as(with_tags("i=@a.example.com")), key("t=s")},
  };
}

std::vector<Vector> mathematics_vectors() {
  std::string altered_body = signed_as({}) + "more";
  std::string altered_subject = signed_as({});
  altered_subject.replace(altered_subject.find("Subject: one"), 12, "Subject: two");
  test::SignatureForm sha1 = replaced("rsa-sha256", "rsa-sha1");
  sha1.hash = mkcorpus::Hash::sha1;
  const auto& short_key = test::rsa_key(512);
  return {
      {Reason::body_hash_mismatch, altered_body, key()},
      {Reason::signature_mismatch, altered_subject, key()},
      {Reason::algorithm_obsolete, signed_as(sha1), key()},
      {Reason::key_too_short,
       test::signed_message(test::plain_fields(), test::plain_body(), {}, short_key),
       test::txt_sighting({test::key_record(short_key)})},
  };
}

std::vector<Vector> all_vectors() {
  std::vector<Vector> all = field_vectors();
  for (const auto& more : {key_vectors(), mathematics_vectors()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

// [RFC6376 3.9]
TEST(EveryReason, VectorsYieldTheirReason) {
  for (const Vector& vector : all_vectors()) {
    const std::string_view word = dkim::entry_of(vector.reason).word;
    const test::ExactCopy copy(vector.message);
    const Dossier dossier = digest({copy.view()}, vector.limits);
    test::GrowingView table;
    table.add("s1._domainkey.example.com", vector.key);
    dns::Needs needs;
    JudgeOptions options;
    options.limits = vector.limits;
    const auto verdict = judge(dossier, table, needs, options);
    ASSERT_TRUE(verdict) << word;
    ASSERT_GT(verdict->signatures.size(), vector.signature) << word;
    const dkim::SignatureVerdict& signature = verdict->signatures[vector.signature];
    EXPECT_EQ(signature.reason, vector.reason)
        << word << ", got " << dkim::entry_of(signature.reason).word;
    EXPECT_EQ(signature.status, dkim::entry_of(vector.reason).status) << word;
  }
}

TEST(EveryReason, HasAVector) {
  // Faults of our own have no input that makes them: that would be a bug.
  std::set<Reason> yielded = {Reason::internal_error};
  for (const Vector& vector : all_vectors()) yielded.insert(vector.reason);
  for (const dkim::ReasonEntry& entry : dkim::reason_table()) {
    EXPECT_TRUE(yielded.contains(entry.reason)) << "no vector yields " << entry.word;
  }
}

}  // namespace
}  // namespace mailassay
