// The seven properties of standings, over generated evidence.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "mailassay/axes.h"
#include "mailassay/standing.h"
#include "support/standing_evidence.h"
#include "verdict/standing_row.h"
#include "verdict/standing_word.h"

namespace mailassay::standing {
namespace {

constexpr unsigned kSeed = 9989;
constexpr int kCases = 200000;

/// Evidence, and what its form was decided from.
struct Scene {
  Evidence evidence;
  FormFacts form_facts;
  FormEvidence form_evidence;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  bool chance(unsigned in) { return random_() % in == 0; }
  template <typename Enum>
  Enum pick(Enum last) {
    return static_cast<Enum>(random_() % (static_cast<unsigned long>(last) + 1));
  }

  Signature signature() {
    Signature s;
    s.outcome = pick(SignatureClass::counts_for_none);
    s.aligned = pick(Aligned::unknown);
    s.key_fresh = chance(2);
    s.is_ed25519 = chance(4);
    s.is_partial = chance(4);
    s.domain = s.aligned == Aligned::no ? "esp.example" : "example.com";
    s.selector = chance(2) ? "s1" : "s2";
    s.value_prefix = chance(2) ? "AbCdEfGh" : "XyXyXyXy";
    if (s.outcome == SignatureClass::unknown) {
      s.gap = static_cast<Gap>(1 + random_() % 3);
      s.key_fresh = false;
    }
    const bool fails = differs(s) || (s.outcome == SignatureClass::other_key && s.is_ed25519);
    if (fails && chance(4)) s.verifies_after = {"refold"};
    if (fails && s.verifies_after.empty() && chance(4)) s.added = {"footer"};
    return s;
  }

  Scene scene() {
    Scene scene;
    Evidence& e = scene.evidence;
    if (chance(20)) e.author = pick(Author::not_a_message);
    e.from_is_own = chance(3);
    for (auto i = random_() % 4; i != 0; --i) test::add_signature(e, signature());
    e.has_arc_field = chance(3);
    if (e.has_arc_field && chance(2)) e.newest_arc_signature = signature();
    e.border = pick(Border::trusted_results);
    e.hops = pick(Hops::foreign);
    e.has_transit_trace = !chance(6);
    e.local = {chance(4), chance(4), chance(4)};
    e.is_journal_wrapper = chance(30);
    fill_session(e);
    fill_trust(e);
    e.claims_list = chance(3);
    fill_form(scene);
    return scene;
  }

  /// Takes answers of DNS away, as if nobody had recorded them.
  void remove_dns(Evidence& e) {
    for (Signature& s : e.signatures) {
      if (chance(2)) remove_key(s);
    }
    if (e.newest_arc_signature && chance(2)) remove_key(*e.newest_arc_signature);
    if (chance(2) && e.border != Border::none) {
      e.spf.gap = missing();
      if (chance(2)) e.spf.status = SpfStatus::temperror;
    }
    if (chance(2)) remove_policy(e);
    if (chance(2)) remove_trust(e);
  }

  /// What a stranger can add: List-*, Authentication-Results, ARC and X- fields.
  void add_fields(Scene& scene) {
    Evidence& e = scene.evidence;
    if (chance(2)) e.claims_list = true;
    if (chance(2)) add_arc(e);
    if (chance(2)) e.local = {true, e.local.submitted, true};
    FormFacts& facts = scene.form_facts;
    facts.few_fields = false;
    if (chance(2)) facts.store_fields = true;
    if (chance(2)) facts.libpst_fields = true;
    if (chance(2)) facts.exchange_fields = true;
    e.form = form_of(facts, scene.form_evidence);
  }

 private:
  static bool differs(const Signature& s) {
    return s.outcome == SignatureClass::body_differs || s.outcome == SignatureClass::other_header;
  }

  Gap missing() {
    constexpr std::array kGaps = {Gap::temporary, Gap::no_evidence, Gap::not_fresh};
    return kGaps[random_() % kGaps.size()];
  }

  void fill_session(Evidence& e) {
    e.spf.status = pick(SpfStatus::permerror);
    e.spf.aligned = pick(Aligned::unknown);
    e.spf.domain = e.spf.aligned == Aligned::no ? "esp.example" : "example.com";
    e.spf.gap = chance(3) ? missing() : Gap::none;
    if (e.border == Border::none && chance(2)) e.spf = {};
    e.dmarc.gap = chance(3) ? missing() : Gap::none;
    e.dmarc.rules = pick(DmarcRules::unsure);
    e.dmarc.rfc7489 = opinion();
    e.dmarc.rfc9989 = chance(2) ? e.dmarc.rfc7489 : opinion();
    if (chance(4)) e.own_senders = {"esp"};
  }

  DmarcOpinion opinion() { return {!chance(3), !chance(3), pick(Policy::reject), chance(4)}; }

  void fill_trust(Evidence& e) {
    for (auto i = random_() % 3; i != 0; --i) {
      Witness witness = test::witness_of_pass(chance(2));
      if (chance(2)) witness.selector = "s2";
      e.witnesses.push_back(witness);
    }
    if (!chance(2)) e.witnesses.clear();
    if (e.has_arc_field && chance(3)) {
      e.arc_sets = {{"list.example", chance(2), !chance(3), !chance(3), chance(4), chance(4)}};
    }
    if (chance(10)) e.trusted_passes = {{chance(2), chance(2), "list.example"}};
    if (chance(10)) e.trust_gap = missing();
  }

  void fill_form(Scene& scene) {
    FormFacts& facts = scene.form_facts;
    facts.store_fields = chance(3);
    facts.libpst_boundary = chance(10);
    facts.libpst_fields = chance(10);
    facts.exchange_fields = chance(10);
    facts.few_fields = !scene.evidence.has_dkim_field && !scene.evidence.has_arc_field && chance(4);
    facts.obfuscated_from = chance(2);
    facts.has_transit = chance(2);
    facts.names_parts = chance(2);
    facts.has_body = !chance(10);
    scene.form_evidence = {chance(6), chance(2), chance(20)};
    scene.evidence.form = form_of(facts, scene.form_evidence);
  }

  void remove_key(Signature& s) {
    s.outcome = SignatureClass::unknown;
    s.gap = missing();
    s.key_fresh = false;
    s.verifies_after.clear();
    s.added.clear();
  }

  /// The walk for organizational domains goes with the policy.
  void remove_policy(Evidence& e) {
    e.dmarc = {};
    e.dmarc.gap = missing();
    for (Signature& s : e.signatures) {
      if (chance(2)) s.aligned = Aligned::unknown;
    }
    if (chance(2)) e.spf.aligned = Aligned::unknown;
  }

  void remove_trust(Evidence& e) {
    const bool had_seal = std::any_of(e.witnesses.begin(), e.witnesses.end(),
                                      [](const Witness& w) { return w.is_sealed; });
    if (had_seal || !e.arc_sets.empty() || !e.trusted_passes.empty()) e.trust_gap = missing();
    std::erase_if(e.witnesses, [](const Witness& w) { return w.is_sealed; });
    e.arc_sets.clear();
    e.trusted_passes.clear();
  }

  /// Sets that verify by a sealer whom nobody trusts, or a chain that breaks by them.
  void add_arc(Evidence& e) {
    e.has_arc_field = true;
    if (chance(2)) {
      e.arc_sets.clear();
    } else {
      for (ArcSet& set : e.arc_sets) set.trusted_to_newest = false;
      e.arc_sets.push_back({"evil.example", false, true, true, false, false});
    }
  }

  std::mt19937 random_;
};

/// How good a standing is. To be altered and to be unknown are neither better than the other.
int goodness(Value value) {
  switch (value) {
    case Value::authenticated:
      return 6;
    case Value::local:
    case Value::forwarded:
    case Value::attested:
      return 5;
    case Value::altered:
    case Value::unverifiable:
      return 4;
    case Value::unaligned:
      return 3;
    case Value::unauthenticated:
      return 2;
    case Value::disowned:
      return 1;
    case Value::malformed:
      return 0;
  }
  return 0;
}

bool accuses(const Standing& standing) {
  return standing.value == Value::altered || standing.value == Value::disowned;
}

std::string told(const Standing& standing) {
  return std::string(entry_of(standing.value).text) + " by row " + std::to_string(standing.row) +
         ": " + test::reasons_of(standing);
}

template <typename Check>
void for_each_scene(unsigned property, Check check) {
  Generator generator(kSeed + property);
  for (int i = 0; i < kCases; ++i) {
    SCOPED_TRACE("case " + std::to_string(i));
    check(generator, generator.scene());
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(StandingProperty, OneRowDecides) {
  std::array<int, kRowCount> hits{};
  for_each_scene(1, [&](Generator&, const Scene& scene) {
    const Standing standing = decide(scene.evidence);
    ASSERT_GE(standing.row, 1U);
    ASSERT_LE(standing.row, kRowCount);
    const Row& row = rows()[standing.row - 1];
    ASSERT_EQ(row.value, standing.value);
    ASSERT_EQ(row.miss(scene.evidence), Miss::none);
    for (std::size_t i = 0; i + 1 < standing.row; ++i) ASSERT_NE(standing.misses[i], Miss::none);
    ASSERT_FALSE(standing.reasons.empty());
    ++hits[standing.row - 1];
  });
  // A generator that never comes to a row proves nothing about it.
  for (std::size_t i = 0; i < kRowCount; ++i) EXPECT_GT(hits[i], kCases / 1000) << "row " << i + 1;
}

TEST(StandingProperty, AuthenticatedHasAnAlignedIdentifier) {
  for_each_scene(2, [](Generator&, const Scene& scene) {
    const Evidence& e = scene.evidence;
    if (decide(e).value != Value::authenticated) return;
    const bool by_dkim =
        std::any_of(e.signatures.begin(), e.signatures.end(), [](const Signature& s) {
          return s.aligned == Aligned::yes && s.outcome == SignatureClass::verifies;
        });
    const bool by_spf = e.border != Border::none && e.spf.status == SpfStatus::pass &&
                        e.spf.aligned == Aligned::yes && e.spf.gap == Gap::none;
    ASSERT_TRUE(by_dkim || by_spf);
  });
}

TEST(StandingProperty, MissingDnsNeverAccuses) {
  int accused = 0;
  for_each_scene(3, [&](Generator& generator, const Scene& scene) {
    const Standing before = decide(scene.evidence);
    const bool was_altered = integrity_of(scene.evidence).value == Integrity::altered;
    Evidence less = scene.evidence;
    generator.remove_dns(less);
    const Standing after = decide(less);
    if (accuses(before)) ++accused;
    if (accuses(after)) {
      ASSERT_EQ(after.value, before.value) << told(before) << "\n" << told(after);
    }
    if (!was_altered) {
      ASSERT_NE(integrity_of(less).value, Integrity::altered);
    }
  });
  EXPECT_GT(accused, kCases / 100);
}

TEST(StandingProperty, WithoutConfigurationNothingIsDisowned) {
  int fails = 0;
  for_each_scene(4, [&](Generator& generator, Scene scene) {
    Evidence& e = scene.evidence;
    // Sealers, receivers, lists and own domains are all configured; profiles of providers are not
    // at hand.
    e.border = generator.chance(2) ? Border::none : Border::inferred;
    e.from_is_own = false;
    e.witnesses.clear();
    e.arc_sets.clear();
    e.trusted_passes.clear();
    if (e.dmarc.rfc9989.fails && e.dmarc.rfc9989.policy == Policy::reject) ++fails;
    ASSERT_NE(decide(e).value, Value::disowned);
  });
  EXPECT_GT(fails, kCases / 100);
}

TEST(StandingProperty, FieldsOfAStrangerNeverImprove) {
  int changed = 0;
  for_each_scene(5, [&](Generator& generator, Scene scene) {
    const Standing before = decide(scene.evidence);
    generator.add_fields(scene);
    const Standing after = decide(scene.evidence);
    if (after.value != before.value) ++changed;
    ASSERT_LE(goodness(after.value), goodness(before.value)) << told(before) << "\n" << told(after);
  });
  EXPECT_GT(changed, kCases / 1000);
}

TEST(StandingProperty, ARegeneratedFormIsNeverAltered) {
  for_each_scene(6, [](Generator& generator, Scene scene) {
    scene.evidence.form = {Form::regenerated, generator.chance(2)};
    ASSERT_NE(decide(scene.evidence).value, Value::altered);
    ASSERT_NE(integrity_of(scene.evidence).value, Integrity::altered);
  });
}

// Whatever the enclosing message says: only what a signature proves is believed, nobody is accused.
TEST(StandingProperty, InAnotherMessageOnlySignaturesCount) {
  int authenticated = 0;
  for_each_scene(9, [&](Generator&, Scene scene) {
    scene.evidence.is_enclosed = true;
    if (scene.evidence.form.form != Form::headers_only)
      scene.evidence.form = {Form::enclosed, false};
    const Standing standing = decide(scene.evidence);
    ASSERT_TRUE(standing.value == Value::authenticated || standing.value == Value::forwarded ||
                standing.value == Value::attested || standing.value == Value::unverifiable ||
                standing.value == Value::malformed)
        << told(standing);
    if (standing.value == Value::authenticated) {
      ASSERT_EQ(standing.row, 2U);
      ++authenticated;
    }
    ASSERT_NE(integrity_of(scene.evidence).value, Integrity::altered);
  });
  EXPECT_GT(authenticated, kCases / 1000);
}

TEST(StandingProperty, WithoutAClientNothingFailsDmarc) {
  for_each_scene(7, [](Generator&, Scene scene) {
    scene.evidence.border = Border::none;
    const Standing standing = decide(scene.evidence);
    ASSERT_NE(standing.value, Value::disowned);
    for (const ReasonWord& reason : standing.reasons) {
      ASSERT_NE(reason.word, Word::spf_fail);
      ASSERT_NE(reason.word, Word::spf_softfail);
      ASSERT_NE(reason.word, Word::spf_aligned);
      ASSERT_NE(reason.word, Word::spf_unaligned);
    }
  });
}

// What a standing rests on is there whenever something was verified.
TEST(StandingProperty, WhatIsVerifiedHasABasis) {
  for_each_scene(8, [](Generator&, const Scene& scene) {
    const Standing standing = decide(scene.evidence);
    const auto basis = basis_of(scene.evidence, standing);
    if (standing.value == Value::disowned) {
      ASSERT_NE(basis, Basis::later);
    }
    const bool needs_one = standing.row >= 2 && standing.row <= 8 && standing.row != 5;
    if (needs_one) {
      ASSERT_TRUE(basis) << told(standing);
    }
  });
}

}  // namespace
}  // namespace mailassay::standing
