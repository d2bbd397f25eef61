// The facts of a chain: which field belongs to which set, what is kept of it, where a limit cuts.
// [RFC8617 4.1] [RFC8617 4.2] [RFC8617 5.2]
#include "arc/chain_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/memory_size.h"
#include "support/exact_copy.h"
#include "support/sealed_message.h"

namespace mailassay::arc {
namespace {

Dossier digested(const std::string& message, const Limits& limits = {}) {
  return digest({test::ExactCopy(message).view()}, limits);
}

TEST(ChainReader, NothingWithoutArcFields) {
  const Dossier dossier = digested(test::plain_mail().text());
  EXPECT_EQ(dossier.arc.fields, 0U);
  EXPECT_EQ(dossier.arc.instances, 0U);
  EXPECT_TRUE(dossier.arc.sets.empty());
  EXPECT_EQ(dossier.arc.fault, Reason::none);
}

TEST(ChainReader, FieldNamesInAnyCase) {
  std::string message = test::sealed_mail(1).text();
  for (const std::string name :
       {"ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results"}) {
    std::string upper = name;
    for (char& c : upper) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    message = test::altered(message, name, upper);
  }
  const Dossier dossier = digested(message);
  EXPECT_EQ(dossier.arc.fields, 3U);
  EXPECT_EQ(dossier.arc.fault, Reason::none);
}

TEST(ChainReader, FactsOfAWholeChain) {
  const Dossier dossier = digested(test::sealed_mail(2).text());
  const ChainFacts& chain = dossier.arc;
  EXPECT_EQ(chain.fault, Reason::none);
  EXPECT_EQ(chain.fields, 6U);
  EXPECT_EQ(chain.instances, 2U);
  ASSERT_EQ(chain.sets.size(), 2U);
  ASSERT_EQ(chain.message_signatures.size(), 2U);
  ASSERT_EQ(chain.seals.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const SetFacts& set = chain.sets[i];
    EXPECT_EQ(set.instance, i + 1);
    EXPECT_EQ(set.chain_status, i == 0 ? ChainStatus::none : ChainStatus::pass);
    EXPECT_TRUE(set.has_results && set.has_message_signature && set.has_seal);
    EXPECT_FALSE(set.is_duplicate || set.seal_names_fields || set.covers_seal || set.results_cut);
    EXPECT_TRUE(set.authentication_results.starts_with(" mx.s")) << set.authentication_results;
    EXPECT_TRUE(set.authentication_results.ends_with("dmarc=pass"));
    const std::string domain = "s" + std::to_string(i + 1) + ".example";
    const dkim::SignatureFacts& signature = chain.message_signatures[i];
    EXPECT_EQ(signature.domain, domain);
    EXPECT_EQ(signature.selector, "arc");
    EXPECT_EQ(signature.signed_fields, "from:subject:date");
    EXPECT_EQ(signature.body_match, dkim::Match::match);
    EXPECT_TRUE(signature.header_hash);
    EXPECT_EQ(signature.signed_at, 1'500'000'000);
    const dkim::SignatureFacts& seal = chain.seals[i];
    EXPECT_EQ(seal.domain, domain);
    EXPECT_EQ(seal.algorithm, dkim::Algorithm::rsa_sha256);
    EXPECT_EQ(seal.signed_at, 1'500'000'000);
    EXPECT_FALSE(seal.body_match);
    EXPECT_TRUE(seal.header_hash);
    EXPECT_EQ(seal.signature.size(), 256U);
  }
  EXPECT_TRUE(dossier.signatures.empty());
}

// The tags that ARC does not take over from DKIM. [RFC8617 4.1.2] [RFC8617 4.1.3]
TEST(ChainReader, TagsThatAreNotLookedAt) {
  auto order = test::good_order(1);
  order.signed_names = {"subject"};
  order.message_signature_form = test::altered(order.message_signature_form, "a=@A@", "v=2; a=@A@");
  order.seal_form =
      test::altered(order.seal_form, "a=@A@", "v=x; c=nofws; bh=?; l=x; x=1; q=http; a=@A@");
  const Dossier dossier = digested(test::plain_mail().seal(order).text());
  ASSERT_EQ(dossier.arc.fault, Reason::none);
  EXPECT_EQ(dossier.arc.message_signatures[0].fault, dkim::Reason::none);
  EXPECT_EQ(dossier.arc.message_signatures[0].auid_domain, "s1.example");
  EXPECT_EQ(dossier.arc.seals[0].fault, dkim::Reason::none);
  EXPECT_FALSE(dossier.arc.seals[0].expires_at || dossier.arc.seals[0].body_length);
}

struct SealFault {
  std::string_view from;
  std::string_view to;
  dkim::Reason fault;
};

TEST(ChainReader, FaultsOfSeals) {
  using dkim::Reason;
  const SealFault table[] = {
      {" a=@A@;", "", Reason::missing_tag},
      {" d=@D@;", "", Reason::missing_tag},
      {" s=@S@;", "", Reason::missing_tag},
      {"b=@B@", "B=@B@", Reason::missing_tag},
      {"a=@A@", "a=", Reason::unknown_algorithm},
      {"a=@A@", "a=rsa-sha1", Reason::algorithm_obsolete},
      {"a=@A@", "a=rsa-sha512", Reason::unknown_algorithm},
      {"b=@B@", "b=", Reason::bad_signature_data},
      {"b=@B@", "b=*", Reason::bad_signature_data},
      {"d=@D@", "d=", Reason::bad_domain},
      {"d=@D@", "d=s1 .example", Reason::bad_domain},
      {"d=@D@", "d=localhost", Reason::bad_domain},
      {"s=@S@", "s=", Reason::bad_selector},
      {"s=@S@", "s=a b", Reason::bad_selector},
      {"t=@T@", "t=", Reason::bad_timestamp},
      {"t=@T@", "t=-1", Reason::bad_timestamp},
      {" t=@T@;", "", Reason::none},
      {"t=@T@", "t=@T@; zz=unknown", Reason::none},
  };
  for (const SealFault& row : table) {
    auto order = test::good_order(1);
    order.seal_form = test::altered(order.seal_form, row.from, row.to);
    const Dossier dossier = digested(test::plain_mail().seal(order).text());
    ASSERT_EQ(dossier.arc.seals.size(), 1U) << row.to;
    EXPECT_EQ(dossier.arc.seals[0].fault, row.fault) << row.from << " -> " << row.to;
    EXPECT_EQ(dossier.arc.seals[0].header_hash.has_value(), row.fault == Reason::none) << row.to;
  }
}

struct NamesRow {
  std::string_view names;
  bool covers_seal;
  dkim::Reason fault;
};

// No ARC field may be named [RFC8617 4.1.2]; of those only ARC-Seal breaks the chain.
TEST(ChainReader, NamesOfTheMessageSignature) {
  const NamesRow table[] = {
      {"from:subject", false, dkim::Reason::none},
      {"subject", false, dkim::Reason::none},
      {"", false, dkim::Reason::none},
      {"from::subject:", false, dkim::Reason::none},
      {"from:arc-message-signature:arc-authentication-results", false, dkim::Reason::none},
      {"from:arc-seals:x-arc-seal", false, dkim::Reason::none},
      {"arc-seal", true, dkim::Reason::none},
      {"from: ARC-Seal :to", true, dkim::Reason::none},
      {"from:sub ject", false, dkim::Reason::bad_signed_headers},
  };
  for (const NamesRow& row : table) {
    auto order = test::good_order(1);
    order.message_signature_form =
        test::altered(order.message_signature_form, "h=@H@", "h=" + std::string(row.names));
    const Dossier dossier = digested(test::plain_mail().seal(order).text());
    ASSERT_EQ(dossier.arc.sets.size(), 1U) << row.names;
    EXPECT_EQ(dossier.arc.sets[0].covers_seal, row.covers_seal) << row.names;
    EXPECT_EQ(dossier.arc.message_signatures[0].fault, row.fault) << row.names;
  }
}

// A chain that has failed already: the sets that can be read, with gaps; nothing is hashed.
TEST(ChainReader, BrokenChainsAreNotHashed) {
  test::SealedMessage message = test::sealed_mail(3);
  message.sets[1] = {};
  const Dossier dossier = digested(message.text());
  EXPECT_EQ(dossier.arc.fault, Reason::missing_set);
  EXPECT_EQ(dossier.arc.instances, 3U);
  ASSERT_EQ(dossier.arc.sets.size(), 2U);
  EXPECT_EQ(dossier.arc.sets[1].instance, 3U);
  EXPECT_EQ(dossier.arc.seals[1].domain, "s3.example");
  for (const auto* list : {&dossier.arc.message_signatures, &dossier.arc.seals}) {
    for (const auto& facts : *list) EXPECT_FALSE(facts.header_hash || facts.body_hash);
  }
  EXPECT_EQ(dossier.hashed_bytes, 0U);
}

TEST(ChainReader, ResultsAtTheLimitAndOnePast) {
  const std::string payload(100, 'r');
  auto order = test::good_order(1);
  order.results_form = "ARC-Authentication-Results: i=@I@;" + payload;
  const std::string message = test::plain_mail().seal(order).text();
  for (const std::size_t limit : {std::size_t{101}, std::size_t{100}, std::size_t{99}}) {
    Limits limits;
    limits.arc_results_bytes = limit;
    const Dossier dossier = digested(message, limits);
    const SetFacts& set = dossier.arc.sets.at(0);
    EXPECT_EQ(set.authentication_results, payload.substr(0, limit));
    EXPECT_EQ(set.results_cut, limit < 100) << limit;
    const std::vector<std::string> cut = {"arc"};
    EXPECT_EQ(dossier.truncated, limit < 100 ? cut : std::vector<std::string>()) << limit;
    EXPECT_EQ(dossier.arc.fault, Reason::none) << "what is cut is hashed all the same";
  }
}

TEST(ChainReader, SetsAtTheLimitAndOnePast) {
  const std::string message = test::sealed_mail(3).text();
  for (const std::size_t limit : {std::size_t{4}, std::size_t{3}, std::size_t{2}}) {
    Limits limits;
    limits.arc_sets = limit;
    const Dossier dossier = digested(message, limits);
    EXPECT_EQ(dossier.arc.fault, limit < 3 ? Reason::sets_over_limit : Reason::none) << limit;
    EXPECT_EQ(dossier.arc.sets.size(), limit < 3 ? limit : 3);
    EXPECT_EQ(dossier.arc.instances, 3U);
  }
}

// [RFC8617 4.2.1]
TEST(ChainReader, FiftySetsAndOneMore) {
  EXPECT_EQ(digested(test::sealed_mail(50).text()).arc.fault, Reason::none);
  const Dossier dossier = digested(test::sealed_mail(51).text());
  EXPECT_EQ(dossier.arc.fault, Reason::too_many_sets);
  EXPECT_EQ(dossier.arc.instances, 51U);
  EXPECT_EQ(dossier.arc.sets.size(), 50U);
}

TEST(ChainReader, FieldsAtTheLimitAndOnePast) {
  const test::SealedMessage message = test::sealed_mail(1);
  const std::size_t size =
      message.sets[0].message_signature.size() - std::string("ARC-Message-Signature:").size();
  for (const std::size_t limit : {size, size - 1}) {
    Limits limits;
    limits.signature_field_bytes = limit;
    EXPECT_EQ(digested(message.text(), limits).arc.fault,
              limit < size ? Reason::field_over_limit : Reason::none);
  }
}

TEST(ChainReader, ItsMemoryIsCounted) {
  const Dossier without = digested(test::plain_mail().text());
  const Dossier with = digested(test::sealed_mail(2).text());
  std::uint64_t least = 0;
  for (const SetFacts& set : with.arc.sets) least += set.authentication_results.size();
  for (const auto* list : {&with.arc.message_signatures, &with.arc.seals}) {
    for (const auto& facts : *list) least += sizeof facts + facts.signature.size();
  }
  EXPECT_GE(engine::memory_size(with), engine::memory_size(without) + least);
}

}  // namespace
}  // namespace mailassay::arc
