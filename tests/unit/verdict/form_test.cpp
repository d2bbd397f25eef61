// The form of storage, of a message and of an archive.
#include "mailassay/form.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "mailassay/archive_form.h"
#include "verdict/standing_word.h"

namespace mailassay {
namespace {

TEST(Form, Table) {
  struct Case {
    const char* name;
    FormFacts facts;
    FormEvidence evidence;
    FormVerdict verdict;
  };
  const Case cases[] = {
      {"plain", {}, {}, {Form::raw, false}},
      {"a body hash that differs is no form", {}, {.body_hash_differs = true}, {Form::raw, false}},
      {"an empty body is a body", {.has_body = false}, {}, {Form::raw, false}},
      {"fields of a store", {.store_fields = true}, {}, {Form::known_additions, false}},
      {"quoted lines", {}, {.from_quoting = true}, {Form::escaped, false}},
      {"quoted lines, and fields of a store",
       {.store_fields = true},
       {.from_quoting = true},
       {Form::escaped, false}},
      {"readpst", {.libpst_boundary = true}, {}, {Form::regenerated, true}},
      {"readpst, and quoted lines",
       {.libpst_boundary = true},
       {.from_quoting = true},
       {Form::regenerated, true}},
      {"its fields alone", {.libpst_fields = true}, {}, {Form::regenerated, true}},
      {"those of Exchange", {.exchange_fields = true}, {}, {Form::regenerated, true}},
      {"those, and the archive bears it out",
       {.exchange_fields = true},
       {.store_regenerates = true},
       {Form::regenerated, false}},
      {"no body, and hashes that tell of one",
       {.has_body = false},
       {.body_hash_differs = true},
       {Form::headers_only, false}},
      {"no body, and parts are named",
       {.names_parts = true, .has_body = false},
       {},
       {Form::headers_only, false}},
      {"parts and a body", {.names_parts = true}, {}, {Form::raw, false}},
      {"pipermail", {.few_fields = true, .obfuscated_from = true}, {}, {Form::excerpt, false}},
      {"few fields and an address", {.few_fields = true}, {}, {Form::raw, false}},
      {"no address, and more fields", {.obfuscated_from = true}, {}, {Form::raw, false}},
      {"a file of excerpts", {}, {.store_excerpts = true}, {Form::excerpt, false}},
      {"a file of excerpts, of which one was received",
       {.has_transit = true},
       {.store_excerpts = true},
       {Form::raw, false}},
      {"excerpts do not become escaped",
       {},
       {.from_quoting = true, .body_hash_differs = true, .store_excerpts = true},
       {Form::excerpt, false}},
      {"parts are kept elsewhere", {}, {.store_holds_back_parts = true}, {Form::raw, false}},
      {"parts are kept elsewhere, and are missed",
       {},
       {.body_hash_differs = true, .store_holds_back_parts = true},
       {Form::headers_only, false}},
      {"in another message", {}, {.is_enclosed = true}, {Form::enclosed, false}},
      {"in another message, with fields of a store",
       {.store_fields = true},
       {.from_quoting = true, .is_enclosed = true},
       {Form::enclosed, false}},
      {"in another message, without its body",
       {.names_parts = true, .has_body = false},
       {.is_enclosed = true},
       {Form::headers_only, false}},
      {"in another message, as a header",
       {},
       {.is_enclosed = true, .is_header_only = true},
       {Form::headers_only, false}},
      {"a header alone, with a trace of its way",
       {.has_transit = true, .has_body = false},
       {.store_keeps_headers = true},
       {Form::headers_only, false}},
      {"a header alone, with a signature, and fields of Exchange",
       {.exchange_fields = true, .has_body = false},
       {.body_hash_differs = true, .store_keeps_headers = true, .has_signature_fields = true},
       {Form::headers_only, false}},
      {"a header alone, of which only what a list shows is left",
       {.few_fields = true, .has_body = false},
       {.store_keeps_headers = true},
       {Form::excerpt, false}},
      {"a header alone, and something behind it",
       {.store_fields = true},
       {.store_keeps_headers = true},
       {Form::excerpt, false}},
      {"a signature without its body, and nothing says why",
       {.has_body = false},
       {.has_signature_fields = true},
       {Form::raw, false}},
      {"it was received",
       {.few_fields = true, .obfuscated_from = true, .has_transit = true},
       {},
       {Form::raw, false}},
  };
  std::set<Form> seen;
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const FormVerdict verdict = form_of(c.facts, c.evidence);
    EXPECT_EQ(standing::word_of(verdict.form), standing::word_of(c.verdict.form));
    EXPECT_EQ(verdict.is_claim, c.verdict.is_claim);
    seen.insert(verdict.form);
  }
  EXPECT_EQ(seen.size(), kFormCount);
}

std::string signer(int i) { return "d" + std::to_string(i) + ".example"; }

/// An archive of `failing` signers whose mail fails and `fitting` ones whose mail does not.
ArchiveFormVerdict archive(int failing, int fitting, int messages_each = 3) {
  ArchiveForm form;
  for (int message = 0; message < messages_each; ++message) {
    for (int i = 0; i < failing + fitting; ++i) form.add(signer(i), i >= failing);
  }
  return form.verdict();
}

TEST(ArchiveForm, ManyUnrelatedSigners) {
  struct Case {
    const char* name;
    int failing, fitting;
    bool damages;
  };
  const Case cases[] = {
      {"empty", 0, 0, false},
      {"all is well", 0, 500, false},
      {"one careless sender", 1, 0, false},
      {"one careless sender of many", 1, 99, false},
      {"too few to tell", 9, 0, false},
      {"just enough", 10, 0, true},
      {"eight of ten", 80, 20, true},
      {"less than eight of ten", 79, 21, false},
      {"half", 500, 500, false},
      {"nearly all", 5000, 3, true},
  };
  for (const Case& c : cases) {
    const ArchiveFormVerdict verdict = archive(c.failing, c.fitting);
    EXPECT_EQ(verdict.damages_bodies, c.damages) << c.name;
    EXPECT_EQ(verdict.signers_failing, static_cast<std::uint32_t>(c.failing)) << c.name;
    EXPECT_EQ(verdict.signers_fitting, static_cast<std::uint32_t>(c.fitting)) << c.name;
    EXPECT_EQ(verdict.messages_failing, static_cast<std::uint64_t>(c.failing) * 3) << c.name;
  }
}

// A thousand altered messages of one signer are a thousand altered messages.
TEST(ArchiveForm, OneSignerIsOneSigner) {
  ArchiveForm form;
  for (int i = 0; i < 1000; ++i) form.add(i % 2 == 0 ? "example.com" : "EXAMPLE.com", false);
  EXPECT_FALSE(form.verdict().damages_bodies);
  EXPECT_EQ(form.verdict().signers_failing, 1U);
  EXPECT_EQ(form.verdict().messages_failing, 1000U);
}

TEST(ArchiveForm, ASignerFailsIfMostOfItsMailDoes) {
  ArchiveForm form;
  for (int i = 0; i < 12; ++i) {
    form.add(signer(i), false);
    form.add(signer(i), true);
  }
  EXPECT_FALSE(form.verdict().damages_bodies);
  for (int i = 0; i < 12; ++i) form.add(signer(i), false);
  EXPECT_TRUE(form.verdict().damages_bodies);
}

TEST(ArchiveForm, SignersAreBounded) {
  ArchiveForm form;
  const int most = static_cast<int>(ArchiveForm::kMostSigners);
  for (int i = 0; i < most; ++i) form.add(signer(i), false);
  EXPECT_EQ(form.verdict().messages_not_counted, 0U);
  form.add(signer(most), true);
  form.add(signer(0), true);
  const ArchiveFormVerdict verdict = form.verdict();
  EXPECT_EQ(verdict.messages_not_counted, 1U);
  EXPECT_EQ(verdict.messages_fitting, 1U);
  EXPECT_EQ(verdict.signers_failing + verdict.signers_fitting, ArchiveForm::kMostSigners);
}

}  // namespace
}  // namespace mailassay
