// Octets per second of hashing, checks per second of verifying, keys per second of parsing. A
// signature that does not match costs what one that does costs.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "crypto/hasher.h"
#include "crypto/verifier.h"
#include "mkcorpus/signing_key.h"

#if !defined(__OPTIMIZE__)
#error "a benchmark of an unoptimised build says nothing"
#endif

namespace mailassay::crypto {
namespace {

void hash_blocks(benchmark::State& state, HashAlgorithm algorithm) {
  const std::string block(static_cast<std::size_t>(state.range(0)), 'x');
  Hasher hasher(algorithm);
  for (auto _ : state) {
    hasher.begin();
    hasher.update(block);
    benchmark::DoNotOptimize(hasher.finish());
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(hash_blocks, sha1, HashAlgorithm::sha1)->Arg(1024)->Arg(22'800)->Arg(1 << 20);
BENCHMARK_CAPTURE(hash_blocks, sha256, HashAlgorithm::sha256)->Arg(1024)->Arg(22'800)->Arg(1 << 20);

const mkcorpus::KeyPool& pool() {
  static const mkcorpus::KeyPool kPool = mkcorpus::KeyPool::load();
  return kPool;
}

void verify_batch(benchmark::State& state, mkcorpus::KeyKind kind, RsaBackend backend) {
  const auto batch = static_cast<std::size_t>(state.range(0));
  Hasher hasher(HashAlgorithm::sha256);
  hasher.update("text");
  const dkim::Digest digest = hasher.finish();
  const std::string hash = mkcorpus::hash_octets(mkcorpus::Hash::sha256, "text");
  std::vector<std::shared_ptr<const PublicKey>> keys;
  std::vector<std::string> signatures;
  for (const mkcorpus::SigningKey& key : pool().of(kind)) {
    keys.push_back(kind == mkcorpus::KeyKind::ed25519 ? parse_ed25519_key(key.public_octets())
                                                      : parse_rsa_key(key.public_octets()));
    signatures.push_back(key.sign(mkcorpus::Hash::sha256, hash));
  }
  std::mt19937 random(1);
  std::vector<Check> checks;
  for (std::size_t i = 0; i < batch; ++i) {
    const std::size_t key = random() % keys.size();
    checks.push_back({keys[key], &digest, signatures[key], false});
  }
  Verifier verifier(backend);
  for (auto _ : state) verifier.verify(checks);
  for (const Check& check : checks) {
    if (!check.verified) state.SkipWithError("a good signature does not verify");
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
// Eight fill the lanes; fewer show from how many on lanes pay.
BENCHMARK_CAPTURE(verify_batch, rsa_2048, mkcorpus::KeyKind::rsa_2048, RsaBackend::fastest)
    ->Arg(256)
    ->Arg(8)
    ->Arg(5)
    ->Arg(4);
BENCHMARK_CAPTURE(verify_batch, rsa_2048_openssl, mkcorpus::KeyKind::rsa_2048, RsaBackend::openssl)
    ->Arg(256);
BENCHMARK_CAPTURE(verify_batch, rsa_1024, mkcorpus::KeyKind::rsa_1024, RsaBackend::fastest)
    ->Arg(256)
    ->Arg(4);
BENCHMARK_CAPTURE(verify_batch, rsa_1024_openssl, mkcorpus::KeyKind::rsa_1024, RsaBackend::openssl)
    ->Arg(256);
BENCHMARK_CAPTURE(verify_batch, ed25519, mkcorpus::KeyKind::ed25519, RsaBackend::fastest)->Arg(256);

void parse_key(benchmark::State& state) {
  const std::string der = pool().rsa_2048.front().public_octets();
  for (auto _ : state) benchmark::DoNotOptimize(parse_rsa_key(der));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(parse_key);

}  // namespace
}  // namespace mailassay::crypto
