// Signatures and key records per second of reading tag lists.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "dkim/signature.h"
#include "dkim/tag_list.h"

#if !defined(__OPTIMIZE__)
#error "a benchmark of an unoptimised build says nothing"
#endif

namespace mailassay::dkim {
namespace {

const std::string& field() {
  static const std::string kField =
      " v=1; a=rsa-sha256; c=relaxed/relaxed; d=news.example.com;\n\ts=selector1; t=1700000000;"
      " h=from:to:subject:date:message-id:mime-version:content-type:list-unsubscribe;\n\t"
      "bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\n\tb=" +
      std::string(342, 'A') + "==";
  return kField;
}

void parse_tags(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(parse_tag_list(field()));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(field().size()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(parse_tags);

void parse_signature_field(benchmark::State& state) {
  const Limits limits;
  for (auto _ : state) benchmark::DoNotOptimize(parse_signature(field(), limits));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(field().size()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(parse_signature_field);

}  // namespace
}  // namespace mailassay::dkim
