// Octets per second of each canonicalization of body and header. The sink forgets.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <string>

#include "dkim/canonical_body.h"
#include "dkim/canonical_header.h"

#if !defined(__OPTIMIZE__)
#error "a benchmark of an unoptimised build says nothing"
#endif

namespace mailassay::dkim {
namespace {

constexpr std::size_t kBodyBytes = std::size_t{4} << 20U;

class NullSink final : public ByteSink {
 public:
  void write(std::string_view octets) override { benchmark::DoNotOptimize(octets.data()); }
};

enum class Kind : std::int64_t { prose, base64, blanks, line_ends };

std::string make_body(Kind kind) {
  std::mt19937 random(1);
  if (kind == Kind::line_ends) return std::string(kBodyBytes, '\n') + "x";
  std::string body;
  while (body.size() < kBodyBytes) {
    const std::size_t line = kind == Kind::base64 ? 76 : 20 + random() % 57;
    for (std::size_t i = 0; i < line; ++i) {
      const unsigned dice = static_cast<unsigned>(random() % 6);
      const bool blank = kind == Kind::blanks ? dice < 4 : kind == Kind::prose && dice == 0;
      body += blank ? (random() % 8 == 0 ? '\t' : ' ') : static_cast<char>('a' + random() % 26);
    }
    body += '\n';
  }
  return body;
}

void canonicalize_body(benchmark::State& state, BodyCanon canon, Kind kind) {
  const std::string body = make_body(kind);
  BodyCanonicalizer canonicalizer(canon);
  NullSink sink;
  for (auto _ : state) {
    canonicalizer.begin(sink);
    canonicalizer.feed(body);
    benchmark::DoNotOptimize(canonicalizer.finish());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK_CAPTURE(canonicalize_body, simple_prose, BodyCanon::simple, Kind::prose);
BENCHMARK_CAPTURE(canonicalize_body, simple_line_ends, BodyCanon::simple, Kind::line_ends);
BENCHMARK_CAPTURE(canonicalize_body, relaxed_prose, BodyCanon::relaxed, Kind::prose);
BENCHMARK_CAPTURE(canonicalize_body, relaxed_base64, BodyCanon::relaxed, Kind::base64);
BENCHMARK_CAPTURE(canonicalize_body, relaxed_blanks, BodyCanon::relaxed, Kind::blanks);
BENCHMARK_CAPTURE(canonicalize_body, relaxed_line_ends, BodyCanon::relaxed, Kind::line_ends);

void canonicalize_field(benchmark::State& state, HeaderCanon canon) {
  const std::string field =
      "Received: from a.example.com (a.example.com [192.0.2.1])\n\tby "
      "b.example.com with ESMTPS id  17;\n\tMon, 1 Jan 2024 10:00:00 +0000";
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_canonical_field(canon, {field, 8, 8}, out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(field.size()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(canonicalize_field, simple, HeaderCanon::simple);
BENCHMARK_CAPTURE(canonicalize_field, relaxed, HeaderCanon::relaxed);

}  // namespace
}  // namespace mailassay::dkim
