// Recorded results beside our own: who agrees, who differs, and why we think so.
#include <gtest/gtest.h>

#include <string>

#include "envelope/own_cause.h"
#include "envelope/word.h"
#include "mailassay/recorded.h"

namespace mailassay::envelope {
namespace {

OwnDkim dkim(std::string domain, ResultWord result, OwnCause cause = OwnCause::none) {
  return {std::move(domain), "s1", "", "AbCdEfGh", result, cause};
}

std::string compared(std::string_view results, const OwnResults& own) {
  std::string out;
  const Recorded recorded = read_authentication_results("m; " + std::string(results));
  const auto comparisons = compare(recorded, own);
  EXPECT_EQ(comparisons.size(), recorded.entries.size());
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    EXPECT_EQ(comparisons[i].entry, i);
    out += (out.empty() ? "" : ", ") + std::string(word_of(comparisons[i].agreement)) + ' ' +
           std::string(word_of(comparisons[i].reason));
  }
  return out;
}

TEST(Comparison, Dkim) {
  struct {
    std::string_view recorded;
    ResultWord result;
    OwnCause cause;
    std::string_view expected;
  } const kCases[] = {
      {"dkim=pass", ResultWord::pass, OwnCause::none, "agrees same-result"},
      {"dkim=fail", ResultWord::fail, OwnCause::content_changed, "agrees same-result"},
      {"dkim=neutral", ResultWord::fail, OwnCause::content_changed, "agrees same-result"},
      {"dkim=hardfail", ResultWord::permerror, OwnCause::key_gone, "agrees same-result"},
      {"dkim=pass", ResultWord::permerror, OwnCause::key_gone, "differs key-gone"},
      {"dkim=pass", ResultWord::fail, OwnCause::key_changed, "differs key-changed"},
      {"dkim=pass", ResultWord::fail, OwnCause::content_changed, "differs content-altered"},
      {"dkim=pass", ResultWord::policy, OwnCause::rules, "differs rules-differ"},
      {"dkim=pass", ResultWord::neutral, OwnCause::syntax, "differs rules-differ"},
      {"dkim=pass", ResultWord::fail, OwnCause::none, "differs unexplained"},
      {"dkim=fail", ResultWord::pass, OwnCause::none, "differs failed-before-us"},
      {"dkim=temperror", ResultWord::pass, OwnCause::none, "differs dns-failed-then"},
      {"dkim=error", ResultWord::permerror, OwnCause::key_gone, "differs dns-failed-then"},
      {"dkim=pass", ResultWord::temperror, OwnCause::dns_error, "not-comparable dns-failed-now"},
      {"dkim=pass", ResultWord::temperror, OwnCause::no_evidence, "not-comparable no-evidence"},
      {"dkim=fail", ResultWord::temperror, OwnCause::no_evidence, "not-comparable no-evidence"},
      {"dkim=pass", ResultWord::unknown, OwnCause::none, "not-comparable no-own-result"},
      {"dkim=great", ResultWord::pass, OwnCause::none, "not-comparable unknown-result"},
      {"dkim=none", ResultWord::pass, OwnCause::none, "not-comparable signature-not-found"},
  };
  for (const auto& [recorded, result, cause, expected] : kCases) {
    OwnResults own;
    own.dkim = {dkim("alpha.test", result, cause)};
    EXPECT_EQ(compared(recorded, own), expected) << recorded;
  }
  EXPECT_EQ(compared("dkim=none", {}), "agrees same-result");
  EXPECT_EQ(compared("dkim=pass", {}), "not-comparable signature-not-found");
}

TEST(Comparison, WhichSignatureIsMeant) {
  OwnResults own;
  own.dkim = {dkim("alpha.test", ResultWord::pass), dkim("esp.test", ResultWord::pass),
              dkim("esp.test", ResultWord::fail, OwnCause::content_changed)};
  own.dkim[2].selector = "s2";
  own.dkim[2].signature_prefix = "XyZ/1234";
  struct {
    std::string_view properties;
    std::optional<std::size_t> meant;
    ComparisonReason reason;
  } const kCases[] = {
      {"header.d=alpha.test", 0, ComparisonReason::same_result},
      {"header.d=ALPHA.test", 0, ComparisonReason::same_result},
      {"header.i=@alpha.test", 0, ComparisonReason::same_result},
      {"header.i=ann@mail.alpha.test", 0, ComparisonReason::same_result},
      {"header.d=esp.test header.s=s1", 1, ComparisonReason::same_result},
      {"header.d=esp.test header.s=S2", 2, ComparisonReason::content_altered},
      {"header.b=XyZ/1234", 2, ComparisonReason::content_altered},
      {"header.b=XyZ/12345678", 2, ComparisonReason::content_altered},
      {"header.b=\"XyZ/1\"", 2, ComparisonReason::content_altered},
      {"", {}, ComparisonReason::several_signatures},
      {"header.a=rsa-sha256", {}, ComparisonReason::several_signatures},
      {"header.d=esp.test", {}, ComparisonReason::several_signatures},
      // Properties of unknown types decide nothing. [RFC8601 2.3]
      {"unknown.d=alpha.test d=alpha.test", {}, ComparisonReason::several_signatures},
      {"header.i=@esp.test", {}, ComparisonReason::several_signatures},
      {"header.d=gamma.test", {}, ComparisonReason::signature_not_found},
      {"header.d=mail.alpha.test", {}, ComparisonReason::signature_not_found},
      {"header.i=@evilalpha.test", {}, ComparisonReason::signature_not_found},
      {"header.d=alpha.test header.b=XyZ/1234", {}, ComparisonReason::signature_not_found},
      {"header.b=xyz/1234", {}, ComparisonReason::signature_not_found},
      {"header.d=alpha.test header.s=s9", {}, ComparisonReason::signature_not_found},
  };
  for (const auto& [properties, meant, reason] : kCases) {
    const auto comparisons =
        compare(read_authentication_results("m; dkim=pass " + std::string(properties)), own);
    ASSERT_EQ(comparisons.size(), 1U);
    EXPECT_EQ(comparisons[0].own_dkim, meant) << properties;
    EXPECT_EQ(comparisons[0].reason, reason) << properties;
  }
}

TEST(Comparison, Spf) {
  const std::string ip("\xC0\x00\x02\x0A", 4);
  struct {
    std::string_view recorded;
    ResultWord result;
    OwnCause cause;
    std::string_view expected;
  } const kCases[] = {
      {"spf=pass", ResultWord::pass, OwnCause::none, "agrees same-result"},
      {"spf=pass smtp.mailfrom=ann@alpha.test", ResultWord::pass, OwnCause::none,
       "agrees same-result"},
      {"spf=pass (sender IP is 192.0.2.10) smtp.mailfrom=alpha.test", ResultWord::fail,
       OwnCause::record, "differs record-changed"},
      {"spf=softfail", ResultWord::fail, OwnCause::record, "differs record-changed"},
      {"spf=pass", ResultWord::none, OwnCause::record, "differs record-changed"},
      {"spf=fail", ResultWord::pass, OwnCause::none, "differs failed-before-us"},
      {"spf=temperror", ResultWord::pass, OwnCause::none, "differs dns-failed-then"},
      {"spf=pass smtp.mailfrom=ann@gamma.test", ResultWord::pass, OwnCause::none,
       "not-comparable other-identity"},
      {"spf=pass (sender IP is 192.0.2.99) smtp.mailfrom=alpha.test", ResultWord::pass,
       OwnCause::none, "not-comparable other-identity"},
      {"spf=pass smtp.helo=mx.gamma.test", ResultWord::pass, OwnCause::none,
       "not-comparable other-identity"},
      {"spf=pass", ResultWord::temperror, OwnCause::dns_error, "not-comparable dns-failed-now"},
      {"spf=pass", ResultWord::temperror, OwnCause::no_evidence, "not-comparable no-evidence"},
      {"spf=pass", ResultWord::unknown, OwnCause::no_session_data,
       "not-comparable no-session-data"},
      {"spf=bad", ResultWord::pass, OwnCause::none, "not-comparable unknown-result"},
  };
  for (const auto& [recorded, result, cause, expected] : kCases) {
    OwnResults own;
    own.spf = OwnSpf{result, cause, "alpha.test", ip};
    EXPECT_EQ(compared(recorded, own), expected) << recorded;
  }
  EXPECT_EQ(compared("spf=pass", {}), "not-comparable no-own-result");
}

// Received-SPF names MAIL FROM as well when HELO was checked. [RFC7208 9.1]
TEST(Comparison, SpfOfHelo) {
  OwnResults own;
  own.spf = OwnSpf{ResultWord::fail, OwnCause::record, "alpha.test", {}};
  const auto told = [&](std::string_view field) {
    const Recorded recorded = read_received_spf(field);
    EXPECT_EQ(is_of_helo(recorded.entries.front()), field.find("=helo") != std::string_view::npos);
    return compare(recorded, own).front().reason;
  };
  EXPECT_EQ(told("pass identity=helo; helo=mx.gamma.test; envelope-from=ann@alpha.test"),
            ComparisonReason::other_identity);
  EXPECT_EQ(told("pass identity=mailfrom; helo=mx.gamma.test; envelope-from=ann@alpha.test"),
            ComparisonReason::record_changed);
}

TEST(Comparison, DmarcArcAndOthers) {
  OwnResults own;
  own.dmarc = OwnDmarc{ResultWord::fail, OwnCause::key_gone, "alpha.test"};
  own.arc = ResultWord::pass;
  EXPECT_EQ(compared("dmarc=pass header.from=alpha.test", own), "differs key-gone");
  EXPECT_EQ(compared("dmarc=fail header.from=Alpha.test", own), "agrees same-result");
  EXPECT_EQ(compared("dmarc=pass header.from=gamma.test", own), "not-comparable other-identity");
  EXPECT_EQ(compared("dmarc=bestguesspass header.from=alpha.test", own), "differs key-gone");
  EXPECT_EQ(compared("arc=pass, arc=fail", own), "not-comparable unknown-result");
  EXPECT_EQ(compared("arc=pass; arc=fail; arc=none", own),
            "agrees same-result, differs failed-before-us, not-comparable other-identity");
  own.arc = ResultWord::fail;
  EXPECT_EQ(compared("arc=pass", own), "differs unexplained");
  own.arc = ResultWord::unknown;
  EXPECT_EQ(compared("arc=pass", own), "not-comparable no-own-result");
  EXPECT_EQ(compared("arc=pass; dmarc=pass", {}),
            "not-comparable no-own-result, not-comparable no-own-result");
  EXPECT_EQ(compared("compauth=pass; iprev=pass; domainkeys=pass; auth=pass", own),
            "not-comparable unknown-method, not-comparable unknown-method, "
            "not-comparable unknown-method, not-comparable unknown-method");
  EXPECT_EQ(compared("none", own), "");
}

TEST(OwnCause, OfReasons) {
  struct {
    dkim::Reason reason;
    OwnCause cause;
  } const kCases[] = {
      {dkim::Reason::none, OwnCause::none},
      {dkim::Reason::no_key, OwnCause::key_gone},
      {dkim::Reason::key_revoked, OwnCause::key_gone},
      {dkim::Reason::key_data, OwnCause::key_changed},
      {dkim::Reason::body_hash_mismatch, OwnCause::content_changed},
      {dkim::Reason::body_length_exceeds, OwnCause::content_changed},
      {dkim::Reason::signature_mismatch, OwnCause::content_changed},
      {dkim::Reason::expired, OwnCause::rules},
      {dkim::Reason::algorithm_obsolete, OwnCause::rules},
      {dkim::Reason::dns_timeout, OwnCause::dns_error},
      {dkim::Reason::no_evidence, OwnCause::no_evidence},
      {dkim::Reason::missing_tag, OwnCause::syntax},
      {dkim::Reason::internal_error, OwnCause::none},
  };
  for (const auto& [reason, cause] : kCases) EXPECT_EQ(cause_of(reason, false), cause);
  EXPECT_EQ(cause_of(dkim::Reason::signature_mismatch, true), OwnCause::key_changed);
  EXPECT_EQ(cause_of(dkim::Reason::body_hash_mismatch, true), OwnCause::content_changed);
  EXPECT_EQ(cause_of(spf::Reason::matched), OwnCause::record);
  EXPECT_EQ(cause_of(spf::Reason::no_record), OwnCause::record);
  EXPECT_EQ(cause_of(spf::Reason::dns_servfail), OwnCause::dns_error);
  EXPECT_EQ(cause_of(spf::Reason::no_evidence), OwnCause::no_evidence);
  EXPECT_EQ(cause_of(spf::Reason::bad_domain), OwnCause::syntax);
}

}  // namespace
}  // namespace mailassay::envelope
