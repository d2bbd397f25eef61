// One vector of our own, or more, for each reason word: a message that is signed well but for one
// thing. The signing code is that of mkcorpus, which shares nothing with the product's.
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "dkim/reason.h"
#include "mkcorpus/signing_key.h"
#include "support/dkim_case.h"
#include "support/dns_table.h"
#include "support/test_signer.h"

namespace mailassay {
namespace {

using dkim::Reason;

constexpr std::string_view kMessage =
    "Received: by mx.example.net; Mon, 1 Jun 2020 12:00:00 +0000\r\n"
    "From: Ann <ann@example.com>\r\n"
    "Subject: a  vector\r\n"
    "\r\n"
    "The body.\r\n";
constexpr std::string_view kTags =
    "v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=sel; h=from:subject; bh=@BH@; b=@B@";
constexpr std::string_view kRecord = "v=DKIM1; k=rsa; p=@P@";
constexpr std::string_view kKeyName = "sel._domainkey.example.com";

enum class Signer : std::uint8_t { rsa_2048, rsa_512, ed25519 };
enum class Change : std::uint8_t { none, header, body };

struct Vector {
  Reason reason;
  std::string_view words;        ///< as dkim_words() has it
  std::string_view from;         ///< this part of kTags ...
  std::string_view to;           ///< ... becomes this one
  std::string_view record;       ///< TXT record, or a word of DnsTable; empty: kRecord
  Change change = Change::none;  ///< after signing
  Signer signer = Signer::rsa_2048;
};

constexpr std::array kVectors = {
    Vector{Reason::none, "pass none match match", "", "", ""},
    Vector{Reason::none, "pass none match match", "a=rsa-sha256", "a=ed25519-sha256",
           "v=DKIM1; k=ed25519; p=@P@", Change::none, Signer::ed25519},
    // dkim-quoted-printable in i=, with a fold. [RFC6376 2.11]
    Vector{Reason::none, "pass none match match", "b=@B@", "i=a=3Db=40mail.exam\r\n ple.com; b=@B@",
           ""},
    Vector{Reason::none, "pass none match match", "b=@B@", "i=bounce-a=b=@example.com; b=@B@", ""},
    // Unknown tags are ignored; the final semicolon is optional. [RFC6376 3.2]
    Vector{Reason::none, "pass none match match", "b=@B@", "zz=; b=@B@;", ""},
    Vector{Reason::none, "pass none match match", "b=@B@", "q=x/y : dns/txt; b=@B@", ""},
    Vector{Reason::none, "pass none match match", "", "", "p=@P@"},
    Vector{Reason::none, "pass none match match", "", "", "v=DKIM1; s=x : email; h=sha256; p=@P@"},
    // The field. [RFC6376 6.1.1]
    Vector{Reason::signature_syntax, "neutral signature-syntax - -", "c=relaxed", "c;relaxed", ""},
    Vector{Reason::signature_syntax, "neutral signature-syntax - -", "s=sel;", "s=sel;;", ""},
    Vector{Reason::duplicate_tag, "neutral duplicate-tag - -", "s=sel", "s=sel; s=sel", ""},
    Vector{Reason::missing_tag, "neutral missing-tag - -", "v=1; ", "", ""},
    Vector{Reason::missing_tag, "neutral missing-tag - -", "bh=@BH@; ", "", ""},
    Vector{Reason::missing_tag, "neutral missing-tag - -", "h=from:subject; ", "", ""},
    Vector{Reason::missing_tag, "neutral missing-tag - -", "s=sel; ", "S=sel; ", ""},
    Vector{Reason::unknown_version, "neutral unknown-version - -", "v=1", "v=0.5", ""},
    Vector{Reason::unknown_version, "neutral unknown-version - -", "v=1", "v=1.0", ""},
    Vector{Reason::unknown_algorithm, "neutral unknown-algorithm - -", "rsa-sha256", "rsa-md5", ""},
    Vector{Reason::unknown_algorithm, "neutral unknown-algorithm - -", "rsa-sha256", "RSA-SHA256",
           ""},
    Vector{Reason::unknown_canonicalization, "neutral unknown-canonicalization - -",
           "relaxed/relaxed", "relaxed/nofws", ""},
    Vector{Reason::unknown_query_method, "neutral unknown-query-method - -", "b=@B@",
           "q=http; b=@B@", ""},
    Vector{Reason::bad_signature_data, "neutral bad-signature-data - -", "b=@B@", "b=*@B@", ""},
    Vector{Reason::bad_signature_data, "neutral bad-signature-data - -", "b=@B@", "b=", ""},
    Vector{Reason::bad_body_hash_data, "neutral bad-body-hash-data - -", "bh=@BH@", "bh=AAAA", ""},
    Vector{Reason::bad_body_hash_data, "neutral bad-body-hash-data - -", "bh=@BH@",
           "bh=@BH@==", ""},
    Vector{Reason::bad_domain, "neutral bad-domain - -", "d=example.com", "d=example", ""},
    Vector{Reason::bad_domain, "neutral bad-domain - -", "d=example.com", "d=example.com.", ""},
    Vector{Reason::bad_selector, "neutral bad-selector - -", "s=sel", "s=sel..x", ""},
    Vector{Reason::bad_selector, "neutral bad-selector - -", "s=sel", "s=", ""},
    Vector{Reason::bad_signed_headers, "neutral bad-signed-headers - -", "h=from:subject",
           "h=", ""},
    Vector{Reason::bad_signed_headers, "neutral bad-signed-headers - -", "h=from:subject",
           "h=from:subject:", ""},
    Vector{Reason::bad_auid, "neutral bad-auid - -", "b=@B@", "i=example.com; b=@B@", ""},
    Vector{Reason::bad_auid, "neutral bad-auid - -", "b=@B@", "i=x@; b=@B@", ""},
    Vector{Reason::bad_body_length, "neutral bad-body-length - -", "b=@B@", "l=-1; b=@B@", ""},
    Vector{Reason::bad_body_length, "neutral bad-body-length - -", "b=@B@", "l=; b=@B@", ""},
    Vector{Reason::bad_timestamp, "neutral bad-timestamp - -", "b=@B@", "t=now; b=@B@", ""},
    Vector{Reason::bad_expiration, "neutral bad-expiration - -", "b=@B@", "x=never; b=@B@", ""},
    Vector{Reason::bad_expiration, "neutral bad-expiration - -", "b=@B@",
           "t=1600000000; x=1600000000; b=@B@", ""},
    Vector{Reason::from_not_signed, "permerror from-not-signed - -", "h=from:subject", "h=subject",
           ""},
    Vector{Reason::auid_domain_mismatch, "permerror auid-domain-mismatch - -", "b=@B@",
           "i=@notexample.com; b=@B@", ""},
    Vector{Reason::auid_domain_mismatch, "permerror auid-domain-mismatch - -", "b=@B@",
           "i=@example.com=40example.net; b=@B@", ""},
    Vector{Reason::body_length_exceeds, "permerror body-length-exceeds - match", "b=@B@",
           "l=12; b=@B@", ""},
    Vector{Reason::expired, "permerror expired match match", "b=@B@", "x=1577836800; b=@B@", ""},
    // The key. [RFC6376 6.1.2]
    Vector{Reason::dns_timeout, "temperror dns-timeout match -", "", "", "TIMEOUT"},
    Vector{Reason::dns_servfail, "temperror dns-servfail match -", "", "", "SERVFAIL"},
    Vector{Reason::dns_deadline, "temperror dns-deadline match -", "", "", "DEADLINE"},
    Vector{Reason::no_evidence, "temperror no-evidence match -", "", "", "NO-EVIDENCE"},
    Vector{Reason::no_key, "permerror no-key match -", "", "", "NXDOMAIN"},
    Vector{Reason::no_key, "permerror no-key match -", "", "", "NODATA"},
    Vector{Reason::key_syntax, "permerror key-syntax match -", "", "", "v=spf1 -all"},
    Vector{Reason::key_syntax, "permerror key-syntax match -", "", "", "v=DKIM1; k=rsa"},
    Vector{Reason::key_syntax, "permerror key-syntax match -", "", "", "k=rsa; v=DKIM1; p=@P@"},
    Vector{Reason::key_version, "permerror key-version match -", "", "", "v=DKIM2; p=@P@"},
    Vector{Reason::key_service, "permerror key-service match -", "", "", "s=tlsrpt; p=@P@"},
    Vector{Reason::key_hash_mismatch, "permerror key-hash-mismatch match -", "", "",
           "h=sha1; p=@P@"},
    Vector{Reason::key_revoked, "permerror key-revoked match -", "", "", "v=DKIM1; p="},
    Vector{Reason::key_type_mismatch, "permerror key-type-mismatch match -", "", "",
           "k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="},
    Vector{Reason::key_type_mismatch, "permerror key-type-mismatch match -", "", "",
           "k=RSA; p=@P@"},
    Vector{Reason::key_data, "permerror key-data match -", "", "", "p=AAAA"},
    Vector{Reason::key_subdomain, "permerror key-subdomain match -", "b=@B@",
           "i=@sub.example.com; b=@B@", "t=s; p=@P@"},
    // The mathematics and the strength. [RFC6376 6.1.3] [RFC8301 3]
    Vector{Reason::body_hash_mismatch, "fail body-hash-mismatch mismatch match", "", "", "",
           Change::body},
    Vector{Reason::signature_mismatch, "fail signature-mismatch match mismatch", "", "", "",
           Change::header},
    Vector{Reason::algorithm_obsolete, "policy algorithm-obsolete match match", "rsa-sha256",
           "rsa-sha1", ""},
    Vector{Reason::key_too_short, "policy key-too-short match match", "", "", "", Change::none,
           Signer::rsa_512},
    Vector{Reason::key_too_short, "policy key-too-short mismatch match", "", "", "", Change::body,
           Signer::rsa_512},
};

std::string with(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const std::size_t at = from.empty() ? std::string::npos : out.find(from);
  EXPECT_EQ(at == std::string::npos, from.empty()) << from;
  if (at != std::string::npos) out.replace(at, from.size(), to);
  return out;
}

class OwnReasons : public testing::Test {
 protected:
  const mkcorpus::SigningKey& key_of(Signer signer) const {
    if (signer == Signer::rsa_512) return rsa_512_;
    return signer == Signer::ed25519 ? keys_.ed25519.front() : keys_.rsa_2048.front();
  }

  std::string signed_message(const Vector& vector) const {
    test::SigningWay way;
    if (vector.to == "rsa-sha1") way.hash = mkcorpus::Hash::sha1;
    if (vector.to == "h=subject") way.signed_names = "subject";
    const std::string tags = with(kTags, vector.from, vector.to);
    const std::string message = test::sign_with_tags(key_of(vector.signer), kMessage, tags, way);
    if (vector.change == Change::body) return with(message, "The body", "the body");
    if (vector.change == Change::header) return with(message, "a  vector", "a victor");
    return message;
  }

  test::DnsTable dns_of(const Vector& vector) const {
    test::DnsTable dns;
    const std::string_view record = vector.record.empty() ? kRecord : vector.record;
    if (record == "DEADLINE") {
      dns.set_negative(kKeyName, dns::AnswerKind::temporary_failure, dns::Failure::deadline);
    } else if (record == "NO-EVIDENCE") {
      dns.set_negative(kKeyName, dns::AnswerKind::no_evidence, dns::Failure::none);
    } else if (record.find('=') == std::string_view::npos) {
      dns.set_word(kKeyName, record);
    } else {
      const bool has_data = record.find("@P@") != std::string_view::npos;
      dns.add_txt(kKeyName,
                  with(record, has_data ? "@P@" : "", test::public_data(key_of(vector.signer))));
    }
    return dns;
  }

  mkcorpus::KeyPool keys_ = mkcorpus::KeyPool::load();
  mkcorpus::SigningKey rsa_512_ = test::rsa_512_test_key();
};

TEST_F(OwnReasons, EachVector) {
  for (const Vector& vector : kVectors) {
    SCOPED_TRACE(std::string(vector.words) + " <- " + std::string(vector.to) + " " +
                 std::string(vector.record));
    const std::string message = signed_message(vector);
    const test::DnsTable dns = dns_of(vector);
    EXPECT_EQ(test::dkim_words(message, dns), vector.words);
    const std::string word(dkim::entry_of(vector.reason).word);
    EXPECT_NE(vector.words.find(" " + word + " "), std::string_view::npos) << word;
  }
}

// Reasons that are about limits of ours. [RFC6376 8.4]
TEST_F(OwnReasons, Limits) {
  const Vector good = kVectors.front();
  const test::DnsTable dns = dns_of(good);
  const std::string message = signed_message(good);
  JudgeOptions options;
  options.limits.signature_field_bytes = 100;
  EXPECT_EQ(test::dkim_words(message, dns, options), "neutral signature-too-large - -");
  options = {};
  options.limits.signed_headers = 1;
  EXPECT_EQ(test::dkim_words(message, dns, options), "neutral signature-too-large - -");
  options = {};
  options.limits.signatures = 1;
  const std::string field = message.substr(0, message.find("Received:"));
  EXPECT_EQ(test::dkim_words(field + field + message, dns, options),
            "pass none match match, neutral too-many-signatures - -");
}

TEST(OwnReasonsTable, HasEachReason) {
  // Those of the test above; and a fault of ours, which no message may cause.
  std::set<Reason> seen = {Reason::signature_too_large, Reason::too_many_signatures,
                           Reason::internal_error};
  for (const Vector& vector : kVectors) seen.insert(vector.reason);
  for (const dkim::ReasonEntry& entry : dkim::reason_table()) {
    EXPECT_EQ(seen.count(entry.reason), 1U) << "no vector for " << entry.word;
  }
}

}  // namespace
}  // namespace mailassay
