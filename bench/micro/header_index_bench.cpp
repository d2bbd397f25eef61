// Octets and messages per second of indexing headers, and of what is found in them.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <string>

#include "message/header_index.h"

#if !defined(__OPTIMIZE__)
#error "a benchmark of an unoptimised build says nothing"
#endif

namespace mailassay::message {
namespace {

/// A header as mail has it: some names often, values of 20 to 200 octets, every fourth folded.
std::string make_header(std::size_t fields) {
  constexpr std::string_view kNames[] = {"Received",     "From",   "To",       "Subject",
                                         "Message-ID",   "Date",   "X-Mailer", "DKIM-Signature",
                                         "MIME-Version", "List-Id"};
  std::mt19937 random(1);
  std::string header;
  for (std::size_t i = 0; i < fields; ++i) {
    header.append(kNames[random() % 10]).append(": ");
    header.append(20 + random() % 90, 'v');
    if (random() % 4 == 0) header.append("\n\t").append(20 + random() % 90, 'w');
    header += '\n';
  }
  return header += '\n';
}

void index_header(benchmark::State& state) {
  const std::string header = make_header(static_cast<std::size_t>(state.range(0)));
  HeaderIndex index;
  for (auto _ : state) {
    index.build(header);
    benchmark::DoNotOptimize(index.last("from"));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(header.size()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(index_header)->ArgName("fields")->Arg(12)->Arg(30)->Arg(100)->Arg(10'000);

void index_hostile_header(benchmark::State& state) {
  const std::string header(std::size_t{1} << 20U, ':');
  HeaderIndex index;
  for (auto _ : state) {
    index.build(header);
    benchmark::DoNotOptimize(index.junk_lines());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(header.size()));
}
BENCHMARK(index_hostile_header);

}  // namespace
}  // namespace mailassay::message
