// Integrity, basis and direction.
#include "mailassay/axes.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "support/standing_evidence.h"
#include "verdict/standing_word.h"

namespace mailassay::standing {
namespace {

using Class = SignatureClass;
using test::add_signature;
using test::aligned_signature;
using test::other_signature;

void sign(Evidence& evidence, Class outcome) {
  add_signature(evidence, aligned_signature(outcome));
}

struct IntegrityCase {
  const char* name;
  Integrity value;
  const char* by;
  std::function<void(Evidence&)> change;
};

const std::vector<IntegrityCase>& integrity_cases() {
  static const std::vector<IntegrityCase> kCases = {
      {"whole", Integrity::intact, "example.com", [](Evidence& e) { sign(e, Class::verifies); }},
      {"by another domain, though the author's own differs", Integrity::intact, "esp.example",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         add_signature(e, other_signature(Class::verifies));
       }},
      {"by two, each once", Integrity::intact, "example.com,esp.example",
       [](Evidence& e) {
         sign(e, Class::verifies);
         sign(e, Class::verifies);
         add_signature(e, other_signature(Class::verifies));
       }},
      {"by the newest ARC signature", Integrity::intact, "list.example",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.newest_arc_signature = aligned_signature(Class::verifies);
         e.newest_arc_signature->domain = "list.example";
       }},
      {"partly", Integrity::partial, "example.com",
       [](Evidence& e) {
         sign(e, Class::verifies);
         e.signatures[0].is_partial = true;
       }},
      {"whole by one of two", Integrity::intact, "esp.example",
       [](Evidence& e) {
         sign(e, Class::verifies);
         e.signatures[0].is_partial = true;
         add_signature(e, other_signature(Class::verifies));
       }},
      {"restored", Integrity::restored, "example.com",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.signatures[0].verifies_after = {"dot-unstuff"};
       }},
      {"the body is another", Integrity::altered, "example.com",
       [](Evidence& e) { sign(e, Class::body_differs); }},
      {"the header is another", Integrity::altered, "example.com",
       [](Evidence& e) { sign(e, Class::other_header); }},
      {"escaped, and not by that alone", Integrity::altered, "example.com",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.form.form = Form::escaped;
       }},
      {"written anew", Integrity::headers, "example.com",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.form.form = Form::regenerated;
       }},
      {"no body", Integrity::headers, "example.com",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.form.form = Form::headers_only;
       }},
      {"another signature might verify", Integrity::headers, "example.com",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         add_signature(e, other_signature(Class::unknown));
       }},
      {"another header, written anew", Integrity::unknown, "",
       [](Evidence& e) {
         sign(e, Class::other_header);
         e.form.form = Form::regenerated;
       }},
      {"no signature", Integrity::unsigned_mail, "", [](Evidence&) {}},
      {"none that counts", Integrity::unsigned_mail, "",
       [](Evidence& e) { sign(e, Class::counts_for_none); }},
      {"the key is gone", Integrity::unknown, "", [](Evidence& e) { sign(e, Class::unknown); }},
      {"another key tells nothing of the content", Integrity::unknown, "",
       [](Evidence& e) { sign(e, Class::other_key); }},
  };
  return kCases;
}

TEST(Integrity, Table) {
  std::set<Integrity> seen;
  for (const IntegrityCase& c : integrity_cases()) {
    SCOPED_TRACE(c.name);
    Evidence evidence = test::spoofed_mail();
    c.change(evidence);
    const IntegrityVerdict verdict = integrity_of(evidence);
    EXPECT_EQ(word_of(verdict.value), word_of(c.value));
    std::string by;
    for (const std::string& domain : verdict.by) by += (by.empty() ? "" : ",") + domain;
    EXPECT_EQ(by, c.by);
    seen.insert(verdict.value);
  }
  EXPECT_EQ(seen.size(), kIntegrityCount);
}

struct BasisCase {
  const char* name;
  std::size_t row;
  std::optional<Basis> basis;
  std::function<void(Evidence&)> change;
};

const std::vector<BasisCase>& basis_cases() {
  static const std::vector<BasisCase> kCases = {
      {"malformed", 1, std::nullopt, [](Evidence& e) { e.author = Author::no_from; }},
      {"a key of the time", 2, Basis::fresh, [](Evidence& e) { sign(e, Class::verifies); }},
      {"a key of today", 2, Basis::later,
       [](Evidence& e) {
         sign(e, Class::verifies);
         e.signatures[0].key_fresh = false;
       }},
      {"one of two keys of the time", 2, Basis::fresh,
       [](Evidence& e) {
         sign(e, Class::verifies);
         e.signatures[0].key_fresh = false;
         sign(e, Class::verifies);
       }},
      {"a key and a record", 3, Basis::mixed,
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
       }},
      {"SPF", 4, Basis::fresh, [](Evidence& e) { e.spf.status = SpfStatus::pass; }},
      {"a journal", 5, std::nullopt,
       [](Evidence& e) {
         e.border = Border::none;
         e.is_journal_wrapper = true;
       }},
      {"a sealer's record", 6, Basis::recorded,
       [](Evidence& e) { e.arc_sets = {test::trusted_set()}; }},
      {"a trusted list of today's key", 6, Basis::later,
       [](Evidence& e) {
         e.trusted_passes = {{true, false, "list.example"}};
       }},
      {"a restored message", 7, Basis::later,
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.signatures[0].key_fresh = false;
         e.signatures[0].verifies_after = {"refold"};
       }},
      {"a receiver's record", 7, Basis::recorded,
       [](Evidence& e) {
         sign(e, Class::unknown);
         e.witnesses = {test::witness_of_pass()};
       }},
      {"altered by today's key", 8, Basis::later,
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.signatures[0].key_fresh = false;
       }},
      {"an SPF record of today", 9, Basis::mixed, [](Evidence& e) { e.spf.gap = Gap::not_fresh; }},
      {"nothing is known", 9, std::nullopt,
       [](Evidence& e) {
         e.spf = {};
         e.dmarc = {};
       }},
      {"all is of the time", 10, Basis::fresh, [](Evidence&) {}},
      {"another domain's key of today", 11, Basis::mixed,
       [](Evidence& e) {
         add_signature(e, other_signature(Class::verifies));
         e.signatures[0].key_fresh = false;
         test::set_policy(e, Policy::none);
       }},
  };
  return kCases;
}

TEST(Basis, Table) {
  std::set<Basis> seen;
  for (const BasisCase& c : basis_cases()) {
    SCOPED_TRACE(c.name);
    Evidence evidence = test::spoofed_mail();
    c.change(evidence);
    const Standing standing = decide(evidence);
    EXPECT_EQ(standing.row, c.row);
    const auto basis = basis_of(evidence, standing);
    EXPECT_EQ(basis ? word_of(*basis) : "-", c.basis ? word_of(*c.basis) : "-");
    if (basis) seen.insert(*basis);
  }
  EXPECT_EQ(seen.size(), kBasisCount);
}

TEST(Direction, Table) {
  using enum Recipients;
  struct Case {
    const char* name;
    Direction direction;
    Transit transit;
  };
  const Case cases[] = {
      {"over a border", Direction::inbound, {Border::receiver, Hops::foreign, false, false}},
      {"over an inferred border", Direction::inbound, {Border::inferred, Hops::foreign}},
      {"an own From over a border is inbound all the same",
       Direction::inbound,
       {Border::receiver, Hops::foreign, true, false, some_foreign}},
      {"to a copy address",
       Direction::copy,
       {Border::receiver, Hops::foreign, true, false, some_foreign, true}},
      {"a sent copy to others",
       Direction::outbound,
       {Border::none, Hops::none, true, true, some_foreign}},
      {"submitted to others",
       Direction::outbound,
       {Border::none, Hops::own, true, true, some_foreign}},
      {"between own addresses",
       Direction::internal,
       {Border::none, Hops::own, true, true, all_own}},
      {"to nobody in particular",
       Direction::unknown,
       {Border::none, Hops::own, true, true, unknown}},
      {"an own From through foreign hosts",
       Direction::unknown,
       {Border::none, Hops::foreign, true, false, some_foreign}},
      {"an own From, signed, without transit",
       Direction::unknown,
       {Border::none, Hops::none, true, false, some_foreign}},
      {"a foreign From without transit",
       Direction::unknown,
       {Border::none, Hops::none, false, true, all_own}},
      {"nothing is known", Direction::unknown, {}},
  };
  std::set<Direction> seen;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(word_of(direction_of(c.transit)), word_of(c.direction));
    seen.insert(c.direction);
  }
  EXPECT_EQ(seen.size(), kDirectionCount);
}

// From alone never tells: without a transit that says so, an own From changes nothing.
TEST(Direction, FromAloneNeverTells) {
  for (const Border border : {Border::none, Border::inferred, Border::receiver}) {
    for (const Recipients recipients : {Recipients::unknown, Recipients::all_own}) {
      Transit transit{border, Hops::foreign, false, false, recipients, false};
      const Direction before = direction_of(transit);
      transit.from_is_own = true;
      EXPECT_EQ(direction_of(transit), before);
    }
  }
}

}  // namespace
}  // namespace mailassay::standing
