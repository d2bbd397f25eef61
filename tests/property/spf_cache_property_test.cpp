// With a cache the verdicts of SPF are those without, to the last field.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <random>
#include <string>

#include "spf/evaluation_cache.h"
#include "support/spf_zone.h"

namespace mailassay {
namespace {

using dns::Type;

constexpr const char* kMacros[] = {"%{l}", "%{h}", "%{i}", "%{o}",
                                   "%{d}", "%{p}", "%{v}", "%{s2@}"};
constexpr const char* kExplanations[] = {"no", "%{c} at %{t}", "%{r} says %{h}", "%{S}", "%{p}"};

/// The zone, and for some names a second sighting of another time.
class Dated final : public dns::View {
 public:
  explicit Dated(const test::SpfZone& zone) : zone_(zone) {}

  const dns::Answer* find(const dns::Question& question) const override {
    const dns::Answer& now = *zone_.find(question);
    if (dns::QuestionHash()(question) % 3 != 0) return &now;
    dns::Answer& both = dated_[question];
    if (both.sightings.empty()) {
      both = now;
      both.sightings.push_back(zone_.find({"n1.org", question.type})->sightings.front());
      both.sightings[0].first_seen = both.sightings[0].last_seen = at(1000);
      both.sightings[1].first_seen = both.sightings[1].last_seen = at(2000);
    }
    return &both;
  }

  static std::chrono::sys_seconds at(int seconds) {
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
  }

 private:
  const test::SpfZone& zone_;
  mutable std::map<dns::Question, dns::Answer> dated_;
};

std::string any_name(std::mt19937& random) { return "n" + std::to_string(random() % 6) + ".org"; }

std::string any_term(std::mt19937& random) {
  switch (random() % 7) {
    case 0:
      return "include:" + any_name(random);
    case 1:
      return "a:" + any_name(random);
    case 2:
      return "mx:" + any_name(random);
    case 3:
      return "ptr:" + any_name(random);
    case 4:
      return "~ip4:192.0.2." + std::to_string(random() % 4);
    case 5:
      return "?ip6:2001:db8::1";
    default:
      return std::string("exists:") + kMacros[random() % std::size(kMacros)] + ".x.org";
  }
}

std::string any_record(std::mt19937& random) {
  std::string record = "v=spf1";
  for (auto i = random() % 4; i > 0; --i) record += ' ' + any_term(random);
  if (random() % 2 == 0) record += " exp=why" + std::to_string(random() % 5) + ".org";
  if (random() % 4 == 0) return record + " redirect=" + any_name(random);
  return record + (random() % 8 == 0 ? " moo" : " -all");
}

test::SpfZone any_zone(std::mt19937& random) {
  test::SpfZone zone;
  for (int i = 0; i < 6; ++i) {
    const std::string name = "n" + std::to_string(i) + ".org";
    zone.add_txt(name, any_record(random));
    if (random() % 2 == 0) zone.add(name, Type::a, "192.0.2." + std::to_string(random() % 3));
    if (random() % 2 == 0) zone.add(name, Type::mx, "10 " + any_name(random) + '.');
    if (random() % 9 == 0) zone.set(name, Type::a, dns::AnswerKind::no_evidence);
  }
  for (int i = 0; i < 5; ++i) {
    zone.add_txt("why" + std::to_string(i) + ".org", kExplanations[i]);
  }
  for (const char* name : {"ann.x.org", "h1.org.x.org", "192.0.2.1.x.org", "unknown.x.org"}) {
    if (random() % 2 == 0) zone.add(name, Type::a, "127.0.0.2");
  }
  zone.add("1.2.0.192.in-addr.arpa", Type::ptr, any_name(random) + '.');
  return zone;
}

spf::Input any_input(std::mt19937& random) {
  constexpr const char* kAddresses[] = {"192.0.2.1", "192.0.2.2", "::ffff:192.0.2.1",
                                        "2001:db8::1"};
  constexpr const char* kLocalParts[] = {"ann@", "bob@", "", "j\xC3\xBCrg@"};
  constexpr const char* kHelos[] = {"h1.org", "h2.org", "n2.org"};
  spf::Input input = test::spf_input(
      kAddresses[random() % 4], kLocalParts[random() % 4] + any_name(random), kHelos[random() % 3]);
  if (random() % 8 == 0) input.mail_from.clear();
  if (random() % 8 == 0) input.identity = spf::Identity::helo;
  if (random() % 3 == 0) input.receiver = "mx.example.net";
  if (random() % 4 != 0) input.time = Dated::at(static_cast<int>(random() % 4) * 700);
  return input;
}

void compare(unsigned seed, std::size_t most_bytes) {
  std::mt19937 random(seed);
  std::uint64_t calls = 0;
  std::uint64_t evaluations = 0;
  for (int round = 0; round < 60; ++round) {
    const test::SpfZone zone = any_zone(random);
    const Dated view(zone);
    spf::EvaluationCache cache(most_bytes);
    for (int i = 0; i < 100; ++i, ++calls) {
      const spf::Input input = any_input(random);
      dns::Needs needs;
      const std::shared_ptr<const spf::Verdict> kept = cache.evaluate(input, view, needs, Limits());
      ASSERT_NE(kept, nullptr);
      ASSERT_EQ(*kept, test::judge_spf(input, view)) << round << ' ' << i;
      ASSERT_LE(cache.bytes(), most_bytes);
    }
    evaluations += cache.evaluations();
  }
  // Neither useless nor never asked.
  EXPECT_GT(evaluations, 0U);
  if (most_bytes > 1'000'000) {
    EXPECT_LT(evaluations, calls * 3 / 4);
  }
}

TEST(SpfCacheProperty, SameVerdictsAsWithout) { compare(1, 4'000'000); }

TEST(SpfCacheProperty, SameVerdictsWhenItIsTooSmall) {
  for (const std::size_t most_bytes : {0U, 2000U, 8000U, 30'000U}) compare(2, most_bytes);
}

}  // namespace
}  // namespace mailassay
