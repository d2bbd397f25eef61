// Random numbers that are the same on every machine and for any number of threads.
//
// xoshiro256** seeded by splitmix64 (Blackman and Vigna, public domain). Every message has a stream
// of its own, so it does not matter which thread makes it. The standard library's distributions
// are not used: their results differ between implementations.
#ifndef MAILASSAY_MKCORPUS_PRNG_H
#define MAILASSAY_MKCORPUS_PRNG_H

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace mkcorpus {

class Prng {
 public:
  /// Equal seed and stream give equal numbers.
  Prng(std::uint64_t seed, std::uint64_t stream) {
    std::uint64_t state = seed ^ (stream * 0xd1342543de82ef95ULL + 0x9e3779b97f4a7c15ULL);
    for (std::uint64_t& word : state_) word = splitmix(state);
  }

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// A number below `limit`. Demands: 0 < limit < 2^32. The bias of 2^-32 does not matter here.
  std::size_t below(std::size_t limit) {
    return static_cast<std::size_t>(((next() >> 32) * limit) >> 32);
  }

  /// A number from `low` to `high`, both included.
  std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }

  /// True in `percent` of 100 cases.
  bool chance(std::size_t percent) { return below(100) < percent; }

  /// One element. Demands: the list is not empty.
  template <typename List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }

 private:
  static std::uint64_t splitmix(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_PRNG_H
