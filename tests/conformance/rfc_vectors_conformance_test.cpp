// What the RFCs themselves print.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "crypto/hasher.h"
#include "dkim/canonical_body.h"
#include "dkim/canonical_header.h"
#include "message/header_index.h"
#include "support/conformance_dir.h"
#include "support/dkim_case.h"
#include "support/dns_table.h"
#include "support/exact_copy.h"

namespace mailassay::dkim {
namespace {

constexpr const char* kVectors = "conformance/vectors/";

struct StringSink final : ByteSink {
  void write(std::string_view octets) override { text.append(octets); }
  std::string text;
};

std::string canonical_body(std::string_view body, std::string_view canon) {
  const test::ExactCopy copy(body);
  StringSink sink;
  BodyCanonicalizer canonicalizer(canon == "simple" ? BodyCanon::simple : BodyCanon::relaxed);
  canonicalizer.begin(sink);
  canonicalizer.feed(copy.view());
  canonicalizer.finish();
  return sink.text;
}

nlohmann::json canonicalization_vectors() {
  return nlohmann::json::parse(
      test::read_file(std::string(kVectors) + "rfc6376/canonicalization.json"));
}

TEST(Rfc6376Vectors, CanonicalizationExample) {  // [RFC6376 3.4.5]
  const auto vectors = canonicalization_vectors();
  const test::ExactCopy message(vectors["message"].get<std::string>());
  message::HeaderIndex header;
  header.build(message.view());
  ASSERT_EQ(header.fields().size(), vectors["fields"].size());
  for (std::size_t i = 0; i < header.fields().size(); ++i) {
    const message::HeaderField& field = header.fields()[i];
    const RawField raw{header.raw(field), field.name_size, field.colon - field.begin};
    std::string simple;
    std::string relaxed;
    append_canonical_field(HeaderCanon::simple, raw, simple);
    append_canonical_field(HeaderCanon::relaxed, raw, relaxed);
    EXPECT_EQ(simple, vectors["fields"][i]["simple"].get<std::string>());
    EXPECT_EQ(relaxed, vectors["fields"][i]["relaxed"].get<std::string>());
  }
  const std::string_view body = message.view().substr(header.body_offset());
  for (const auto& [canon, expected] : vectors["body"].items()) {
    EXPECT_EQ(canonical_body(body, canon), expected.get<std::string>()) << canon;
  }
}

TEST(Rfc6376Vectors, EmptyBodies) {  // [RFC6376 3.4.3] [RFC6376 3.4.4]
  const auto vectors = canonicalization_vectors();
  ASSERT_EQ(vectors["empty_body"].size(), 4U);
  for (const auto& vector : vectors["empty_body"]) {
    const bool is_sha1 = vector["hash"] == "sha1";
    crypto::Hasher hasher(is_sha1 ? crypto::HashAlgorithm::sha1 : crypto::HashAlgorithm::sha256);
    hasher.begin();
    hasher.update(canonical_body("", vector["body"].get<std::string>()));
    const Digest hash = hasher.finish();
    std::string octets;
    for (std::size_t i = 0; i < hash.size; ++i) {
      octets.push_back(static_cast<char>(hash.octets[i]));
    }
    EXPECT_EQ(encode_base64(octets), vector["bh"].get<std::string>()) << vector;
  }
}

TEST(Rfc8463Vectors, SignedMessageOfAppendixA) {  // [RFC8463 A]
  test::DnsTable dns;
  dns.add_json(nlohmann::json::parse(test::read_file(std::string(kVectors) + "rfc8463/dns.json")));
  const std::string message = test::read_file(std::string(kVectors) + "rfc8463/appendix_a.eml");
  test::check_dkim_case(
      {"appendix_a.eml", "pass pass", "pass none match match, pass none match match", "", ""},
      message, dns);
  // Each key under the name of the other one.
  test::DnsTable swapped;
  const std::string brisbane = "brisbane._domainkey.football.example.com";
  const std::string test_name = "test._domainkey.football.example.com";
  const auto json =
      nlohmann::json::parse(test::read_file(std::string(kVectors) + "rfc8463/dns.json"));
  swapped.add_txt(brisbane, json[test_name]["TXT"][0].get<std::string>());
  swapped.add_txt(test_name, json[brisbane]["TXT"][0].get<std::string>());
  EXPECT_EQ(test::dkim_words(message, swapped),
            "permerror key-type-mismatch match -, permerror key-type-mismatch match -");
}

}  // namespace
}  // namespace mailassay::dkim
