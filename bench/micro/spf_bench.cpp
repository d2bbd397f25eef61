// SPF evaluations per second: a sender with nested includes, anew and from the cache.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <unordered_map>

#include "spf/evaluation_cache.h"
#include "spf/record.h"

#if !defined(__OPTIMIZE__)
#error "a benchmark of an unoptimised build says nothing"
#endif

namespace mailassay::spf {
namespace {

/// Everything is known; what was not added does not exist.
class Table final : public dns::View {
 public:
  Table() {
    nothing_.sightings.resize(1);
    nothing_.sightings[0].kind = dns::AnswerKind::no_such_name;
    add_txt("example.com",
            "v=spf1 include:_spf.provider.example include:_spf.bulk.example mx -all");
    add_txt("_spf.provider.example",
            "v=spf1 include:_a.provider.example include:_b.provider.example ~all");
    for (const char* name : {"_a.provider.example", "_b.provider.example", "_spf.bulk.example"}) {
      std::string record = "v=spf1";
      for (int i = 0; i < 16; ++i) record += " ip4:203.0.113." + std::to_string(16 * i) + "/28";
      add_txt(name, record + " ~all");
    }
    add("example.com", dns::Type::mx, std::string("\0\x0A\4mail\7example\3com\0", 20));
    add("mail.example.com", dns::Type::a, std::string("\xC6\x33\x64\x19", 4));
  }

  const dns::Answer* find(const dns::Question& question) const override {
    const auto found = answers_.find(question);
    return found == answers_.end() ? &nothing_ : &found->second;
  }

 private:
  void add_txt(const std::string& name, const std::string& text) {
    std::string rdata;
    for (std::size_t at = 0; at < text.size(); at += 255) {
      const std::string part = text.substr(at, 255);
      rdata.push_back(static_cast<char>(part.size()));
      rdata += part;
    }
    add(name, dns::Type::txt, rdata);
  }
  void add(const std::string& name, dns::Type type, const std::string& rdata) {
    dns::Sighting sighting;
    sighting.kind = dns::AnswerKind::records;
    sighting.rdata = {rdata};
    answers_[{name, type}].sightings = {sighting};
  }

  std::unordered_map<dns::Question, dns::Answer, dns::QuestionHash> answers_;
  dns::Answer nothing_;
};

Input input_from(int host) {
  Input input;
  input.client_ip = {'\xC6', '\x33', '\x64', static_cast<char>(host)};
  input.mail_from = "ann@example.com";
  input.helo = "mail.example.com";
  return input;
}

void evaluate_anew(benchmark::State& state) {
  const Table view;
  const Input input = input_from(25);
  for (auto _ : state) {
    dns::Needs needs;
    benchmark::DoNotOptimize(evaluate(input, view, needs, Limits()));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(evaluate_anew);

/// Every evaluation is a new one, but the records are read already.
void evaluate_new_senders(benchmark::State& state) {
  const Table view;
  EvaluationCache cache(4096);  // too small to keep a verdict for long
  std::uint8_t host = 0;
  for (auto _ : state) {
    dns::Needs needs;
    benchmark::DoNotOptimize(cache.evaluate(input_from(host++), view, needs, Limits()));
  }
  state.counters["evaluations"] =
      static_cast<double>(cache.evaluations()) / static_cast<double>(state.iterations());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(evaluate_new_senders);

void evaluate_kept(benchmark::State& state) {
  const Table view;
  EvaluationCache cache;
  const Input input = input_from(25);
  for (auto _ : state) {
    dns::Needs needs;
    benchmark::DoNotOptimize(cache.evaluate(input, view, needs, Limits()));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(evaluate_kept);

void read_record(benchmark::State& state) {
  const std::string record =
      "v=spf1 include:_spf.provider.example a:mail.example.com/24 ip4:203.0.113.0/28"
      " exists:%{ir}.%{v}._spf.%{d2} ~all";
  for (auto _ : state) benchmark::DoNotOptimize(parse_record(record));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(read_record);

}  // namespace
}  // namespace mailassay::spf
