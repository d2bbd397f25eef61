// Own mail against the rules of large receivers. [RFC8058 3.1] [RFC8058 4] [RFC8058 5]
#include "mailassay/bulk_sender.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/standing_evidence.h"
#include "verdict/bulk_sender_word.h"

namespace mailassay::bulk_sender {
namespace {

using standing::Aligned;
using standing::Border;
using standing::Evidence;
using standing::Gap;
using standing::SignatureClass;
using standing::SpfStatus;

struct Stream {
  Evidence evidence;
  std::vector<std::string_view> signed_fields;
  bool needs_one_click = true;
  bool has_list_fields = true;
  kind::ListFacts list;
};

/// A newsletter as it should be.
Stream good_stream() {
  Stream stream;
  stream.evidence = test::spoofed_mail();
  stream.evidence.spf.status = SpfStatus::pass;
  test::add_signature(stream.evidence, test::aligned_signature(SignatureClass::verifies));
  stream.signed_fields = {"from:to:subject:list-unsubscribe:list-unsubscribe-post"};
  stream.list.unsubscribe_fields = stream.list.unsubscribe_post_fields = 1;
  stream.list.https_uris = 1;
  stream.list.post_is_one_click = true;
  return stream;
}

std::string judged(const Stream& stream) {
  const Verdict verdict =
      bulk_sender_faults({stream.evidence, stream.signed_fields, stream.needs_one_click,
                          stream.has_list_fields ? &stream.list : nullptr});
  std::string text;
  for (const Fault fault : verdict.faults) text.append(entry_of(fault).word).append(" ");
  for (const Unknown unknown : verdict.unknown) text.append(word_of(unknown)).append(" ");
  if (!text.empty()) text.pop_back();
  return text;
}

struct Case {
  const char* name;
  const char* faults;
  std::function<void(Stream&)> change;
};

standing::Signature& signature(Stream& stream) { return stream.evidence.signatures.front(); }

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"as it should be", "", [](Stream&) {}},
      {"SPF of an ESP", "", [](Stream& s) { s.evidence.spf.aligned = Aligned::no; }},
      {"the signature of an ESP", "", [](Stream& s) { signature(s).aligned = Aligned::no; }},
      {"both of an ESP", "not-aligned",
       [](Stream& s) {
         s.evidence.spf.aligned = Aligned::no;
         signature(s).aligned = Aligned::no;
       }},
      {"no SPF record", "spf-missing", [](Stream& s) { s.evidence.spf.status = SpfStatus::none; }},
      {"SPF fails", "spf-not-pass", [](Stream& s) { s.evidence.spf.status = SpfStatus::fail; }},
      {"a broken SPF record", "spf-not-pass",
       [](Stream& s) { s.evidence.spf.status = SpfStatus::permerror; }},
      {"no client", "spf-unknown", [](Stream& s) { s.evidence.border = Border::none; }},
      {"an SPF record of another time", "spf-unknown",
       [](Stream& s) { s.evidence.spf.gap = Gap::not_fresh; }},
      {"no signature", "dkim-missing one-click-not-signed",
       [](Stream& s) {
         s.evidence.signatures.clear();
         s.evidence.has_dkim_field = false;
         s.signed_fields.clear();
       }},
      {"a forged signature", "dkim-not-pass one-click-not-signed",
       [](Stream& s) { signature(s).outcome = SignatureClass::other_key; }},
      {"a changed body", "dkim-not-pass one-click-not-signed",
       [](Stream& s) { signature(s).outcome = SignatureClass::body_differs; }},
      {"a body that the store changed", "",
       [](Stream& s) {
         signature(s).outcome = SignatureClass::body_differs;
         signature(s).verifies_after = {"mboxrd-unquote"};
       }},
      {"a store that writes mail anew", "dkim-unknown one-click-signature-unknown",
       [](Stream& s) {
         signature(s).outcome = SignatureClass::body_differs;
         s.evidence.form.form = Form::regenerated;
       }},
      {"the key is gone", "dkim-unknown one-click-signature-unknown",
       [](Stream& s) { signature(s).outcome = SignatureClass::unknown; }},
      {"neither is known", "spf-unknown dkim-unknown alignment-unknown one-click-signature-unknown",
       [](Stream& s) {
         signature(s).outcome = SignatureClass::unknown;
         s.evidence.spf.gap = Gap::temporary;
       }},
      {"it is not known whose the signature is", "spf-not-pass alignment-unknown",
       [](Stream& s) {
         signature(s).aligned = Aligned::unknown;
         s.evidence.spf.status = SpfStatus::softfail;
       }},
      {"no DMARC record", "dmarc-missing",
       [](Stream& s) {
         s.evidence.dmarc.rfc7489.has_record = s.evidence.dmarc.rfc9989.has_record = false;
       }},
      {"the DMARC record is not known", "dmarc-unknown",
       [](Stream& s) { s.evidence.dmarc.gap = Gap::no_evidence; }},
      {"no way out", "one-click-missing", [](Stream& s) { s.has_list_fields = false; }},
      {"no way out of a receipt", "",
       [](Stream& s) { s.has_list_fields = s.needs_one_click = false; }},
      {"another list field alone", "one-click-missing", [](Stream& s) { s.list = {}; }},
      {"a page alone", "one-click-missing", [](Stream& s) { s.list.unsubscribe_post_fields = 0; }},
      {"the pair alone", "one-click-missing", [](Stream& s) { s.list.unsubscribe_fields = 0; }},
      {"two pages", "one-click-repeated", [](Stream& s) { s.list.unsubscribe_fields = 2; }},
      {"twice one click", "one-click-repeated",
       [](Stream& s) { s.list.unsubscribe_post_fields = 2; }},
      {"no HTTPS", "one-click-no-https", [](Stream& s) { s.list.https_uris = 0; }},
      {"HTTP alone", "one-click-no-https",
       [](Stream& s) {
         s.list.https_uris = 0;
         s.list.http_uris = 1;
       }},
      {"HTTP beside", "one-click-several-uris", [](Stream& s) { s.list.http_uris = 1; }},
      {"two of HTTPS", "one-click-several-uris", [](Stream& s) { s.list.https_uris = 2; }},
      {"another pair", "one-click-value", [](Stream& s) { s.list.post_is_one_click = false; }},
      {"one of two is signed", "one-click-not-signed",
       [](Stream& s) { s.signed_fields = {"from:list-unsubscribe-post"}; }},
      {"each by another signature", "one-click-not-signed",
       [](Stream& s) {
         test::add_signature(s.evidence, test::other_signature(SignatureClass::verifies));
         s.signed_fields = {"from:list-unsubscribe", "from:list-unsubscribe-post"};
       }},
      {"by a signature of an ESP", "",
       [](Stream& s) {
         test::add_signature(s.evidence, test::other_signature(SignatureClass::verifies));
         s.signed_fields = {"from", s.signed_fields.front()};
       }},
  };
  return kCases;
}

TEST(BulkSender, Table) {
  for (const Case& c : cases()) {
    Stream stream = good_stream();
    c.change(stream);
    EXPECT_EQ(judged(stream), c.faults) << c.name;
  }
}

TEST(BulkSender, EveryWordHasACase) {
  std::string all;
  for (const Case& c : cases()) all.append(" ").append(c.faults).append(" ");
  std::set<std::string_view> words;
  for (const FaultEntry& entry : fault_table()) {
    EXPECT_NE(all.find(" " + std::string(entry.word) + " "), std::string::npos) << entry.word;
    EXPECT_TRUE(words.insert(entry.word).second);
    EXPECT_TRUE(entry.gmail && entry.yahoo) << entry.word;
  }
  for (std::size_t i = 0; i < kUnknownCount; ++i) {
    const std::string_view word = word_of(static_cast<Unknown>(i));
    EXPECT_NE(all.find(" " + std::string(word) + " "), std::string::npos) << word;
  }
}

// Microsoft asks for authentication, and recommends the rest.
TEST(BulkSender, WhoAsks) {
  for (const FaultEntry& entry : fault_table()) {
    EXPECT_EQ(entry.microsoft, !entry.word.starts_with("one-click")) << entry.word;
    EXPECT_EQ(entry.is_of_one_click, entry.word.starts_with("one-click")) << entry.word;
  }
}

constexpr std::chrono::sys_seconds at(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) /
                               std::chrono::day(day));
}

// Nobody is blamed by a rule that came later.
TEST(BulkSender, SinceWhen) {
  struct {
    std::optional<std::chrono::sys_seconds> time;
    Fault fault;
    const char* askers;
  } const kCases[] = {
      {std::nullopt, Fault::dkim_missing, "Gmail, Yahoo, Microsoft"},
      {std::nullopt, Fault::one_click_value, "Gmail, Yahoo"},
      {at(2024, 1, 31), Fault::dkim_missing, ""},
      {at(2024, 2, 1), Fault::dkim_missing, "Gmail, Yahoo"},
      {at(2024, 2, 1), Fault::one_click_missing, ""},
      {at(2024, 5, 31), Fault::one_click_missing, ""},
      {at(2024, 6, 1), Fault::one_click_missing, "Gmail, Yahoo"},
      {at(2025, 5, 4), Fault::dmarc_missing, "Gmail, Yahoo"},
      {at(2025, 5, 5), Fault::dmarc_missing, "Gmail, Yahoo, Microsoft"},
      {at(2025, 5, 5), Fault::one_click_not_signed, "Gmail, Yahoo"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(askers_of(c.fault, c.time), c.askers);
    EXPECT_EQ(is_asked_at(c.fault, c.time), *c.askers != '\0');
  }
}

}  // namespace
}  // namespace mailassay::bulk_sender
