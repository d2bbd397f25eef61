// Rows: fixed order of keys, null where nothing is known, nothing unescaped. [RFC8259]
#include "report/row.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/growing_view.h"
#include "support/signed_message.h"

namespace mailassay::report {
namespace {

using Json = nlohmann::ordered_json;

std::string row(const Origin& origin, const Dossier& dossier, Verdict verdict,
                const RowOptions& options = {}) {
  RowText out;
  append_row(origin, dossier, std::move(verdict), options, out);
  EXPECT_EQ(out.gaps.size(), 1U);
  EXPECT_EQ(out.text.substr(out.gaps.front().position - 1, 2), "[]");
  EXPECT_EQ(out.text.back(), '\n');
  EXPECT_EQ(out.text.find('\n'), out.text.size() - 1);
  return out.text;
}

/// A dossier and a verdict with something in every member, made by hand.
Dossier full_dossier() {
  Dossier dossier;
  dossier.message_id = "<1@example.com>";
  dossier.date = std::chrono::sys_seconds(std::chrono::seconds(1704103198));
  dossier.received_at = std::chrono::sys_seconds(std::chrono::seconds(1704103200));
  dossier.from = {"jo@example.com"};
  dossier.from_domains = {"example.com"};
  dossier.subject = "one \"two\"";
  dossier.has_subject = true;
  dossier.notes = {MessageNote::header_junk};
  dossier.truncated = {"subject"};
  dkim::SignatureFacts facts;
  facts.algorithm = dkim::Algorithm::rsa_sha256;
  facts.header_canon = dkim::HeaderCanon::relaxed;
  facts.body_canon = dkim::BodyCanon::simple;
  facts.domain = "example.com";
  facts.selector = "s1";
  facts.auid = "jo@example.com";
  facts.signature_prefix = "YWJjZGVm";
  facts.body_match = dkim::Match::match;
  facts.declared_body_hash.size = facts.declared_body_hash.octets.size();
  facts.body_hash = facts.declared_body_hash;
  facts.header_hash = facts.declared_body_hash;
  facts.header_hash->octets.back() = 0xAB;
  dossier.signatures = {facts};
  return dossier;
}

Verdict full_verdict() {
  Verdict verdict;
  dkim::SignatureVerdict signature;
  signature.status = dkim::Status::policy;
  signature.reason = dkim::Reason::key_too_short;
  signature.signature = dkim::Match::match;
  signature.aligned = dkim::Alignment::strict;
  signature.key = dkim::KeyUsed{dkim::KeyType::rsa,
                                512,
                                "live",
                                std::chrono::sys_seconds(std::chrono::seconds(0)),
                                std::chrono::sys_seconds(std::chrono::seconds(1)),
                                "v=DKIM1; p="};
  signature.notes = {dkim::Note::key_testing, dkim::Note::valid_under_rules_of_its_time};
  verdict.signatures = {signature};
  verdict.envelope.received_at = {std::chrono::sys_seconds(std::chrono::seconds(1704103200)),
                                  envelope::ValueSource::received, envelope::Confidence::sure};
  verdict.evidence = {{"s1._domainkey.example.com", dns::Type::txt}};
  return verdict;
}

const Origin kOrigin = {"a.mbox", "", 3, 17, 4567};

constexpr std::string_view kNoChain =
    R"("arc":{"result":"none","reason":null,"instances":0,"oldest_pass":null,"sealers":[],)"
    R"("trusted":null},"spf":{"result":null,"reason":"no-client-ip",)";
constexpr std::string_view kRest = R"("finding":null,"sha256":null,)";

// d= is part of each result. [RFC6376 3.9]
TEST(Row, KeysInTheirOrder) {
  const std::string expected =
      R"({"schema":1,"origin":{"archive":"a.mbox","member":null,"index":3,"offset":17,)"
      R"("length":4567},"message_id":"<1@example.com>","date":"2024-01-01T09:59:58Z",)"
      R"("received_at":"2024-01-01T10:00:00Z","received_at_source":"received",)"
      R"("from":["jo@example.com"],"subject":"one \"two\"","dkim":[{"domain":"example.com",)"
      R"("selector":"s1","auid":"jo@example.com","algorithm":"rsa-sha256",)"
      R"("canonicalization":"relaxed/simple","result":"policy","reason":"key-too-short",)"
      R"("body_hash":"match","signature":"match","aligned":"strict","key":{"type":"rsa",)"
      R"("bits":512,"source":"live","first_seen":"1970-01-01T00:00:00Z",)"
      R"("last_seen":"1970-01-01T00:00:01Z"},"notes":["key-testing",)"
      R"("valid-under-rules-of-its-time"],"b":"YWJjZGVm","unsigned_octets":null}],)" +
      std::string(kNoChain);
  const std::string rest =
      std::string(kRest) +
      R"("evidence":[],"rules":1,"notes":["header-junk"],"truncated":["subject"],"envelope":{)";
  const std::string text = row(kOrigin, full_dossier(), full_verdict());
  EXPECT_EQ(text.substr(0, expected.size()), expected);
  EXPECT_NE(text.find(rest), std::string::npos) << text;
}

// The keys of a message that lies in another one. [RFC3501 6.4.5]
TEST(Row, Enclosed) {
  Origin origin = kOrigin;
  origin.part = "2.1";
  Dossier dossier = full_dossier();
  dossier.enclosure = Enclosure{EnclosureRole::journaled, false};
  EXPECT_NE(row(origin, dossier, full_verdict())
                .find(R"("length":4567,"part":"2.1","parent":null,"role":"journaled",)"
                      R"("encoded":false},"message_id")"),
            std::string::npos);
  origin.parent = "2";
  origin.is_encoded = true;
  EXPECT_NE(row(origin, dossier, full_verdict())
                .find(R"("part":"2.1","parent":"2","role":"journaled","encoded":true},)"),
            std::string::npos);
}

TEST(Row, NullsWhereNothingIsKnown) {
  const std::string expected =
      R"({"schema":1,"origin":{"archive":"","member":null,"index":0,"offset":0,"length":0},)"
      R"("message_id":null,"date":null,"received_at":null,"received_at_source":null,"from":[],)"
      R"("subject":null,"dkim":[],)" +
      std::string(kNoChain);
  const std::string nothing = row({}, {}, {});
  EXPECT_EQ(nothing.substr(0, expected.size()), expected);
  const Json known = Json::parse(nothing);
  for (const char* key : {"dmarc", "basis", "impersonates", "finding", "sha256", "reports"}) {
    EXPECT_TRUE(known[key].is_null()) << key;
  }
  Dossier dossier;
  dossier.has_subject = true;  // an empty subject is not an absent one
  dossier.signatures.emplace_back().fault = dkim::Reason::signature_syntax;
  Verdict verdict;
  verdict.signatures.emplace_back().reason = dkim::Reason::signature_syntax;
  const Json json = Json::parse(row({}, dossier, verdict));
  EXPECT_EQ(json["subject"], "");
  for (const char* key : {"domain", "selector", "auid", "algorithm", "canonicalization",
                          "body_hash", "signature", "aligned", "key", "b", "unsigned_octets"}) {
    EXPECT_TRUE(json["dkim"][0][key].is_null()) << key;
  }
  EXPECT_EQ(json["dkim"][0]["result"], "neutral");
}

// What was not looked at is not said to have no chain.
TEST(Row, ArcIsNullIfNothingWasEvaluated) {
  for (const MessageNote note : {MessageNote::header_too_large, MessageNote::internal_error}) {
    Dossier dossier;
    dossier.notes = {note};
    EXPECT_TRUE(Json::parse(row({}, dossier, {}))["arc"].is_null());
  }
}

// What was not read of the kind is said; of what was not looked at nothing is.
TEST(Row, NotesOnTheKind) {
  EXPECT_EQ(Json::parse(row({}, {}, {}))["kind_notes"], Json::array());
  Dossier dossier;
  dossier.kind.notes = {kind::Note::mime_limit, kind::Note::header_only, kind::Note::cut};
  EXPECT_EQ(Json::parse(row({}, dossier, {}))["kind_notes"],
            (Json{"mime-limit", "kind-header-only", "kind-cut"}));
  dossier.notes = {MessageNote::internal_error};
  EXPECT_TRUE(Json::parse(row({}, dossier, {}))["kind_notes"].is_null());
}

TEST(Row, PassHasNoReason) {
  Verdict verdict = full_verdict();
  verdict.signatures[0].reason = dkim::Reason::none;
  verdict.signatures[0].status = dkim::Status::pass;
  const Json json = Json::parse(row(kOrigin, full_dossier(), verdict));
  EXPECT_EQ(json["dkim"][0]["result"], "pass");
  EXPECT_TRUE(json["dkim"][0]["reason"].is_null());
}

TEST(Row, EvidenceAddsHashesAndRecords) {
  RowOptions options;
  options.evidence = true;
  const Json json = Json::parse(row(kOrigin, full_dossier(), full_verdict(), options));
  const Json& signature = json["dkim"][0];
  EXPECT_EQ(signature["key"]["record"], "v=DKIM1; p=");
  EXPECT_EQ(signature["header_hash"], std::string(62, '0') + "ab");
  EXPECT_EQ(signature["body_hash_declared"], std::string(64, '0'));
  EXPECT_EQ(signature["body_hash_computed"], std::string(64, '0'));
  const Json plain = Json::parse(row(kOrigin, full_dossier(), full_verdict()));
  EXPECT_FALSE(plain["dkim"][0].contains("header_hash"));
  EXPECT_FALSE(plain["dkim"][0]["key"].contains("record"));
}

TEST(Row, RedactionLeavesNoLocalPartAndNoSubject) {
  const Redaction redaction("secret");
  RowOptions options;
  options.redaction = &redaction;
  options.evidence = true;
  Dossier dossier = full_dossier();
  dossier.from = {"jo@example.com", "just-jo"};
  dossier.message_id = "<jo.1@example.com>";
  const std::string text = row(kOrigin, dossier, full_verdict(), options);
  const Json json = Json::parse(text);
  EXPECT_EQ(text.find("jo"), std::string::npos);
  EXPECT_EQ(text.find("two"), std::string::npos);
  EXPECT_EQ(json["from"][0], redaction.text("jo") + "@example.com");
  EXPECT_EQ(json["dkim"][0]["auid"], redaction.text("jo") + "@example.com");
  EXPECT_EQ(json["dkim"][0]["domain"], "example.com");
}

TEST(Row, NamesThatAreNotUtf8) {
  Origin origin = kOrigin;
  origin.archive = "a\xFF.mbox";
  origin.member = "\xFE";
  const Json json = Json::parse(row(origin, {}, {}));
  EXPECT_EQ(json["origin"]["archive"], "a\xEF\xBF\xBD.mbox");
  EXPECT_EQ(json["origin"]["archive_base64"], "Yf8ubWJveA==");
  EXPECT_EQ(json["origin"]["member_base64"], "/g==");
  EXPECT_FALSE(Json::parse(row(kOrigin, {}, {}))["origin"].contains("archive_base64"));
}

TEST(Row, HostileStringsStayStrings) {
  Dossier dossier = full_dossier();
  const std::string hostile("\",\"x\":1}\n{\"\\\x00\xFF\xE2\x80\xA8", 17);
  dossier.message_id = dossier.subject = hostile;
  dossier.from = {hostile};
  dossier.signatures[0].domain = dossier.signatures[0].selector = hostile;
  dossier.signatures[0].auid = dossier.signatures[0].signature_prefix = hostile;
  Verdict verdict = full_verdict();
  verdict.signatures[0].key->source = verdict.signatures[0].key->record = hostile;
  RowOptions options;
  options.evidence = true;
  const Json json = Json::parse(row({hostile, hostile, 0, 0, 0}, dossier, verdict, options));
  EXPECT_FALSE(json.contains("x"));
  EXPECT_EQ(json["subject"], json["dkim"][0]["key"]["record"]);
}

TEST(Row, RowsFollowEachOther) {
  RowText out;
  append_row(kOrigin, {}, {}, {}, out);
  append_row(kOrigin, full_dossier(), full_verdict(), {}, out);
  ASSERT_EQ(out.gaps.size(), 2U);
  EXPECT_TRUE(out.gaps[0].evidence.empty());
  EXPECT_EQ(out.gaps[1].evidence, full_verdict().evidence);
  for (const auto& gap : out.gaps)
    EXPECT_EQ(out.text.substr(gap.position - 12, 13), "\"evidence\":[]");
}

TEST(Row, NoteWords) {
  EXPECT_EQ(word_of(MessageNote::header_too_large), "header-too-large");
  EXPECT_EQ(word_of(MessageNote::no_header), "no-header");
  EXPECT_EQ(word_of(MessageNote::no_separator), "no-separator");
  EXPECT_EQ(word_of(MessageNote::many_from_fields), "many-from-fields");
  EXPECT_EQ(word_of(MessageNote::header_junk), "header-junk");
  EXPECT_EQ(word_of(MessageNote::internal_error), "internal-error");
  EXPECT_EQ(word_of(MessageNote::holds_postmarks), "holds-postmarks");
  EXPECT_EQ(word_of(MessageNote::quoted_from_lines), "quoted-from-lines");
  EXPECT_EQ(word_of(MessageNote::size_differs), "size-differs");
  EXPECT_EQ(word_of(MessageNote::partial_message), "partial-message");
  EXPECT_EQ(word_of(MessageNote::header_alone), "header-alone");
  EXPECT_EQ(word_of(MessageNote::written_anew), "written-anew");
  EXPECT_EQ(word_of(MessageNote::not_verifiable_form), "not-verifiable-form");
  EXPECT_EQ(word_of(MessageNote::nested_cut), "nested-cut");
  EXPECT_EQ(word_of(MessageNote::nested_not_read), "nested-not-read");
}

}  // namespace
}  // namespace mailassay::report
