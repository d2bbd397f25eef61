// Reads the next files of a folder ahead while the one at hand is worked on.
//
// Of small files that are not in memory, opening each costs more than reading it, and one after the
// other they wait for the disk one at a time: several threads open them ahead, and the system reads
// what will be wanted. Nothing but the system's cache is changed: who reads then opens them anew.
#ifndef MAILASSAY_IO_READ_AHEAD_H
#define MAILASSAY_IO_READ_AHEAD_H

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace mailassay::io {

/// Threads: one at a time; those that read ahead end with it.
class ReadAhead {
 public:
  static constexpr std::size_t kFiles = 64;         ///< so many are read ahead at most
  static constexpr std::size_t kThreads = 4;        ///< that wait for the disk side by side
  static constexpr std::size_t kBytes = 1U << 20U;  ///< of each file at most

  /// Reads these ahead; what was wanted before and has not begun is forgotten.
  void want(std::vector<std::string> paths);

 private:
  void work(const std::stop_token& ended);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::string> paths_;  // guarded by mutex_
  std::vector<std::jthread> threads_;
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_READ_AHEAD_H
