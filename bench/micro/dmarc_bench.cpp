// One verdict by DMARC, with all answers there: evaluated, and from the memo.
#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <utility>

#include "dmarc/memo.h"
#include "mailassay/dmarc.h"

namespace {

using namespace mailassay;

class OneZone final : public dns::View {
 public:
  void add_txt(std::string name, const std::string& text) {
    dns::Sighting sighting;
    sighting.kind = dns::AnswerKind::records;
    sighting.rdata = {static_cast<char>(text.size()) + text};
    answers_[{std::move(name), dns::Type::txt}].sightings = {sighting};
  }
  const dns::Answer* find(const dns::Question& question) const override {
    const auto found = answers_.find(question);
    return found == answers_.end() ? &absent_ : &found->second;
  }

 private:
  std::map<dns::Question, dns::Answer> answers_;
  dns::Answer absent_{{{dns::AnswerKind::no_such_name, {}, {}, "zone", {}, {}}}};
};

OneZone zone() {
  OneZone out;
  out.add_txt("_dmarc.example.com",
              "v=DMARC1; p=reject; sp=quarantine; rua=mailto:dmarc@example.com; adkim=r; pct=100");
  return out;
}

/// What mail sent through a provider looks like: two signatures, and SPF of a bounce domain.
dmarc::Input input() {
  using State = dmarc::Identifier::State;
  dmarc::Input out;
  out.author.domains = {"news.example.com"};
  out.identifiers = {{dmarc::Method::dkim, State::passes, "example.com"},
                     {dmarc::Method::dkim, State::passes, "provider.example"},
                     {dmarc::Method::spf, State::passes, "bounce.news.example.com"}};
  return out;
}

void evaluate(benchmark::State& state) {
  const OneZone view = zone();
  const dmarc::Input question = input();
  for (auto _ : state) {
    dns::Needs needs;
    benchmark::DoNotOptimize(dmarc::evaluate(question, view, needs));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(evaluate);

void from_memo(benchmark::State& state) {
  const OneZone view = zone();
  const dmarc::Input question = input();
  dmarc::Memo memo({});
  for (auto _ : state) {
    dns::Needs needs;
    benchmark::DoNotOptimize(memo.evaluate(question, view, needs));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(from_memo);

}  // namespace
