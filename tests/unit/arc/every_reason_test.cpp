// A vector for each reason of ARC: a message and DNS that yield it, from octets to verdict. The
// walk over the enumeration fails when a reason has none. [RFC8617 5.2] [RFC8617 4.1.1]
// [RFC8617 4.1.3] [RFC8617 4.2.1]
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "arc/reason.h"
#include "mailassay/verdict.h"
#include "support/exact_copy.h"
#include "support/sealed_message.h"
#include "support/signed_message.h"

namespace mailassay {
namespace {

using arc::Reason;
using mkcorpus::ArcSetOrder;
using test::altered;
using test::good_order;
using test::plain_mail;
using test::sealed_mail;

struct Vector {
  Reason reason;
  std::string message;
  std::string_view because = "";
  Limits limits = {};
};

/// A chain of `sets` whose last set is made otherwise.
template <typename Change>
std::string with_last_set(std::size_t sets, Change change) {
  test::SealedMessage message = sealed_mail(sets - 1);
  ArcSetOrder order = good_order(sets);
  change(order);
  return message.seal(order).text();
}

std::string with_seal(std::size_t sets, std::string_view from, std::string_view to) {
  return with_last_set(
      sets, [&](ArcSetOrder& order) { order.seal_form = altered(order.seal_form, from, to); });
}

std::string with_signature(std::size_t sets, std::string_view from, std::string_view to) {
  return with_last_set(sets, [&](ArcSetOrder& order) {
    order.message_signature_form = altered(order.message_signature_form, from, to);
  });
}

std::string with_results(std::size_t sets, std::string_view from, std::string_view to) {
  return with_last_set(sets, [&](ArcSetOrder& order) {
    order.results_form = altered(order.results_form, from, to);
  });
}

std::string with_status(std::size_t sets, std::string status) {
  return with_last_set(sets, [&](ArcSetOrder& order) { order.chain_status = std::move(status); });
}

/// A chain of `sets` that lacks some of the fields of set `instance`.
std::string without(std::size_t sets, std::size_t instance, bool results, bool signature,
                    bool seal) {
  test::SealedMessage message = sealed_mail(sets);
  mkcorpus::ArcSet& set = message.sets[instance - 1];
  if (results) set.results.clear();
  if (signature) set.message_signature.clear();
  if (seal) set.seal.clear();
  return message.text();
}

std::vector<Vector> limit_vectors() {
  Limits one_set;
  one_set.arc_sets = 1;
  Limits small_fields;
  small_fields.signature_field_bytes = 100;
  Limits two_names;
  two_names.signed_headers = 2;
  const std::string chain = sealed_mail(2).text();
  return {
      {Reason::too_many_sets, "ARC-Seal: i=51; cv=pass\r\n" + chain},
      {Reason::too_many_sets, "ARC-Authentication-Results: i=99; x\r\n" + chain},
      {Reason::sets_over_limit, chain, "", one_set},
      {Reason::field_over_limit, chain, "a field", small_fields},
      {Reason::field_over_limit, chain, "h=", two_names},
  };
}

std::vector<Vector> structure_vectors() {
  const std::string chain = sealed_mail(2).text();
  return {
      {Reason::sealed_as_failed, with_status(1, "fail")},
      {Reason::sealed_as_failed, with_status(3, "fail")},
      {Reason::sealed_as_failed, "ARC-Seal: nonsense\r\n" + with_status(2, "fail"),
       "step 2 comes before step 3"},
      {Reason::field_syntax, with_seal(2, "; cv", ";; cv")},
      {Reason::field_syntax, with_signature(1, "a=@A@", "a=@A@; a=@A@")},
      {Reason::field_syntax, "ARC-Message-Signature:\r\n" + chain},
      {Reason::bad_instance, with_seal(1, "i=@I@; ", "")},
      {Reason::bad_instance, with_seal(1, "i=@I@", "I=@I@")},
      {Reason::bad_instance, with_signature(1, "i=@I@", "i=")},
      {Reason::bad_instance, with_signature(2, "i=@I@", "i=02")},
      {Reason::bad_instance, with_signature(2, "i=@I@", "i=0")},
      {Reason::bad_instance, with_results(2, "i=@I@; mx.@D@;", "mx.@D@; i=@I@;")},
      {Reason::bad_instance, with_results(1, "i=@I@; mx", "i=@I@ mx")},
      {Reason::bad_instance, "ARC-Authentication-Results: mx.example; spf=pass\r\n" + chain},
      {Reason::duplicate_field, "ARC-Authentication-Results: i=1; x\r\n" + chain},
      {Reason::duplicate_field, "ARC-Seal: i=2; cv=pass\r\n" + chain},
      {Reason::duplicate_field, "ARC-Message-Signature: i=2; a=rsa-sha256\r\n" + chain},
      {Reason::missing_field, without(2, 2, true, false, false)},
      {Reason::missing_field, without(2, 2, false, false, true)},
      {Reason::missing_field, without(2, 1, false, true, false)},
      {Reason::missing_set, without(3, 2, true, true, true)},
      {Reason::missing_set, without(2, 1, true, true, true)},
      {Reason::bad_chain_status, with_status(1, "pass")},
      {Reason::bad_chain_status, with_status(2, "none")},
      {Reason::bad_chain_status, with_status(2, "Pass")},
      {Reason::bad_chain_status, with_status(2, "")},
      {Reason::bad_chain_status, with_seal(2, "cv=@CV@; ", "")},
      {Reason::bad_chain_status,
       test::plain_mail()
           .seal([] {
             ArcSetOrder order = good_order(1);
             order.chain_status = "fail";
             return order;
           }())
           .seal(good_order(2))
           .text(),
       "of a set that is not the newest"},
      {Reason::seal_names_fields, with_seal(1, "d=@D@", "d=@D@; h=from")},
      {Reason::seal_names_fields, with_seal(2, "d=@D@", "d=@D@; h=")},
  };
}

std::vector<Vector> signature_vectors() {
  const std::string chain = sealed_mail(2).text();
  test::SealedMessage covering = sealed_mail(1);
  ArcSetOrder order = good_order(2);
  order.signed_names = {"from", "arc-seal"};
  return {
      {Reason::none, sealed_mail(1).text()},
      {Reason::none, sealed_mail(3).text()},
      {Reason::covers_seal, covering.seal(order).text()},
      {Reason::message_signature_fails, chain + "more"},
      {Reason::message_signature_fails, altered(chain, "Subject: one", "Subject: two")},
      {Reason::message_signature_fails, with_signature(1, "d=@D@", "d=example")},
      {Reason::message_signature_fails, with_signature(1, "a=@A@", "a=rsa-sha1")},
      {Reason::message_signature_fails, with_signature(1, "t=@T@", "t=")},
      {Reason::message_signature_fails, with_signature(1, "t=@T@", "x=1000000000")},
      {Reason::seal_fails, altered(chain, "dmarc=pass", "dmarc=fail")},
      {Reason::seal_fails, with_seal(1, " s=@S@;", "")},
      {Reason::seal_fails, with_seal(1, "a=@A@", "a=rsa-sha1")},
      {Reason::seal_fails, with_seal(1, "a=@A@", "a=RSA-SHA256")},
      {Reason::seal_fails, with_seal(1, "t=@T@", "t=now")},
      {Reason::seal_fails, with_seal(2, "b=@B@", "b=AA@B@")},
      {Reason::message_signature_unknown, with_signature(2, "d=@D@", "d=unknown.example")},
      {Reason::seal_unknown, with_seal(2, "d=@D@", "d=unknown.example")},
      {Reason::seal_fails,
       altered(with_signature(2, "d=@D@", "d=unknown.example"), "dmarc=pass", "dmarc=fail"),
       "what is certain outranks what is not known"},
  };
}

std::vector<Vector> all_vectors() {
  std::vector<Vector> all = limit_vectors();
  for (const auto& more : {structure_vectors(), signature_vectors()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

TEST(EveryArcReason, VectorsYieldTheirReason) {
  test::GrowingView keys = test::sealer_keys(3);
  keys.add("arc._domainkey.unknown.example", test::negative_sighting(dns::AnswerKind::no_evidence));
  for (const Vector& vector : all_vectors()) {
    const std::string_view word = arc::entry_of(vector.reason).word;
    const test::ExactCopy copy(vector.message);
    const Dossier dossier = digest({copy.view()}, vector.limits);
    dns::Needs needs;
    JudgeOptions options;
    options.limits = vector.limits;
    const auto verdict = judge(dossier, keys, needs, options);
    ASSERT_TRUE(verdict) << word << ' ' << needs.questions().front().name;
    EXPECT_EQ(arc::entry_of(verdict->arc.reason).word, word) << vector.because << '\n'
                                                             << vector.message.substr(0, 1200);
    EXPECT_EQ(verdict->arc.result, arc::entry_of(vector.reason).result) << word;
  }
}

TEST(EveryArcReason, HasAVector) {
  // Faults of our own have no input that makes them: that would be a bug.
  std::set<Reason> yielded = {Reason::internal_error};
  for (const Vector& vector : all_vectors()) yielded.insert(vector.reason);
  for (const arc::ReasonEntry& entry : arc::reason_table()) {
    EXPECT_TRUE(yielded.contains(entry.reason)) << "no vector yields " << entry.word;
  }
}

}  // namespace
}  // namespace mailassay
