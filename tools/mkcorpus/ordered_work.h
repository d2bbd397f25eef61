// Numbered pieces of work, done by several threads and handed over in order.
#ifndef MAILASSAY_MKCORPUS_ORDERED_WORK_H
#define MAILASSAY_MKCORPUS_ORDERED_WORK_H

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace mkcorpus {

/// Calls `make(number)` for 0 to count - 1 on `threads` threads and `take(piece)` in the order of
/// the numbers on the calling thread. At most four finished pieces per thread wait.
///
/// Errors:   rethrows the first exception of `make` or `take`, after all threads have ended.
template <typename Piece, typename Make, typename Take>
void do_in_order(std::uint64_t count, std::size_t threads, Make make, Take take) {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::uint64_t, Piece> finished;
  std::uint64_t next_to_make = 0;
  std::uint64_t next_to_take = 0;
  bool stopping = false;
  std::exception_ptr failure;
  const std::uint64_t window = 4 * threads;

  const auto stop = [&](std::exception_ptr cause) {
    const std::lock_guard lock(mutex);
    if (!failure) failure = std::move(cause);
    stopping = true;
    changed.notify_all();
  };
  const auto work = [&] {
    try {
      while (true) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] {
          return stopping || next_to_make == count || next_to_make < next_to_take + window;
        });
        if (stopping || next_to_make == count) return;
        const std::uint64_t number = next_to_make++;
        lock.unlock();
        Piece piece = make(number);
        lock.lock();
        finished.emplace(number, std::move(piece));
        changed.notify_all();
      }
    } catch (...) {
      stop(std::current_exception());
    }
  };
  const auto hand_over = [&] {
    while (next_to_take < count) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return stopping || finished.contains(next_to_take); });
      if (stopping) return;
      auto piece = finished.extract(next_to_take);
      ++next_to_take;
      changed.notify_all();
      lock.unlock();
      take(std::move(piece.mapped()));
    }
  };

  std::vector<std::jthread> workers;
  try {
    for (std::size_t i = 0; i < threads; ++i) workers.emplace_back(work);
    hand_over();
  } catch (...) {
    stop(std::current_exception());
  }
  workers.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace mkcorpus

#endif  // MAILASSAY_MKCORPUS_ORDERED_WORK_H
