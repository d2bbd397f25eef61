// Octets per second of splitting. The archive is larger than the caches; its seed is fixed.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <string>

#include "mbox/postmark.h"
#include "mbox/splitter.h"

#if !defined(__OPTIMIZE__)
#error "a benchmark of an unoptimised build says nothing"
#endif

namespace mailassay::mbox {
namespace {

constexpr std::size_t kArchiveBytes = std::size_t{64} << 20;
constexpr std::string_view kPostmark = "From jo@example.com Mon Jan  5 10:00:00 2020";

/// Messages of `message_bytes` with lines of 20 to 76 octets of words.
std::string make_archive(std::size_t message_bytes) {
  std::mt19937 random(1);
  std::string archive;
  archive.reserve(kArchiveBytes + message_bytes + 128);
  while (archive.size() < kArchiveBytes) {
    archive += kPostmark;
    archive += "\nSubject: x\n\n";
    const std::size_t end = archive.size() + message_bytes;
    while (archive.size() < end) {
      for (std::size_t octets = 20 + random() % 57; octets != 0; --octets) {
        archive += random() % 6 == 0 ? ' ' : static_cast<char>('a' + random() % 26);
      }
      archive += '\n';
    }
    archive += '\n';
  }
  return archive;
}

void split_archive(benchmark::State& state) {
  const std::string archive = make_archive(static_cast<std::size_t>(state.range(0)));
  std::size_t messages = 0;
  for (auto _ : state) {
    messages = 0;
    Search search;
    while ((search = find_separator(archive, search.resume, {true, true})).found) ++messages;
    benchmark::DoNotOptimize(messages);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(archive.size()));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(messages));
}
BENCHMARK(split_archive)->ArgName("message_bytes")->Arg(1000)->Arg(4000)->Arg(22800)->Arg(50 << 20);

void split_hostile(benchmark::State& state) {
  std::string archive;
  while (archive.size() < kArchiveBytes / 8) archive += "\nFrom ";
  for (auto _ : state) benchmark::DoNotOptimize(find_separator(archive, 0, {true, true}));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(archive.size()));
}
BENCHMARK(split_hostile);

void parse_one_postmark(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(parse_postmark(kPostmark));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(parse_one_postmark);

}  // namespace
}  // namespace mailassay::mbox
