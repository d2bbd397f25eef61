// What a seal signs, against the reference implementation. [RFC8617 5.1.1]
// [RFC8617 4.1.3]
#include <gtest/gtest.h>

#include <string>

#include "base/bytes.h"
#include "mailassay/dossier.h"
#include "mkcorpus/reference_canon.h"
#include "support/sealed_message.h"

namespace mailassay {
namespace {

namespace reference = mkcorpus::reference;

/// The three fields, in the order in which they are hashed.
std::string set_input(const mkcorpus::ArcSet& set, bool is_last) {
  constexpr auto kRelaxed = reference::Canon::relaxed;
  const std::string seal = is_last ? reference::without_signature_value(set.seal) : set.seal;
  return reference::canonical_field(set.results, kRelaxed) + "\r\n" +
         reference::canonical_field(set.message_signature, kRelaxed) + "\r\n" +
         reference::canonical_field(seal, kRelaxed) + (is_last ? "" : "\r\n");
}

TEST(SealHash, CoversAllSetsUpToItsOwn) {
  const test::SealedMessage message = test::sealed_mail(5);
  const std::string text = message.text();
  const Dossier dossier = digest({text});
  ASSERT_EQ(dossier.arc.fault, arc::Reason::none);
  ASSERT_EQ(dossier.arc.seals.size(), 5U);
  std::string before;
  for (std::size_t i = 0; i < 5; ++i) {
    const std::string expected =
        mkcorpus::hash_octets(mkcorpus::Hash::sha256, before + set_input(message.sets[i], true));
    const auto& hash = dossier.arc.seals[i].header_hash;
    ASSERT_TRUE(hash);
    EXPECT_EQ(as_text(hash->octets.data(), hash->size), expected) << "set " << i + 1;
    before += set_input(message.sets[i], false);
  }
}

// Each octet of a chain is hashed for its seals about twice, whatever the number of sets.
TEST(SealHash, LinearInTheChain) {
  test::SealedMessage message = test::plain_mail();
  std::size_t octets = 0;
  for (std::size_t i = 1; i <= 50; ++i) {
    auto order = test::good_order(i);
    order.results_form += "; x=" + std::string(10'000, 'r');
    order.signed_names = {"from"};
    message.seal(order);
    octets += message.sets.back().results.size() + message.sets.back().message_signature.size() +
              message.sets.back().seal.size();
  }
  const std::string text = message.text();
  const Dossier dossier = digest({text});
  ASSERT_EQ(dossier.arc.fault, arc::Reason::none);
  EXPECT_EQ(dossier.arc.instances, 50U);
  EXPECT_LT(dossier.hashed_bytes, 2 * octets);
}

}  // namespace
}  // namespace mailassay
