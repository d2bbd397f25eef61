// Time spent, added to a counter of nanoseconds when the scope ends.
#ifndef MAILASSAY_ENGINE_STOPWATCH_H
#define MAILASSAY_ENGINE_STOPWATCH_H

#include <chrono>
#include <cstdint>

namespace mailassay::engine {

class Stopwatch {
 public:
  explicit Stopwatch(std::uint64_t& nanoseconds)
      : nanoseconds_(nanoseconds), begin_(std::chrono::steady_clock::now()) {}
  ~Stopwatch() {
    const auto spent = std::chrono::steady_clock::now() - begin_;
    nanoseconds_ += static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(spent).count());
  }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  std::uint64_t& nanoseconds_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace mailassay::engine

#endif  // MAILASSAY_ENGINE_STOPWATCH_H
