// The table of standings, row by row: what matches, what only nearly does, and the reason words.
// [RFC6008 4]
#include "mailassay/standing.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "support/standing_evidence.h"
#include "verdict/standing_row.h"
#include "verdict/standing_word.h"

namespace mailassay::standing {
namespace {

using Class = SignatureClass;
using test::add_signature;
using test::aligned_signature;
using test::other_signature;
using test::spoofed_mail;

/// One message, as a change of mail of which everything is known and that ends in row 10.
struct Case {
  const char* name;
  std::size_t row;
  Value value;
  const char* reasons;
  std::function<void(Evidence&)> change;
};

void sign(Evidence& evidence, Class outcome) {
  add_signature(evidence, aligned_signature(outcome));
}

Signature& last(Evidence& evidence) { return evidence.signatures.back(); }

/// Puts it into another message. SPF could not align anyway.
void enclose(Evidence& evidence) {
  evidence.is_enclosed = true;
  evidence.form.form = Form::enclosed;
  evidence.border = Border::none;
  evidence.spf.aligned = Aligned::no;
}

/// From an own domain, kept where it was written.
void keep_local(Evidence& evidence) {
  evidence.border = Border::none;
  evidence.from_is_own = true;
  evidence.hops = Hops::none;
  evidence.has_transit_trace = false;
  evidence.spf = {};
}

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      // Row 1.
      {"no author", 1, Value::malformed, "no-from",
       [](Evidence& e) { e.author = Author::no_from; }},
      {"authors of several domains", 1, Value::malformed, "many-from-domains",
       [](Evidence& e) { e.author = Author::many_domains; }},
      {"unreadable From", 1, Value::malformed, "bad-from",
       [](Evidence& e) { e.author = Author::bad_from; }},
      {"a disk image", 1, Value::malformed, "not-a-message",
       [](Evidence& e) { e.author = Author::not_a_message; }},
      {"a signature does not help without an author", 1, Value::malformed, "no-from",
       [](Evidence& e) {
         e.author = Author::no_from;
         sign(e, Class::verifies);
       }},

      // Row 2.
      {"signed", 2, Value::authenticated, "dkim-aligned",
       [](Evidence& e) { sign(e, Class::verifies); }},
      {"a key of another time proves itself", 2, Value::authenticated, "dkim-aligned",
       [](Evidence& e) {
         sign(e, Class::verifies);
         last(e).key_fresh = false;
       }},
      {"all that has to be said", 2, Value::authenticated,
       "dkim-aligned dkim-partial weak-key sha1-era test-key",
       [](Evidence& e) {
         sign(e, Class::verifies);
         last(e).is_partial = last(e).is_weak = last(e).is_sha1 = last(e).is_test_key = true;
       }},
      {"the better of two", 2, Value::authenticated, "dkim-aligned test-key",
       [](Evidence& e) {
         sign(e, Class::verifies);
         last(e).is_partial = last(e).is_sha1 = true;
         sign(e, Class::verifies);
         last(e).is_test_key = true;
       }},
      {"one of two is enough", 2, Value::authenticated, "dkim-aligned",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         sign(e, Class::verifies);
       }},
      {"in any form", 2, Value::authenticated, "dkim-aligned",
       [](Evidence& e) {
         sign(e, Class::verifies);
         e.form.form = Form::excerpt;
       }},
      {"in another message", 2, Value::authenticated, "dkim-aligned",
       [](Evidence& e) {
         enclose(e);
         sign(e, Class::verifies);
       }},
      {"a signature of another domain is none", 10, Value::disowned,
       "policy-reject unaligned:esp.example",
       [](Evidence& e) { add_signature(e, other_signature(Class::verifies)); }},
      {"a signature that counts for none is none", 10, Value::disowned, "policy-reject",
       [](Evidence& e) { sign(e, Class::counts_for_none); }},

      // Row 3.
      {"changed since a receiver saw it pass", 3, Value::altered, "changed-after-receipt",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
       }},
      {"the header was changed", 3, Value::altered, "changed-after-receipt added:subject-tag",
       [](Evidence& e) {
         sign(e, Class::other_header);
         last(e).added = {"subject-tag"};
         e.witnesses = {test::witness_of_pass(true)};
         e.form.form = Form::known_additions;
       }},
      {"SPF passes, and it was changed all the same", 3, Value::altered,
       "changed-after-receipt added:footer",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         last(e).added = {"footer"};
         e.spf.status = SpfStatus::pass;
         e.witnesses = {test::witness_of_pass()};
       }},
      {"a record of another selector", 8, Value::altered, "body-altered",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
         e.witnesses[0].selector = "s2";
       }},
      {"a record of another signature of that key", 8, Value::altered, "body-altered",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
         e.witnesses[0].value_prefix = "AbCdEfGx";
       }},
      {"a record in another case", 8, Value::altered, "body-altered",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
         e.witnesses[0].value_prefix = "abcdefgh";
       }},
      {"a record of all characters that are known", 3, Value::altered, "changed-after-receipt",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
         e.witnesses[0].value_prefix = "AbCdEfGh";
       }},
      {"a record that is too short to tell", 8, Value::altered, "body-altered",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
         e.witnesses[0].value_prefix = "AbCdEfG";
       }},
      {"a record that does not say which", 8, Value::altered, "body-altered",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {{false, true, "example.com", "", ""}};
       }},
      {"the store quoted lines", 8, Value::altered, "body-altered",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
         e.form.form = Form::escaped;
       }},
      {"recorded, and an encoding explains it", 7, Value::attested,
       "verifies-after:dot-unstuff",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         last(e).verifies_after = {"dot-unstuff"};
         e.witnesses = {test::witness_of_pass()};
       }},
      {"recorded, and another key is missing", 9, Value::unverifiable, "no-evidence",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         sign(e, Class::unknown);
         e.witnesses = {test::witness_of_pass()};
       }},

      // Row 4.
      {"SPF", 4, Value::authenticated, "spf-aligned",
       [](Evidence& e) { e.spf.status = SpfStatus::pass; }},
      {"SPF over an inferred border", 4, Value::authenticated, "spf-aligned border-inferred",
       [](Evidence& e) {
         e.spf.status = SpfStatus::pass;
         e.border = Border::inferred;
       }},
      {"SPF outweighs a broken signature", 4, Value::authenticated, "spf-aligned",
       [](Evidence& e) {
         e.spf.status = SpfStatus::pass;
         sign(e, Class::body_differs);
       }},
      {"an SPF record of another time", 9, Value::unverifiable, "dns-not-fresh",
       [](Evidence& e) {
         e.spf.status = SpfStatus::pass;
         e.spf.gap = Gap::not_fresh;
       }},
      {"SPF without a client", 9, Value::unverifiable, "no-client-ip",
       [](Evidence& e) {
         e.spf.status = SpfStatus::pass;
         e.border = Border::none;
       }},
      {"SPF of another domain", 10, Value::disowned, "policy-reject unaligned:esp.example",
       [](Evidence& e) {
         e.spf.status = SpfStatus::pass;
         e.spf.aligned = Aligned::no;
         e.spf.domain = "esp.example";
       }},
      {"SPF, and it is not known whether it aligns", 9, Value::unverifiable, "no-evidence",
       [](Evidence& e) {
         e.spf.status = SpfStatus::pass;
         e.spf.aligned = Aligned::unknown;
       }},

      {"a claim of its form hides no change that is recorded", 9, Value::unverifiable,
       "form-regenerated",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
         e.form = {Form::regenerated, true};
         e.spf.status = SpfStatus::pass;
         e.arc_sets = {test::trusted_set()};
         e.is_journal_wrapper = true;
       }},

      // Row 5.
      {"a sent copy", 5, Value::local, "sent-copy", keep_local},
      {"a draft", 5, Value::local, "draft",
       [](Evidence& e) {
         keep_local(e);
         e.local.draft = true;
       }},
      {"a record of a customer system", 5, Value::local, "crm-log",
       [](Evidence& e) {
         keep_local(e);
         e.local.crm_log = true;
       }},
      {"submitted", 5, Value::local, "submitted",
       [](Evidence& e) {
         keep_local(e);
         e.hops = Hops::own;
         e.has_transit_trace = true;
         e.local.submitted = true;
       }},
      {"between own hosts", 5, Value::local, "internal-hops",
       [](Evidence& e) {
         keep_local(e);
         e.hops = Hops::own;
         e.has_transit_trace = true;
       }},
      {"a journal wrapper", 5, Value::local, "journal",
       [](Evidence& e) {
         keep_local(e);
         e.from_is_own = false;
         e.is_journal_wrapper = true;
       }},
      {"what looks like a journal wrapper, over a border", 10, Value::disowned, "policy-reject",
       [](Evidence& e) { e.is_journal_wrapper = true; }},
      {"a draft of somebody else, without any transit", 9, Value::unverifiable,
       "no-transit-evidence",
       [](Evidence& e) {
         keep_local(e);
         e.from_is_own = false;
         e.local.draft = true;
       }},
      {"an own From over a border", 10, Value::disowned, "policy-reject",
       [](Evidence& e) {
         e.from_is_own = true;
         e.hops = Hops::none;
       }},
      {"an own From through foreign hosts", 9, Value::unverifiable, "no-client-ip",
       [](Evidence& e) {
         keep_local(e);
         e.hops = Hops::foreign;
         e.has_transit_trace = true;
       }},
      {"an own From with a DKIM field", 9, Value::unverifiable, "no-transit-evidence",
       [](Evidence& e) {
         keep_local(e);
         e.has_dkim_field = true;
       }},
      {"an own From with ARC fields", 9, Value::unverifiable, "no-transit-evidence",
       [](Evidence& e) {
         keep_local(e);
         e.has_arc_field = true;
       }},

      // Row 6.
      {"a trusted sealer", 6, Value::forwarded, "arc-trusted:list.example",
       [](Evidence& e) { e.arc_sets = {test::trusted_set()}; }},
      {"a trusted list and a trusted forwarder", 6, Value::forwarded,
       "list-trusted:l.example forwarder-trusted:f.example",
       [](Evidence& e) {
         e.trusted_passes = {{true, true, "l.example"}, {false, true, "f.example"}};
       }},
      {"a sealer above whom somebody else sealed", 10, Value::disowned, "policy-reject",
       [](Evidence& e) {
         e.arc_sets = {test::trusted_set()};
         e.arc_sets[0].trusted_to_newest = false;
       }},
      {"a sealer that saw no client", 10, Value::disowned, "policy-reject",
       [](Evidence& e) {
         e.arc_sets = {test::trusted_set()};
         e.arc_sets[0].has_external_ip = false;
       }},
      {"a sealer that saw no pass", 10, Value::disowned, "policy-reject",
       [](Evidence& e) {
         e.arc_sets = {test::trusted_set()};
         e.arc_sets[0].has_aligned_pass = false;
       }},
      {"the sender as sealer", 10, Value::disowned, "policy-reject",
       [](Evidence& e) {
         e.arc_sets = {test::trusted_set()};
         e.arc_sets[0].is_sender = true;
       }},
      {"the final receiver as sealer", 10, Value::disowned, "policy-reject",
       [](Evidence& e) {
         e.arc_sets = {test::trusted_set()};
         e.arc_sets[0].is_final_receiver = true;
       }},
      {"a sealer whose key is not known", 9, Value::unverifiable, "dns-temperror",
       [](Evidence& e) { e.trust_gap = Gap::temporary; }},

      // Row 7.
      {"it fits after two reversals", 7, Value::attested,
       "verifies-after:mboxrd-unquote verifies-after:refold",
       [](Evidence& e) {
         sign(e, Class::other_header);
         last(e).verifies_after = {"mboxrd-unquote", "refold"};
         e.form.form = Form::escaped;
       }},
      {"Ed25519 fits after a reversal", 7, Value::attested, "verifies-after:refold",
       [](Evidence& e) {
         sign(e, Class::other_key);
         last(e).is_ed25519 = true;
         last(e).verifies_after = {"refold"};
       }},
      {"headers without a body", 7, Value::attested, "headers-proven",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.form.form = Form::headers_only;
       }},
      {"written anew by the store", 7, Value::attested, "headers-proven",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.form.form = Form::regenerated;
       }},
      {"recorded under a seal, and the key is gone", 7, Value::attested, "recorded-sealed",
       [](Evidence& e) {
         sign(e, Class::unknown);
         last(e).gap = Gap::gone;
         e.witnesses = {test::witness_of_pass(true)};
       }},
      {"recorded as text, and nothing is signed", 7, Value::attested, "recorded-text",
       [](Evidence& e) { e.witnesses = {{false, false, "", "", ""}}; }},
      {"recorded, and made with another key", 7, Value::attested, "recorded-text",
       [](Evidence& e) {
         sign(e, Class::other_key);
         e.witnesses = {test::witness_of_pass()};
       }},
      {"fields that claim such a store prove nothing", 9, Value::unverifiable,
       "form-regenerated",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.form = {Form::regenerated, true};
       }},
      {"an excerpt proves no header", 9, Value::unverifiable, "form-excerpt",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.form.form = Form::excerpt;
       }},

      {"in another message: a sealed record of a pass", 7, Value::attested, "recorded-sealed",
       [](Evidence& e) {
         enclose(e);
         e.witnesses = {test::witness_of_pass(true)};
       }},
      {"in another message: a header without its body", 7, Value::attested, "headers-proven",
       [](Evidence& e) {
         enclose(e);
         sign(e, Class::body_differs);
         e.form = {Form::headers_only, false};
       }},

      // Row 8.
      {"the body is another", 8, Value::altered, "body-altered",
       [](Evidence& e) { sign(e, Class::body_differs); }},
      {"the header is another", 8, Value::altered, "header-altered",
       [](Evidence& e) { sign(e, Class::other_header); }},
      {"a banner and a tag", 8, Value::altered,
       "body-altered header-altered added:banner added:external-tag added:subject-tag claims-list",
       [](Evidence& e) {
         e.claims_list = true;
         sign(e, Class::body_differs);
         last(e).added = {"banner", "external-tag"};
         sign(e, Class::other_header);
         last(e).added = {"subject-tag"};
       }},
      {"by a key of another time, which proves itself", 8, Value::altered, "body-altered",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         last(e).key_fresh = false;
       }},
      {"without a client", 8, Value::altered, "body-altered",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.border = Border::none;
         e.spf = {};
       }},
      {"of another domain only", 10, Value::disowned, "policy-reject",
       [](Evidence& e) { add_signature(e, other_signature(Class::body_differs)); }},
      {"and SPF might have passed", 9, Value::unverifiable, "dns-temperror",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.spf.status = SpfStatus::temperror;
       }},
      {"and a trusted sealer might have seen it pass", 9, Value::unverifiable, "key-gone",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         e.trust_gap = Gap::gone;
       }},
      {"and another signature might be of the author", 9, Value::unverifiable, "no-evidence",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         sign(e, Class::verifies);
         last(e).aligned = Aligned::unknown;
       }},
      {"it is not known whether it is of the author", 9, Value::unverifiable, "no-evidence",
       [](Evidence& e) {
         sign(e, Class::body_differs);
         last(e).aligned = Aligned::unknown;
       }},

      // Row 9.
      {"the key is gone", 9, Value::unverifiable, "key-gone",
       [](Evidence& e) {
         sign(e, Class::unknown);
         last(e).gap = Gap::gone;
       }},
      {"DNS failed", 9, Value::unverifiable, "dns-temperror",
       [](Evidence& e) {
         sign(e, Class::unknown);
         last(e).gap = Gap::temporary;
       }},
      {"DNS was not recorded", 9, Value::unverifiable, "no-evidence",
       [](Evidence& e) { sign(e, Class::unknown); }},
      {"another key stands there today", 9, Value::unverifiable, "key-replaced-or-forged",
       [](Evidence& e) {
         sign(e, Class::other_key);
         last(e).key_fresh = false;
       }},
      {"a mismatch of Ed25519", 9, Value::unverifiable, "key-replaced-or-forged",
       [](Evidence& e) {
         sign(e, Class::other_key);
         last(e).is_ed25519 = true;
       }},
      {"another header, written anew", 9, Value::unverifiable, "form-regenerated",
       [](Evidence& e) {
         sign(e, Class::other_header);
         e.form.form = Form::regenerated;
       }},
      {"another header, and no body", 9, Value::unverifiable, "form-headers-only",
       [](Evidence& e) {
         sign(e, Class::other_header);
         e.form.form = Form::headers_only;
       }},
      {"MAIL FROM is not known", 9, Value::unverifiable, "no-evidence",
       [](Evidence& e) {
         e.spf.gap = Gap::no_domain;
         e.spf.aligned = Aligned::unknown;
       }},
      {"the policy is not known", 9, Value::unverifiable, "no-evidence",
       [](Evidence& e) { e.dmarc.gap = Gap::no_evidence; }},
      {"the policy is of another time", 9, Value::unverifiable, "dns-not-fresh",
       [](Evidence& e) { e.dmarc.gap = Gap::not_fresh; }},
      {"planted: nothing shows that it was received", 9, Value::unverifiable,
       "no-transit-evidence",
       [](Evidence& e) {
         e.has_transit_trace = false;
         e.border = Border::none;
         e.spf = {};
       }},
      {"an excerpt", 9, Value::unverifiable, "form-excerpt",
       [](Evidence& e) { e.form.form = Form::excerpt; }},
      {"in another message: unsigned, from a stranger", 9, Value::unverifiable, "form-enclosed",
       [](Evidence& e) { enclose(e); }},
      {"in another message: from an own domain", 9, Value::unverifiable, "form-enclosed",
       [](Evidence& e) {
         enclose(e);
         e.from_is_own = true;
         e.hops = Hops::none;
       }},
      {"in another message: a journal report", 9, Value::unverifiable, "form-enclosed",
       [](Evidence& e) {
         enclose(e);
         e.is_journal_wrapper = true;
       }},
      {"in another message: SPF passes", 9, Value::unverifiable, "form-enclosed",
       [](Evidence& e) {
         enclose(e);
         e.border = Border::receiver;
         e.spf.status = SpfStatus::pass;
       }},
      {"in another message: another body below a genuine header", 9, Value::unverifiable,
       "form-enclosed",
       [](Evidence& e) {
         enclose(e);
         sign(e, Class::body_differs);
         e.witnesses = {test::witness_of_pass()};
       }},
      {"in another message: the same, by its fields written anew", 9, Value::unverifiable,
       "form-enclosed form-regenerated",
       [](Evidence& e) {
         enclose(e);
         sign(e, Class::body_differs);
         e.form = {Form::regenerated, false};
       }},
      {"in another message: another header", 9, Value::unverifiable, "form-enclosed",
       [](Evidence& e) {
         enclose(e);
         sign(e, Class::other_header);
       }},
      {"in another message: a record of a pass", 9, Value::unverifiable, "form-enclosed",
       [](Evidence& e) {
         enclose(e);
         e.witnesses = {test::witness_of_pass()};
       }},
      {"in another message: a pass for another domain", 9, Value::unverifiable, "form-enclosed",
       [](Evidence& e) {
         enclose(e);
         add_signature(e, other_signature(Class::verifies));
       }},
      {"SPF that cannot align is not waited for", 10, Value::disowned, "policy-reject",
       [](Evidence& e) {
         e.spf.gap = Gap::temporary;
         e.spf.aligned = Aligned::no;
       }},
      {"a key of another domain is not waited for", 10, Value::disowned, "policy-reject",
       [](Evidence& e) { add_signature(e, other_signature(Class::unknown)); }},

      // Row 10.
      {"spoofed", 10, Value::disowned, "policy-reject", [](Evidence&) {}},
      {"quarantine", 10, Value::disowned, "policy-quarantine",
       [](Evidence& e) { test::set_policy(e, Policy::quarantine); }},
      {"a profile of a provider makes a sure border", 10, Value::disowned, "policy-reject",
       [](Evidence& e) { e.border = Border::provider; }},
      {"trusted results make a sure border", 10, Value::disowned, "policy-reject",
       [](Evidence& e) { e.border = Border::trusted_results; }},
      {"an own sender that passes only for itself", 10, Value::disowned,
       "policy-reject own-sender:esp unaligned:esp.example",
       [](Evidence& e) {
         e.own_senders = {"esp"};
         add_signature(e, other_signature(Class::verifies));
       }},
      {"the key of the time did not make it", 10, Value::disowned,
       "policy-reject forged-signature claims-list",
       [](Evidence& e) {
         sign(e, Class::other_key);
         e.claims_list = true;
       }},
      {"the milder edition if it is not sure which", 10, Value::disowned, "policy-quarantine",
       [](Evidence& e) {
         e.dmarc.rules = DmarcRules::unsure;
         e.dmarc.rfc7489.policy = Policy::quarantine;
       }},
      {"the edition in force", 10, Value::disowned, "policy-quarantine",
       [](Evidence& e) {
         e.dmarc.rules = DmarcRules::rfc7489;
         e.dmarc.rfc7489.policy = Policy::quarantine;
       }},
      {"one edition of two passes", 12, Value::unauthenticated,
       "unsigned spf-fail policy-reject",
       [](Evidence& e) {
         e.dmarc.rules = DmarcRules::unsure;
         e.dmarc.rfc7489.fails = false;
       }},
      {"an inferred border", 12, Value::unauthenticated,
       "unsigned spf-fail policy-reject border-inferred",
       [](Evidence& e) { e.border = Border::inferred; }},
      {"no border", 12, Value::unauthenticated, "unsigned policy-reject",
       [](Evidence& e) {
         e.border = Border::none;
         e.spf.aligned = Aligned::no;
       }},

      // Row 11.
      {"an ESP without DMARC", 11, Value::unaligned, "dkim-unaligned:esp.example no-dmarc",
       [](Evidence& e) {
         add_signature(e, other_signature(Class::verifies));
         e.dmarc.rfc9989 = {true, false, Policy::none, false};
       }},
      {"SPF of an ESP", 11, Value::unaligned, "spf-unaligned:esp.example policy-none",
       [](Evidence& e) {
         e.spf = {SpfStatus::pass, Gap::none, Aligned::no, "esp.example"};
         test::set_policy(e, Policy::none);
       }},
      {"the policy is being tested", 11, Value::unaligned,
       "dkim-unaligned:esp.example policy-test border-inferred claims-list",
       [](Evidence& e) {
         add_signature(e, other_signature(Class::verifies));
         test::set_policy(e, Policy::none, true);
         e.border = Border::inferred;
         e.claims_list = true;
       }},
      {"SPF of another time for another domain", 12, Value::unauthenticated,
       "unsigned policy-none",
       [](Evidence& e) {
         e.spf = {SpfStatus::pass, Gap::not_fresh, Aligned::no, "esp.example"};
         test::set_policy(e, Policy::none);
       }},

      {"SPF for another domain without a client", 12, Value::unauthenticated,
       "unsigned policy-none",
       [](Evidence& e) {
         e.spf = {SpfStatus::pass, Gap::none, Aligned::no, "esp.example"};
         e.border = Border::none;
         test::set_policy(e, Policy::none);
       }},

      // Row 12.
      {"softfail", 12, Value::unauthenticated, "unsigned spf-softfail policy-none",
       [](Evidence& e) {
         e.spf.status = SpfStatus::softfail;
         test::set_policy(e, Policy::none);
       }},
      {"a broken signature of somebody else", 12, Value::unauthenticated,
       "spf-fail broken-unaligned policy-none claims-list",
       [](Evidence& e) {
         add_signature(e, other_signature(Class::body_differs));
         test::set_policy(e, Policy::none);
         e.claims_list = true;
       }},
      {"a forged signature without a policy", 12, Value::unauthenticated,
       "spf-fail forged-signature policy-none",
       [](Evidence& e) {
         sign(e, Class::other_key);
         test::set_policy(e, Policy::none);
       }},
      {"SPF says nothing", 12, Value::unauthenticated, "unsigned policy-quarantine",
       [](Evidence& e) {
         e.spf.status = SpfStatus::neutral;
         e.border = Border::none;
         e.spf.aligned = Aligned::no;
         test::set_policy(e, Policy::quarantine);
       }},
  };
  return kCases;
}

Standing standing_of(const Case& c) {
  Evidence evidence = spoofed_mail();
  c.change(evidence);
  return decide(evidence);
}

TEST(Standing, RowByRow) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.name);
    const Standing standing = standing_of(c);
    EXPECT_EQ(standing.row, c.row);
    EXPECT_EQ(entry_of(standing.value).text, entry_of(c.value).text);
    EXPECT_EQ(test::reasons_of(standing), c.reasons);
  }
}

TEST(Standing, EveryRowBeforeSaysWhyItDoesNotMatch) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.name);
    const Standing standing = standing_of(c);
    for (std::size_t row = 1; row <= kRowCount; ++row) {
      EXPECT_EQ(standing.misses[row - 1] == Miss::none, row >= standing.row) << "row " << row;
    }
  }
}

TEST(Standing, EveryWordHasACase) {
  std::set<std::string> seen;
  for (const Case& c : cases()) {
    for (const ReasonWord& reason : standing_of(c).reasons) {
      const WordEntry& entry = entry_of(reason.word);
      seen.emplace(entry.text);
      EXPECT_EQ(entry.has_parameter, !reason.parameter.empty()) << c.name;
    }
  }
  for (const WordEntry& entry : word_table()) {
    EXPECT_TRUE(seen.contains(std::string(entry.text))) << entry.text;
    EXPECT_EQ(entry.has_parameter, entry.sentence.find("{}") != std::string_view::npos)
        << entry.text;
  }
}

TEST(Standing, EveryValueRowAndMissHasACase) {
  std::set<Value> values;
  std::set<std::size_t> numbers;
  std::set<Miss> misses;
  for (const Case& c : cases()) {
    const Standing standing = standing_of(c);
    values.insert(standing.value);
    numbers.insert(standing.row);
    misses.insert(standing.misses.begin(), standing.misses.end());
  }
  EXPECT_EQ(values.size(), kValueCount);
  EXPECT_EQ(numbers.size(), kRowCount);
  for (std::size_t i = 0; i < kMissCount; ++i) {
    EXPECT_TRUE(misses.contains(static_cast<Miss>(i))) << sentence_of(static_cast<Miss>(i));
  }
}

TEST(Standing, WordsAreDistinct) {
  std::set<std::string_view> texts;
  for (const WordEntry& entry : word_table()) EXPECT_TRUE(texts.insert(entry.text).second);
  texts.clear();
  for (const ValueEntry& entry : value_table()) EXPECT_TRUE(texts.insert(entry.text).second);
}

TEST(Standing, TheTableIsNumberedAndItsLastRowMatchesAlways) {
  ASSERT_EQ(rows().size(), kRowCount);
  for (std::size_t i = 0; i < rows().size(); ++i) EXPECT_EQ(rows()[i].number, i + 1);
  EXPECT_EQ(rows().back().miss(Evidence{}), Miss::none);
}

// Without anything known there is nothing to be said.
TEST(Standing, EmptyEvidence) {
  const Standing standing = decide({});
  EXPECT_EQ(standing.value, Value::unverifiable);
  EXPECT_EQ(test::reasons_of(standing), "no-client-ip no-evidence");
}

}  // namespace
}  // namespace mailassay::standing
