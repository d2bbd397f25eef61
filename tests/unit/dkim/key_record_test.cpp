// Key records. [RFC6376 3.6.1] [RFC6376 6.1.2] [RFC8463 4.2] [RFC6376 8.8]
#include "dkim/key_record.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/base64.h"
#include "dkim/reason.h"
#include "support/exact_copy.h"
#include "support/signed_message.h"

namespace mailassay::dkim {
namespace {

KeyRecord parse(std::string_view text) {
  const test::ExactCopy copy(text);
  return parse_key_record(copy.view());
}

const std::string& rsa() {
  static const std::string kKey = encode_base64(test::key_pool().rsa_1024.front().public_octets());
  return kKey;
}
std::string ed25519() { return encode_base64(test::key_pool().ed25519.front().public_octets()); }

struct Case {
  std::string text;
  Reason fault;
};

void expect(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const KeyRecord record = parse(c.text);
    EXPECT_EQ(record.fault, c.fault) << c.text << "\ngot " << entry_of(record.fault).word;
    EXPECT_EQ(record.key != nullptr, c.fault == Reason::none) << c.text;
  }
}

TEST(KeyRecord, IsATagList) {
  expect({{"v=DKIM1; k=rsa; p=" + rsa(), Reason::none},
          {"p=" + rsa(), Reason::none},
          {" v = DKIM1 ;\t p = " + rsa() + " ; ", Reason::none},
          {"p=" + rsa() + "; n=note; x-unknown", Reason::key_syntax},
          {"p=" + rsa() + "; n=note; g=jo*; xunknown=1", Reason::none},
          {"p=" + rsa() + "; p=" + rsa(), Reason::key_syntax},
          {"p=" + rsa() + ";;", Reason::key_syntax},
          {"", Reason::key_syntax},
          {"v=spf1 -all", Reason::key_syntax},
          {rsa(), Reason::key_syntax},
          {"p", Reason::key_syntax}});
}

// v= is optional; if it is there it is the first tag and exactly DKIM1. [RFC6376 3.6.1]
TEST(KeyRecord, Version) {
  const std::string p = "; p=" + rsa();
  expect({{"v=DKIM1" + p, Reason::none},
          {"v=dkim1" + p, Reason::key_version},
          {"v=DKIM2" + p, Reason::key_version},
          {"v=DKIM10" + p, Reason::key_version},
          {"v=DKIM" + p, Reason::key_version},
          {"v=1" + p, Reason::key_version},
          {"v=" + p, Reason::key_version},
          {"v=DKIM1 DKIM1" + p, Reason::key_version},
          {"k=rsa; v=DKIM1" + p, Reason::key_syntax},
          {"p=" + rsa() + "; v=DKIM1", Reason::key_syntax},
          {"p=" + rsa() + "; v=DKIM2", Reason::key_version}});
}

// p= is required; empty is revoked. [RFC6376 3.6.1]
TEST(KeyRecord, KeyData) {
  const std::string key = rsa();
  expect({{"v=DKIM1; k=rsa", Reason::key_syntax},
          {"v=DKIM1", Reason::key_syntax},
          {"v=DKIM1; P=" + key, Reason::key_syntax},
          {"v=DKIM1; p=", Reason::key_revoked},
          {"v=DKIM1; p= \t;", Reason::key_revoked},
          {"v=DKIM1; k=ed25519; p=", Reason::key_revoked},
          {"v=DKIM1; p=" + key.substr(0, 20) + " \r\n\t" + key.substr(20), Reason::none},
          {"v=DKIM1; p=\"" + key + "\"", Reason::key_syntax},
          {"v=DKIM1; p=" + key.substr(0, 20) + "\\" + key.substr(20), Reason::key_syntax},
          {"v=DKIM1\\; k=rsa\\; p=" + key, Reason::key_version},
          {"v=DKIM1; p=\xE2\x80\x9C" + key, Reason::key_syntax},
          {"v=DKIM1; p=" + key.substr(1), Reason::key_data},
          {"v=DKIM1; p=-----BEGIN PUBLIC KEY-----" + key, Reason::key_syntax},
          {"v=DKIM1; p=" + key.substr(0, 100), Reason::key_data},
          {"v=DKIM1; p=AAAA", Reason::key_data},
          {"v=DKIM1; k=ed25519; p=" + ed25519().substr(0, 43), Reason::none},  // [RFC6376 2.10]
          {"v=DKIM1; k=ed25519; p=" + ed25519() + "==", Reason::key_syntax},
          {"v=DKIM1; p=" + ed25519(), Reason::key_data},
          {"v=DKIM1; k=ed25519; p=" + key, Reason::key_data}});
}

// k= absent is rsa; an unknown type is of no use. [RFC6376 3.6.1] [RFC8463 4.1]
TEST(KeyRecord, Types) {
  EXPECT_EQ(parse("p=" + rsa()).type, KeyType::rsa);
  EXPECT_EQ(parse("k=rsa; p=" + rsa()).type, KeyType::rsa);
  EXPECT_EQ(parse("k=ed25519; p=" + ed25519()).type, KeyType::ed25519);
  EXPECT_EQ(parse("k=ed25519; p=" + ed25519()).fault, Reason::none);
  for (const char* type : {"", "RSA", "Ed25519", "dsa", "rsa-sha256", "rsa:ed25519", "ecdsa"}) {
    const KeyRecord record = parse("k=" + std::string(type) + "; p=" + rsa());
    EXPECT_EQ(record.fault, Reason::key_type_mismatch) << type;
    EXPECT_FALSE(record.type) << type;
  }
}

// h= lists what is admitted; unknown hashes are ignored. [RFC6376 3.6.1]
TEST(KeyRecord, Hashes) {
  struct {
    const char* tag;
    bool sha1, sha256;
  } const kCases[] = {{"", true, true},
                      {"h=sha1; ", true, false},
                      {"h=sha256; ", false, true},
                      {"h=sha1:sha256; ", true, true},
                      {"h= sha512 : sha256 ; ", false, true},
                      {"h=; ", false, false},
                      {"h=SHA256; ", false, false},
                      {"h=sha; ", false, false},
                      {"h=sha256x:xsha1; ", false, false},
                      {"h=sha1 sha256; ", false, false}};
  for (const auto& [tag, sha1, sha256] : kCases) {
    const KeyRecord record = parse(tag + std::string("p=") + rsa());
    EXPECT_EQ(record.admits_sha1, sha1) << tag;
    EXPECT_EQ(record.admits_sha256, sha256) << tag;
  }
}

// s= lists neither * nor email: the record is ignored. [RFC6376 3.6.1]
TEST(KeyRecord, Services) {
  for (const char* service : {"*", "email", "other:email", "email:*", " * ", "x : * : y"}) {
    EXPECT_EQ(parse("s=" + std::string(service) + "; p=" + rsa()).fault, Reason::none) << service;
  }
  for (const char* service : {"", "tlsrpt", "Email", "e-mail", "emailx", "**", "*email"}) {
    EXPECT_EQ(parse("s=" + std::string(service) + "; p=" + rsa()).fault, Reason::key_service)
        << service;
  }
}

// t= flags; unknown ones are ignored. [RFC6376 3.6.1]
TEST(KeyRecord, Flags) {
  struct {
    const char* tag;
    bool testing, strict;
  } const kCases[] = {
      {"", false, false},       {"t=; ", false, false},   {"t=y; ", true, false},
      {"t=s; ", false, true},   {"t=y:s; ", true, true},  {"t= s : y ; ", true, true},
      {"t=z:y; ", true, false}, {"t=ys; ", false, false}, {"t=Y:S; ", false, false}};
  for (const auto& [tag, testing, strict] : kCases) {
    const KeyRecord record = parse(tag + std::string("p=") + rsa());
    EXPECT_EQ(record.fault, Reason::none) << tag;
    EXPECT_EQ(record.testing, testing) << tag;
    EXPECT_EQ(record.strict_auid, strict) << tag;
  }
}

TEST(KeyRecord, TellsKeysFromOtherTexts) {
  for (const std::string& text :
       {"p=" + rsa(), std::string("p="), std::string("v=DKIM1; k=rsa"), std::string(" v=DKIM2"),
        std::string("a=b; p=x"), std::string("v=DKIM1;;broken")}) {
    EXPECT_TRUE(looks_like_key_record(text)) << text;
  }
  for (const char* text : {"", " ", "v=spf1 -all", "v=DMARC1; rua=x", "google-site-verification=x",
                           "o=~", "t=y; o=~", "p", "hello world"}) {
    EXPECT_FALSE(looks_like_key_record(text)) << text;
  }
}

SignatureFacts facts(Algorithm algorithm, std::string auid_domain = "example.com") {
  SignatureFacts made;
  made.algorithm = algorithm;
  made.domain = "example.com";
  made.auid_domain = std::move(auid_domain);
  return made;
}

// In the order of steps 5 to 8, then t=s. [RFC6376 6.1.2]
TEST(KeyRecord, FitsTheSignatureOrSaysWhyNot) {
  const Algorithm sha1 = Algorithm::rsa_sha1;
  const Algorithm sha256 = Algorithm::rsa_sha256;
  const Algorithm ed = Algorithm::ed25519_sha256;
  struct {
    std::string record;
    SignatureFacts facts;
    Reason reason;
  } const kCases[] = {
      {"p=" + rsa(), facts(sha256), Reason::none},
      {"p=" + rsa(), facts(sha1), Reason::none},
      {"k=ed25519; p=" + ed25519(), facts(ed), Reason::none},
      {"h=sha1; p=" + rsa(), facts(sha1), Reason::none},
      {"h=sha1; p=" + rsa(), facts(sha256), Reason::key_hash_mismatch},
      {"h=sha256; p=" + rsa(), facts(sha1), Reason::key_hash_mismatch},
      {"h=sha1; k=ed25519; p=" + ed25519(), facts(ed), Reason::key_hash_mismatch},
      {"p=" + rsa(), facts(ed), Reason::key_type_mismatch},
      {"k=ed25519; p=" + ed25519(), facts(sha256), Reason::key_type_mismatch},
      {"k=dsa; p=AAAA", facts(sha256), Reason::key_type_mismatch},
      {"p=", facts(sha256), Reason::key_revoked},
      {"p=AAAA", facts(sha256), Reason::key_data},
      {"t=s; p=" + rsa(), facts(sha256), Reason::none},
      {"t=s; p=" + rsa(), facts(sha256, "a.example.com"), Reason::key_subdomain},
      {"p=" + rsa(), facts(sha256, "a.example.com"), Reason::none},
      // Several faults: the earlier step.
      {"h=sha1; p=", facts(sha256), Reason::key_hash_mismatch},
      {"h=sha1; s=x; p=", facts(sha256), Reason::key_service},
      {"v=x; s=x; h=sha1; p=", facts(sha256), Reason::key_version},
      {"t=s; p=", facts(sha256, "a.example.com"), Reason::key_revoked},
      {"t=s; p=" + rsa(), facts(ed, "a.example.com"), Reason::key_type_mismatch},
      {"h=sha1", facts(sha256), Reason::key_syntax},
  };
  for (const auto& [record, signature, reason] : kCases) {
    EXPECT_EQ(key_fault_for(parse(record), signature), reason) << record;
  }
}

TEST(KeyRecord, SurvivesEachTruncation) {
  const std::string text = "v=DKIM1; k=rsa; h=sha256; s=email; t=y:s; n=x; p=" + rsa();
  std::size_t usable = 0;
  for (std::size_t size = 0; size <= text.size(); ++size) {
    if (parse(std::string_view(text).substr(0, size)).key) ++usable;
  }
  EXPECT_EQ(usable, 1U);
}

}  // namespace
}  // namespace mailassay::dkim
